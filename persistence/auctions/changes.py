"""A scheduled auction is changed: its terms written anew, whoever they concern told, in one transaction (§3.4, §5.1.4).

Called between two lives of the auction, by the house that has claimed it: nothing can be written of it meanwhile. The
conditions are those of its making, all of them, asked again. Who may change it is asked at the doors.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import UNSET, Struct, UnsetType

from engine.auction.terms import Kind, SoftClose, SoftCloseMode
from engine.instants import Instant, Microseconds, format_instant
from engine.money import Cents, format_amount
from engine.notices import NoticeKind
from persistence.auctions.audience import Audience, planned, write_audience
from persistence.auctions.creation import (
    ChosenVehicle,
    CreationRefused,
    Lot,
    NewAuction,
    SoldVehicle,
    form_reasons,
    lots_of,
    stored_reasons,
    worthless,
    write_lots,
)
from persistence.auctions.notices import tell_traders
from persistence.audit import By, Change, record
from persistence.errors import Fenced
from persistence.stock.cards import locked_vehicles, sale_rules_of
from persistence.versions import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.auctions.audience import AudienceChange
    from persistence.database import AnyConnection, Database, Row


class ChangedVehicle(Struct, frozen=True):
    """A vehicle of the sale as it shall be. UNSET: as it was, or by default if it is new; no price: the trade price."""

    vehicle_id: int
    starting_price_cents: Cents | UnsetType | None = UNSET
    reserve_price_cents: Cents | UnsetType | None = UNSET


class AuctionChange(Struct, frozen=True, kw_only=True):
    """What a dealer changes; UNSET stays. `vehicles` are all there shall be; `version` is what the dealer has seen."""

    auction_id: int
    version: int
    by: int
    starts_at: Instant | UnsetType = UNSET
    duration_microseconds: Microseconds | UnsetType = UNSET
    minimum_increment_cents: Cents | UnsetType = UNSET
    soft_close: SoftClose | UnsetType = UNSET
    vehicles: tuple[ChangedVehicle, ...] | UnsetType = UNSET
    starting_price_cents: Cents | UnsetType = UNSET
    reserve_price_cents: Cents | UnsetType | None = UNSET
    audience: Audience | UnsetType = UNSET


class AuctionChanged(Struct, frozen=True):
    """It is changed. `told`: which traders have been written what; `silenced`: who is out of the audience and had said
    something, which its history must note.
    """

    version: int
    told: tuple[tuple[NoticeKind, tuple[int, ...]], ...] = ()
    silenced: tuple[int, ...] = ()


Told = AuctionChanged | ChangedMeanwhile | CreationRefused

_LEASE: Final = "SELECT epoch FROM auction_leases WHERE auction_id = $1 FOR UPDATE"
_AUCTION: Final = """
    SELECT id, group_id, entity_id, site_id, kind, status, starts_at, first_ends_at, minimum_increment_cents,
           window_microseconds, extension_microseconds, soft_close_mode, mailing_list_id, created_at, version
    FROM auctions WHERE id = $1 FOR UPDATE
"""
_LOTS: Final = """
    SELECT lot.number, lot.reserve_price_cents, sold.vehicle_id, sold.ref, sold.starting_price_cents,
           sold.initial_margin_cents, sold.vat
    FROM auction_lots AS lot
    JOIN auction_lot_vehicles AS sold ON sold.auction_id = lot.auction_id AND sold.lot = lot.number
    WHERE lot.auction_id = $1 ORDER BY lot.position, sold.position
"""
_RULES: Final = "SELECT saleable_from, matching_required FROM entities WHERE id = $1"
_CHANGE: Final = """
    UPDATE auctions
    SET starts_at = $2, first_ends_at = $3, ends_at = $3, minimum_increment_cents = $4, window_microseconds = $5,
        extension_microseconds = $6, soft_close_mode = $7, version = version + 1
    WHERE id = $1 RETURNING version
