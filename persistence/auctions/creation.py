"""An auction is made: stored vehicles, an audience, a schedule and prices become terms that stand (§5.1).

One transaction: vehicles are locked, conditions asked of engine/stock.py, numbers drawn from the group, rows written.
What a dealer can get wrong comes back as reasons, all of them; what only the doors know (who may) is not asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.auction.terms import Kind, SoftClose
from engine.instants import Instant
from engine.money import Cents, shares
from engine.namesakes import NamedCompany, as_read, told_apart
from engine.notices import NoticeKind
from engine.stock import SaleRules, missing_conditions
from persistence.auctions.notices import tell_traders
from persistence.audit import By, Change, record
from persistence.stock.cards import StoredVehicle, candidate, locked_vehicles, sale_rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from persistence.database import AnyConnection, Database, Row

FIRST_VERSION: Final = 1
"""The version of an auction's terms as published; every change adds one (§5.1.4)."""


class ChosenVehicle(Struct, frozen=True):
    """A vehicle of the sale. Its starting price defaults to its trade price; a reserve of its own is for unit auctions
    (§5.1.1).
    """

    vehicle_id: int
    starting_price_cents: Cents | None = None
    reserve_price_cents: Cents | None = None


class NewAuction(Struct, frozen=True, kw_only=True):
    """What a dealer's form says. In a lot auction `starting_price_cents` is spread over the vehicles in proportion to
    their trade prices, and `reserve_price_cents` is the lot's. The audience is a list, or these traders, or everybody.
    """

    entity_id: int
    site_id: int
    kind: Kind
    vehicles: tuple[ChosenVehicle, ...]
    starts_at: Instant
    ends_at: Instant
    minimum_increment_cents: Cents
    created_at: Instant
    created_by: int | None = None
    soft_close: SoftClose = SoftClose()
    starting_price_cents: Cents | None = None
    reserve_price_cents: Cents | None = None
    mailing_list_id: int | None = None
    trader_ids: tuple[int, ...] | None = None


class Reason(Struct, frozen=True):
    """Why not: a code of `engine.stock.Missing` or one of the form's own, the form's field, and the vehicle if one."""

    code: str
    field: str
    vehicle_id: int | None = None


class CreationRefused(Struct, frozen=True):
    """The auction was not made, for these reasons."""

    reasons: tuple[Reason, ...]


class SoldVehicle(Struct, frozen=True):
    """A vehicle in a lot about to be written, and what is frozen of it."""

    vehicle_id: int
    ref: str
    starting_price_cents: Cents
    initial_margin_cents: Cents
    vat: str


class Lot(Struct, frozen=True):
    """A lot about to be written: its reserve, its vehicles, and its number if it has one already."""

    reserve_price_cents: Cents | None
    vehicles: tuple[SoldVehicle, ...]
    number: int | None = None


async def create(database: Database, new: NewAuction) -> int | CreationRefused:
    """Make and publish an auction; gives its id. The house must then be told to take it."""
    reasons = form_reasons(new)
    if reasons:
        return CreationRefused(tuple(reasons))
    async with database.transaction() as connection:
        entity = await connection.fetchrow(
            """SELECT group_id, saleable_from, matching_required, stock_auctions
               FROM entities JOIN groups ON groups.id = group_id WHERE entities.id = $1""",
            new.entity_id,
        )
        assert entity is not None, "the doors know the entities of their users"
        ids = [chosen.vehicle_id for chosen in new.vehicles]
        vehicles = await locked_vehicles(connection, new.entity_id, ids)
        audience = await audience_of(connection, new)
        reasons = [] if entity["stock_auctions"] else [Reason("module_off", "kind")]  # §5.1.5
        reasons += await stored_reasons(connection, new, sale_rules_of(entity), vehicles, audience)
        lots = [] if reasons else lots_of(new, vehicles)
        reasons += worthless(lots)
        if reasons:
            return CreationRefused(tuple(reasons))
        auction_id = await _write(connection, new, entity["group_id"], lots, audience)
        if new.starts_at > new.created_at:  # one that starts at once is told once: that it is open (§5.1.5)
            invited = [row["trader_id"] for row in audience or []]
            await tell_traders(
                connection, auction_id, NoticeKind.AUCTION_PUBLISHED, FIRST_VERSION, new.created_at, invited
            )
        published = Change(subject="auction", subject_id=auction_id, action="published", entity_id=new.entity_id)
        await record(connection, By(new.created_by, new.created_at), published)
        return auction_id


