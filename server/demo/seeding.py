"""The first opening of the demonstration's book: its people, its vehicles, and the auctions that are over or going on.

Written through the book's own functions, once: a book that holds the demonstration is left as it is. The last account
made says that everything is there.
"""

import asyncio
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from msgspec import Struct

from engine.auction.terms import Kind
from engine.instants import SECOND, Instant
from persistence.auctions.creation import ChosenVehicle, NewAuction, create
from persistence.database import Database
from persistence.live.postgres import PostgresBook
from persistence.people.registry import (
    Company,
    NewUser,
    Site,
    add_company,
    add_dealer,
    add_entity,
    add_group,
    add_site,
    add_trader_user,
    any_group,
)
from persistence.people.sessions import account_of
from persistence.stock.cards import VehicleCard, add_vehicle
from persistence.traders.connections import connect
from persistence.traders.mailing_lists import add_mailing_list
from server.auth.passwords import Passwords
from server.demo.past import commands, entries, minutes
from server.demo.scenery import auctions, people
from server.demo.scenery.stock import VEHICLES
from server.demo.scenery.vehicle import Vehicle
from server.settings import StartRefused

Say = Callable[[str], None]
LAST_ACCOUNT: Final = people.SALES
_CONNECTED_DAYS: Final = 200
_IN_STOCK_DAYS: Final = 80
_Made = TypeVar("_Made")


class Ids(Struct):
    """What was made, by the names of the scenery."""

    entities: dict[str, int] = {}
    sites: dict[str, int] = {}
    traders: dict[str, int] = {}
    lists: dict[str, int] = {}
    vehicles: dict[str, int] = {}


async def seed(database: Database, book: PostgresBook, now: Instant, say: Say) -> None:
    """Fill an empty book. Raises StartRefused if it is another's, or was left half made."""
    if await account_of(database, LAST_ACCOUNT.email) is not None:
        say("the book of an earlier run goes on")
        return
    if await any_group(database):
        raise StartRefused("--data: this book is not a demonstration's, or half of one; name an empty directory")
    ids, now = Ids(), now - now % SECOND
    password_hash = await Passwords().hash(people.PASSWORD)
    runner = await _add_people(database, ids, password_hash, now)
    say(f"{len(people.DEALERS)} dealers, {len(people.TRADERS)} traders")
    await _add_vehicles(database, ids, now)
    say(f"{len(VEHICLES)} vehicles")
    for auction in auctions.AUCTIONS:
        await _add_auction(database, book, ids, auction, runner, now)
    say(f"{len(auctions.AUCTIONS)} auctions, of which {len(auctions.OVER)} from the days before")
    await _add_dealer(database, ids, LAST_ACCOUNT, password_hash)


async def _add_people(database: Database, ids: Ids, password_hash: str, now: Instant) -> int:
    """Everybody but the last account. Gives the id of the user who runs the auctions."""
    group_id = await add_group(
        database,
        people.GROUP_NAME,
        prefix=people.GROUP_PREFIX,
        next_auction_number=people.FIRST_AUCTION_NUMBER,
        next_lot_number=people.FIRST_LOT_NUMBER,
        next_offer_number=people.FIRST_OFFER_NUMBER,
    )
    for entity in people.ENTITIES:
        ids.entities[entity.name] = await add_entity(
            database, group_id, entity.name, siret=entity.siret, vat_number=entity.vat_number
        )
        for site in entity.sites:
            ids.sites[site.name] = await add_site(
                database,
                ids.entities[entity.name],
                Site(
                    name=site.name,
                    street=site.street,
                    postcode=site.postcode,
                    city=site.city,
                    phone=site.phone,
                    email=site.email,
                ),
            )
    for trader in people.TRADERS:
        await _add_trader(database, ids, trader, password_hash, now)
    for listed in people.MAILING_LISTS:
        members = tuple(ids.traders[trader.legal_name] for trader in listed.traders)
        list_id = await add_mailing_list(database, ids.entities[listed.entity.name], listed.title, members)
        ids.lists[listed.title] = _made(list_id, int)
    runners = [
        await _add_dealer(database, ids, dealer, password_hash) for dealer in people.DEALERS if dealer != LAST_ACCOUNT
    ]
    return runners[0]


async def _add_dealer(database: Database, ids: Ids, dealer: people.Dealer, password_hash: str) -> int:
    user = NewUser(email=dealer.email, name=dealer.name, password_hash=password_hash, language=dealer.language)
    entity_ids = tuple(ids.entities[entity.name] for entity in dealer.entities)
    added = await add_dealer(
        database, entity_ids, user, rights=dealer.rights, validate_trade_ins=dealer.validate_trade_ins
    )
    return _made(added, int)


