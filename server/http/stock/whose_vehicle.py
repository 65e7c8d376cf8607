"""Whose vehicle a route names, and what the caller may do with it: one not of one's own does not exist (§1.4)."""

from typing import Any

from persistence.stock.files import entity_of, shown_to
from server.errors import DoorCode, Refusal
from server.http.door import Asking

MANAGE_STOCK = "manage_stock"


async def may_change(asking: Asking[Any, Any]) -> int | Refusal:
    """The entity of the vehicle `{id}` of a dealer that may manage its stock."""
    entity_id = await entity_of(asking.doors.database, asking.ids["id"])
    if entity_id is None or entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return entity_id if asking.caller.may(MANAGE_STOCK, entity_id) else Refusal(DoorCode.NOT_ALLOWED)


async def may_read(asking: Asking[Any, Any]) -> bool:
    """Whether the caller works for the entity of the vehicle `{id}`."""
    entity_id = await entity_of(asking.doors.database, asking.ids["id"])
    return entity_id is not None and entity_id in asking.caller.entities


async def may_look_at(asking: Asking[Any, Any]) -> bool:
    """Whether the caller may read the vehicle or, as a trader, is shown it."""
    if asking.caller.trader is None:
        return await may_read(asking)
    vehicle_id = asking.ids["id"]
    return vehicle_id in await shown_to(asking.doors.database, (vehicle_id,), int(asking.caller.trader))