def form_reasons(new: NewAuction) -> list[Reason]:
    """What the form alone gets wrong."""
    reasons: list[Reason] = []
    ids = [chosen.vehicle_id for chosen in new.vehicles]
    if not ids:
        reasons.append(Reason("no_vehicles", "vehicles"))
    reasons += [Reason("twice", "vehicles", twice) for twice in {each for each in ids if ids.count(each) > 1}]
    if new.ends_at <= new.starts_at:
        reasons.append(Reason("not_positive", "duration_seconds"))
    if new.minimum_increment_cents <= 0:
        reasons.append(Reason("invalid_amount", "minimum_increment"))
    if new.starting_price_cents is not None and new.starting_price_cents <= 0:
        reasons.append(Reason("invalid_amount", "starting_price"))
    if new.reserve_price_cents is not None and new.reserve_price_cents < 0:
        reasons.append(Reason("invalid_amount", "reserve_price"))
    if new.kind is Kind.UNIT and (new.starting_price_cents is not None or new.reserve_price_cents is not None):
        reasons.append(Reason("only_for_lots", "starting_price" if new.starting_price_cents else "reserve_price"))
    for chosen in new.vehicles:
        if chosen.starting_price_cents is not None and chosen.starting_price_cents <= 0:
            reasons.append(Reason("invalid_amount", "starting_price", chosen.vehicle_id))
        if chosen.reserve_price_cents is not None and chosen.reserve_price_cents < 0:
            reasons.append(Reason("invalid_amount", "reserve_price", chosen.vehicle_id))
        if new.kind is Kind.LOT and chosen.reserve_price_cents is not None:
            reasons.append(Reason("only_for_units", "reserve_price", chosen.vehicle_id))
    return reasons


async def stored_reasons(
    connection: AnyConnection,
    new: NewAuction,
    rules: SaleRules,
    vehicles: dict[int, StoredVehicle],
    audience: list[Row] | None,
) -> list[Reason]:
    """What the form gets wrong by what is stored: the place, the vehicles, who is invited."""
    reasons: list[Reason] = []
    site = await connection.fetchval(
        "SELECT id FROM sites WHERE id = $1 AND entity_id = $2", new.site_id, new.entity_id
    )
    if site is None:
        reasons.append(Reason("unknown_site", "site"))
    for chosen in new.vehicles:
        vehicle = vehicles.get(chosen.vehicle_id)
        if vehicle is None:
            reasons.append(Reason("unknown_vehicle", "vehicles", chosen.vehicle_id))
        else:
            missing = missing_conditions(candidate(vehicle), rules)
            reasons += [Reason(condition.value, "vehicles", chosen.vehicle_id) for condition in missing]
    if audience is None:
        reasons.append(Reason("unknown_list", "mailing_list"))
    elif not audience:
        reasons.append(Reason("nobody_invited", "mailing_list"))
    elif new.trader_ids is not None and len(audience) < len(set(new.trader_ids)):
        reasons.append(Reason("not_connected", "traders"))  # §3.3
    return reasons


async def audience_of(connection: AnyConnection, new: NewAuction) -> list[Row] | None:
    """Who is invited, by name (§3.2, §3.3): connected, and on the list or among those chosen; None: no such list.

    Connections and list are held: whoever ends one waits until the auction stands, and then finds it (§2.4).
    """
    if new.mailing_list_id is not None:
        known = await connection.fetchval(
            "SELECT id FROM mailing_lists WHERE id = $1 AND entity_id = $2 FOR KEY SHARE",
            new.mailing_list_id,
            new.entity_id,
        )
        if known is None:
            return None
    return await connection.fetch(
        """SELECT trader_id, legal_name FROM connections JOIN trader_companies ON trader_companies.id = trader_id
           WHERE entity_id = $1 AND removed_at IS NULL
             AND ($2::bigint IS NULL OR trader_id IN (
                 SELECT trader_id FROM mailing_list_members WHERE mailing_list_id = $2))
             AND ($3::bigint[] IS NULL OR trader_id = ANY ($3))
           ORDER BY legal_name, trader_id FOR SHARE OF connections""",
        new.entity_id,
        new.mailing_list_id,
        None if new.trader_ids is None else list(new.trader_ids),
    )


def lots_of(new: NewAuction, vehicles: dict[int, StoredVehicle]) -> list[Lot]:
    """§5.1.1: starting prices given, spread by largest remainder, or the trade prices."""
    chosen = [(each, vehicles[each.vehicle_id]) for each in new.vehicles]
    trade_prices = [vehicle.trade_price_cents or 0 for _, vehicle in chosen]
    if new.starting_price_cents is not None:
        prices = shares(new.starting_price_cents, trade_prices)
    else:
        prices = [
            trade_price if each.starting_price_cents is None else each.starting_price_cents
            for (each, _), trade_price in zip(chosen, trade_prices, strict=True)
        ]
    sold = tuple(
        SoldVehicle(vehicle.id, vehicle.public_ref, price, vehicle.margin_at(price), vehicle.vat)
        for (_, vehicle), price in zip(chosen, prices, strict=True)
    )
    if new.kind is Kind.LOT:
        return [Lot(new.reserve_price_cents, sold)]
    return [Lot(each.reserve_price_cents, (one,)) for (each, _), one in zip(chosen, sold, strict=True)]


