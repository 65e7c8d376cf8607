"""Lists of deliveries: `GET /api/deliveries`, and `GET /api/deliveries/due` for what is still to be scheduled (§6.1).

The dealer's alone, of its own entities (§1.4); what is done with a delivery is asked in `deliveries`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from persistence.sales.delivery_lists import DeliveriesAsked, DueAsked, DueDelivery, deliveries_page, due_page
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery
from server.http.reading import Nothing
from server.http.sales.deliveries import (
    DeliveryAnswer,
    DeliveryOrder,
    DeliverySite,
    DeliveryVehicle,
    delivery_answer,
    vehicle_answer,
)
from server.http.values import Id, InstantText, read_instant

DeliveryState = Literal["scheduled", "honoured", "not_honoured", "cancelled"]


class DeliveriesQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of all the dealer's entities, unless told otherwise; `from` and `to` are of the date agreed, `q` searches buyer,
    order, make, model, plate and VIN.
    """

    entity: Id | None = None
    status: DeliveryState | None = None
    order: Id | None = None
    site: Id | None = None
    invoiced: bool | None = None
    since: InstantText | None = field(default=None, name="from")
    until: InstantText | None = field(default=None, name="to")
    q: Annotated[str, Meta(max_length=200)] = ""
    sort: Literal["scheduled_at", "-scheduled_at"] = "-scheduled_at"


class DueQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of all the dealer's entities, unless told otherwise; `q` as in lists of deliveries."""

    entity: Id | None = None
    site: Id | None = None
    q: Annotated[str, Meta(max_length=200)] = ""


class DeliveryList(Paged[DeliveryAnswer], frozen=True):
    """One page; the latest date first, unless sorted otherwise."""


class DueDeliveryAnswer(Struct, frozen=True, kw_only=True):
    """An order with the vehicles that need a delivery; `failed`: how many of its deliveries were not honoured."""

    entity: int
    order: DeliveryOrder
    buyer: str
    delivery_date: str
    site: DeliverySite
    failed: int
    vehicles: tuple[DeliveryVehicle, ...]


class DueDeliveries(Paged[DueDeliveryAnswer], frozen=True):
    """One page, the soonest date first."""


async def list_deliveries(asking: Asking[Nothing, DeliveriesQuery]) -> DeliveryList | Refusal:
    """One page of the deliveries of the dealer's entities."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    since = None if query.since is None else read_instant(query.since, "from")
    if isinstance(since, Refusal):
        return since
    until = None if query.until is None else read_instant(query.until, "to")
    if isinstance(until, Refusal):
        return until
    asked = DeliveriesAsked(
        entity_ids=entities,
        status=query.status,
        order_id=query.order,
        site_id=query.site,
        invoiced=query.invoiced,
        since=since,
        until=until,
        q=query.q,
        soonest_first=query.sort == "scheduled_at",
        page=query.page,
        limit=query.limit,
    )
    total, found = await deliveries_page(asking.doors.database, asked)
    return DeliveryList.of(map(delivery_answer, found), query, total)


async def list_due(asking: Asking[Nothing, DueQuery]) -> DueDeliveries | Refusal:
    """One page of the orders with vehicles that need a delivery."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    asked = DueAsked(entity_ids=entities, site_id=query.site, q=query.q, page=query.page, limit=query.limit)
    total, found = await due_page(asking.doors.database, asked)
    return DueDeliveries.of(map(_due, found), query, total)


def _due(found: DueDelivery) -> DueDeliveryAnswer:
    return DueDeliveryAnswer(
        entity=found.entity_id,
        order=DeliveryOrder(found.order_id, found.order_number, found.offer_id),
        buyer=found.buyer,
        delivery_date=found.delivery_on.isoformat(),
        site=DeliverySite(found.site_id, found.site),
        failed=found.failed,
        vehicles=tuple(vehicle_answer(vehicle) for vehicle in found.vehicles),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/deliveries",
        who=Who.DEALER,
        says="The deliveries of the dealer's entities, a page at a time.",
        answer=list_deliveries,
        query=DeliveriesQuery,
        gives=DeliveryList,
    ),
    Route(
        method="GET",
        path="/api/deliveries/due",
        who=Who.DEALER,
        says="The orders with vehicles for which no delivery is scheduled, the soonest date first.",
        answer=list_due,
        query=DueQuery,
        gives=DueDeliveries,
    ),
)
