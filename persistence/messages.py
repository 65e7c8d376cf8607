"""What somebody is to be told, written by the endings that cause it, each once (§5.1.5, §5.4.4).

Whoever delivers takes the unsent, tells, and marks. A crash between the two tells twice; the message's id lets whoever
reads show it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.auction.events import Outcome
from engine.instants import Instant
from engine.money import Cents
from engine.sales import MessageKind
from persistence.codec import as_given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database, Row


class Message(Struct, frozen=True, kw_only=True):
    """One message. `trader_id` is None when it goes to the dealer's entity; `winner` is for the dealer alone (§1.4)."""

    id: int
    auction_id: int
    auction_number: int
    entity_id: int
    trader_id: int | None
    kind: MessageKind
    at: Instant
    lot: int | None
    outcome: Outcome | None
    winner: str | None
    price_cents: Cents | None
    reason: str | None


_READ: Final = """
    SELECT messages.id, auction_id, auctions.number AS auction_number, auctions.entity_id, messages.trader_id,
           messages.kind, at, lot, outcome, winner.legal_name AS winner, price_cents, reason
    FROM messages JOIN auctions ON auctions.id = auction_id
    LEFT JOIN trader_companies AS winner ON winner.id = winner_trader_id
"""
_UNSENT: Final = _READ + "WHERE sent_at IS NULL ORDER BY messages.id LIMIT $1"
_FOR_TRADER: Final = _READ + "WHERE messages.trader_id = $1 AND messages.id > $2 ORDER BY messages.id DESC LIMIT $3"
_FOR_ENTITIES: Final = (
    _READ + "WHERE messages.trader_id IS NULL AND auctions.entity_id = ANY ($1::bigint[]) AND messages.id > $2 "
    "ORDER BY messages.id DESC LIMIT $3"
)


async def unsent(database: Database, *, limit: int = 500) -> list[Message]:
    """The oldest messages that nobody was told of."""
    async with database.acquire() as connection:
        return [_message(row) for row in await connection.fetch(_UNSENT, limit)]


async def mark_sent(database: Database, ids: Iterable[int], at: Instant) -> None:
    """These have been told."""
    async with database.acquire() as connection:
        await connection.execute(
            "UPDATE messages SET sent_at = $2 WHERE id = ANY ($1::bigint[]) AND sent_at IS NULL", list(ids), at
        )


async def messages_for_trader(database: Database, trader_id: int, *, after: int = 0, limit: int = 50) -> list[Message]:
    """The trader's latest messages with an id above `after`, newest first."""
    async with database.acquire() as connection:
        return [_message(row) for row in await connection.fetch(_FOR_TRADER, trader_id, after, limit)]


async def messages_for_entities(
    database: Database, entity_ids: Iterable[int], *, after: int = 0, limit: int = 50
) -> list[Message]:
    """The latest messages to these entities with an id above `after`, newest first."""
    async with database.acquire() as connection:
        return [_message(row) for row in await connection.fetch(_FOR_ENTITIES, list(entity_ids), after, limit)]


def _message(row: Row) -> Message:
    values = dict(row)
    values["kind"] = MessageKind(row["kind"])
    values["outcome"] = None if row["outcome"] is None else Outcome(row["outcome"])
    values["reason"] = None if row["reason"] is None else as_given(row["reason"])
    return Message(**values)
