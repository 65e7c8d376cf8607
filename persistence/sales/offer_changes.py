"""Offers made, changed, validated, sent and abandoned, each in one transaction with its record and its notices (§6.1).

What a user gets wrong comes back as `StepRefused`. An auction's sale is never cancelled here: the house does that
(§5.4.5), because the auction's own history says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.after_sale import Extra, NotNow, Step, StepRefused, Why, not_free
from engine.money import Cents, Vat, format_amount, without_vat
from engine.notices import NoticeDue, NoticeKind, ToEntity, ToTrader
from persistence.notices.due import write_notices
from persistence.sales.offer_steps import (
    about,
    delivered_by_hand,
    free_vehicles,
    kept_by_it_alone,
    no,
    record_step,
    reserve_vehicles,
    send_home,
    sold_apart,
    step_refused,
)
from persistence.sales.offers import locked_offer, offer
from persistence.stock.cards import locked_vehicles
from persistence.versions import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from persistence.audit import By
    from persistence.database import AnyConnection, Database
    from persistence.sales.offers import StoredOffer
    from persistence.stock.cards import StoredVehicle


class OfferedVehicle(Struct, frozen=True):
    """A vehicle to be put into an offer; without a price, its trade price."""

    id: int
    price_cents: Cents | None = None


class NewOffer(Struct, frozen=True, kw_only=True):
    """A direct offer to be made."""

    entity_id: int
    trader_id: int
    vehicles: tuple[OfferedVehicle, ...]
    extras: tuple[Extra, ...] = ()
    copied_from: int | None = None


_DRAW: Final = """
    UPDATE groups SET next_offer_number = next_offer_number + 1
    FROM entities WHERE entities.id = $1 AND groups.id = entities.group_id
    RETURNING groups.id, next_offer_number - 1 AS number
"""
_MAKE: Final = """
    INSERT INTO offers (group_id, number, entity_id, trader_id, status, price_cents, price_ht_cents, made_at, made_by,
                        copied_from)
    VALUES ($1, $2, $3, $4, 'in_progress', $5, $6, $7, $8, $9) RETURNING id
"""
_ADD_LINE: Final = """
    INSERT INTO offer_lines (offer_id, position, vehicle_id, price_cents, vat)
    SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4 FROM offer_lines WHERE offer_id = $1
"""
_ADD_EXTRA: Final = """
    INSERT INTO offer_extras (offer_id, position, kind, label, amount_cents) VALUES ($1, $2, $3, $4, $5)
"""
_CONNECTED: Final = """
    SELECT EXISTS (SELECT FROM connections WHERE entity_id = $1 AND trader_id = $2 AND removed_at IS NULL)
