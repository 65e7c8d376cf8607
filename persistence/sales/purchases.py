"""What a trader has bought: every vehicle with dates, price and state, kept for ever (§6.5).

Read by the trader itself, of every seller, and by dealers, of their own group's sales. Only reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents
from persistence.database import AS_WRITTEN, FOR_ANY_VALUES, each_as, has_trigram
from persistence.sales.offers import readable

if TYPE_CHECKING:
    from persistence.database import Database

STATES: Final = ("offered", "reserved", "ordered", "delivered", "released")


class Purchase(Struct, frozen=True, kw_only=True):
    """A vehicle bought. `state` is one of STATES: offered is not bought yet; reserved: won, or in delivery by hand."""

    vehicle_id: int
    offer_id: int
    prefix: str
    offer_number: int
    auction_id: int | None
    order_id: int | None
    order_number: int | None
    delivery_id: int | None
    entity: str
    city: str
    trader_id: int
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: date | None
    vat: str
    price_cents: Cents
    state: str
    made_at: Instant
    ordered_at: Instant | None
    delivery_at: Instant | None
    delivered_at: Instant | None
    invoice_number: str | None
    invoiced_on: date | None


class PurchasesAsked(Struct, frozen=True, kw_only=True):
    """Of this trader; of these groups' sales alone, or of all; in this state, else all that it has bought."""

    trader_id: int
    group_ids: tuple[int, ...] | None = None
    state: str | None = None
    q: str = ""
    page: int = 1
    limit: int = 50


class PurchaseDelivery(Struct, frozen=True, kw_only=True):
    """A delivery of what an order sold, and where; never the report, which is the dealer's."""

    id: int
    scheduled_at: Instant
    status: str
    declared_at: Instant | None
    vehicle_ids: Sequence[int]
    site_id: int


class PurchaseSite(Struct, frozen=True, kw_only=True):
    """Where vehicles are fetched, and whom to call there (§6.4)."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


_DELIVERIES: Final = """
    SELECT id, scheduled_at, status, declared_at, site_id,
           ARRAY (SELECT vehicle_id FROM delivery_vehicles WHERE delivery_id = deliveries.id ORDER BY vehicle_id)
               AS vehicle_ids
    FROM deliveries WHERE order_id = $1 AND status <> 'cancelled' ORDER BY scheduled_at, id
