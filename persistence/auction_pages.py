"""Auctions as lists and forms show them: cards with their vehicles, and pages by state and search (§5.5.1, §5.5.3).

Only reads. Figures that move while an auction runs are the house's to tell; here stand the projections written with the
events, and the states of the two audiences.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents
from persistence.stock import StoredVehicle, vehicles_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from persistence.database import AnyConnection, Database, Row

DEALER_STATES: Final = ("scheduled", "open", "won", "partly_won", "not_won", "cancelled", "sale_cancelled")
TRADER_STATES: Final = ("open", "upcoming", "won", "lost", "declined", "cancelled")


class LotVehicle(Struct, frozen=True):
    """A vehicle of a lot: what was frozen at creation, and its card as it is today."""

    ref: str
    starting_price_cents: Cents
    initial_margin_cents: Cents
    vehicle: StoredVehicle


class LotCard(Struct, frozen=True):
    """A lot; `offer_number` is that of the offer its sale made (§5.4.3)."""

    number: int
    reserve_price_cents: Cents | None
    outcome: str | None
    offer_number: int | None
    vehicles: tuple[LotVehicle, ...]


class AuctionLine(Struct, frozen=True, kw_only=True):
    """An auction on a list. `state` is one of DEALER_STATES or TRADER_STATES; `title` names its first vehicle.

    Offers and the gain over the lots that have one (§5.5.1) are told once the lots are decided: before, None and 0.
    """

    id: int
    number: int
    prefix: str
    kind: str
    status: str
    state: str
    starts_at: Instant
    ends_at: Instant
    entity_id: int
    entity: str
    site: str
    city: str
    title: str
    lots_count: int
    vehicles_count: int
    audience_count: int
    starting_total_cents: Cents
    last_offers_total_cents: Cents | None
    gain_cents: Cents


class AuctionCard(Struct, frozen=True, kw_only=True):
    """An auction's own page, but what moves."""

    id: int
    number: int
    prefix: str
    group_id: int
    entity_id: int
    entity: str
    site_id: int
    site: str
    street: str
    postcode: str
    city: str
    kind: str
    status: str
    starts_at: Instant
    ends_at: Instant
    created_at: Instant
    list_title: str | None
    version: int
    audience_count: int
    lots: tuple[LotCard, ...]


_CARD: Final = """
    SELECT auctions.id, auctions.number, groups.prefix, auctions.group_id, auctions.entity_id, entities.name AS entity,
           auctions.site_id, sites.name AS site, sites.street, sites.postcode, sites.city, auctions.kind,
           auctions.status, auctions.starts_at, auctions.ends_at, auctions.created_at,
           auctions.mailing_list_title AS list_title, auctions.version,
           (SELECT count(*) FROM auction_audience WHERE auction_id = auctions.id AND NOT uninvited) AS audience_count
    FROM auctions
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    WHERE auctions.id = $1
"""
_CARD_LOTS: Final = """
    SELECT lot.number, lot.reserve_price_cents, lot.outcome, offers.number AS offer_number, sold.ref,
           sold.starting_price_cents, sold.initial_margin_cents, sold.vehicle_id
    FROM auction_lots AS lot
    JOIN auction_lot_vehicles AS sold ON sold.auction_id = lot.auction_id AND sold.lot = lot.number
    LEFT JOIN offers ON offers.auction_id = lot.auction_id AND offers.lot = lot.number
    WHERE lot.auction_id = $1 ORDER BY lot.position, sold.position
"""

