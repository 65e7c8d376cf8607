"""The scripted clerk: what follows the sales of the days before, once, through the public routes (§6).

The oldest sales go furthest: one is delivered and invoiced, one waits for its lorry, one is ordered; the others wait
for the visitor. Two traders are invited. Whoever comes back another day finds the book as it was left.
"""

from typing import Any, Final

from engine.instants import SECOND, Instant, format_instant
from server.demo.visits import Visit

DAY: Final = 86_400 * SECOND
INVITED: Final = ("achats@garage-du-port.example", "purchasing@northern-cars.example")
_DOCUMENTS: Final = ["registration_certificate", "transfer_certificate"]
_MOST: Final = 200


class Clerk:
    """Who writes the papers."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    async def tidy_up(self, now: Instant) -> int:
        """Order, deliver and invoice, unless that was done before; gives how many sales went on. Raises NotServed."""
        offers: list[dict[str, Any]] = (await self._visit.get("offers", limit=_MOST))["items"]
        if any(offer["status"] == "ordered" for offer in offers):
            return 0
        sold = [offer for offer in reversed(offers) if offer["status"] == "validated"][:3]
        sites = (await self._visit.get("sites"))["items"]
        orders = []
        for offer in sold:
            site = next(site["id"] for site in sites if site["entity"] == offer["entity"]["id"])
            orders.append(await self._order(offer["id"], site, now))
        deliveries = [await self._deliver(order, now) for order in orders[:2]]
        for order, delivery in zip(orders[:1], deliveries, strict=False):
            await self._hand_over(order, delivery, now)
        await self._invite(sold[0]["entity"]["id"] if sold else sites[0]["entity"])
        return len(sold)

    async def _order(self, offer: int, site: int, now: Instant) -> int:
        form = {
            "delivery_date": _day(now + 3 * DAY),
            "delivery_site": site,
            "payment_method": "transfer",
            "documents": _DOCUMENTS,
        }
        order: int = (await self._visit.post(f"offers/{offer}/order", form))["id"]
        return order

    async def _deliver(self, order: int, now: Instant) -> int:
        when = {"scheduled_at": format_instant(now + 2 * DAY)}
        delivery: int = (await self._visit.post(f"orders/{order}/deliveries", when))["id"]
        return delivery

    async def _hand_over(self, order: int, delivery: int, now: Instant) -> None:
        report = {"honoured": True, "report": "Remis au transporteur avec clés et papiers."}
        await self._visit.post(f"deliveries/{delivery}/declaration", report)
        await self._visit.post("invoices", {"order": order, "number": f"F-{order:05}", "date": _day(now)})

    async def _invite(self, entity: int) -> None:
        for email, language in zip(INVITED, ("fr", "en"), strict=True):
            await self._visit.post("invitations", {"entities": [entity], "email": email, "language": language})


def _day(at: Instant) -> str:
    return format_instant(at).partition("T")[0]
