"""The audience of a scheduled auction is changed: who comes, who goes, who stays (§3.4).

Whoever goes leaves no row, unless the history has its word already: then the row keeps its name, and it is not invited
again. Nor is one whose connection was removed during the auction, and it is told nothing more (§5.1.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import UNSET, Struct, UnsetType

from persistence.auctions.creation import audience_of, invite
from persistence.database import Row

if TYPE_CHECKING:
    from persistence.auctions.creation import NewAuction
    from persistence.database import AnyConnection


class Audience(Struct, frozen=True):
    """Whom a dealer invites: a list, or these traders, or everybody that is connected (§3.2)."""

    mailing_list_id: int | None = None
    trader_ids: tuple[int, ...] | None = None


class AudienceChange(Struct, frozen=True):
    """What becomes of an audience. `invited`: all of it, `None` if the list does not exist; `staying` and `going` are
    those who are told so; `silenced` go, too, or have gone, and have a word in the history.
    """

    invited: list[Row] | None
    coming: tuple[tuple[int, str], ...] = ()
    staying: tuple[int, ...] = ()
    going: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    silenced: tuple[int, ...] = ()


_CURRENT: Final = """
    SELECT trader_id, name AS legal_name,
           EXISTS (SELECT FROM auction_events AS said
                   WHERE said.auction_id = $1 AND said.trader_id = audience.trader_id) AS has_spoken,
           EXISTS (SELECT FROM auction_events AS said
                   WHERE said.auction_id = $1 AND said.trader_id = audience.trader_id
                     AND said.kind = 'connection_removed') AS is_removed,
           uninvited
    FROM auction_audience AS audience WHERE auction_id = $1 ORDER BY position
"""


async def planned(
    connection: AnyConnection, auction_id: int, new: NewAuction, wanted: Audience | UnsetType
) -> AudienceChange:
    """What the dealer's wish makes of the audience; nothing is written."""
    rows = await connection.fetch(_CURRENT, auction_id)
    current = {row["trader_id"]: row for row in rows if not row["uninvited"]}
    told = {trader for trader, row in current.items() if not row["is_removed"]}
    if wanted is UNSET:
        return AudienceChange(list(current.values()), staying=tuple(told))
    found = await audience_of(connection, new)
    if found is None:
        return AudienceChange(None)
    barred = {row["trader_id"] for row in rows if row["is_removed"] or row["uninvited"]}
    invited = {row["trader_id"]: row for row in found if row["trader_id"] not in barred}
    gone = [trader for trader in current if trader not in invited]
    return AudienceChange(
        list(invited.values()),
        coming=tuple((trader, row["legal_name"]) for trader, row in invited.items() if trader not in current),
        staying=tuple(trader for trader in told if trader in invited),
        going=tuple(trader for trader in gone if trader in told),
        gone=tuple(gone),
        silenced=tuple(trader for trader in gone if current[trader]["has_spoken"]),
    )


async def write_audience(connection: AnyConnection, auction_id: int, plan: AudienceChange, wanted: Audience) -> None:
    """Make it so."""
    await connection.execute(
        """UPDATE auctions
           SET mailing_list_id = $2, mailing_list_title = (SELECT title FROM mailing_lists WHERE id = $2)
           WHERE id = $1""",
        auction_id,
        wanted.mailing_list_id,
    )
    await connection.execute(
        "DELETE FROM auction_audience WHERE auction_id = $1 AND trader_id = ANY ($2::bigint[])",
        auction_id,
        [trader for trader in plan.gone if trader not in plan.silenced],
    )
    await connection.execute(
        "UPDATE auction_audience SET uninvited = true WHERE auction_id = $1 AND trader_id = ANY ($2::bigint[])",
        auction_id,
        list(plan.silenced),
    )
    await invite(connection, auction_id, plan.coming)
