"""What events cause outside the auction, written in the events' transaction: offers, reservations, notices (§5.4).

Vehicles are locked before numbers are drawn, here and where auctions are made: nobody waits in a circle. Never called
outside a transaction; never decides what is due: the engine has said it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

import asyncpg

from engine.auction.events import Cancelled, LotDecided, SaleCancelled
from engine.auction.state import Status
from engine.money import format_amount
from engine.sales import AuctionNotice, OfferMade, Ordered, SaleRevoked, StatusChanged
from persistence.auctions.notices import write_auction_notices
from persistence.audit import By, Change, record
from persistence.live.codec import storable
from persistence.sales.offer_steps import free_vehicles, kept_by_it_alone, send_home
from persistence.sales.offers import read_offers
from persistence.sales.sale_records import record_revocation, record_sales

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.database import AnyConnection, Database
    from persistence.live.book import Entry

SALE_ORDERED: Final = "the sale is ordered"
"""What keeps an entry that cancels a sale from being written (§5.4.5)."""
_DECIDE_LOTS = """
    UPDATE auction_lots AS lot
    SET outcome = given.outcome, winner_trader_id = given.winner_trader_id,
        last_offer_cents = (
            SELECT max(amount_cents) FROM auction_events AS bid
            WHERE bid.auction_id = $1 AND bid.kind = 'bid' AND bid.lot = lot.number)
    FROM unnest($2::integer[], $3::text[], $4::bigint[]) AS given (number, outcome, winner_trader_id)
    WHERE lot.auction_id = $1 AND lot.number = given.number
"""
_WRITE_RESULT = """
    UPDATE auctions SET result = (
        SELECT CASE WHEN bool_and(outcome = 'won') THEN 'won' WHEN bool_or(outcome = 'won') THEN 'partly_won'
                    WHEN bool_or(outcome = 'sale_cancelled') THEN 'sale_cancelled' ELSE 'not_won' END
        FROM auction_lots WHERE auction_id = $1)
    WHERE id = $1
"""
_CANCEL_LOTS = "UPDATE auction_lots SET outcome = 'cancelled' WHERE auction_id = $1"
_CHANGE_STATUS = "UPDATE auctions SET status = $2, ends_at = $3 WHERE id = $1"
_LET_GO = "UPDATE auction_lot_vehicles SET held = false WHERE auction_id = $1"

_LOCK_VEHICLES = """
    SELECT id FROM vehicles
    WHERE id IN (SELECT vehicle_id FROM auction_lot_vehicles WHERE auction_id = $1 AND lot = ANY ($2::integer[]))
    ORDER BY id FOR UPDATE
"""
_RESERVE = """
    UPDATE vehicles SET reserved_for_trader_id = given.trader_id, reserved_at = given.at
    FROM unnest($2::integer[], $3::bigint[], $4::timestamptz[]) AS given (lot, trader_id, at)
    JOIN auction_lot_vehicles AS sold ON sold.auction_id = $1 AND sold.lot = given.lot
    WHERE vehicles.id = sold.vehicle_id
"""
_MAKE_OFFERS = """
    WITH drawn AS (
        UPDATE groups SET next_offer_number = next_offer_number + cardinality($2::integer[])
        FROM auctions WHERE auctions.id = $1 AND groups.id = auctions.group_id
        RETURNING groups.id AS group_id, auctions.entity_id,
                  groups.next_offer_number - cardinality($2::integer[]) AS first_number
    ), made AS (
        INSERT INTO offers (group_id, number, entity_id, trader_id, auction_id, lot, status,
                            price_cents, price_ht_cents, made_at)
        SELECT drawn.group_id, drawn.first_number + given.place - 1, drawn.entity_id, given.trader_id, $1, given.lot,
               'validated', given.price_cents,
               (SELECT sum(price_ht_cents(share.price_cents, sold.vat))
                FROM unnest($6::integer[], $7::integer[], $8::bigint[]) AS share (lot, position, price_cents)
                JOIN auction_lot_vehicles AS sold
                  ON sold.auction_id = $1 AND sold.lot = share.lot AND sold.position = share.position
                WHERE share.lot = given.lot),
               given.at
        FROM drawn, unnest($2::integer[], $3::bigint[], $4::timestamptz[], $5::bigint[])
             WITH ORDINALITY AS given (lot, trader_id, at, price_cents, place)
        RETURNING id, lot
    )
    INSERT INTO offer_lines (offer_id, position, vehicle_id, price_cents, vat, fixed)
    SELECT made.id, sold.position, sold.vehicle_id, share.price_cents, sold.vat, true
    FROM unnest($6::integer[], $7::integer[], $8::bigint[]) AS share (lot, position, price_cents)
    JOIN made USING (lot)
    JOIN auction_lot_vehicles AS sold
      ON sold.auction_id = $1 AND sold.lot = share.lot AND sold.position = share.position
"""
_LOCK_WITH_GUESTS = """
    SELECT id FROM vehicles
    WHERE id IN (SELECT vehicle_id FROM auction_lot_vehicles WHERE auction_id = $1 AND lot = $2
                 UNION ALL SELECT vehicle_id FROM offer_lines JOIN offers ON offers.id = offer_id
                 WHERE auction_id = $1 AND lot = $2)
    ORDER BY id FOR UPDATE
