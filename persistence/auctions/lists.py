"""Auctions as lists show them: pages by state, search and filters, for either side (§5.5.1, §5.5.3).

Only reads. What matches is found on narrow rows first, and only the lines of the page are worked out. Words are looked
for without case and accents, each in what names the auction or in one of its vehicles: a trader's never in what the
dealer alone is shown of them, or each search would tell a bit of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database

DEALER_STATES: Final = ("scheduled", "open", "won", "partly_won", "not_won", "cancelled", "sale_cancelled")
TRADER_STATES: Final = ("open", "upcoming", "won", "lost", "declined", "cancelled")
PER_PAGE: Final = 20


class AuctionsAsked(Struct, frozen=True, kw_only=True):
    """What a reader looks for; empty: anything. Texts are parts of names; `q` is words that must all be found."""

    states: tuple[str, ...] = ()
    q: str = ""
    number: int | None = None
    dealer: str = ""
    make: str = ""
    model: str = ""
    trim: str = ""
    page: int = 1
    per_page: int = PER_PAGE


class AuctionLine(Struct, frozen=True, kw_only=True):
    """An auction on a list. `state` is one of DEALER_STATES or TRADER_STATES; `title` names its first vehicle.

    Offers and the gain over the lots that have one (§5.5.1) are told once the lots are decided: before, None and 0.
    """

    id: int
    number: int
    prefix: str
    kind: str
    status: str
    state: str
    starts_at: Instant
    ends_at: Instant
    entity_id: int
    entity: str
    site: str
    city: str
    title: str
    lots_count: int
    vehicles_count: int
    audience_count: int
    starting_total_cents: Cents
    last_offers_total_cents: Cents | None
    gain_cents: Cents


_DEALER_STATE: Final = "CASE auctions.status WHEN 'ended' THEN auctions.result ELSE auctions.status END"
_TRADER_STATE: Final = """
    CASE WHEN auctions.status = 'cancelled' THEN 'cancelled'
         WHEN EXISTS (SELECT FROM auction_lots WHERE auction_id = auctions.id AND winner_trader_id = $1) THEN 'won'
         WHEN EXISTS (
             SELECT FROM auction_events AS refused
             WHERE refused.auction_id = auctions.id AND trader_id = $1 AND kind = 'declined' AND NOT EXISTS (
                 SELECT FROM auction_events AS bid
                 WHERE bid.auction_id = refused.auction_id AND bid.trader_id = $1 AND bid.kind = 'bid'
                   AND bid.command_id IS NOT NULL AND bid.seq > refused.seq)) THEN 'declined'
         WHEN auctions.status = 'ended' THEN 'lost'
         WHEN auctions.status = 'scheduled' THEN 'upcoming'
         ELSE 'open' END
"""
_DEALERS: Final = "auctions.entity_id = ANY ($1::bigint[])"
_TRADERS: Final = """
    auctions.id IN (SELECT auction_id FROM auction_audience WHERE trader_id = $1::bigint AND NOT uninvited)
"""
_ORDER: Final = """
    CASE {of}.status WHEN 'open' THEN 1 WHEN 'scheduled' THEN 2 ELSE 3 END,
    CASE WHEN {of}.status = 'open' THEN {of}.ends_at WHEN {of}.status = 'scheduled' THEN {of}.starts_at END,
    {of}.ends_at DESC, {of}.id DESC
"""
_MATCHING: Final = """
    WITH sellers AS MATERIALIZED (
        SELECT entities.id, folded(entities.name) AS name, coalesce(nullif(prefix, '') || '-', '') AS prefix
        FROM entities JOIN groups ON groups.id = group_id
    ), matching AS MATERIALIZED (
        SELECT auctions.id, auctions.status, auctions.starts_at, auctions.ends_at
        FROM auctions JOIN sellers ON sellers.id = auctions.entity_id WHERE {whose} {filters}
    )
"""
_COUNT: Final = "{matching} SELECT count(*) FROM matching"
_LINES: Final = """
    {matching}, page AS (
        SELECT *, (SELECT count(*) FROM matching) AS total FROM matching ORDER BY {order} LIMIT {limit} OFFSET {offset}
    )
    SELECT page.total, auctions.id, auctions.number, groups.prefix, auctions.kind, auctions.status, {state} AS state,
           auctions.starts_at, auctions.ends_at, auctions.entity_id, entities.name AS entity, sites.name AS site,
           sites.city, concat_ws(' ', first.make, first.model, nullif(first.trim, '')) AS title,
           lots.count AS lots_count, sold.count AS vehicles_count, sold.total AS starting_total_cents,
           lots.offers AS last_offers_total_cents, coalesce(lots.gain, 0) AS gain_cents,
           (SELECT count(*) FROM auction_audience WHERE auction_id = auctions.id AND NOT uninvited) AS audience_count
    FROM page
    JOIN auctions ON auctions.id = page.id
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    CROSS JOIN LATERAL (
        SELECT count(*), sum(last_offer_cents)::bigint AS offers,
               sum(last_offer_cents - (
                   SELECT sum(starting_price_cents) FROM auction_lot_vehicles AS sold
                   WHERE sold.auction_id = auctions.id AND sold.lot = auction_lots.number))::bigint AS gain
        FROM auction_lots WHERE auction_id = auctions.id
    ) AS lots
    CROSS JOIN LATERAL (
        SELECT count(*), sum(starting_price_cents)::bigint AS total
        FROM auction_lot_vehicles WHERE auction_id = auctions.id
    ) AS sold
    CROSS JOIN LATERAL (
        SELECT make, model, vehicles.trim
        FROM auction_lot_vehicles AS place JOIN vehicles ON vehicles.id = place.vehicle_id
        WHERE place.auction_id = auctions.id ORDER BY lot, position LIMIT 1
    ) AS first
    ORDER BY {page_order}
