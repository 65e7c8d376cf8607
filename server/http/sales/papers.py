"""Papers as PDF, for both sides: an offer's, an order's, a delivery's note (§6.1).

The dealer's entities' own, and to a trader what it has got; in the reader's language. Drawn in a thread, off the loop.
"""

from typing import Final, Literal

from msgspec import Struct
from starlette.responses import Response

from persistence.sales.deliveries import delivery
from persistence.sales.delivery_papers import note_facts
from persistence.sales.offers import offer, offer_for_buyer
from persistence.sales.orders import order
from persistence.sales.paper_facts import offer_paper, read_paper
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.papers.sheet import note_sheet, offer_sheet, order_sheet

PDF: Final = "application/pdf"


class PaperQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """In which language; none: the reader's own."""

    language: Literal["fr", "en"] | None = None


async def offer_pdf(asking: Asking[Nothing, PaperQuery]) -> Response | Refusal:
    """An offer's paper: as things are, or as they were agreed once it is ordered."""
    database, caller, language = asking.doors.database, asking.caller, _language(asking)
    if caller.trader is None:
        found = await offer(database, asking.ids["id"])
    else:
        found = await offer_for_buyer(database, asking.ids["id"], int(caller.trader))
    if found is None or not _is_party(caller, found.entity_id, found.trader_id):
        return Refusal(DoorCode.NOT_FOUND)
    placed = None if found.order_id is None else await order(database, found.order_id)
    paper = await offer_paper(database, found) if placed is None else read_paper(placed.paper)
    drawn = await asking.doors.drawing.draw(lambda: offer_sheet(paper, language))
    return _file(drawn, f"{'offre' if language == 'fr' else 'offer'}-{found.display_number}")


async def order_pdf(asking: Asking[Nothing, PaperQuery]) -> Response | Refusal:
    """An order form, as it was agreed; a cancelled one says so."""
    caller, language = asking.caller, _language(asking)
    found = await order(asking.doors.database, asking.ids["id"])
    if found is None or not _is_party(caller, found.entity_id, found.trader_id):
        return Refusal(DoorCode.NOT_FOUND)

    def draw() -> bytes:
        return order_sheet(read_paper(found.paper), language, cancelled=found.status == "cancelled")

    name = "bon-de-commande" if language == "fr" else "order"
    return _file(await asking.doors.drawing.draw(draw), f"{name}-{found.display_number}")


async def delivery_pdf(asking: Asking[Nothing, PaperQuery]) -> Response | Refusal:
    """A delivery note: no prices, no report. One made by hand is the dealer's alone: it names the client as typed."""
    caller, language = asking.caller, _language(asking)
    found = await delivery(asking.doors.database, asking.ids["id"])
    buyer = None if found is None or found.order_id is None else found.trader_id
    if found is None or not _is_party(caller, found.entity_id, buyer):
        return Refusal(DoorCode.NOT_FOUND)
    facts = await note_facts(asking.doors.database, found)
    name = "bon-de-livraison" if language == "fr" else "delivery-note"
    drawn = await asking.doors.drawing.draw(lambda: note_sheet(facts, language))
    return _file(drawn, f"{name}-{found.id}")


def _language(asking: Asking[Nothing, PaperQuery]) -> str:
    return asking.query.language or asking.caller.language


def _is_party(caller: Caller, entity_id: int, trader_id: int | None) -> bool:
    """Whether the reader sold or bought; to anybody else the paper does not exist (§1.4)."""
    if caller.trader is None:
        return entity_id in caller.entities
    return trader_id is not None and caller.trader == str(trader_id)


def _file(drawn: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(drawn, media_type=PDF, headers=headers)


ROUTES = (
    Route(
        method="GET",
        path="/api/offers/{id}/paper.pdf",
        who=Who.SIGNED_IN,
        says="An offer as a paper, in the reader's language or the one named.",
        answer=offer_pdf,
        query=PaperQuery,
        gives=None,
        gives_file=(PDF,),
    ),
    Route(
        method="GET",
        path="/api/orders/{id}/paper.pdf",
        who=Who.SIGNED_IN,
        says="An order form as it was agreed, in the reader's language or the one named.",
        answer=order_pdf,
        query=PaperQuery,
        gives=None,
        gives_file=(PDF,),
    ),
    Route(
        method="GET",
        path="/api/deliveries/{id}/note.pdf",
        who=Who.SIGNED_IN,
        says="A delivery note, in the reader's language or the one named.",
        answer=delivery_pdf,
        query=PaperQuery,
        gives=None,
        gives_file=(PDF,),
    ),
)
