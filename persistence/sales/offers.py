"""Offers as their papers and lists need them: with vehicles, extras, and the order that stands (§6.1, §6.2).

Only reads, and the locks under which offers are changed: an offer's row comes before the rows of its vehicles, and of
one buyer's offers the lower id first, so that nobody waits in a circle. Rights and rules are asked elsewhere.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from engine.after_sale import Extra, ExtraKind, OfferStatus, SoldVehicle, Totals, totals
from engine.instants import Instant
from engine.money import Cents, Vat
from persistence.database import FOR_ANY_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from persistence.database import AnyConnection, Database, Row


class OfferVehicle(Struct, frozen=True, kw_only=True):
    """A vehicle in an offer, at its price; `fixed`: an auction sold it so, `home_offer_id`: another offer lends it,
    `by_hand`: it was delivered to the offer's buyer by hand, and that was not undone.
    """

    id: int
    position: int
    price_cents: Cents
    fixed: bool
    home_offer_id: int | None
    was_reserved: bool
    by_hand: bool
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    internal_number: str | None
    mileage_km: int | None
    first_registration: date | None
    vat: str
    status: str
    reserved_for_trader_id: int | None
    purchase_price_cents: Cents
    costs_ht_cents: Cents

    @property
    def ref(self) -> str:
        """How papers name it: its plate, else its VIN, else its number here."""
        return self.plate or self.vin or self.internal_number or f"VO {self.id}"

    @property
    def label(self) -> str:
        """Make, model and version."""
        return " ".join(word for word in (self.make, self.model, self.version) if word)

    @property
    def sold(self) -> SoldVehicle:
        """The vehicle as sums take it."""
        return SoldVehicle(self.price_cents, Vat(self.vat), self.purchase_price_cents, self.costs_ht_cents)


class OfferHead(Struct, frozen=True, kw_only=True):
    """An offer without what is in it. `price_cents` and `price_ht_cents` are its price as it was made;
    the order is the one that stands; `version` grows with each change of its prices and extras.

    `shown`: its buyer has been told of it and may read it, for an auction made it, it was sent, it was ordered once, or
    one of its vehicles was delivered by hand; of the last, what was so delivered alone, unless it is `whole` (§6.5).
    """

    id: int
    group_id: int
    prefix: str
    number: int
    entity_id: int
    entity: str
    trader_id: int
    trader: str
    status: str
    auction_id: int | None
    auction_number: int | None
    lot: int | None
    price_cents: Cents
    price_ht_cents: Cents
    version: int
    made_at: Instant
    validated_at: Instant | None
    sent_at: Instant | None
    times_sent: int
    shown: bool
    whole: bool
    cancelled_at: Instant | None
    reason: str | None
    copied_from: int | None
    order_id: int | None
    order_number: int | None
    deposit_cents: Cents

    @property
    def display_number(self) -> str:
        """With the group's prefix: `45-12`."""
        return f"{self.prefix}-{self.number}" if self.prefix else str(self.number)

    @property
    def of_auction(self) -> bool:
        """Whether an auction made it (§5.4.3)."""
        return self.auction_id is not None


class StoredOffer(OfferHead, frozen=True, kw_only=True):
    """An offer whole."""

    vehicles: tuple[OfferVehicle, ...]
    extras: tuple[Extra, ...]

    @property
    def totals(self) -> Totals:
        """What it comes to now (§6.2)."""
        return totals([vehicle.sold for vehicle in self.vehicles], self.extras, self.deposit_cents)

    @property
    def as_read(self) -> StoredOffer:
        """As its buyer may read it: of a draft that was never sent, what was delivered by hand (§6.5)."""
        if self.whole:
            return self
        return structs.replace(self, vehicles=tuple(each for each in self.vehicles if each.by_hand), extras=())


