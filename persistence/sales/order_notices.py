"""Who is told what of orders and deliveries, as values to be written (§6.1, §6.3, §6.4).

Never asks the book. A notice to the buyer names the seller; only the entity's own names the buyer or says a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from engine.instants import Instant
from engine.money import format_amount
from engine.notices import NoticeDue, NoticeKind, ToEntity, ToTrader
from persistence.sales.offer_steps import about

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from persistence.sales.offers import OfferHead, OfferVehicle, StoredOffer
    from persistence.sales.orders import Order
    from persistence.stock.cards import StoredVehicle


class Place(Struct, frozen=True):
    """Where a vehicle is fetched, and whom to call (§6.4)."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str

    @property
    def params(self) -> dict[str, str]:
        """As notices say it."""
        return {
            "site": self.name,
            "street": self.street,
            "postcode": self.postcode,
            "city": self.city,
            "phone": self.phone,
            "email": self.email,
        }


def order_placed(found: StoredOffer, placed: Order, place: Place, at: Instant) -> list[NoticeDue]:
    """To the buyer: the order, and each vehicle with where to fetch it; to the entity: each vehicle (§6.3, §6.4)."""
    delivery = {**place.params, "delivery_date": placed.delivery_on.isoformat()}
    params = {
        **_about(found, placed),
        **delivery,
        "vehicles": len(found.vehicles),
        "amount": format_amount(found.totals.total_cents),
    }
    to_buyer, to_entity = ToTrader(found.trader_id), ToEntity(found.entity_id)
    notices = [_due(NoticeKind.ORDER_PLACED, f"{placed.id}", to_buyer, at, params)]
    for vehicle in found.vehicles:
        named = {**_about(found, placed), **vehicle_params(vehicle), **delivery}
        key = f"{placed.id}-{vehicle.id}"
        notices += [
            _due(NoticeKind.VEHICLE_IN_DELIVERY, key, to_entity, at, {**named, "buyer": found.trader}),
            _due(NoticeKind.VEHICLE_AVAILABLE, key, to_buyer, at, named),
        ]
    return notices


def order_cancelled(found: OfferHead, placed: Order, at: Instant, reason: str) -> list[NoticeDue]:
    """Both sides, with the reason."""
    params = {**_about(found, placed), "reason": reason}
    kind, key = NoticeKind.ORDER_CANCELLED, f"{placed.id}"
    return [
        _due(kind, key, ToTrader(found.trader_id), at, params),
        _due(kind, key, ToEntity(found.entity_id), at, {**params, "buyer": found.trader}),
    ]


def delivery_scheduled(
    found: StoredOffer, key: str, vehicles: Collection[int], params: Mapping[str, str | int | None], at: Instant
) -> list[NoticeDue]:
    """The buyer, of each vehicle: when and where."""
    return [
        _due(
            NoticeKind.DELIVERY_SCHEDULED,
            f"{key}-{vehicle.id}",
            ToTrader(found.trader_id),
            at,
            {**about(found), **vehicle_params(vehicle), **params},
        )
        for vehicle in found.vehicles
        if vehicle.id in vehicles
    ]


def delivery_not_honoured(
    found: StoredOffer, key: str, vehicles: Collection[int], report: str, at: Instant
) -> list[NoticeDue]:
    """Both sides, of each vehicle; the report is the entity's."""
    return [
        notice
        for vehicle in found.vehicles
        if vehicle.id in vehicles
        for notice in not_honoured(
            f"{key}-{vehicle.id}",
            (found.entity_id, found.trader_id),
            {**about(found), **vehicle_params(vehicle)},
            {"buyer": found.trader, "reason": report},
            at,
        )
    ]


def not_honoured(
    key: str,
    sides: tuple[int, int | None],
    params: Mapping[str, str | int | None],
    entitys: Mapping[str, str | int | None],
    at: Instant,
) -> list[NoticeDue]:
    """Of one vehicle: to the trader, if there is one, and to the entity, which reads more."""
    kind, (entity_id, trader_id) = NoticeKind.DELIVERY_NOT_HONOURED, sides
    to_trader = [] if trader_id is None else [_due(kind, key, ToTrader(trader_id), at, params)]
    return [*to_trader, _due(kind, key, ToEntity(entity_id), at, {**params, **entitys})]


def declared_by_hand(
    key: str, card: StoredVehicle, client: str, params: Mapping[str, str | int | None], at: Instant
) -> list[NoticeDue]:
    """To the entity, and to the trader for whom it is kept: where to fetch it (§6.3, §6.4).

    `params` say when and where, and of which offer to the trader. The client as it was typed is the entity's.
    """
    named = {
        "vehicle_id": card.id,
        "vehicle": " ".join(word for word in (card.make, card.model, card.version) if word),
        "plate": card.ref,
        "entity": card.entity,
        **params,
    }
    told = _due(NoticeKind.VEHICLE_IN_DELIVERY, key, ToEntity(card.entity_id), at, {**named, "buyer": client})
    if card.reserved_for_trader_id is None:
        return [told]
    return [told, _due(NoticeKind.VEHICLE_AVAILABLE, key, ToTrader(card.reserved_for_trader_id), at, named)]


def to_entity(
    kind: NoticeKind, key: str, entity_id: int, at: Instant, params: Mapping[str, str | int | None]
) -> NoticeDue:
    """To the entity: a vehicle is released (§6.3)."""
    return _due(kind, key, ToEntity(entity_id), at, params)


def vehicle_params(vehicle: OfferVehicle) -> dict[str, str | int | None]:
    """How notices name a vehicle."""
    return {"vehicle_id": vehicle.id, "vehicle": vehicle.label, "plate": vehicle.plate or vehicle.ref}


def _due(
    kind: NoticeKind, key: str, to: ToTrader | ToEntity, at: Instant, params: Mapping[str, str | int | None]
) -> NoticeDue:
    whose = f"t{to.trader_id}" if isinstance(to, ToTrader) else f"d{to.entity_id}"
    return NoticeDue(key=f"{kind.value}-{key}-{whose}", kind=kind, to=to, at=at, params=params)


def _about(found: OfferHead, placed: Order) -> dict[str, str | int | None]:
    return {**about(found), "order_id": placed.id, "order_number": placed.display_number}