"""
_SITES: Final = "SELECT id, name, street, postcode, city, phone, email FROM sites WHERE id = ANY ($1::bigint[])"
# What an auction sold is a purchase when its offer is made, wherever it is brought (§6.2): in an offer of which the
# trader knows nothing, it is told by the one that it came from. What else an offer holds is one when it is ordered or
# delivered by hand, and is shown before once the trader has been told of the whole offer.
_LINES: Final = f"""
    SELECT line.vehicle_id, CASE WHEN told.here THEN offers.id ELSE home.id END AS offer_id, groups.prefix,
           CASE WHEN told.here THEN offers.number ELSE home.number END AS offer_number, sold.auction_id,
           placed.id AS order_id, placed.number AS order_number,
           CASE WHEN placed.id IS NOT NULL THEN delivery.id END AS delivery_id,   -- by hand, its note is the dealer's
           entities.name AS entity, sites.city, offers.trader_id,
           vehicles.make, vehicles.model, vehicles.version, vehicles.plate, vehicles.vin, vehicles.mileage_km,
           vehicles.first_registration, line.vat, line.price_cents,
           CASE WHEN placed.id IS NULL AND vehicles.status = 'released' THEN 'released'
                WHEN delivery.status = 'honoured' THEN
                    CASE WHEN invoices.id IS NULL OR placed.id IS NULL THEN 'delivered' ELSE 'released' END
                WHEN placed.id IS NOT NULL THEN 'ordered'
                WHEN sold.auction_id IS NOT NULL OR delivery.id IS NOT NULL THEN 'reserved'
                ELSE 'offered' END AS state,
           CASE WHEN sold.auction_id IS NULL THEN offers.made_at ELSE home.made_at END AS made_at,
           placed.placed_at AS ordered_at, delivery.scheduled_at AS delivery_at,
           CASE WHEN delivery.status = 'honoured' THEN delivery.declared_at END AS delivered_at,
           invoices.number AS invoice_number, invoices.invoiced_on
    FROM unnest($3::bigint[], $4::int[]) AS wanted (offer_id, position)
    JOIN offer_lines AS line ON line.offer_id = wanted.offer_id AND line.position = wanted.position
    JOIN offers ON offers.id = line.offer_id
    JOIN groups ON groups.id = offers.group_id
    JOIN entities ON entities.id = offers.entity_id
    JOIN offers AS home ON home.id = coalesce(line.home_offer_id, offers.id)
    LEFT JOIN auction_lot_vehicles AS sold
           ON sold.auction_id = home.auction_id AND sold.lot = home.lot AND sold.vehicle_id = line.vehicle_id
    CROSS JOIN LATERAL (SELECT {readable("offers", "line")} AS here) AS told
    JOIN vehicles ON vehicles.id = line.vehicle_id
    JOIN sites ON sites.id = vehicles.site_id
    LEFT JOIN orders AS placed ON placed.offer_id = offers.id AND placed.status = 'placed'
    LEFT JOIN LATERAL (
        SELECT deliveries.* FROM delivery_vehicles AS place
        JOIN deliveries ON deliveries.id = place.delivery_id
        WHERE place.vehicle_id = line.vehicle_id AND place.standing
          AND (place.order_id = placed.id
               OR placed.id IS NULL AND place.order_id IS NULL AND deliveries.trader_id = offers.trader_id
                  AND deliveries.made_at >= home.made_at)
        ORDER BY deliveries.id DESC LIMIT 1
    ) AS delivery ON true
    LEFT JOIN invoices
           ON invoices.id = CASE WHEN placed.id IS NULL
                                 THEN (SELECT id FROM invoices WHERE invoices.delivery_id = delivery.id)
                                 ELSE (SELECT id FROM invoices WHERE invoices.order_id = placed.id) END
    WHERE offers.trader_id = $1
      AND ($2::bigint[] IS NULL OR offers.group_id = ANY ($2))
      AND offers.status IN ('in_progress', 'validated', 'ordered')
      AND (told.here OR sold.auction_id IS NOT NULL)
"""  # noqa: S608 - a condition named elsewhere
# Delivered by hand: few vehicles are, and only those are looked at one by one.
_HANDED: Final = """line.vehicle_id IN (
    SELECT place.vehicle_id FROM deliveries JOIN delivery_vehicles AS place ON place.delivery_id = deliveries.id
    WHERE deliveries.trader_id = $1 AND deliveries.order_id IS NULL AND place.standing)
"""
_BY_HAND: Final = f"""CASE WHEN {_HANDED}
THEN (
    SELECT deliveries.status FROM delivery_vehicles AS place
    JOIN deliveries ON deliveries.id = place.delivery_id
    WHERE place.vehicle_id = line.vehicle_id AND place.standing AND place.order_id IS NULL
      AND deliveries.trader_id = $1
      AND deliveries.made_at >= CASE WHEN line.home_offer_id IS NULL THEN offers.made_at
                                     ELSE (SELECT made_at FROM offers AS home WHERE home.id = line.home_offer_id) END
    ORDER BY deliveries.id DESC LIMIT 1) END