"""


async def change_auction(database: Database, change: AuctionChange, epoch: int, at: Instant) -> Told:
    """Write the change, by whoever has claimed the auction with `epoch` and found it scheduled at `at`.

    A start before that stamp is now. Raises Fenced if another house has the auction.
    """
    async with database.transaction() as connection:
        if await connection.fetchval(_LEASE, change.auction_id) != epoch:
            raise Fenced(change.auction_id, epoch)
        auction = await connection.fetchrow(_AUCTION, change.auction_id)
        assert auction is not None, "the house has looked"
        assert auction["status"] == "scheduled", "the house has looked"
        if auction["version"] != change.version:
            return ChangedMeanwhile(auction["version"])
        before = await _lots(connection, change.auction_id)
        old, new = _as_published(auction, before), _merged(auction, before, change, at)
        audience = await planned(connection, change.auction_id, new, change.audience)
        after = await _checked(connection, new, change.auction_id, before, audience)
        if isinstance(after, CreationRefused):
            return after
        if after != before:
            await _rewrite_lots(connection, auction, after)
        if not isinstance(change.audience, UnsetType):
            await write_audience(connection, change.auction_id, audience, change.audience)
        version = await _write(connection, change.auction_id, new)
        told = _told(audience, is_news=_shown(old, before) != _shown(new, after), opens=new.starts_at <= at)
        for kind, traders in told:
            await tell_traders(connection, change.auction_id, kind, version, at, traders)
        fields = _differences(_kept(old, before), _kept(new, after))
        if audience.coming or audience.gone:
            fields["audience"] = [sorted(audience.gone), sorted(trader for trader, _ in audience.coming)]
        await record(connection, By(change.by, at), _changed(auction, fields))
    return AuctionChanged(version, told, audience.silenced)


async def _lots(connection: AnyConnection, auction_id: int) -> list[Lot]:
    rows = await connection.fetch(_LOTS, auction_id)
    return [
        Lot(
            reserve_cents,
            tuple(
                SoldVehicle(
                    row["vehicle_id"],
                    row["ref"],
                    row["starting_price_cents"],
                    row["initial_margin_cents"],
                    row["vat"],
                )
                for row in sold
            ),
            number,
        )
        for (number, reserve_cents), sold in groupby(rows, lambda row: (row["number"], row["reserve_price_cents"]))
    ]


def _as_published(auction: Row, lots: Sequence[Lot]) -> NewAuction:
    """The auction as a form that would make it, its lots' reserves where its kind has them."""
    kind = Kind(auction["kind"])
    is_unit = kind is Kind.UNIT
    return NewAuction(
        entity_id=auction["entity_id"],
        site_id=auction["site_id"],
        kind=kind,
        vehicles=tuple(
            ChosenVehicle(sold.vehicle_id, sold.starting_price_cents, lot.reserve_price_cents if is_unit else None)
            for lot in lots
            for sold in lot.vehicles
        ),
        starts_at=auction["starts_at"],
        ends_at=auction["first_ends_at"],
        minimum_increment_cents=auction["minimum_increment_cents"],
        created_at=auction["created_at"],
        soft_close=SoftClose(
            auction["window_microseconds"],
            auction["extension_microseconds"],
            SoftCloseMode(auction["soft_close_mode"]),
        ),
        reserve_price_cents=None if is_unit else lots[0].reserve_price_cents,
    )


def _merged(auction: Row, lots: Sequence[Lot], change: AuctionChange, at: Instant) -> NewAuction:
    """The form that would make the auction as it shall be."""
    old = _as_published(auction, lots)
    starts_at = old.starts_at if change.starts_at is UNSET else max(change.starts_at, at)
    duration = old.ends_at - old.starts_at if change.duration_microseconds is UNSET else change.duration_microseconds
    new = msgspec.structs.replace(old, starts_at=starts_at, ends_at=starts_at + duration)
    if not isinstance(change.vehicles, UnsetType):
        known = {chosen.vehicle_id: chosen for chosen in old.vehicles}
        new = msgspec.structs.replace(
            new, vehicles=tuple(_chosen(each, known.get(each.vehicle_id)) for each in change.vehicles)
        )
    if not isinstance(change.audience, UnsetType):
        wanted = change.audience
        new = msgspec.structs.replace(new, mailing_list_id=wanted.mailing_list_id, trader_ids=wanted.trader_ids)
    given = {
        "minimum_increment_cents": change.minimum_increment_cents,
        "soft_close": change.soft_close,
        "starting_price_cents": change.starting_price_cents,
        "reserve_price_cents": change.reserve_price_cents,
    }
    return msgspec.structs.replace(new, **{name: value for name, value in given.items() if value is not UNSET})


def _chosen(wanted: ChangedVehicle, known: ChosenVehicle | None) -> ChosenVehicle:
    """A vehicle that stays keeps what is not said of it."""
    known = known or ChosenVehicle(wanted.vehicle_id)
    price, reserve = wanted.starting_price_cents, wanted.reserve_price_cents
    return ChosenVehicle(
        wanted.vehicle_id,
        known.starting_price_cents if price is UNSET else price,
        known.reserve_price_cents if reserve is UNSET else reserve,
    )


