"""What a paper shows, read once: seller, buyer, vehicles and prices, numbers and dates (§6.1).

An order's paper is frozen as JSON when it is placed: what it says does not change with names or prices afterwards. The
margin is never among it: both sides read papers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from engine.after_sale import SETTLED
from engine.instants import Instant
from engine.money import Cents

if TYPE_CHECKING:
    from persistence.database import AnyConnection, Database
    from persistence.sales.offers import StoredOffer
    from persistence.sales.orders import OrderForm


class PaperSeller(Struct, frozen=True, kw_only=True):
    """The selling entity with its numbers, and the site that it writes from."""

    group: str
    entity: str
    siret: str = ""
    vat_number: str = ""
    site: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""


class PaperBuyer(Struct, frozen=True, kw_only=True):
    """The buyer's company."""

    legal_name: str
    siret: str
    vat_number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    legal_representative: str = ""


class PaperVehicle(Struct, frozen=True, kw_only=True):
    """A vehicle and its price."""

    id: int
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: date | None
    vat: str
    price_cents: Cents
    price_ht_cents: Cents


class PaperExtra(Struct, frozen=True, kw_only=True):
    """Something besides the vehicles; `settled`: of the balance, of no total."""

    kind: str
    label: str
    amount_cents: Cents
    amount_ht_cents: Cents
    settled: bool


class PaperOrder(Struct, frozen=True, kw_only=True):
    """What the order adds to the offer."""

    display_number: str
    placed_at: Instant
    delivery_on: date
    delivery_place: str
    payment_method: str
    documents: tuple[str, ...]
    deposit_cents: Cents


class Paper(Struct, frozen=True, kw_only=True):
    """All that an offer's or an order's paper says. Sums are reckoned when the paper is made."""

    offer_display_number: str
    auction_display_number: str | None
    lot_display_number: str | None
    made_at: Instant
    seller: PaperSeller
    buyer: PaperBuyer
    vehicles: tuple[PaperVehicle, ...]
    extras: tuple[PaperExtra, ...]
    total_cents: Cents
    total_ht_cents: Cents
    balance_due_cents: Cents
    order: PaperOrder | None = None


_SELLER: Final = """
    SELECT groups.name AS "group", entities.name AS entity, coalesce(entities.siret, '') AS siret,
           coalesce(entities.vat_number, '') AS vat_number, site.name AS site, site.street, site.postcode, site.city,
           site.phone, site.email
    FROM entities
    JOIN groups ON groups.id = entities.group_id
    LEFT JOIN LATERAL (
        SELECT * FROM sites WHERE sites.entity_id = entities.id
        ORDER BY id <> coalesce((SELECT site_id FROM auctions WHERE id = $2),
                                (SELECT site_id FROM vehicles WHERE id = $3), 0), id LIMIT 1
    ) AS site ON true
    WHERE entities.id = $1
"""
_BUYER: Final = """
    SELECT legal_name, siret, vat_number, street, postcode, city, country, email, phone, legal_representative
    FROM trader_companies WHERE id = $1
"""


async def offer_paper(database: Database, found: StoredOffer) -> Paper:
    """An offer's paper as things are now."""
    async with database.acquire() as connection:
        return await _paper(connection, found)


async def frozen_paper(
    connection: AnyConnection, found: StoredOffer, at: Instant, number: int, form: OrderForm
) -> Paper:
    """The paper of the order that is being placed with this number; nothing that it needs is missing."""
    site = await connection.fetchrow(
        "SELECT name, street, postcode, city FROM sites WHERE id = $1", form.delivery_site_id
    )
    assert site is not None and form.delivery_on is not None and form.payment_method is not None
    order = PaperOrder(
        display_number=f"{found.prefix}-{number}" if found.prefix else str(number),
        placed_at=at,
        delivery_on=form.delivery_on,
        delivery_place=", ".join(
            part for part in (site["name"], site["street"], f"{site['postcode']} {site['city']}".strip()) if part
        ),
        payment_method=form.payment_method,
        documents=form.documents,
        deposit_cents=form.deposit_cents,
    )
    paper = await _paper(connection, found)
    balance_due_cents = paper.balance_due_cents - form.deposit_cents
    return msgspec.structs.replace(paper, order=order, balance_due_cents=balance_due_cents)


def read_paper(text: str) -> Paper:
    """A paper that was frozen."""
    return msgspec.json.decode(text, type=Paper)


async def _paper(connection: AnyConnection, found: StoredOffer) -> Paper:
    first = found.vehicles[0].id if found.vehicles else None
    seller = await connection.fetchrow(_SELLER, found.entity_id, found.auction_id, first)
    buyer = await connection.fetchrow(_BUYER, found.trader_id)
    assert seller is not None and buyer is not None, "an offer has both"
    sums = found.totals
    return Paper(
        offer_display_number=found.display_number,
        auction_display_number=_displayed(found, found.auction_number),
        lot_display_number=_displayed(found, found.lot),
        made_at=found.made_at,
        seller=PaperSeller(**{key: value or "" for key, value in seller.items()}),
        buyer=PaperBuyer(**dict(buyer)),
        vehicles=tuple(
            PaperVehicle(
                id=vehicle.id,
                make=vehicle.make,
                model=vehicle.model,
                version=vehicle.version,
                plate=vehicle.plate,
                vin=vehicle.vin,
                mileage_km=vehicle.mileage_km,
                first_registration=vehicle.first_registration,
                vat=vehicle.vat,
                price_cents=vehicle.price_cents,
                price_ht_cents=vehicle.sold.price_ht_cents,
            )
            for vehicle in found.vehicles
        ),
        extras=tuple(
            PaperExtra(
                kind=extra.kind.value,
                label=extra.label,
                amount_cents=extra.amount_cents,
                amount_ht_cents=extra.amount_ht_cents,
                settled=extra.kind in SETTLED,
            )
            for extra in found.extras
        ),
        total_cents=sums.total_cents,
        total_ht_cents=sums.total_ht_cents,
        balance_due_cents=sums.balance_due_cents,
    )


def _displayed(found: StoredOffer, number: int | None) -> str | None:
    if number is None:
        return None
    return f"{found.prefix}-{number}" if found.prefix else str(number)
