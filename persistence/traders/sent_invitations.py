"""The invitations that entities have sent, as lists of them show (§2.2): in which states, to whom, a page at a time.

Only reads. Whose entities are asked about is the doors' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from persistence.traders.invitations import READ, Invitation, invitation_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.instants import Instant
    from persistence.database import Database


class WantedInvitations(Struct, frozen=True, kw_only=True):
    """Which invitations: in one of these states, of one trader, with `words` in the name or the address."""

    states: tuple[str, ...]
    trader_id: int | None = None
    words: str = ""


# What a page does not show of the others is not worked out for them.
_FOUND: Final = f"""
    WITH found AS MATERIALIZED (
        SELECT id FROM ({READ} WHERE EXISTS (
            SELECT FROM invitation_entities AS named
            WHERE named.invitation_id = invitation.id AND named.entity_id = ANY ($2::bigint[]))) AS read
        WHERE state = ANY ($3::text[]) AND ($4::bigint IS NULL OR trader_id = $4)
          AND ($5::text = '' OR folded(name) LIKE holding($5) OR folded(email) LIKE holding($5))
    )
    SELECT (SELECT count(*) FROM found) AS total,
           ARRAY (SELECT id FROM found ORDER BY id DESC LIMIT $6 OFFSET $7) AS ids
"""  # noqa: S608 - put together from constants
_PAGE: Final = f"{READ} WHERE invitation.id = ANY ($2::bigint[]) ORDER BY invitation.id DESC"


async def page_of_invitations(
    database: Database, entity_ids: Iterable[int], wanted: WantedInvitations, now: Instant, *, page: int, per_page: int
) -> tuple[int, list[Invitation]]:
    """The invitations that name one of these entities, the latest first: how many there are, and one page of them."""
    asked = (now, list(entity_ids), list(wanted.states), wanted.trader_id, wanted.words)
    async with database.listing() as connection:
        found = await connection.fetchrow(_FOUND, *asked, per_page, (page - 1) * per_page)
        assert found is not None, "counting gives a row"
        rows = await connection.fetch(_PAGE, now, found["ids"])
    return found["total"], [invitation_read(row) for row in rows]
