"""A full house, made by SQL alone: 100,000 vehicles, 10,000 auctions that have ended, and what followed them.

Nothing here asks a rule: the rows are shaped as the house would have left them.
"""

from typing import Final

from engine.instants import SECOND, Instant
from tests.lists.people import befriend
from tests.server.houses import World

VEHICLES: Final = 100_000
AUCTIONS: Final = 10_000
LOTS_EACH: Final = 2
_SECONDS: Final = 600.0
_DAY: Final = 86_400 * SECOND

_VEHICLES: Final = """
    INSERT INTO vehicles (entity_id, site_id, make, model, version, energy, gearbox, colour, plate, vin,
        internal_number, first_registration, mileage_km, entered_at, status, destination, vat, trade_price_cents,
        sale_price_cents, market_value_cents, purchase_price_cents, matched, trade_sale_authorised, power_ch,
        co2_g_per_km, comments)
    SELECT $1, $2, (ARRAY['RENAULT', 'PEUGEOT', 'CITROËN', 'OPEL', 'FORD', 'BMW', 'TOYOTA', 'AUDI'])[1 + n % 8],
           (ARRAY['CLIO', '208', 'C3', 'MOKKA', 'FIESTA', 'SERIE 1', 'YARIS', 'A3'])[1 + n % 8] || ' ' || n % 7,
           '1.5 dCi ' || 70 + n % 90 || ' Énergie Business',
           (ARRAY['diesel', 'petrol', 'hybrid', 'electric'])[1 + n % 4],
           (ARRAY['manual', 'automatic'])[1 + n % 2], (ARRAY['blanc', 'noir', 'gris', 'bleu', 'rouge'])[1 + n % 5],
           'P' || $3::int || '-' || lpad(n::text, 6, '0'), 'VF1' || lpad(($3::int * 1000000 + n)::text, 14, '0'),
           'VO' || n, date '2012-01-01' + n % 4500, 1000 + n::bigint * 7919 % 200000, date '2026-01-01' + n % 300,
           CASE WHEN n % 10 < 6 THEN 'sales_stock' WHEN n % 10 < 8 THEN 'physical_entry'
                WHEN n % 10 = 8 THEN 'pre_arrival' ELSE 'released' END,
           (ARRAY['trade', 'private'])[1 + n % 2], (ARRAY['margin', 'recoverable'])[1 + n % 2],
           CASE WHEN n % 5 > 0 THEN 200000 + n::bigint * 7907 % 3000000 END, 300000 + n::bigint * 7907 % 3000000,
           280000 + n::bigint * 7907 % 3000000, 150000 + n::bigint * 7907 % 2500000, n % 8 > 0, n % 3 > 0,
           70 + n % 200, 90 + n % 120, 'Véhicule contrôlé, deux clés, carnet à jour.'
    FROM generate_series(1, $4::int) AS n
"""
_PHOTOS: Final = """
    INSERT INTO vehicle_photos (vehicle_id, position, photo_key, thumbnail_key, width, height, added_at)
    SELECT id, place, 'photos/' || id || '-' || place, 'thumbnails/' || id || '-' || place, 1600, 1067, $1
    FROM vehicles CROSS JOIN generate_series(1, 4) AS place WHERE id % 2 = 0
"""
_AUCTIONS: Final = """
    INSERT INTO auctions (group_id, entity_id, site_id, number, kind, starts_at, first_ends_at, ends_at,
        minimum_increment_cents, window_microseconds, extension_microseconds, soft_close_mode, created_at, status,
        result)
    SELECT entities.group_id, $1, $2, n, 'unit', given.at, given.at + interval '4 hours', given.at + interval '4 hours',
           10000, 180000000, 180000000, 'add', given.at, 'ended', (ARRAY['won', 'partly_won', 'not_won'])[1 + n % 3]
    FROM generate_series(1, $3::int) AS n
    CROSS JOIN LATERAL (SELECT $4::timestamptz - n * interval '1 hour' AS at) AS given
    JOIN entities ON entities.id = $1
"""
_AUDIENCE: Final = """
    INSERT INTO auction_audience (auction_id, position, trader_id, name)
    SELECT auctions.id, place, trader, 'Trader' FROM auctions
    CROSS JOIN unnest($1::bigint[]) WITH ORDINALITY AS asked (trader, place)
"""
_LOTS: Final = """
    INSERT INTO auction_lots (auction_id, number, group_id, position, reserve_price_cents, outcome, winner_trader_id,
        last_offer_cents)
    SELECT id, number * $1::int + place, group_id, place, 500000, given.outcome,
           CASE WHEN given.outcome = 'won' THEN $2::bigint END, 600000
    FROM auctions CROSS JOIN generate_series(1, $1::int) AS place
    CROSS JOIN LATERAL (SELECT CASE WHEN result = 'won' OR (result = 'partly_won' AND place = 1) THEN 'won'
                                    ELSE 'reserve_not_reached' END AS outcome) AS given
"""
_SOLD: Final = """
    INSERT INTO auction_lot_vehicles (auction_id, lot, position, vehicle_id, ref, starting_price_cents,
        initial_margin_cents, vat, held)
    SELECT lots.auction_id, lots.number, 1, vehicles.id, vehicles.plate, 500000, 20000, 'margin', false
    FROM (SELECT auction_id, number, row_number() OVER (ORDER BY auction_id, number) AS place FROM auction_lots) AS lots
    JOIN (SELECT id, plate, row_number() OVER (ORDER BY id) AS place FROM vehicles WHERE entity_id = $1) AS vehicles
         USING (place)
"""
_OFFERS: Final = """
    WITH made AS (
        INSERT INTO offers (group_id, number, entity_id, trader_id, auction_id, lot, status, price_cents,
            price_ht_cents, made_at, validated_at)
        SELECT auctions.group_id, row_number() OVER (ORDER BY auctions.id, lots.number), auctions.entity_id,
               lots.winner_trader_id, auctions.id, lots.number, 'validated', lots.last_offer_cents,
               lots.last_offer_cents, auctions.ends_at, auctions.ends_at
        FROM auction_lots AS lots JOIN auctions ON auctions.id = lots.auction_id WHERE lots.outcome = 'won'
        RETURNING id, auction_id, lot, price_cents)
    INSERT INTO offer_lines (offer_id, position, vehicle_id, price_cents, vat, fixed)
    SELECT made.id, 1, sold.vehicle_id, made.price_cents, sold.vat, true
    FROM made JOIN auction_lot_vehicles AS sold ON sold.auction_id = made.auction_id AND sold.lot = made.lot
"""
_DECLINED: Final = """
    INSERT INTO auction_events (auction_id, seq, at, kind, trader_id)
    SELECT id, 1, ends_at, 'declined', $1 FROM auctions WHERE number % 10 = 0
"""
_ORDERS: Final = """
    WITH made AS (
        INSERT INTO orders (group_id, number, offer_id, entity_id, trader_id, placed_at, legal_representative,
            delivery_on, delivery_site_id, payment_method, documents, paper)
        SELECT group_id, number, id, entity_id, trader_id, made_at, 'Anne Dupont', date '2026-12-01', $1, 'transfer',
               ARRAY['registration'], '{}'
        FROM offers WHERE id % 2 = 0
        RETURNING id, offer_id)
    , ordered AS (
        UPDATE offers SET status = 'ordered' FROM made WHERE offers.id = made.offer_id)
    INSERT INTO order_vehicles (order_id, position, vehicle_id, status_before)
    SELECT made.id, 1, vehicle_id, 'sales_stock' FROM made JOIN offer_lines USING (offer_id)
"""
_DELIVERIES: Final = """
    WITH made AS (
        INSERT INTO deliveries (entity_id, trader_id, order_id, site_id, scheduled_at, status, report, declared_at,
            made_at)
        SELECT entity_id, trader_id, id, delivery_site_id, placed_at + interval '5 days', 'honoured', 'ok', placed_at,
               placed_at
        FROM orders
        RETURNING id, order_id)
    INSERT INTO delivery_vehicles (delivery_id, vehicle_id, order_id)
    SELECT made.id, vehicle_id, made.order_id FROM made JOIN order_vehicles USING (order_id)
"""
_INVOICES: Final = """
    INSERT INTO invoices (entity_id, order_id, number, invoiced_on, declared_at)
    SELECT entity_id, id, 'F-' || id, date '2026-12-02', placed_at FROM orders WHERE id % 2 = 0
"""
_AUDIT: Final = """
    INSERT INTO audit (at, user_id, group_id, entity_id, subject, subject_id, action, change)
    SELECT $1, $2, NULL, entity_id, 'vehicle', id, 'created', '{"make": [null, "RENAULT"]}' FROM vehicles
"""
_NUMBERS: Final = (
    "UPDATE groups SET next_auction_number = 1000000, next_lot_number = 1000000, next_offer_number = 1000000"
)


