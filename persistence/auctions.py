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
from engine.notices import NoticeKind
from engine.stock import missing_conditions
from persistence.auction_notices import tell_traders
from persistence.audit import By, Change, record
from persistence.stock import StoredVehicle, candidate, locked_vehicles, sale_rules_of

if TYPE_CHECKING:
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


class _Lot(Struct, frozen=True):
    """A lot about to be written: its reserve, and its vehicles with their starting prices and margins."""

    reserve_price_cents: Cents | None
    vehicles: tuple[tuple[StoredVehicle, Cents, Cents], ...]


async def create(database: Database, new: NewAuction) -> int | CreationRefused:
    """Make and publish an auction; gives its id. The house must then be told to take it."""
    reasons = _form_reasons(new)
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
        audience = await _audience(connection, new)
        reasons = await _stored_reasons(connection, new, entity, vehicles, audience)
        lots = [] if reasons else _lots(new, vehicles)
        if any(price <= 0 for lot in lots for _, price, _ in lot.vehicles):
            reasons.append(Reason("invalid_amount", "starting_price"))
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


def _form_reasons(new: NewAuction) -> list[Reason]:
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


async def _stored_reasons(
    connection: AnyConnection,
    new: NewAuction,
    entity: Row,
    vehicles: dict[int, StoredVehicle],
    audience: list[Row] | None,
) -> list[Reason]:
    reasons: list[Reason] = []
    if not entity["stock_auctions"]:
        reasons.append(Reason("module_off", "kind"))  # §5.1.5
    site = await connection.fetchval(
        "SELECT id FROM sites WHERE id = $1 AND entity_id = $2", new.site_id, new.entity_id
    )
    if site is None:
        reasons.append(Reason("unknown_site", "site"))
    rules = sale_rules_of(entity)
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


async def _audience(connection: AnyConnection, new: NewAuction) -> list[Row] | None:
    """Who is invited, by name (§3.2, §3.3): connected, and on the list or among those chosen; None: no such list."""
    if new.mailing_list_id is not None:
        known = await connection.fetchval(
            "SELECT id FROM mailing_lists WHERE id = $1 AND entity_id = $2", new.mailing_list_id, new.entity_id
        )
        if known is None:
            return None
    return await connection.fetch(
        """SELECT trader_id, legal_name FROM connections JOIN trader_companies ON trader_companies.id = trader_id
           WHERE entity_id = $1 AND removed_at IS NULL
             AND ($2::bigint IS NULL OR trader_id IN (
                 SELECT trader_id FROM mailing_list_members WHERE mailing_list_id = $2))
             AND ($3::bigint[] IS NULL OR trader_id = ANY ($3))
           ORDER BY legal_name, trader_id""",
        new.entity_id,
        new.mailing_list_id,
        None if new.trader_ids is None else list(new.trader_ids),
    )


def _lots(new: NewAuction, vehicles: dict[int, StoredVehicle]) -> list[_Lot]:
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
    sold = tuple((vehicle, price, vehicle.margin_at(price)) for (_, vehicle), price in zip(chosen, prices, strict=True))
    if new.kind is Kind.LOT:
        return [_Lot(new.reserve_price_cents, sold)]
    return [_Lot(each.reserve_price_cents, (one,)) for (each, _), one in zip(chosen, sold, strict=True)]


async def _write(
    connection: AnyConnection, new: NewAuction, group_id: int, lots: list[_Lot], audience: list[Row] | None
) -> int:
    drawn = await connection.fetchrow(
        """UPDATE groups SET next_auction_number = next_auction_number + 1, next_lot_number = next_lot_number + $2
           WHERE id = $1 RETURNING next_auction_number - 1 AS auction, next_lot_number - $2 AS first_lot""",
        group_id,
        len(lots),
    )
    assert drawn is not None
    auction_id: int = await connection.fetchval(
        """INSERT INTO auctions (group_id, entity_id, site_id, number, kind, starts_at, first_ends_at, ends_at,
               minimum_increment_cents, window_microseconds, extension_microseconds, soft_close_mode,
               mailing_list_id, mailing_list_title, created_by, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11,
               $12, (SELECT title FROM mailing_lists WHERE id = $12), $13, $14) RETURNING id""",
        group_id,
        new.entity_id,
        new.site_id,
        drawn["auction"],
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
    await connection.executemany(
        "INSERT INTO auction_audience (auction_id, position, trader_id, name) VALUES ($1, $2, $3, $4)",
        [(auction_id, place, row["trader_id"], row["legal_name"]) for place, row in enumerate(audience or [], start=1)],
    )
    numbered = list(enumerate(lots))
    await connection.executemany(
        """INSERT INTO auction_lots (auction_id, number, group_id, position, reserve_price_cents)
           VALUES ($1, $2, $3, $4, $5)""",
        [
            (auction_id, drawn["first_lot"] + place, group_id, place + 1, lot.reserve_price_cents)
            for place, lot in numbered
        ],
    )
    await connection.executemany(
        """INSERT INTO auction_lot_vehicles
               (auction_id, lot, position, vehicle_id, ref, starting_price_cents, initial_margin_cents, vat)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        [
            (auction_id, drawn["first_lot"] + place, position, vehicle.id, vehicle.ref, price, margin, vehicle.vat)
            for place, lot in numbered
            for position, (vehicle, price, margin) in enumerate(lot.vehicles, start=1)
        ],
    )
    await connection.execute("INSERT INTO auction_leases (auction_id) VALUES ($1)", auction_id)
    return auction_id