async def _add_trader(database: Database, ids: Ids, trader: people.Trader, password_hash: str, now: Instant) -> None:
    company = Company(
        legal_name=trader.legal_name,
        siret=trader.siret,
        vat_number=trader.vat_number,
        ape_code=people.APE_CODE,
        street=trader.street,
        postcode=trader.postcode,
        city=trader.city,
        email=trader.email,
        phone=trader.phone,
        legal_representative=trader.representative,
        kind=trader.kind,
    )
    trader_id = ids.traders[trader.legal_name] = await add_company(database, company)
    user = NewUser(
        email=trader.email, name=trader.representative, password_hash=password_hash, language=trader.language
    )
    _made(await add_trader_user(database, trader_id, user), int)
    for entity in trader.connected_to:
        connected_at = now - minutes((30 + zlib.crc32(trader.siret.encode()) % _CONNECTED_DAYS) * 24 * 60)
        await connect(database, ids.entities[entity.name], trader_id, connected_at)


def _made(made: object, kind: type[_Made]) -> _Made:
    """What was asked for; anything else would be a refusal, which an empty book has no reason for."""
    assert isinstance(made, kind), f"the scenery was refused: {made}"
    return made


# Vehicles and auctions ------------------------------------------------------------------------------------------------


def card(vehicle: Vehicle, entered_at: date) -> VehicleCard:
    """The vehicle's card as the book keeps it."""
    fiscal_power_cv, power_ch = vehicle.power
    return VehicleCard(
        make=vehicle.make,
        model=vehicle.model,
        version=vehicle.version,
        trim=vehicle.trim,
        kind=vehicle.kind,
        body=vehicle.body,
        energy=vehicle.energy,
        fiscal_power_cv=fiscal_power_cv,
        power_ch=power_ch,
        doors=vehicle.doors,
        gearbox=vehicle.gearbox,
        co2_g_per_km=vehicle.co2_g_per_km,
        crit_air=vehicle.crit_air,
        colour=vehicle.colour,
        plate=vehicle.plate,
        vin=vehicle.vin,
        internal_number=vehicle.internal_number,
        police_book_number=vehicle.police_book_number,
        first_registration=date.fromisoformat(vehicle.first_registration),
        mileage_km=vehicle.mileage_km,
        mileage_guaranteed=vehicle.service_book,
        origin=vehicle.origin,
        entered_at=entered_at,
        status=vehicle.status,
        destination=vehicle.destination,
        vat=vehicle.vat,
        market_value_cents=vehicle.market_value_cents,
        sale_price_cents=vehicle.sale_price_cents,
        trade_price_cents=vehicle.trade_price_cents,
        purchase_price_cents=vehicle.purchase_price_cents,
        planned_costs_ht_cents=vehicle.planned_costs_ht_cents,
        trade_sale_authorised=True,
        matched=vehicle.matched,
        accident_damaged=vehicle.accident_damaged,
        running=vehicle.running,
        imported=vehicle.imported,
        first_owner=vehicle.first_owner,
        service_book=vehicle.service_book,
        battery_health_percent=vehicle.battery_health_percent,
        battery_tested_on=_day(vehicle.battery_tested_on),
        battery_expires_on=_day(vehicle.battery_expires_on),
        last_inspection_on=_day(vehicle.last_inspection_on),
        next_inspection_on=_day(vehicle.next_inspection_on),
        comments=vehicle.comments,
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


async def _add_vehicles(database: Database, ids: Ids, now: Instant) -> None:
    today = datetime.fromtimestamp(now // SECOND, UTC).date()
    entity_of_site = {site.name: entity.name for entity in people.ENTITIES for site in entity.sites}
    for vehicle in VEHICLES:
        in_stock = timedelta(days=4 + zlib.crc32(vehicle.plate.encode()) % _IN_STOCK_DAYS)
        entity_id = ids.entities[entity_of_site[vehicle.site]]
        ids.vehicles[vehicle.plate] = await add_vehicle(
            database, entity_id, ids.sites[vehicle.site], card(vehicle, today - in_stock)
        )


async def _add_auction(
    database: Database, book: PostgresBook, ids: Ids, auction: auctions.Auction, runner: int, now: Instant
) -> None:
    """Publish an auction in the past, and write what has happened in it since."""
    began_at = now - minutes(auction.began_minutes_ago)
    is_whole = auction.kind is Kind.LOT
    auction_id = await create(
        database,
        NewAuction(
            entity_id=ids.entities[auction.entity.name],
            site_id=ids.sites[auction.site],
            kind=auction.kind,
            vehicles=tuple(
                ChosenVehicle(ids.vehicles[plate], None, None if is_whole else lot.reserve_cents)
                for lot in auction.lots
                for plate in lot.plates
            ),
            starts_at=began_at,
            ends_at=began_at + minutes(auction.lasts_minutes),
            minimum_increment_cents=auction.increment_cents,
            created_at=began_at - minutes(3),
            created_by=runner,
            reserve_price_cents=auction.lots[0].reserve_cents if is_whole else None,
            mailing_list_id=None if auction.audience is None else ids.lists[auction.audience.title],
        ),
    )
    auction_id = _made(auction_id, int)
    epoch = await book.claim(auction_id)
    stored = await book.load(auction_id)
    keys = {name: str(trader_id) for name, trader_id in ids.traders.items()}
    script = commands(auction, began_at, keys, [lot.number for lot in stored.terms.lots])
    written = [book.append(entry) for entry in entries(stored, epoch, script, now)]
    await asyncio.gather(*written)