async def fill(world: World, now: Instant) -> None:
    """Nine tenths of the vehicles and all auctions are the dealer's entity's, the other vehicles its sister's."""
    async with world.database.acquire() as connection:
        sister_site = await connection.fetchval(
            "INSERT INTO sites (entity_id, name, city) VALUES ($1, 'Arras', 'Arras') RETURNING id", world.sister
        )
        nine_tenths = VEHICLES * 9 // 10
        await connection.execute(_VEHICLES, world.entity, world.site, 1, nine_tenths, timeout=_SECONDS)
        await connection.execute(_VEHICLES, world.sister, sister_site, 2, VEHICLES - nine_tenths, timeout=_SECONDS)
        await connection.execute(_PHOTOS, now, timeout=_SECONDS)
        await connection.execute(_AUCTIONS, world.entity, world.site, AUCTIONS, now - _DAY, timeout=_SECONDS)
        await connection.execute(_AUDIENCE, [world.anne.company_id, world.bruno.company_id], timeout=_SECONDS)
        await connection.execute(_LOTS, LOTS_EACH, world.anne.company_id, timeout=_SECONDS)
        await connection.execute(_SOLD, world.entity, timeout=_SECONDS)
        await connection.execute(_OFFERS, timeout=_SECONDS)
        await connection.execute(_DECLINED, world.anne.company_id, timeout=_SECONDS)
        for statement in (_ORDERS, _DELIVERIES, _INVOICES):
            await connection.execute(statement, *([world.site] if statement is _ORDERS else []), timeout=_SECONDS)
        await connection.execute(_AUDIT, now, world.dealer.user_id, timeout=_SECONDS)
        await connection.execute(_NUMBERS, timeout=_SECONDS)
        # The dealer works for both entities: lists of one entity alone would be too easy.
        await connection.execute(
            """INSERT INTO memberships (user_id, entity_id, rights)
               SELECT user_id, $2, rights FROM memberships WHERE user_id = $1""",
            world.dealer.user_id,
            world.sister,
        )
    await befriend(world, now)
    async with world.database.acquire() as connection:
        # A stock grows day by day; this one was written twice in a minute, which leaves its pages half empty.
        await connection.execute("VACUUM FULL vehicles", timeout=_SECONDS)
        await connection.execute("VACUUM ANALYZE", timeout=_SECONDS)
