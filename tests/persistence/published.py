"""Auctions put into a book as terms say, around the forms that a dealer would fill in.

For tests of the book alone: ids of traders are those that the terms name.
"""

from engine.auction.terms import AuctionTerms, Invited, Kind, LotTerms, VehicleTerms
from engine.instants import SECOND
from persistence.database import AnyConnection, Database

STARTS_AT = 1_700_000_000 * SECOND
ANNE, BRUNO, CELIA = "101", "102", "103"
"""Three traders."""


def terms(number: int = 1, *, lots: int = 1, vehicles: int = 2, reserve_cents: int | None = None) -> AuctionTerms:
    """An auction of ten minutes; its lots start at 1,000.00 for each vehicle, and go up by 100.00."""
    return AuctionTerms(
        number=number,
        kind=Kind.LOT if lots == 1 else Kind.UNIT,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + 600 * SECOND,
        minimum_increment_cents=100_00,
        audience=(Invited(ANNE, "Anne & fils"), Invited(BRUNO, "Bruno Autos"), Invited(CELIA, "Celia SARL")),
        lots=tuple(
            LotTerms(
                number * 100 + lot,
                tuple(VehicleTerms(f"V{number}-{lot}-{place}", 1_000_00, 50_00) for place in range(vehicles)),
                reserve_cents,
            )
            for lot in range(1, lots + 1)
        ),
    )


async def publish(database: Database, published: AuctionTerms) -> int:
    """Write an auction with these terms, and everything it needs, and give its id."""
    async with database.transaction() as connection:
        group_id = await connection.fetchval("SELECT min(id) FROM groups")
        if group_id is None:
            group_id = await connection.fetchval("INSERT INTO groups (name) VALUES ('Groupe') RETURNING id")
        entity_id = await connection.fetchval(
            """INSERT INTO entities (group_id, name) VALUES ($1, 'Concession')
               ON CONFLICT (group_id, name) DO UPDATE SET name = excluded.name RETURNING id""",
            group_id,
        )
        site_id = await connection.fetchval(
            """INSERT INTO sites (entity_id, name) VALUES ($1, 'Site')
               ON CONFLICT (entity_id, name) DO UPDATE SET name = excluded.name RETURNING id""",
            entity_id,
        )
        auction_id: int = await connection.fetchval(
            """INSERT INTO auctions (group_id, entity_id, site_id, number, kind, starts_at, first_ends_at, ends_at,
                   minimum_increment_cents, window_microseconds, extension_microseconds, soft_close_mode, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $6) RETURNING id""",
            group_id,
            entity_id,
            site_id,
            published.number,
            published.kind.value,
            published.starts_at,
            published.ends_at,
            published.minimum_increment_cents,
            published.soft_close.window_microseconds,
            published.soft_close.extension_microseconds,
            published.soft_close.mode.value,
        )
        await _invite(connection, auction_id, published)
        for position, lot in enumerate(published.lots, start=1):
            await connection.execute(
                """INSERT INTO auction_lots (auction_id, number, group_id, position, reserve_price_cents)
                   VALUES ($1, $2, $3, $4, $5)""",
                auction_id,
                lot.number,
                group_id,
                position,
                lot.reserve_price_cents,
            )
            await _fill(connection, auction_id, lot, entity_id, site_id)
        await connection.execute("INSERT INTO auction_leases (auction_id) VALUES ($1)", auction_id)
    return auction_id


async def _invite(connection: AnyConnection, auction_id: int, published: AuctionTerms) -> None:
    for position, invited in enumerate(published.audience, start=1):
        trader_id = int(invited.trader)
        await connection.execute(
            """INSERT INTO trader_companies (id, legal_name, siret) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3)
               ON CONFLICT DO NOTHING""",
            trader_id,
            invited.name,
            f"{trader_id:014}",
        )
        await connection.execute(
            "INSERT INTO auction_audience (auction_id, position, trader_id, name) VALUES ($1, $2, $3, $4)",
            auction_id,
            position,
            trader_id,
            invited.name,
        )


async def _fill(connection: AnyConnection, auction_id: int, lot: LotTerms, entity_id: int, site_id: int) -> None:
    for place, vehicle in enumerate(lot.vehicles, start=1):
        vehicle_id = await connection.fetchval(
            """INSERT INTO vehicles (entity_id, site_id, make, model, plate, vat)
               VALUES ($1, $2, 'Renault', 'Clio', $3, $4) RETURNING id""",
            entity_id,
            site_id,
            vehicle.ref,
            vehicle.vat.value,
        )
        await connection.execute(
            """INSERT INTO auction_lot_vehicles (auction_id, lot, position, vehicle_id, ref,
                   starting_price_cents, initial_margin_cents, vat)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
            auction_id,
            lot.number,
            place,
            vehicle_id,
            vehicle.ref,
            vehicle.starting_price_cents,
            vehicle.initial_margin_cents,
            vehicle.vat.value,
        )
