"""What a delivery note shows (§6.1, §6.3): of an order what its paper froze, of a delivery by hand what the cards say.

Only reads. The written report is never among it: the buyer reads the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from persistence.sales.orders import order
from persistence.sales.paper_facts import PaperBuyer, PaperSeller, PaperVehicle, read_paper

if TYPE_CHECKING:
    from persistence.database import Database, Row
    from persistence.sales.deliveries import Delivery


class NoteFacts(Struct, frozen=True, kw_only=True):
    """What the note says; `seller_name` is the person who sold, of a delivery by hand."""

    number: int
    order_display_number: str | None
    seller: PaperSeller
    buyer: PaperBuyer
    vehicles: tuple[PaperVehicle, ...]
    scheduled_at: Instant
    delivered_at: Instant | None
    place: str
    seller_name: str | None = None
    documents: tuple[str, ...] = ()


_SITE: Final = """
    SELECT groups.name AS "group", entities.name AS entity, coalesce(entities.siret, '') AS siret,
           coalesce(entities.vat_number, '') AS vat_number, sites.name AS site, sites.street, sites.postcode,
           sites.city, sites.phone, sites.email
    FROM sites
    JOIN entities ON entities.id = sites.entity_id
    JOIN groups ON groups.id = entities.group_id
    WHERE sites.id = $1
"""
_CARDS: Final = """
    SELECT id, make, model, version, plate, vin, mileage_km, first_registration, vat
    FROM vehicles WHERE id = ANY ($1::bigint[]) ORDER BY id
"""


async def note_facts(database: Database, found: Delivery) -> NoteFacts:
    """The facts of a delivery's note."""
    here = {vehicle.id for vehicle in found.vehicles}
    async with database.acquire() as connection:
        site = await connection.fetchrow(_SITE, found.site_id)
        cards = await connection.fetch(_CARDS, sorted(here))
    assert site is not None, "the delivery refers to it"
    delivered_at = found.declared_at if found.status == "honoured" else None
    if found.order_id is None:
        return NoteFacts(
            number=found.id,
            order_display_number=None,
            seller=PaperSeller(**dict(site)),
            buyer=PaperBuyer(legal_name=found.buyer, siret=""),
            vehicles=tuple(PaperVehicle(**dict(card), price_cents=0, price_ht_cents=0) for card in cards),
            scheduled_at=found.scheduled_at,
            delivered_at=delivered_at,
            place=_place(site),
            seller_name=found.seller,
        )
    placed = await order(database, found.order_id)
    assert placed is not None, "the delivery refers to it"
    paper = read_paper(placed.paper)
    return NoteFacts(
        number=found.id,
        order_display_number=placed.display_number,
        seller=paper.seller,
        buyer=paper.buyer,
        vehicles=tuple(vehicle for vehicle in paper.vehicles if vehicle.id in here),
        scheduled_at=found.scheduled_at,
        delivered_at=delivered_at,
        place=_place(site),
        documents=placed.documents,
    )


def _place(site: Row) -> str:
    city = f"{site['postcode']} {site['city']}".strip()
    return ", ".join(part for part in (site["site"], site["street"], city) if part)