# Both lists are the same lines; they differ in whose they are and in what a state is called.
_LINES: Final = """
    SELECT auctions.id, auctions.number, groups.prefix, auctions.kind, auctions.status, auctions.starts_at,
           auctions.ends_at, auctions.entity_id, entities.name AS entity, sites.name AS site, sites.city,
           concat_ws(' ', first.make, first.model, nullif(first.trim, '')) AS title,
           lots.count AS lots_count, sold.count AS vehicles_count, sold.total AS starting_total_cents,
           lots.offers AS last_offers_total_cents, coalesce(lots.gain, 0) AS gain_cents,
           (SELECT count(*) FROM auction_audience WHERE auction_id = auctions.id AND NOT uninvited) AS audience_count,
           {state} AS state
    FROM auctions
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    CROSS JOIN LATERAL (
        SELECT count(*), count(*) FILTER (WHERE outcome = 'won') AS won,
               count(*) FILTER (WHERE outcome = 'sale_cancelled') AS taken_back,
               count(*) FILTER (WHERE winner_trader_id = $1) AS mine,
               sum(last_offer_cents)::bigint AS offers,
               sum(last_offer_cents - (
                   SELECT sum(starting_price_cents) FROM auction_lot_vehicles AS sold
                   WHERE sold.auction_id = auctions.id AND sold.lot = auction_lots.number))::bigint AS gain
        FROM auction_lots WHERE auction_id = auctions.id
    ) AS lots
    CROSS JOIN LATERAL (
        SELECT count(*), sum(starting_price_cents)::bigint AS total
        FROM auction_lot_vehicles WHERE auction_id = auctions.id
    ) AS sold
    CROSS JOIN LATERAL (
        SELECT make, model, vehicles.trim
        FROM auction_lot_vehicles AS place JOIN vehicles ON vehicles.id = place.vehicle_id
        WHERE place.auction_id = auctions.id ORDER BY lot, position LIMIT 1
    ) AS first
    WHERE {whose}
"""
_DEALER_STATE: Final = """
    CASE WHEN auctions.status <> 'ended' THEN auctions.status
         WHEN lots.won = lots.count THEN 'won'
         WHEN lots.won > 0 THEN 'partly_won'
         WHEN lots.taken_back > 0 THEN 'sale_cancelled'
         ELSE 'not_won' END
"""
_TRADER_STATE: Final = """
    CASE WHEN auctions.status = 'cancelled' THEN 'cancelled'
         WHEN lots.mine > 0 THEN 'won'
         WHEN 'declined' = (
             SELECT kind FROM auction_events
             WHERE auction_id = auctions.id AND trader_id = $1 AND command_id IS NOT NULL
               AND kind IN ('bid', 'declined')
             ORDER BY seq DESC LIMIT 1) THEN 'declined'
         WHEN auctions.status = 'ended' THEN 'lost'
         WHEN auctions.status = 'scheduled' THEN 'upcoming'
         ELSE 'open' END
"""
_DEALERS: Final = _LINES.format(state=_DEALER_STATE, whose="$1::bigint IS NULL AND auctions.entity_id = ANY ($2)")
_TRADERS: Final = _LINES.format(
    state=_TRADER_STATE,
    whose="$2::bigint[] IS NULL "
    "AND EXISTS (SELECT FROM auction_audience WHERE auction_id = auctions.id AND trader_id = $1 AND NOT uninvited)",
)
_PAGE: Final = """
    SELECT *, count(*) OVER () AS total FROM ({lines}) AS line
    WHERE ($3::text[] IS NULL OR state = ANY ($3))
      AND ($4 = '' OR strpos(lower(concat_ws(' ', prefix || '-' || number, entity, title)), lower($4)) > 0
           OR number::text = $4
           OR EXISTS (SELECT FROM auction_lot_vehicles AS place JOIN vehicles ON vehicles.id = place.vehicle_id
                      WHERE place.auction_id = line.id AND strpos(lower(concat_ws(' ', vehicles.make, vehicles.model,
                            vehicles.version, vehicles.trim, vehicles.plate)), lower($4)) > 0))
    ORDER BY CASE status WHEN 'open' THEN 1 WHEN 'scheduled' THEN 2 ELSE 3 END,
             CASE WHEN status = 'open' THEN ends_at WHEN status = 'scheduled' THEN starts_at END,
             ends_at DESC, id DESC
    LIMIT $5 OFFSET $6
"""
_DEALERS_PAGE: Final = _PAGE.format(lines=_DEALERS)
_TRADERS_PAGE: Final = _PAGE.format(lines=_TRADERS)


async def card(database: Database, auction_id: int) -> AuctionCard | None:
    """An auction's card, or None if there is no such auction."""
    async with database.acquire() as connection:
        head = await connection.fetchrow(_CARD, auction_id)
        if head is None:
            return None
        lots = await _card_lots(connection, auction_id)
    return AuctionCard(**dict(head), lots=lots)


async def _card_lots(connection: AnyConnection, auction_id: int) -> tuple[LotCard, ...]:
    vehicles = await vehicles_in(connection, auction_id)
    lots: list[LotCard] = []
    for number, group in groupby(await connection.fetch(_CARD_LOTS, auction_id), lambda row: int(row["number"])):
        rows = list(group)
        sold = tuple(
            LotVehicle(
                row["ref"], row["starting_price_cents"], row["initial_margin_cents"], vehicles[row["vehicle_id"]]
            )
            for row in rows
        )
        first = rows[0]
        lots.append(LotCard(number, first["reserve_price_cents"], first["outcome"], first["offer_number"], sold))
    return tuple(lots)


async def is_invited(database: Database, auction_id: int, trader_id: int) -> bool:
    """Whether the trader is in the auction's audience."""
    async with database.acquire() as connection:
        invited: bool = await connection.fetchval(
            """SELECT EXISTS (
                   SELECT FROM auction_audience WHERE auction_id = $1 AND trader_id = $2 AND NOT uninvited)""",
            auction_id,
            trader_id,
        )
    return invited


async def page_for_dealer(
    database: Database,
    entity_ids: Iterable[int],
    states: Collection[str] | None = None,
    q: str = "",
    *,
    page: int = 1,
    per_page: int = 20,
) -> tuple[int, list[AuctionLine]]:
    """How many of these entities' auctions match, and one page of them: open first, then scheduled, then the latest."""
    wanted = None if states is None else list(states)
    async with database.acquire() as connection:
        rows = await connection.fetch(
            _DEALERS_PAGE, None, list(entity_ids), wanted, q.strip(), per_page, (page - 1) * per_page
        )
        return await _page(connection, rows, _DEALERS_PAGE, (None, list(entity_ids), wanted, q.strip()))


async def page_for_trader(
    database: Database,
    trader_id: int,
    states: Collection[str] | None = None,
    q: str = "",
    *,
    page: int = 1,
    per_page: int = 20,
) -> tuple[int, list[AuctionLine]]:
    """How many of the auctions that invited the trader match, and one page of them; ordered as the dealer's."""
    wanted = None if states is None else list(states)
    async with database.acquire() as connection:
        rows = await connection.fetch(
            _TRADERS_PAGE, trader_id, None, wanted, q.strip(), per_page, (page - 1) * per_page
        )
        return await _page(connection, rows, _TRADERS_PAGE, (trader_id, None, wanted, q.strip()))


async def _page(
    connection: AnyConnection, rows: list[Row], query: str, asked: tuple[object, ...]
) -> tuple[int, list[AuctionLine]]:
    if not rows:  # nothing at all, or a page behind the last: the first line knows how many there are
        first = await connection.fetchrow(query, *asked, 1, 0)
        return (0 if first is None else first["total"]), []
    lines = [AuctionLine(**{key: value for key, value in row.items() if key != "total"}) for row in rows]
    return rows[0]["total"], lines