"""  # noqa: S608 - a condition named above
_LEFT: Final = "(SELECT status = 'released' FROM vehicles WHERE vehicles.id = line.vehicle_id)"
# The states as `_LINES` words them, one by one: a row of another table is read only where it decides. An offer is
# ordered as long as its order stands.
_STATES: Final = {
    "offered": f"offers.status <> 'ordered' AND NOT line.fixed AND {_BY_HAND} IS NULL AND NOT {_LEFT}",
    "reserved": f"""offers.status <> 'ordered' AND {_BY_HAND} IS DISTINCT FROM 'honoured'
                    AND (line.fixed OR {_BY_HAND} IS NOT NULL) AND NOT {_LEFT}""",
    "ordered": "offers.status = 'ordered' AND delivery.status IS DISTINCT FROM 'honoured'",
    # Those that may be, first: what is joined for an order is joined for them alone.
    "delivered": f"""(offers.status = 'ordered' OR {_HANDED})
                     AND CASE WHEN offers.status = 'ordered' THEN delivery.status = 'honoured' AND invoices.id IS NULL
                              ELSE {_BY_HAND} = 'honoured' AND NOT {_LEFT} END""",
    "released": f"""CASE WHEN offers.status = 'ordered' THEN delivery.status = 'honoured' AND invoices.id IS NOT NULL
                         ELSE {_LEFT} END""",
}
_BOUGHT: Final = f"(offers.status = 'ordered' OR line.fixed OR {_BY_HAND} IS NOT NULL OR {_LEFT})"
"""Any state but offered."""
_DELIVERY: Final = """
    LEFT JOIN orders AS placed ON placed.offer_id = offers.id AND placed.status = 'placed'
    LEFT JOIN delivery_vehicles AS place
           ON place.order_id = placed.id AND place.vehicle_id = line.vehicle_id AND place.standing
    LEFT JOIN deliveries AS delivery ON delivery.id = place.delivery_id
    LEFT JOIN invoices ON invoices.order_id = placed.id
"""
"""Of what is ordered: the delivery that stands, and the invoice; one of each."""
_AFTER_ORDER: Final = frozenset({"ordered", "delivered", "released"})

assert set(_STATES) == set(STATES) > _AFTER_ORDER

_NARROW: Final = f"""
    SELECT CASE WHEN line.home_offer_id IS NULL OR {readable("offers", "line")} THEN offers.id
                ELSE line.home_offer_id END AS offer_id, offers.id AS holder_id, line.position, line.vehicle_id
           {{seller}}
    FROM offers JOIN offer_lines AS line ON line.offer_id = offers.id {{delivery}}
    WHERE offers.trader_id = $1
      AND ($2::bigint[] IS NULL OR offers.group_id = ANY ($2))
      AND offers.status IN ('in_progress', 'validated', 'ordered')
      AND (line.fixed OR {readable("offers", "line")})
"""  # noqa: S608 - a condition named elsewhere
# What holds a text holds the longest of its words: an index finds nearly all that need not be looked at. A word without
# a figure is in no number, only in what stands before all of a group's.
_LIKELY: Final = """
    AND (line.home_offer_id IS NOT NULL
         OR line.vehicle_id IN (
             SELECT sought.id FROM vehicles AS sought JOIN offer_lines AS asked ON asked.vehicle_id = sought.id
             WHERE sought.search_text LIKE holding($4) OR sought.search_text LIKE holding($5))
         OR offers.entity_id IN (SELECT id FROM entities WHERE folded(name) LIKE holding($4))
         OR offers.group_id IN (SELECT id FROM groups WHERE strpos(lower(prefix || '-'), lower($4)) > 0)
         OR $4::text ~ '[0-9]' AND strpos(
             lower((SELECT prefix FROM groups WHERE groups.id = offers.group_id) || '-' || offers.number),
             lower($4)) > 0)