"""
_LOCK_OFFERS = """
    WITH revoked AS (SELECT id, entity_id, trader_id FROM offers WHERE auction_id = $1 AND lot = $2)
    SELECT id FROM offers
    WHERE id = (SELECT id FROM revoked)
       OR (entity_id, trader_id) = (SELECT entity_id, trader_id FROM revoked) AND status IN ('in_progress', 'validated')
    ORDER BY id FOR UPDATE
"""
_TAKE_BACK = """
    DELETE FROM offer_lines AS line
    USING offers AS home, offers AS host, auction_lot_vehicles AS sold
    WHERE home.auction_id = $1 AND home.lot = $2 AND line.home_offer_id = home.id
      AND host.id = line.offer_id AND host.status IN ('in_progress', 'validated')
      AND sold.auction_id = $1 AND sold.lot = $2 AND sold.vehicle_id = line.vehicle_id
    RETURNING host.id, host.entity_id, line.vehicle_id, line.price_cents
"""
_LEAVE_LENT = "UPDATE offer_lines SET home_offer_id = NULL WHERE home_offer_id = $1"
_OFFER_OF = "SELECT id FROM offers WHERE auction_id = $1 AND lot = $2 AND cancelled_at IS NULL"
_CANCEL_OFFER = "UPDATE offers SET status = 'cancelled', cancelled_at = $2, reason = $3 WHERE id = $1"
_IS_ORDERED = """
    SELECT EXISTS (
        SELECT FROM auction_lot_vehicles AS sold
        JOIN order_vehicles USING (vehicle_id)
        JOIN orders ON orders.id = order_id AND orders.status = 'placed'
        JOIN offers ON offers.auction_id = sold.auction_id AND offers.lot = sold.lot
                   AND offers.trader_id = orders.trader_id AND offers.cancelled_at IS NULL
        WHERE sold.auction_id = $1 AND sold.lot = $2
    ) OR EXISTS (
        SELECT FROM auction_lot_vehicles AS sold
        JOIN delivery_vehicles AS place ON place.vehicle_id = sold.vehicle_id AND place.order_id IS NULL
                                       AND place.standing
        JOIN offers ON offers.auction_id = sold.auction_id AND offers.lot = sold.lot AND offers.cancelled_at IS NULL
        WHERE sold.auction_id = $1 AND sold.lot = $2
    ) OR EXISTS (
        SELECT FROM offers AS host
        JOIN offer_lines AS guest ON guest.offer_id = host.id AND NOT guest.was_reserved
        LEFT JOIN offers AS home ON home.id = guest.home_offer_id
        WHERE host.auction_id = $1 AND host.lot = $2 AND host.cancelled_at IS NULL
          AND (home.status = 'ordered' AND EXISTS (
                   SELECT FROM auction_lot_vehicles AS sold
                   WHERE sold.auction_id = home.auction_id AND sold.lot = home.lot
                     AND sold.vehicle_id = guest.vehicle_id)
               OR coalesce(home.status, 'abandoned') NOT IN ('in_progress', 'validated') AND EXISTS (
                   SELECT FROM delivery_vehicles AS place
                   WHERE place.vehicle_id = guest.vehicle_id AND place.order_id IS NULL AND place.standing))
    )
"""
_FREE = """
    UPDATE vehicles SET reserved_for_trader_id = NULL, reserved_at = NULL
    FROM auction_lot_vehicles AS sold
    WHERE sold.auction_id = $1 AND sold.lot = $2 AND vehicles.id = sold.vehicle_id
      AND vehicles.reserved_for_trader_id = $3
    RETURNING vehicles.id
"""


async def write_consequences(connection: AnyConnection, entry: Entry) -> None:
    """Write all that the entry's events cause: status and lots, sales taken back, sales made, notices."""
    offers: list[OfferMade] = []
    revoked: list[SaleRevoked] = []
    notices: list[AuctionNotice] = []
    for consequence in entry.consequences:
        match consequence:
            case StatusChanged(status=status, ends_at=ends_at):
                await connection.execute(_CHANGE_STATUS, entry.auction_id, status.value, ends_at)
                if status in {Status.ENDED, Status.CANCELLED}:
                    await connection.execute(_LET_GO, entry.auction_id)
            case OfferMade():
                offers.append(consequence)
            case SaleRevoked():
                revoked.append(consequence)
            case AuctionNotice():
                notices.append(consequence)
            case Ordered():
                await _put_on_record(connection, entry.auction_id, consequence)
            case _:
                assert_never(consequence)
    await _write_lots(connection, entry)
    for sale in revoked:
        await _revoke(connection, entry, sale)
    if offers:
        await _make_offers(connection, entry.auction_id, offers)
    if notices:
        await write_auction_notices(connection, entry.auction_id, notices)