"""
_NAMED: Final = """
    AND EXISTS (
        SELECT FROM auction_lot_vehicles AS place JOIN vehicles ON vehicles.id = place.vehicle_id
        WHERE place.auction_id = auctions.id AND {clauses})
"""
# What a trader is shown of a vehicle; `search_text` holds the dealer's own numbers too. Folded already, it is cheaper.
_IN_VEHICLE: Final = "strpos(vehicles.search_text, {wanted}) > 0"
_IN_SHOWN: Final = f"""
    {_IN_VEHICLE} AND strpos(folded(concat_ws(
        ' ', translate(plate, ' -', ''), make, model, version, vehicles.trim)), {{wanted}}) > 0
"""


class _Question:
    """SQL and its parameters, of which the first says whose auctions are meant."""

    def __init__(self, asked: AuctionsAsked, state: str, whose: str, reader: object) -> None:
        self.parameters: list[Any] = [reader]
        self.state = state
        self.in_vehicle = _IN_SHOWN if whose == _TRADERS else _IN_VEHICLE
        filters = self._filters(asked)
        if asked.states:
            filters += f" AND {state} = ANY ({self.next(list(asked.states))}::text[])"
        self.matching = _MATCHING.format(whose=whose, filters=filters)

    def next(self, value: object) -> str:
        """A further parameter, as SQL names it."""
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def _filters(self, asked: AuctionsAsked) -> str:
        filters = ""
        if asked.number is not None:
            filters += f" AND auctions.number = {self.next(asked.number)}"
        if asked.dealer.strip():
            filters += f" AND strpos(sellers.name, {self._folded(asked.dealer)}) > 0"
        clauses = [self._in_all(word) for word in asked.q.split()]
        for column, text in (("make", asked.make), ("model", asked.model), ("trim", asked.trim)):
            if text.strip():
                wanted = self._folded(text)
                clauses.append(f"strpos(vehicles.search_text, {wanted}) > 0")  # cheaper: it is folded already
                clauses.append(f"strpos(folded(vehicles.{column}), {wanted}) > 0")
        return filters + (_NAMED.format(clauses=" AND ".join(clauses)) if clauses else "")

    def _in_all(self, word: str) -> str:
        """A word of the search; a plate is stored without the dashes with which it is often typed."""
        wanted = self._folded(word)
        looks = [f"strpos({place}, {wanted}) > 0" for place in ("sellers.name", "sellers.prefix || auctions.number")]
        looks.append(self.in_vehicle.format(wanted=wanted))
        if "-" in word.strip("-"):
            looks.append(self.in_vehicle.format(wanted=self._folded(word.replace("-", ""))))
        return f"({' OR '.join(looks)})"

    def _folded(self, text: str) -> str:
        return f"(SELECT folded({self.next(text.strip())}::text))"  # worked out once, not for every row


async def page_for_dealer(
    database: Database, entity_ids: Iterable[int], asked: AuctionsAsked
) -> tuple[int, list[AuctionLine]]:
    """How many of these entities' auctions match, and one page of them: open first, then scheduled, then the latest."""
    return await _page(database, _Question(asked, _DEALER_STATE, _DEALERS, list(entity_ids)), asked)


async def page_for_trader(database: Database, trader_id: int, asked: AuctionsAsked) -> tuple[int, list[AuctionLine]]:
    """How many of the auctions that invited the trader match, and one page of them; ordered as the dealer's."""
    return await _page(database, _Question(asked, _TRADER_STATE, _TRADERS, trader_id), asked)


async def state_for_trader(database: Database, auction_id: int, trader_id: int) -> str:
    """The trader's word for one auction that invited it, among TRADER_STATES."""
    query = f"SELECT {_TRADER_STATE} FROM auctions WHERE id = $2"  # noqa: S608 - written above
    async with database.acquire() as connection:
        state: str = await connection.fetchval(query, trader_id, auction_id)
    return state


async def _page(database: Database, question: _Question, asked: AuctionsAsked) -> tuple[int, list[AuctionLine]]:
    count, wanted = _COUNT.format(matching=question.matching), list(question.parameters)
    lines = _LINES.format(
        matching=question.matching,
        state=question.state,
        order=_ORDER.format(of="matching"),
        page_order=_ORDER.format(of="page"),
        limit=question.next(asked.per_page),
        offset=question.next((asked.page - 1) * asked.per_page),
    )
    async with database.acquire() as connection:
        rows = await connection.fetch(lines, *question.parameters)
        if not rows:  # nothing at all, or a page behind the last
            return await connection.fetchval(count, *wanted), []
    total: int = rows[0]["total"]
    return total, [AuctionLine(**{key: value for key, value in row.items() if key != "total"}) for row in rows]