"""
# First what an index holds of a vehicle, whatever its accents: most are found by it, and their wide rows left alone.
# What is looked for beside stands in the offer that tells the line; only where that is another one is it looked up.
_TOLD_BY: Final = """CASE WHEN offer_id = holder_id THEN bought.{column}
    ELSE (SELECT {column} FROM offers WHERE offers.id = bought.offer_id) END"""
_SELLER: Final = ", offers.number, offers.group_id, offers.entity_id"
_NAMED: Final = f"""
    , found AS MATERIALIZED (
        SELECT bought.* FROM bought
        JOIN groups ON groups.id = {_TOLD_BY.format(column="group_id")}
        JOIN entities ON entities.id = {_TOLD_BY.format(column="entity_id")}
        WHERE (SELECT strpos(shown_text, folded($3)) > 0  -- or a plate, without what is typed in it
                      OR strpos(shown_text, nullif(translate(folded($3), ' -', ''), '')) > 0
               FROM vehicles WHERE vehicles.id = bought.vehicle_id)
           OR entities.id IN (SELECT id FROM entities AS seller WHERE folded(seller.name) LIKE holding($3))
           OR strpos(
            lower(
                concat_ws(' ', groups.prefix || '-' || {_TOLD_BY.format(column="number")}, entities.name)
                || ' '
                || (SELECT concat_ws(' ', make, model, version, plate, vin) FROM vehicles
                    WHERE vehicles.id = bought.vehicle_id)),
            lower($3)) > 0)
"""  # noqa: S608 - columns named above
_FOUND: Final = """
    WITH bought AS MATERIALIZED ({narrow} {likely} AND {state}) {named}
    SELECT (SELECT count(*) FROM {found}) AS total, holder_id, position FROM {found}
    ORDER BY offer_id DESC, position, vehicle_id LIMIT {limit:d} OFFSET {offset:d}
"""
_COUNTED: Final = "WITH bought AS MATERIALIZED ({narrow} {likely} AND {state}) {named} SELECT count(*) FROM {found}"
_PAGE: Final = f"{_LINES} ORDER BY offer_id DESC, line.position, line.vehicle_id"


async def purchases_page(database: Database, asked: PurchasesAsked) -> tuple[int, list[Purchase]]:
    """How many vehicles match, and one page of them, the latest offer first."""
    groups = None if asked.group_ids is None else list(asked.group_ids)
    query = asked.q.strip()
    longest = max(query.split(), key=len, default="")
    is_likely = has_trigram(longest) and has_trigram(longest.replace("-", ""))
    texts = {
        "narrow": _NARROW.format(
            delivery=_DELIVERY if asked.state in _AFTER_ORDER else "", seller=_SELLER if query else ""
        ),
        "likely": _LIKELY if is_likely else "",
        "state": _BOUGHT if asked.state is None else f"({_STATES[asked.state]})",
        "named": _NAMED if query else "",
        "found": "found" if query else "bought",
    }
    wanted = [asked.trader_id, groups, *([query] if query else [])]
    wanted += [longest, longest.replace("-", "")] if is_likely else []
    async with database.listing() as connection:
        found = await connection.fetch(
            _FOUND.format(**texts, limit=asked.limit, offset=(asked.page - 1) * asked.limit), *wanted
        )
        if not found:  # nothing at all, or a page behind the last
            return await connection.fetchval(_COUNTED.format(**texts), *wanted), []
        places = [row["holder_id"] for row in found], [row["position"] for row in found]
        await connection.execute(f"{AS_WRITTEN}; {FOR_ANY_VALUES}")
        rows = await connection.fetch(_PAGE, asked.trader_id, groups, *places)
    return found[0]["total"], each_as(Purchase, rows)


async def fetching(
    database: Database, order_id: int, site_id: int
) -> tuple[dict[int, PurchaseSite], list[PurchaseDelivery]]:
    """Where an order's vehicles are fetched: the deliveries, soonest first, and by id their sites and the order's."""
    async with database.acquire() as connection:
        deliveries = [PurchaseDelivery(**dict(row)) for row in await connection.fetch(_DELIVERIES, order_id)]
        rows = await connection.fetch(_SITES, [site_id, *(each.site_id for each in deliveries)])
    sites = {row["id"]: PurchaseSite(**{key: value or "" for key, value in row.items() if key != "id"}) for row in rows}
    return sites, deliveries
