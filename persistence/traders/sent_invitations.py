"""The invitations that entities have sent, as lists of them show (§2.2): in which states, to whom, a page at a time.

Only reads. Whose entities are asked about is the doors' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from persistence.traders.companies import like
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


_FOUND: Final = f"""
    SELECT * FROM ({READ} WHERE EXISTS (
        SELECT FROM invitation_entities AS named
        WHERE named.invitation_id = invitation.id AND named.entity_id = ANY ($2::bigint[]))) AS read
    WHERE state = ANY ($3::text[]) AND ($4::bigint IS NULL OR trader_id = $4) AND (name ILIKE $5 OR email ILIKE $5)
"""  # noqa: S608 - put together from constants
_COUNT: Final = f"SELECT count(*) FROM ({_FOUND}) AS found"  # noqa: S608 - put together from constants
_PAGE: Final = f"{_FOUND} ORDER BY id DESC LIMIT $6 OFFSET $7"


async def page_of_invitations(
    database: Database, entity_ids: Iterable[int], wanted: WantedInvitations, now: Instant, *, page: int, per_page: int
) -> tuple[int, list[Invitation]]:
    """The invitations that name one of these entities, the latest first: how many there are, and one page of them."""
    asked = (now, list(entity_ids), list(wanted.states), wanted.trader_id, like(wanted.words))
    async with database.acquire() as connection:
        total: int = await connection.fetchval(_COUNT, *asked)
        rows = await connection.fetch(_PAGE, *asked, per_page, (page - 1) * per_page)
    return total, [invitation_read(row) for row in rows]