async def _checked(
    connection: AnyConnection, new: NewAuction, auction_id: int, before: Sequence[Lot], audience: AudienceChange
) -> list[Lot] | CreationRefused:
    """The lots as they shall be, if every condition of an auction's making holds (§4.3, §4.4, §5.1.1)."""
    reasons = form_reasons(new)
    if reasons:
        return CreationRefused(tuple(reasons))
    vehicles = await locked_vehicles(connection, new.entity_id, [chosen.vehicle_id for chosen in new.vehicles])
    for vehicle_id, vehicle in vehicles.items():
        if vehicle.busy_auction_id == auction_id:  # it is no other auction
            vehicles[vehicle_id] = msgspec.structs.replace(vehicle, busy_auction_id=None)
    entity = await connection.fetchrow(_RULES, new.entity_id)
    assert entity is not None, "it has an auction"
    reasons = await stored_reasons(connection, new, sale_rules_of(entity), vehicles, audience.invited)
    lots = [] if reasons else lots_of(new, vehicles)
    reasons += worthless(lots)
    return CreationRefused(tuple(reasons)) if reasons else _with_what_stays(new.kind, lots, before)


def _with_what_stays(kind: Kind, lots: Sequence[Lot], before: Sequence[Lot]) -> list[Lot]:
    """A lot that stays keeps its number, a vehicle whose price stays what was frozen of it."""
    frozen = {sold.vehicle_id: sold for lot in before for sold in lot.vehicles}
    numbers = {sold.vehicle_id: lot.number for lot in before for sold in lot.vehicles}

    def as_it_was(sold: SoldVehicle) -> SoldVehicle:
        was = frozen.get(sold.vehicle_id)
        return was if was is not None and was.starting_price_cents == sold.starting_price_cents else sold

    return [
        Lot(
            lot.reserve_price_cents,
            tuple(map(as_it_was, lot.vehicles)),
            before[0].number if kind is Kind.LOT else numbers.get(lot.vehicles[0].vehicle_id),
        )
        for lot in lots
    ]


async def _rewrite_lots(connection: AnyConnection, auction: Row, lots: Sequence[Lot]) -> None:
    await connection.execute("DELETE FROM auction_lot_vehicles WHERE auction_id = $1", auction["id"])
    await connection.execute("DELETE FROM auction_lots WHERE auction_id = $1", auction["id"])
    await write_lots(connection, auction["id"], auction["group_id"], lots)


async def _write(connection: AnyConnection, auction_id: int, new: NewAuction) -> int:
    version: int = await connection.fetchval(
        _CHANGE,
        auction_id,
        new.starts_at,
        new.ends_at,
        new.minimum_increment_cents,
        new.soft_close.window_microseconds,
        new.soft_close.extension_microseconds,
        new.soft_close.mode.value,
    )
    return version


def _told(audience: AudienceChange, *, is_news: bool, opens: bool) -> tuple[tuple[NoticeKind, tuple[int, ...]], ...]:
    """§3.4: those who go, those who come, and the others if what they see has changed. If it opens with the change,
    its opening is what they are told (§5.1.5).
    """
    coming = tuple(trader for trader, _ in audience.coming)
    going = (NoticeKind.AUCTION_UNINVITED, audience.going)
    if opens:
        return (going,)
    staying = audience.staying if is_news else ()
    return (going, (NoticeKind.AUCTION_INVITED, coming), (NoticeKind.AUCTION_CHANGED, staying))


def _shown(form: NewAuction, lots: Sequence[Lot]) -> tuple[object, ...]:
    """What a trader sees of the terms: never a reserve, nor that one has changed (§1.4)."""
    sold = [(each.vehicle_id, each.starting_price_cents) for lot in lots for each in lot.vehicles]
    return form.starts_at, form.ends_at, form.minimum_increment_cents, form.soft_close, sold


def _kept(form: NewAuction, lots: Sequence[Lot]) -> dict[str, object]:
    """What the audit names of the terms."""
    sold = [each for lot in lots for each in lot.vehicles]
    reserves = [lot.reserve_price_cents for lot in lots]
    return {
        "starts_at": format_instant(form.starts_at),
        "ends_at": format_instant(form.ends_at),
        "minimum_increment": format_amount(form.minimum_increment_cents),
        "soft_close": msgspec.to_builtins(form.soft_close),
        "vehicles": [each.vehicle_id for each in sold],
        "starting_prices": [format_amount(each.starting_price_cents) for each in sold],
        "reserve_prices": [None if cents is None else format_amount(cents) for cents in reserves],
    }


def _differences(before: dict[str, object], after: dict[str, object]) -> dict[str, list[object]]:
    return {name: [value, after[name]] for name, value in before.items() if after[name] != value}


def _changed(auction: Row, fields: dict[str, list[object]]) -> Change:
    return Change(
        subject="auction",
        subject_id=auction["id"],
        action="changed",
        fields=fields,
        entity_id=auction["entity_id"],
    )