class OffersAsked(Struct, frozen=True, kw_only=True):
    """Which offers a list is to hold. Of these entities; `q` searches number, buyer, plate, make and model;
    `of_auction`: an auction made it, or nobody but the dealer.
    """

    entity_ids: tuple[int, ...]
    status: str | None = None
    trader_id: int | None = None
    auction_id: int | None = None
    of_auction: bool | None = None
    sent: bool | None = None
    q: str = ""
    page: int = 1
    limit: int = 50


_WHOLE: Final = """(
    {offer}.auction_id IS NOT NULL OR {offer}.sent_at IS NOT NULL
    OR EXISTS (SELECT FROM orders WHERE orders.offer_id = {offer}.id))
"""
_BY_HAND: Final = """
    EXISTS (SELECT FROM delivery_vehicles AS place
            JOIN deliveries ON deliveries.id = place.delivery_id AND deliveries.trader_id = {offer}.trader_id
            WHERE place.vehicle_id = {line}.vehicle_id AND place.order_id IS NULL
              AND deliveries.status <> 'cancelled' AND deliveries.made_at >= {offer}.made_at)
"""
# One that was undone has told its buyer of the offer all the same: the link still leads there.
_TOLD_BY_HAND: Final = """
    EXISTS (SELECT FROM offer_lines AS line JOIN delivery_vehicles AS place USING (vehicle_id)
            JOIN deliveries ON deliveries.id = place.delivery_id AND deliveries.trader_id = {offer}.trader_id
            WHERE line.offer_id = {offer}.id AND place.order_id IS NULL AND deliveries.made_at >= {offer}.made_at)
"""


def whole(offer: str) -> str:
    """Whether its buyer may read all of the offer of this name in a query (see `OfferHead.whole`), as SQL."""
    return _WHOLE.format(offer=offer)


def readable(offer: str, line: str) -> str:
    """Whether its buyer may read this line of the offer, as SQL."""
    return f"({whole(offer)} OR {_BY_HAND.format(offer=offer, line=line)})"


_CALLED: Final = """(
    {row}.number::text = regexp_replace({q}, '^[A-Za-z0-9]+-', '')
    AND (strpos({q}, '-') = 0
         OR {row}.group_id IN (SELECT id FROM groups WHERE lower(prefix) = lower(split_part({q}, '-', 1)))))
"""


def called(row: str, q: str) -> str:
    """Whether the offer or order of this name in a query has the number that a text is, bare or with its group's own
    prefix, as SQL.
    """
    return _CALLED.format(row=row, q=q)


