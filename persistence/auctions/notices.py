"""What an auction tells people, as notices in the transaction of what causes them (§3.4, §5.1.5, §5.4.4, §5.4.5).

One statement for a whole audience. A notice's key is its live twin's id and its addressee: kind, auction, the entry
that caused it (or the terms' version, before there are entries), `t` or `d` with the id. Never decides who is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from engine.instants import format_instant
from engine.money import format_amount
from persistence.errors import UnknownAuction
from persistence.live.codec import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.instants import Instant
    from engine.notices import NoticeKind
    from engine.sales import AuctionNotice
    from persistence.database import AnyConnection

_ABOUT: Final = """
    SELECT auctions.number, groups.prefix, auctions.kind, auctions.entity_id, entities.name AS entity,
           sites.name AS site, sites.city, auctions.starts_at, auctions.ends_at
    FROM auctions
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    WHERE auctions.id = $1
"""
# The winner's name is in the dealer's notice alone: the engine names a winner nowhere else (§1.4).
_WRITE: Final = """
    INSERT INTO notices (key, kind, at, trader_id, entity_id, params)
    SELECT concat_ws('-', given.kind, $1::bigint, given.seq,
                     CASE WHEN given.trader_id IS NULL THEN 'd' || $2::bigint ELSE 't' || given.trader_id END),
           given.kind, given.at, given.trader_id, CASE WHEN given.trader_id IS NULL THEN $2 END,
           $4::jsonb || jsonb_strip_nulls(jsonb_build_object(
               'lot', given.lot, 'lot_display_number', $3::text || given.lot, 'outcome', given.outcome,
               'amount', given.amount, 'winner', winner.name, 'reason', given.reason))
    FROM unnest($5::integer[], $6::text[], $7::integer[], $8::bigint[], $9::timestamptz[], $10::text[], $11::bigint[],
                $12::text[], $13::text[])
         WITH ORDINALITY AS given (seq, kind, lot, trader_id, at, outcome, winner_trader_id, amount, reason, place)
    LEFT JOIN auction_audience AS winner
      ON winner.auction_id = $1 AND winner.trader_id = given.winner_trader_id
    ORDER BY given.place
"""
_TELL: Final = """
    INSERT INTO notices (key, kind, at, trader_id, params)
    SELECT concat_ws('-', $2::text, $1::bigint, $3::integer, 't' || trader_id), $2, $4, trader_id, $5::jsonb
    FROM unnest($6::bigint[]) AS given (trader_id)
"""


async def write_auction_notices(connection: AnyConnection, auction_id: int, notices: Sequence[AuctionNotice]) -> None:
    """What the auction's events cause to be told; a notice that is written already contradicts the book."""
    entity_id, prefix, about = await _about(connection, auction_id)
    rows = [
        (
            notice.seq,
            notice.kind.value,
            notice.lot,
            None if notice.trader is None else int(notice.trader),
            notice.at,
            None if notice.outcome is None else notice.outcome.value,
            None if notice.winner is None else int(notice.winner),
            None if notice.price_cents is None else format_amount(notice.price_cents),
            None if notice.reason is None else storable(notice.reason),
        )
        for notice in notices
    ]
    await connection.execute(_WRITE, auction_id, entity_id, prefix, about, *map(list, zip(*rows, strict=True)))


async def tell_traders(
    connection: AnyConnection, auction_id: int, kind: NoticeKind, version: int, at: Instant, traders: Iterable[int]
) -> None:
    """Tell these traders of the auction's terms, which are at this version (§3.4, §5.1.5)."""
    _, _, about = await _about(connection, auction_id)
    await connection.execute(_TELL, auction_id, kind.value, version, at, about, list(traders))


async def _about(connection: AnyConnection, auction_id: int) -> tuple[int, str, str]:
    """Whose auction it is, what its group's numbers begin with, and what every notice says of it, as JSON."""
    row = await connection.fetchrow(_ABOUT, auction_id)
    if row is None:
        raise UnknownAuction(auction_id)
    prefix = f"{row['prefix']}-" if row["prefix"] else ""
    about = {
        "auction": auction_id,
        "number": row["number"],
        "display_number": f"{prefix}{row['number']}",
        "auction_kind": row["kind"],
        "entity": row["entity"],
        "site": row["site"],
        "city": row["city"],
        "starts_at": format_instant(row["starts_at"]),
        "ends_at": format_instant(row["ends_at"]),
    }
    return row["entity_id"], prefix, msgspec.json.encode(about).decode()
