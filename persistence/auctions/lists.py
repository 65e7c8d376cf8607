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
from persistence.database import AS_WRITTEN, FOR_ANY_VALUES, each_as

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
    kind: str | None = None
    page: int = 1
    per_page: int = PER_PAGE


class AuctionLine(Struct, frozen=True, kw_only=True):
    """An auction on a list. `state` is one of DEALER_STATES or TRADER_STATES; `title` names its first vehicle,
    and `photo_id` is the first of its photos.

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
    vehicle_id: int
    photo_id: int | None
    lots_count: int
    vehicles_count: int
    audience_count: int
    starting_total_cents: Cents
    last_offers_total_cents: Cents | None
    gain_cents: Cents
    #: What the trader that reads has won, and over how many lots; nothing for a dealer.
    won_total_cents: Cents | None
    won_lots: int


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
# The same, of many auctions at once: each set is read once.
_TRADER_STATES: Final = """
    CASE WHEN auctions.status = 'cancelled' THEN 'cancelled'
         WHEN auctions.id IN (SELECT auction_id FROM auction_lots WHERE winner_trader_id = $1) THEN 'won'
         WHEN auctions.id IN (
             SELECT refused.auction_id FROM auction_events AS refused
             WHERE trader_id = $1 AND kind = 'declined' AND NOT EXISTS (
                 SELECT FROM auction_events AS bid
                 WHERE bid.auction_id = refused.auction_id AND bid.trader_id = $1 AND bid.kind = 'bid'
                   AND bid.command_id IS NOT NULL AND bid.seq > refused.seq)) THEN 'declined'
         WHEN auctions.status = 'ended' THEN 'lost'
         WHEN auctions.status = 'scheduled' THEN 'upcoming'
         ELSE 'open' END
"""
_ORDER: Final = """
    CASE status WHEN 'open' THEN 1 WHEN 'scheduled' THEN 2 ELSE 3 END,
    CASE WHEN status = 'open' THEN ends_at WHEN status = 'scheduled' THEN starts_at END, ends_at DESC, id DESC
"""
_MATCHING: Final = """
    WITH sellers AS MATERIALIZED (
        SELECT entities.id, folded(entities.name) AS name, coalesce(nullif(lower(prefix), '') || '-', '') AS prefix
        FROM entities JOIN groups ON groups.id = group_id
    ){hits}, matching AS MATERIALIZED (
        SELECT auctions.id, auctions.status, auctions.starts_at, auctions.ends_at
        FROM auctions JOIN sellers ON sellers.id = auctions.entity_id WHERE {whose} {filters}
    )