_HEADS: Final = f"""
    SELECT offers.id, offers.group_id, groups.prefix, offers.number, offers.entity_id, entities.name AS entity,
           offers.trader_id, buyer.legal_name AS trader, offers.status, offers.auction_id,
           auctions.number AS auction_number, offers.lot, offers.price_cents, offers.price_ht_cents, offers.version,
           offers.made_at, offers.validated_at, offers.sent_at, offers.times_sent,
           {whole("offers")} OR {_TOLD_BY_HAND.format(offer="offers")} AS shown, {whole("offers")} AS whole,
           offers.cancelled_at, offers.reason, offers.copied_from,
           placed.id AS order_id, placed.number AS order_number, coalesce(placed.deposit_cents, 0) AS deposit_cents
    FROM offers
    JOIN groups ON groups.id = offers.group_id
    JOIN entities ON entities.id = offers.entity_id
    JOIN trader_companies AS buyer ON buyer.id = offers.trader_id
    LEFT JOIN auctions ON auctions.id = offers.auction_id
    LEFT JOIN orders AS placed ON placed.offer_id = offers.id AND placed.status = 'placed'
"""  # noqa: S608 - a condition named above
_LINES: Final = f"""
    SELECT line.offer_id, vehicles.id, line.position, line.price_cents, coalesce(sold.lot = home.lot, false) AS fixed,
           line.home_offer_id, line.was_reserved,
           {_BY_HAND.format(offer="held", line="line")} AS by_hand, vehicles.make, vehicles.model, vehicles.version,
           vehicles.plate, vehicles.vin, vehicles.internal_number, vehicles.mileage_km, vehicles.first_registration,
           line.vat, vehicles.status, vehicles.reserved_for_trader_id, vehicles.purchase_price_cents,
           CASE WHEN vehicles.actual_costs_ht_cents > 0 THEN vehicles.actual_costs_ht_cents
                ELSE vehicles.planned_costs_ht_cents END AS costs_ht_cents
    FROM offer_lines AS line
    JOIN offers AS held ON held.id = line.offer_id
    JOIN offers AS home ON home.id = coalesce(line.home_offer_id, line.offer_id)
    LEFT JOIN auction_lot_vehicles AS sold ON sold.auction_id = home.auction_id AND sold.vehicle_id = line.vehicle_id
    JOIN vehicles ON vehicles.id = line.vehicle_id
    WHERE line.offer_id = ANY ($1::bigint[])
    ORDER BY line.offer_id, line.position
"""  # noqa: S608 - a condition named above
_EXTRAS: Final = """
    SELECT offer_id, kind, label, amount_cents FROM offer_extras WHERE offer_id = ANY ($1::bigint[])
    ORDER BY offer_id, position
"""
_MATCHING: Final = """
    FROM offers
    WHERE offers.entity_id = ANY ($1::bigint[])
      AND ($2::text IS NULL OR offers.status = $2)
      AND ($3::bigint IS NULL OR offers.trader_id = $3)
      AND ($4::bigint IS NULL OR offers.auction_id = $4)
      AND ($5::boolean IS NULL OR (offers.auction_id IS NOT NULL) = $5)
      AND ($6::boolean IS NULL OR (offers.sent_at IS NOT NULL) = $6)
"""
# Each place is searched once, not for each offer. A plate may be told with dashes; of dashes alone, nothing is left.
_FOUND: Final = f"""
      AND ({called("offers", "$7")}
           OR offers.trader_id IN (
               SELECT id FROM trader_companies WHERE folded(legal_name) LIKE holding($7))
           OR offers.id IN (
               SELECT offer_id FROM offer_lines WHERE vehicle_id IN (
                   SELECT id FROM vehicles
                   WHERE entity_id = ANY ($1)
                     AND (search_text LIKE holding($7)
                          OR search_text LIKE holding(nullif(translate($7, ' -', ''), ''))))))
"""  # noqa: S608 - a condition named above
_HIDDEN_HOSTS: Final = f"""
    SELECT DISTINCT offers.id FROM offer_lines AS lent JOIN offers ON offers.id = lent.offer_id
    WHERE lent.home_offer_id = $1 AND offers.status IN ('in_progress', 'validated') AND NOT {whole("offers")}
    ORDER BY offers.id
"""  # noqa: S608 - a condition named above
_LOCK: Final = "SELECT id FROM offers WHERE id = $1 FOR UPDATE"
_LOCK_BUYERS: Final = """
    SELECT id FROM offers
    WHERE id = $1
       OR (entity_id, trader_id) = (SELECT entity_id, trader_id FROM offers WHERE id = $1)
          AND status IN ('in_progress', 'validated')
    ORDER BY id FOR UPDATE
"""


async def offers_page(database: Database, asked: OffersAsked) -> tuple[int, list[StoredOffer]]:
    """How many offers match, and one page of them, the latest first."""
    matching = _MATCHING
    wanted = [
        list(asked.entity_ids),
        asked.status,
        asked.trader_id,
        asked.auction_id,
        asked.of_auction,
        asked.sent,
    ]
    if asked.q.strip():
        matching, wanted = matching + _FOUND, [*wanted, asked.q.strip()]
    place = f"LIMIT {asked.limit:d} OFFSET {(asked.page - 1) * asked.limit:d}"
    async with database.listing() as connection:
        row = await connection.fetchrow(
            f"WITH found AS MATERIALIZED (SELECT id {matching}) SELECT (SELECT count(*) FROM found) AS total, "  # noqa: S608 - a query above
            f"ARRAY(SELECT id FROM found ORDER BY id DESC {place}) AS ids",
            *wanted,
        )
        assert row is not None, "counting gives a row"
        await connection.execute(FOR_ANY_VALUES)
        offers = await read_offers(connection, row["ids"])
    return row["total"], [offers[offer_id] for offer_id in row["ids"]]


