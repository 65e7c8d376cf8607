"""What comes after a sale, made through the doors: offers of auctions, direct offers, orders, deliveries.

Nothing is put into the tables by hand but what a card of the trader or a setting of the entity says.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import msgspec

from engine.instants import SECOND, format_instant
from tests.server.houses import Persona, World

SUDDEN = {"window_seconds": 0, "extension_seconds": 0, "mode": "add"}
WHY = {"reason": "the engine was replaced"}
HANDED_OVER = {"honoured": True, "report": "Remis avec deux clés.\nRien à signaler."}
ABSENT = {"honoured": False, "report": "Le client n'est pas venu."}


async def ask(
    world: World, method: str, path: str, body: Any = None, who: Persona | None = None, **headers: str
) -> httpx.Response:
    """A request of the dealer, unless of somebody else."""
    asker = who or world.dealer
    return await world.http.request(
        method, path, json=body, headers={**asker.bearer, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


async def done(world: World, method: str, path: str, body: Any = None, who: Persona | None = None) -> Any:
    """What it answers; it must go well."""
    answer = await ask(world, method, path, body, who)
    assert answer.status_code < 300, answer.text
    return answer.json()


def refused(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """Its status, its field, and the code of each reason."""
    error = answer.json()["error"]
    return answer.status_code, error["field"], [reason["code"] for reason in error.get("reasons", [])]


async def won(world: World, *cards: dict[str, Any], amount: str = "1700.00") -> dict[str, Any]:
    """The offer of a lot of these vehicles, won by Anne at this price."""
    vehicles = [{"id": await world.vehicle(**card)} for card in cards or ({},)]
    form: dict[str, Any] = {"kind": "lot" if len(vehicles) > 1 else "unit", "vehicles": vehicles}
    made = await world.auction(**form, soft_close=SUDDEN, duration_seconds=1)
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne:
        await anne.watch(auction)
        assert (await anne.ask("bid", id="w", auction=auction, lot=lot, amount=amount))["type"] == "accepted"
        await anne.hear_of("notice", kind="lot_won")
    offers = (await done(world, "GET", f"/api/offers?auction={auction}"))["items"]
    assert len(offers) == 1
    offer: dict[str, Any] = offers[0]
    return offer


async def direct(world: World, *prices: str | None, **form: Any) -> dict[str, Any]:
    """A direct offer to Anne on as many fresh vehicles as there are prices."""
    vehicles = [{"id": await world.vehicle(), "price": price} for price in prices or ("1200.00",)]
    body = {"trader": world.anne.company_id, "vehicles": vehicles, **form}
    offer: dict[str, Any] = await done(world, "POST", "/api/offers", body)
    return offer


async def validated(world: World, *prices: str | None, **form: Any) -> dict[str, Any]:
    """A direct offer that can be ordered."""
    offer = await direct(world, *prices, **form)
    answer: dict[str, Any] = await done(world, "POST", f"/api/offers/{offer['id']}/validation")
    return answer


async def represented(world: World, name: str = "Anne Dupont") -> None:
    """Anne's company names its legal representative."""
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE trader_companies SET legal_representative = $2 WHERE id = $1", world.anne.company_id, name
        )


def an_order(world: World, **form: Any) -> dict[str, Any]:
    """Everything that an order needs."""
    return {
        "delivery_date": (datetime.now(UTC) + timedelta(days=3)).date().isoformat(),
        "delivery_site": world.site,
        "payment_method": "transfer",
        "documents": ["registration_certificate", "invoice"],
        **form,
    }


async def ordered(world: World, offer: dict[str, Any], **form: Any) -> dict[str, Any]:
    """The order of the offer."""
    await represented(world)
    order: dict[str, Any] = await done(world, "POST", f"/api/offers/{offer['id']}/order", an_order(world, **form))
    return order


def soon(world: World, seconds: int = 3600) -> str:
    """An instant ahead."""
    return format_instant(world.running.doors.clock.now() + seconds * SECOND)


async def scheduled(world: World, order: dict[str, Any], **form: Any) -> dict[str, Any]:
    """A delivery of the order."""
    body = {"scheduled_at": soon(world), **form}
    delivery: dict[str, Any] = await done(world, "POST", f"/api/orders/{order['id']}/deliveries", body)
    return delivery


def a_day(month: int, day: int) -> str:
    """A day of next year."""
    return date(datetime.now(UTC).year + 1, month, day).isoformat()


def an_invoice(order: dict[str, Any], **form: Any) -> dict[str, Any]:
    """Of the whole order."""
    return {"number": f"F-{order['id']}", "date": "2025-03-02", "order": order["id"], **form}


async def by_hand(world: World, *, allowed: bool = True) -> None:
    """Whether the entity lets vehicles leave by hand."""
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE entities SET leave_sales_stock_by_hand = $2 WHERE id = $1", world.entity, allowed
        )


def a_manual_delivery(world: World) -> dict[str, Any]:
    """Everything that one needs."""
    people = {"seller": "Jean Martin", "client": "Anne et fils", "date": soon(world)}
    return {**people, "delivery_site": world.site, "physical_site": world.site}


async def statuses(world: World, *vehicles: int) -> list[tuple[str, int | None]]:
    """Where each vehicle stands, and for whom it is kept."""
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT id, status, reserved_for_trader_id FROM vehicles WHERE id = ANY ($1::bigint[])", list(vehicles)
        )
    found = {row["id"]: (row["status"], row["reserved_for_trader_id"]) for row in rows}
    return [found[vehicle] for vehicle in vehicles]


async def told(world: World, kind: str, part: str) -> list[str]:
    """The keys of the notices of this kind about this, in their order."""
    async with world.database.acquire() as connection:
        rows = await connection.fetch("SELECT key FROM notices WHERE kind = $1 ORDER BY id", kind)
    return [row["key"] for row in rows if row["key"].startswith(f"{kind}-{part}-")]


async def notice(world: World, key: str) -> dict[str, Any]:
    """What a notice says."""
    async with world.database.acquire() as connection:
        params: str = await connection.fetchval("SELECT params::text FROM notices WHERE key = $1", key)
    found: dict[str, Any] = msgspec.json.decode(params)
    return found


def ids(offer: dict[str, Any]) -> list[int]:
    """Its vehicles."""
    return [vehicle["id"] for vehicle in offer["vehicles"]]