"""
_FOUND: Final = """
    {matching} SELECT (SELECT count(*) FROM matching) AS total,
                      ARRAY (SELECT id FROM matching ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS ids
"""
_LINES: Final = """
    SELECT auctions.id, auctions.number, groups.prefix, auctions.kind, auctions.status, {state} AS state,
           auctions.starts_at, auctions.ends_at, auctions.entity_id, entities.name AS entity, sites.name AS site,
           sites.city, concat_ws(' ', first.make, first.model, nullif(first.trim, '')) AS title,
           first.id AS vehicle_id,
           (SELECT photo.id FROM vehicle_photos AS photo WHERE photo.vehicle_id = first.id
            ORDER BY photo.defect_id IS NOT NULL, photo.position LIMIT 1) AS photo_id,
           lots.count AS lots_count, sold.count AS vehicles_count, sold.total AS starting_total_cents,
           lots.offers AS last_offers_total_cents, coalesce(lots.gain, 0) AS gain_cents,
           lots.won AS won_total_cents, lots.won_count AS won_lots,
           (SELECT count(*) FROM auction_audience WHERE auction_id = auctions.id AND NOT uninvited) AS audience_count
    FROM unnest($2::bigint[]) WITH ORDINALITY AS page (id, place)
    JOIN auctions ON auctions.id = page.id
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    CROSS JOIN LATERAL (
        SELECT count(*), sum(last_offer_cents)::bigint AS offers,
               (sum(last_offer_cents) FILTER (WHERE {mine}))::bigint AS won,
               count(*) FILTER (WHERE {mine}) AS won_count,
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
        SELECT vehicles.id, make, model, vehicles.trim
        FROM auction_lot_vehicles AS place JOIN vehicles ON vehicles.id = place.vehicle_id
        WHERE place.auction_id = auctions.id ORDER BY lot, position LIMIT 1
    ) AS first
    ORDER BY page.place
"""
# What is looked for in vehicles is looked for once, by an index, before any auction is read.
_HITS: Final = """
    , found AS MATERIALIZED (
        SELECT sold.auction_id{columns}
        FROM vehicles JOIN auction_lot_vehicles AS sold ON sold.vehicle_id = vehicles.id WHERE {looked_for}
    ), hits AS MATERIALIZED (
        SELECT DISTINCT found.auction_id FROM found {named} WHERE {wanted}
    )
"""
_NAMED: Final = """
    JOIN auctions ON auctions.id = found.auction_id JOIN sellers ON sellers.id = auctions.entity_id
"""
_OUTSIDE: Final = """
    SELECT word FROM unnest($1::text[]) AS word
    WHERE folded(word) ~ '[0-9]' OR EXISTS (
        SELECT FROM entities JOIN groups ON groups.id = group_id
        WHERE strpos(folded(entities.name), folded(word)) > 0 OR strpos(lower(prefix) || '-', folded(word)) > 0)
"""
"""Of these words, those that may name an auction without being in a vehicle of it: by the dealer, by a number."""


class _Side:
    """A reader's word for an auction's state, and for many's; which auctions are its own; what it sees of a vehicle;
    which lots it has won. `$1` is the reader: entities, or a trader.
    """

    def __init__(self, *, state: str, states: str, whose: str, text: str, mine: str) -> None:
        self.states, self.whose, self.text = states, whose, text
        self.lines = _LINES.format(state=state, mine=mine)


_DEALER: Final = _Side(
    state=_DEALER_STATE,
    states=_DEALER_STATE,
    whose="auctions.entity_id = ANY ($1::bigint[])",
    text="search_text",  # which holds the dealer's own numbers too
    mine="$1::bigint[] IS NULL",
)
_TRADER: Final = _Side(
    state=_TRADER_STATE,
    states=_TRADER_STATES,
    # Said so, the audience is read once, never auction by auction, however few are thought to match.
    whose="""(auctions.id IN (
        SELECT auction_id FROM auction_audience WHERE trader_id = $1::bigint AND NOT uninvited)) IS TRUE""",
    text="shown_text",
    mine="winner_trader_id = $1",
)


class _Question:
    """SQL and its parameters, of which the first says whose auctions are meant; `outside` as `_OUTSIDE` finds them."""

    def __init__(self, asked: AuctionsAsked, side: _Side, reader: object, outside: frozenset[str]) -> None:
        self.parameters: list[Any] = [reader]
        hits, filters = self._hits(asked, side, outside)
        if asked.number is not None:
            filters += f" AND auctions.number = {self.next(asked.number)}"
        if asked.dealer.strip():
            filters += f" AND strpos(sellers.name, {self._folded(asked.dealer)}) > 0"
        if asked.kind is not None:
            filters += f" AND auctions.kind = {self.next(asked.kind)}"
        if asked.states:
            filters += f" AND {side.states} = ANY ({self.next(list(asked.states))}::text[])"
        self.matching = _MATCHING.format(hits=hits, whose=side.whose, filters=filters)

    def next(self, value: object) -> str:
        """A further parameter, as SQL names it."""
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def _hits(self, asked: AuctionsAsked, side: _Side, outside: frozenset[str]) -> tuple[str, str]:
        """What is found in vehicles, and the filter on it; nothing, if nothing is looked for there."""
        words = asked.q.split()
        either = [word for word in words if word in outside]
        parts = [(column, text) for column in ("make", "model", "trim") if (text := getattr(asked, column).strip())]
        looked_for = [self._in_vehicle(f"vehicles.{side.text}", word) for word in words if word not in outside]
        looked_for += [f"vehicles.{side.text} LIKE {self._holding(text)}" for _, text in parts]
        wanted = [f"strpos(folded(found.{column}), {self._folded(text)}) > 0" for column, text in parts]
        wanted += [f"({self._named(word)} OR {self._in_vehicle('found.text', word)})" for word in either]
        named = "false"
        if either and not looked_for:
            looked_for = [f"({' OR '.join(self._in_vehicle(f'vehicles.{side.text}', word) for word in either)})"]
            named = " AND ".join(self._named(word) for word in either)
        if not looked_for:
            return "", ""
        # No more is read than is asked of what is found: the text alone is in an index.
        columns = "".join(f", vehicles.{column}" for column, _ in parts)
        columns += f", vehicles.{side.text} AS text" if either else ""
        hits = _HITS.format(
            columns=columns,
            looked_for=" AND ".join(looked_for),
            named=_NAMED if either else "",
            wanted=" AND ".join(wanted) or "true",
        )
        return hits, f" AND ({named} OR auctions.id IN (SELECT auction_id FROM hits))"  # noqa: S608 - put together from the texts above

    def _named(self, word: str) -> str:
        """The auction's dealer or number has the word."""
        wanted = self._folded(word)
        return f"(strpos(sellers.name, {wanted}) > 0 OR strpos(sellers.prefix || auctions.number, {wanted}) > 0)"

    def _in_vehicle(self, text: str, word: str) -> str:
        """The vehicle has the word; a plate is stored without the dashes with which it is often typed."""
        spellings = dict.fromkeys((word, word.replace("-", "") if "-" in word.strip("-") else word))
        return f"({' OR '.join(f'{text} LIKE {self._holding(spelling)}' for spelling in spellings)})"

    def _folded(self, text: str) -> str:
        return f"folded({self.next(text.strip())}::text)"

    def _holding(self, text: str) -> str:
        return f"holding({self.next(text.strip())}::text)"


async def page_for_dealer(
    database: Database, entity_ids: Iterable[int], asked: AuctionsAsked
) -> tuple[int, list[AuctionLine]]:
    """How many of these entities' auctions match, and one page of them: open first, then scheduled, then the latest."""
    return await _page(database, _DEALER, list(entity_ids), asked)


async def page_for_trader(database: Database, trader_id: int, asked: AuctionsAsked) -> tuple[int, list[AuctionLine]]:
    """How many of the auctions that invited the trader match, and one page of them; ordered as the dealer's."""
    return await _page(database, _TRADER, trader_id, asked)


async def state_for_trader(database: Database, auction_id: int, trader_id: int) -> str:
    """The trader's word for one auction that invited it, among TRADER_STATES."""
    query = f"SELECT {_TRADER_STATE} FROM auctions WHERE id = $2"  # noqa: S608 - written above
    async with database.acquire() as connection:
        state: str = await connection.fetchval(query, trader_id, auction_id)
    return state


async def _page(database: Database, side: _Side, reader: object, asked: AuctionsAsked) -> tuple[int, list[AuctionLine]]:
    async with database.listing() as connection:
        words = asked.q.split()
        outside = await connection.fetch(_OUTSIDE, words) if words else ()
        question = _Question(asked, side, reader, frozenset(row["word"] for row in outside))
        limit, offset = question.next(asked.per_page), question.next((asked.page - 1) * asked.per_page)
        found = await connection.fetchrow(
            _FOUND.format(matching=question.matching, order=_ORDER, limit=limit, offset=offset), *question.parameters
        )
        assert found is not None, "counting gives a row"
        await connection.execute(f"{AS_WRITTEN}; {FOR_ANY_VALUES}")
        rows = await connection.fetch(side.lines, reader, found["ids"])
    return found["total"], each_as(AuctionLine, rows)