"""


# Made ----------------------------------------------------------------------------------------------------------------


async def make_offer(database: Database, by: By, new: NewOffer) -> int | StepRefused:
    """A direct offer on free vehicles, which are reserved for the buyer from now on. Gives its id."""
    async with database.transaction() as connection:
        return await _make(connection, by, new)


async def _make(connection: AnyConnection, by: By, new: NewOffer) -> int | StepRefused:
    if not await connection.fetchval(_CONNECTED, new.entity_id, new.trader_id):
        return no(NotNow.NOT_CONNECTED, "trader")
    ids = [chosen.id for chosen in new.vehicles]
    cards = await locked_vehicles(connection, new.entity_id, ids)
    reasons: list[Why] = []
    prices: list[Cents] = []
    for place, chosen in enumerate(new.vehicles):
        price_cents = _price(chosen, cards.get(chosen.id))
        why = _not_offered(cards.get(chosen.id), price_cents)
        if chosen.id in ids[:place]:
            why = NotNow.RESERVED
        if why is not None:
            reasons.append(Why(why, f"vehicles[{place}]", chosen.id))
        prices.append(price_cents or 0)
    if reasons:
        return StepRefused(tuple(reasons))
    drawn = await connection.fetchrow(_DRAW, new.entity_id)
    assert drawn is not None, "an entity has a group"
    offer_id: int = await connection.fetchval(
        _MAKE,
        drawn["id"],
        drawn["number"],
        new.entity_id,
        new.trader_id,
        sum(prices),
        sum(without_vat(price, Vat(cards[chosen.id].vat)) for chosen, price in zip(new.vehicles, prices, strict=True)),
        by.at,
        by.user_id,
        new.copied_from,
    )
    for chosen, price_cents in zip(new.vehicles, prices, strict=True):
        await connection.execute(_ADD_LINE, offer_id, chosen.id, price_cents, cards[chosen.id].vat)
    await _write_extras(connection, offer_id, new.extras)
    await reserve_vehicles(connection, by, new.entity_id, ids, new.trader_id)
    fields = {"number": [None, drawn["number"]], "vehicles": [None, ids], "price": [None, format_amount(sum(prices))]}
    await record_step(connection, by, (offer_id, new.entity_id), "made", fields)
    return offer_id


def _price(chosen: OfferedVehicle, card: StoredVehicle | None) -> Cents | None:
    if chosen.price_cents is not None or card is None:
        return chosen.price_cents
    return card.trade_price_cents


def _not_offered(card: StoredVehicle | None, price_cents: Cents | None) -> NotNow | None:
    if card is None:
        return NotNow.UNKNOWN_VEHICLE
    reserved = card.reserved_for_trader_id is not None or card.reserved_for_client is not None
    why = not_free(card.reached, reserved=reserved, in_auction=card.busy_auction_id is not None)
    return why if why is not None or price_cents else NotNow.NO_PRICE


async def _write_extras(connection: AnyConnection, offer_id: int, extras: Sequence[Extra]) -> None:
    await connection.executemany(
        _ADD_EXTRA,
        [
            (offer_id, place, extra.kind.value, extra.label, extra.amount_cents)
            for place, extra in enumerate(extras, start=1)
        ],
    )


async def duplicate(database: Database, by: By, offer_id: int) -> int | StepRefused:
    """A new offer in progress with the same content, for those of its vehicles that are free. Gives its id."""
    copied = await offer(database, offer_id)
    assert copied is not None, "the doors have seen it"
    async with database.transaction() as connection:
        cards = await locked_vehicles(connection, copied.entity_id, [vehicle.id for vehicle in copied.vehicles])
        free = tuple(
            OfferedVehicle(vehicle.id, vehicle.price_cents)
            for vehicle in copied.vehicles
            if _not_offered(cards.get(vehicle.id), vehicle.price_cents) is None
        )
        if not free:
            return no(NotNow.NO_VEHICLES, "vehicles")
        new = NewOffer(
            entity_id=copied.entity_id,
            trader_id=copied.trader_id,
            vehicles=free,
            extras=copied.extras,
            copied_from=copied.id,
        )
        return await _make(connection, by, new)


# Changed -------------------------------------------------------------------------------------------------------------


async def change_offer(
    database: Database,
    by: By,
    offer_id: int,
    prices: Mapping[int, Cents],
    extras: Sequence[Extra] | None,
    *,
    version: int,
) -> StepRefused | ChangedMeanwhile | None:
    """Other prices for some of its vehicles, other extras or, with None, those it has.

    `version` is the one that was read: prices and extras that somebody else has saved since are not written over.
    """
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id)
        why = step_refused(Step.CHANGE, found)
        if why is not None:
            return why
        if version != found.version:
            return ChangedMeanwhile(found.version)
        here = {vehicle.id: vehicle for vehicle in found.vehicles}
        reasons = [
            Why(NotNow.PRICE_FIXED if vehicle_id in here else NotNow.UNKNOWN_VEHICLE, "vehicles", vehicle_id)
            for vehicle_id in prices
            if vehicle_id not in here or here[vehicle_id].fixed
        ]
        if reasons:
            return StepRefused(tuple(reasons))
        prices = {vehicle_id: cents for vehicle_id, cents in prices.items() if cents != here[vehicle_id].price_cents}
        if extras is not None and tuple(extras) == found.extras:
            extras = None
        if not prices and extras is None:
            return None
        await connection.executemany(
            "UPDATE offer_lines SET price_cents = $3 WHERE offer_id = $1 AND vehicle_id = $2",
            [(offer_id, vehicle_id, price_cents) for vehicle_id, price_cents in prices.items()],
        )
        if extras is not None:
            await connection.execute("DELETE FROM offer_extras WHERE offer_id = $1", offer_id)
            await _write_extras(connection, offer_id, extras)
        await connection.execute("UPDATE offers SET version = version + 1 WHERE id = $1", offer_id)
        changed: dict[str, object] = {
            f"price of vehicle {vehicle_id}": [format_amount(here[vehicle_id].price_cents), format_amount(price_cents)]
            for vehicle_id, price_cents in prices.items()
        }
        if extras is not None:
            changed["extras"] = [_told(found.extras), _told(extras)]
        await record_step(connection, by, (offer_id, found.entity_id), "changed", changed)
    return None


def _told(extras: Sequence[Extra]) -> list[str]:
    return [f"{extra.kind.value} {format_amount(extra.amount_cents)}" for extra in extras]


async def validate(database: Database, by: By, offer_id: int) -> StepRefused | None:
    """The offer is good to be ordered."""
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id)
        why = step_refused(Step.VALIDATE, found)
        if why is None and not found.vehicles:
            why = no(NotNow.NO_VEHICLES, "vehicles")
        if why is not None:
            return why
        await connection.execute(
            "UPDATE offers SET status = 'validated', validated_at = $2 WHERE id = $1", offer_id, by.at
        )
        fields = {"status": ["in_progress", "validated"]}
        await record_step(connection, by, (offer_id, found.entity_id), "validated", fields)
    return None


async def send(database: Database, by: By, offer_id: int) -> StepRefused | None:
    """Tell the buyer of the offer, who may read it from now on; as often as the dealer wants."""
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id)
        why = step_refused(Step.SEND, found)
        if why is None and not found.vehicles:
            why = no(NotNow.NO_VEHICLES, "vehicles")
        if why is not None:
            return why
        await connection.execute(
            "UPDATE offers SET sent_at = $2, times_sent = times_sent + 1 WHERE id = $1", offer_id, by.at
        )
        params = {
            **about(found),
            "vehicle": found.vehicles[0].label,
            "vehicles": len(found.vehicles),
            "amount": format_amount(found.totals.total_cents),
        }
        notice = NoticeDue(
            key=f"offer_sent-{offer_id}-{found.times_sent + 1}-t{found.trader_id}",
            kind=NoticeKind.OFFER_SENT,
            to=ToTrader(found.trader_id),
            at=by.at,
            params=params,
        )
        await write_notices(connection, [notice])
        await record_step(connection, by, (offer_id, found.entity_id), "sent", {})
    return None


async def abandon(database: Database, by: By, offer_id: int, reason: str) -> StepRefused | None:
    """Give a direct offer up: its vehicles are free, those of other offers go home, who knew of it is told."""
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id, with_buyers=True)
        why = step_refused(Step.ABANDON, found)
        if why is not None:
            return why
        assert not found.of_auction, "an auction's sale is cancelled by the house"
        kept = await sold_apart(connection, found.vehicles)
        if kept:
            return StepRefused(tuple(Why(NotNow.OF_THE_AUCTION, "vehicles", vehicle_id) for vehicle_id in kept))
        await locked_vehicles(connection, found.entity_id, [vehicle.id for vehicle in found.vehicles])
        own = await kept_by_it_alone(connection, found.vehicles)
        gone = await delivered_by_hand(connection, own)
        if gone:
            return StepRefused(tuple(Why(NotNow.IN_DELIVERY, "vehicles", vehicle_id) for vehicle_id in gone))
        await send_home(connection, found, found.vehicles)
        # What it has lent stays with the offer that has it.
        await connection.execute("UPDATE offer_lines SET home_offer_id = NULL WHERE home_offer_id = $1", offer_id)
        await free_vehicles(connection, by, found, own)
        await connection.execute(
            "UPDATE offers SET status = 'abandoned', cancelled_at = $2, reason = $3 WHERE id = $1",
            offer_id,
            by.at,
            reason,
        )
        await write_notices(connection, _abandoned(found, by, reason))
        fields = {"status": [found.status, "abandoned"], "reason": [None, reason]}
        await record_step(connection, by, (offer_id, found.entity_id), "abandoned", fields)
    return None


def _abandoned(found: StoredOffer, by: By, reason: str) -> list[NoticeDue]:
    params = {**about(found), "amount": format_amount(found.totals.total_cents), "reason": reason}
    kind, read = NoticeKind.OFFER_ABANDONED, found.as_read
    to_entity = NoticeDue(
        key=f"offer_abandoned-{found.id}-d{found.entity_id}",
        kind=kind,
        to=ToEntity(found.entity_id),
        at=by.at,
        params={**params, "buyer": found.trader},
    )
    to_trader = NoticeDue(
        key=f"offer_abandoned-{found.id}-t{found.trader_id}",
        kind=kind,
        to=ToTrader(found.trader_id),
        at=by.at,
        params={**params, "amount": format_amount(read.totals.total_cents)},
    )
    return [to_entity, to_trader] if found.whole or read.vehicles else [to_entity]