async def offer(database: Database, offer_id: int) -> StoredOffer | None:
    """An offer, or None."""
    async with database.acquire() as connection:
        return (await read_offers(connection, [offer_id])).get(offer_id)


async def offer_for_buyer(database: Database, offer_id: int, trader_id: int) -> StoredOffer | None:
    """An offer to this trader that it may read, or None.

    With all that an auction sold in it: what was brought into an offer that the trader was not shown is told here.
    """
    async with database.listing() as connection:
        found = (await read_offers(connection, [offer_id])).get(offer_id)
        if found is None or found.trader_id != trader_id or not found.shown:
            return None
        hosts = await read_offers(connection, [row["id"] for row in await connection.fetch(_HIDDEN_HOSTS, offer_id)])
    lent = [vehicle for host in hosts.values() for vehicle in host.vehicles if vehicle.home_offer_id == offer_id]
    told_here = tuple(vehicle for vehicle in lent if vehicle.fixed and not vehicle.by_hand)
    read = found.as_read
    return structs.replace(read, vehicles=(*read.vehicles, *told_here))


async def locked_offer(connection: AnyConnection, offer_id: int, *, with_buyers: bool = False) -> StoredOffer:
    """The offer, kept for this transaction; `with_buyers`: with the same buyer's others that are not ordered yet.

    Offers are never deleted: the caller has seen this one.
    """
    await connection.execute(_LOCK_BUYERS if with_buyers else _LOCK, offer_id)
    return (await read_offers(connection, [offer_id]))[offer_id]


async def read_offers(connection: AnyConnection, ids: Sequence[int]) -> dict[int, StoredOffer]:
    """The offers with these ids, by id."""
    heads = await connection.fetch(_HEADS + "WHERE offers.id = ANY ($1::bigint[])", list(ids))
    lines = _by_offer(await connection.fetch(_LINES, list(ids)))
    extras = _by_offer(await connection.fetch(_EXTRAS, list(ids)))
    return {
        head["id"]: StoredOffer(
            **dict(head),
            vehicles=tuple(OfferVehicle(**_without_offer(row)) for row in lines.get(head["id"], ())),
            extras=tuple(
                Extra(ExtraKind(row["kind"]), row["label"], row["amount_cents"]) for row in extras.get(head["id"], ())
            ),
        )
        for head in heads
    }


def _by_offer(rows: Iterable[Row]) -> dict[int, list[Row]]:
    return {offer_id: list(group) for offer_id, group in groupby(rows, lambda row: int(row["offer_id"]))}


def _without_offer(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "offer_id"}


async def lines_elsewhere(connection: AnyConnection, offer: StoredOffer, vehicle_ids: Sequence[int]) -> dict[int, int]:
    """Which of these vehicles are in other offers to the same buyer that are not ordered yet: vehicle → offer."""
    rows = await connection.fetch(
        """SELECT vehicle_id, offer_id FROM offer_lines JOIN offers ON offers.id = offer_id
           WHERE vehicle_id = ANY ($1::bigint[]) AND offer_id <> $2 AND entity_id = $3 AND trader_id = $4
             AND status IN ('in_progress', 'validated')""",
        list(vehicle_ids),
        offer.id,
        offer.entity_id,
        offer.trader_id,
    )
    return {row["vehicle_id"]: row["offer_id"] for row in rows}


def status_of(offer: OfferHead) -> OfferStatus:
    """Its status as the rules take it."""
    return OfferStatus(offer.status)