async def _put_on_record(connection: AnyConnection, auction_id: int, ordered: Ordered) -> None:
    entity_id = await connection.fetchval("SELECT entity_id FROM auctions WHERE id = $1", auction_id)
    fields: dict[str, list[int | str | None]] = {}
    if ordered.lot is not None and ordered.reason is not None:
        fields = {"lot": [ordered.lot, ordered.lot], "reason": [None, storable(ordered.reason)]}
    action = "cancelled" if ordered.lot is None else "sale_cancelled"
    change = Change(subject="auction", subject_id=auction_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, By(ordered.by, ordered.at), change)


async def is_ordered(connection: AnyConnection, auction_id: int, lot: int) -> bool:
    """Whether a vehicle of the won lot is ordered by its buyer, or delivered by hand: that is undone first (§5.4.5).

    Or one that its offer holds besides, and would be let go with it: sold by another auction, in an offer that is
    ordered without it, or delivered by hand.
    """
    ordered: bool = await connection.fetchval(_IS_ORDERED, auction_id, lot)
    return ordered


async def is_sale_ordered(database: Database, auction_id: int, lot: int) -> bool:
    """As `is_ordered`, for who has no transaction: the book is asked again in the one that cancels."""
    async with database.acquire() as connection:
        return await is_ordered(connection, auction_id, lot)


async def _write_lots(connection: AnyConnection, entry: Entry) -> None:
    decided: list[tuple[int, str, int | None]] = []
    for event in entry.events:
        match event:
            case LotDecided(lot=lot, outcome=outcome, winner=winner):
                decided.append((lot, outcome.value, None if winner is None else int(winner)))
            case SaleCancelled(lot=lot):
                decided.append((lot, "sale_cancelled", None))
            case Cancelled():
                await connection.execute(_CANCEL_LOTS, entry.auction_id)
            case _:
                pass
    if decided:
        await connection.execute(_DECIDE_LOTS, entry.auction_id, *map(list, zip(*decided, strict=True)))
        await connection.execute(_WRITE_RESULT, entry.auction_id)


async def _make_offers(connection: AnyConnection, auction_id: int, offers: Sequence[OfferMade]) -> None:
    """§5.4.2, §5.4.3: reserve, number without gaps, share."""
    lots = [offer.lot for offer in offers]
    traders = [int(offer.trader) for offer in offers]
    stamps = [offer.at for offer in offers]
    prices = [offer.price_cents for offer in offers]
    shares = [
        (offer.lot, position, price_cents)
        for offer in offers
        for position, price_cents in enumerate(offer.prices_cents, start=1)
    ]
    await connection.execute(_LOCK_VEHICLES, auction_id, lots)
    await connection.execute(_RESERVE, auction_id, lots, traders, stamps)
    await connection.execute(
        _MAKE_OFFERS, auction_id, lots, traders, stamps, prices, *map(list, zip(*shares, strict=True))
    )
    await record_sales(connection, auction_id, lots)


async def _revoke(connection: AnyConnection, entry: Entry, sale: SaleRevoked) -> None:
    """§5.4.5: the offer is cancelled and the vehicles are free, with the status they had all along.

    Those that another offer to the buyer holds by now (§6.2) leave it: nobody keeps them for the buyer any more. Those
    that this one holds from elsewhere go home; where they have none they are free too.
    The doors ask first whether the sale is ordered; an order that was faster than the entry contradicts it.
    """
    auction_id = entry.auction_id
    await connection.execute(_LOCK_OFFERS, auction_id, sale.lot)  # before the vehicles, as whoever places an order does
    await connection.execute(_LOCK_WITH_GUESTS, auction_id, sale.lot)
    if await is_ordered(connection, auction_id, sale.lot):
        raise asyncpg.RestrictViolationError(SALE_ORDERED)
    offer_id = await connection.fetchval(_OFFER_OF, auction_id, sale.lot)
    await connection.execute(_CANCEL_OFFER, offer_id, sale.at, storable(sale.reason))
    freed = [row["id"] for row in await connection.fetch(_FREE, auction_id, sale.lot, int(sale.trader))]
    user_id = next((each.by for each in entry.consequences if isinstance(each, Ordered)), None)
    by = By(user_id, sale.at)
    await record_revocation(connection, auction_id, sale.lot, freed, by)
    await _let_guests_go(connection, by, offer_id)
    for row in await connection.fetch(_TAKE_BACK, auction_id, sale.lot):
        fields = {"vehicle": [row["vehicle_id"], None], "price": [format_amount(row["price_cents"]), None]}
        change = Change(
            subject="offer",
            subject_id=row["id"],
            action="vehicle_removed",
            fields=fields,
            entity_id=row["entity_id"],
        )
        await record(connection, by, change)
    await connection.execute(_LEAVE_LENT, offer_id)  # what no auction sold in it stays with the offer that has it


async def _let_guests_go(connection: AnyConnection, by: By, offer_id: int) -> None:
    """§6.2: what the offer holds besides its lot goes home; what nothing else keeps for the buyer is free."""
    found = (await read_offers(connection, [offer_id]))[offer_id]
    guests = [vehicle for vehicle in found.vehicles if vehicle.home_offer_id is not None or not vehicle.fixed]
    alone = await kept_by_it_alone(connection, guests)
    await send_home(connection, found, guests)
    await free_vehicles(connection, by, found, alone)