def worthless(lots: Iterable[Lot]) -> list[Reason]:
    """A price so low that a vehicle's share of it is nothing."""
    nothing = any(sold.starting_price_cents <= 0 for lot in lots for sold in lot.vehicles)
    return [Reason("invalid_amount", "starting_price")] if nothing else []


async def _write(
    connection: AnyConnection, new: NewAuction, group_id: int, lots: list[Lot], audience: list[Row] | None
) -> int:
    auction_id: int = await connection.fetchval(
        """WITH drawn AS (
               UPDATE groups SET next_auction_number = next_auction_number + 1 WHERE id = $1
               RETURNING next_auction_number - 1 AS number
           )
           INSERT INTO auctions (group_id, entity_id, site_id, number, kind, starts_at, first_ends_at, ends_at,
               minimum_increment_cents, window_microseconds, extension_microseconds, soft_close_mode,
               mailing_list_id, mailing_list_title, created_by, created_at)
           SELECT $1, $2, $3, drawn.number, $4, $5, $6, $6, $7, $8, $9, $10,
               $11, (SELECT title FROM mailing_lists WHERE id = $11), $12, $13 FROM drawn RETURNING id""",
        group_id,
        new.entity_id,
        new.site_id,
        new.kind.value,
        new.starts_at,
        new.ends_at,
        new.minimum_increment_cents,
        new.soft_close.window_microseconds,
        new.soft_close.extension_microseconds,
        new.soft_close.mode.value,
        new.mailing_list_id,
        new.created_by,
        new.created_at,
    )
    await invite(connection, auction_id, [(row["trader_id"], row["legal_name"]) for row in audience or []])
    await write_lots(connection, auction_id, group_id, lots)
    await connection.execute("INSERT INTO auction_leases (auction_id) VALUES ($1)", auction_id)
    return auction_id


async def invite(connection: AnyConnection, auction_id: int, traders: Sequence[tuple[int, str]]) -> None:
    """Add traders, by id and name, to the auction's audience, after those who are in it; namesakes are told apart."""
    names = await _told_apart(connection, auction_id, traders)
    await connection.execute(
        """INSERT INTO auction_audience (auction_id, position, trader_id, name)
           SELECT $1, coalesce((SELECT max(position) FROM auction_audience WHERE auction_id = $1), 0) + given.place,
                  given.trader_id, given.name
           FROM unnest($2::bigint[], $3::text[]) WITH ORDINALITY AS given (trader_id, name, place)""",
        auction_id,
        [trader_id for trader_id, _ in traders],
        names,
    )


async def _told_apart(connection: AnyConnection, auction_id: int, traders: Sequence[tuple[int, str]]) -> list[str]:
    """The names by which the dealer will read them; who is in the audience already keeps its own."""
    rows = await connection.fetch("SELECT name FROM auction_audience WHERE auction_id = $1", auction_id)
    names, taken = [name for _, name in traders], {row["name"] for row in rows}
    read = {as_read(name) for name in names}
    if len(read) == len(names) and read.isdisjoint(map(as_read, taken)):
        return names
    cards = await connection.fetch(
        "SELECT id, city, siret FROM trader_companies WHERE id = ANY ($1::bigint[])",
        [trader_id for trader_id, _ in traders],
    )
    by_id = {row["id"]: row for row in cards}
    companies = [NamedCompany(name, by_id[trader]["city"], by_id[trader]["siret"]) for trader, name in traders]
    return told_apart(companies, taken)


async def write_lots(connection: AnyConnection, auction_id: int, group_id: int, lots: Sequence[Lot]) -> None:
    """The auction's lots in their order; those without a number draw one from the group (§5.1.3)."""
    unnumbered = sum(lot.number is None for lot in lots)
    first: int = await connection.fetchval(
        """UPDATE groups SET next_lot_number = next_lot_number + $2 WHERE id = $1
           RETURNING next_lot_number - $2""",
        group_id,
        unnumbered,
    )
    drawn = iter(range(first, first + unnumbered))
    numbered = [(next(drawn) if lot.number is None else lot.number, lot) for lot in lots]
    await connection.executemany(
        """INSERT INTO auction_lots (auction_id, number, group_id, position, reserve_price_cents)
           VALUES ($1, $2, $3, $4, $5)""",
        [
            (auction_id, number, group_id, place, lot.reserve_price_cents)
            for place, (number, lot) in enumerate(numbered, start=1)
        ],
    )
    await connection.executemany(
        """INSERT INTO auction_lot_vehicles
               (auction_id, lot, position, vehicle_id, ref, starting_price_cents, initial_margin_cents, vat)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        [
            (
                auction_id,
                number,
                position,
                sold.vehicle_id,
                sold.ref,
                sold.starting_price_cents,
                sold.initial_margin_cents,
                sold.vat,
            )
            for number, lot in numbered
            for position, sold in enumerate(lot.vehicles, start=1)
        ],
    )
