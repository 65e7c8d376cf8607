"""What happened in an auction and how it stands: `/api/auctions/{id}/history`, `/api/auctions/{id}/synthesis`.

Both are read through the auctioneer's turn, so that nothing is shown that could still be lost. A trader reads the
history as it reads the live wire: numbers for others, no reserve; the synthesis is the dealer's alone.
"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.auction.event_views import AnyEventView, dealer_event, trader_event
from engine.auction.state import AuctionState
from engine.auction.synthesis import standing_word
from engine.auction.views import DealerLot, Invitee, SynthesisView, dealer_view
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.auctions.auctions import LotOffer, NamedEntity, Site, offer_of, seen_card
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.words import AuctionKindWord, AuctionStatusWord, DealerStateWord
from server.live.auctioneer import Auctioneer


class HistoryQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """The entries after `after`, at most `limit`."""

    after: Annotated[int, Meta(ge=0, le=2_000_000_000)] = 0
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200


class History(Struct, frozen=True):
    """Entries in their order; `next` is what `after` must be for the next page, `null` at the end."""

    auction: int
    items: tuple[AnyEventView, ...]
    next: int | None


class AuctionSynthesis(Struct, frozen=True):
    """The dealer's sheet of an auction, as of `seq` (§5.5.1). `state` is the dealer's word, as in lists; who has bid or
    declined has answered. `offers`: of each lot that was sold, its number and the offer.
    """

    auction: int
    number: int
    status: AuctionStatusWord
    starts_at: str
    ends_at: str
    seq: int
    synthesis: SynthesisView
    lots: tuple[DealerLot, ...]
    audience: tuple[Invitee, ...]
    state: DealerStateWord
    kind: AuctionKindWord
    entity: NamedEntity
    site: Site
    list_name: str | None
    audience_count: int
    answered_count: int
    declined_count: int
    vehicles_count: int
    offers: dict[str, LotOffer]


def may_see(caller: Caller, auctioneer: Auctioneer, state: AuctionState) -> bool:
    """§1.4: a dealer its entities' auctions, a trader those that invited it."""
    return auctioneer.entity_id in caller.entities if caller.trader is None else state.may_see(caller.trader)


async def auction_history(asking: Asking[Nothing, HistoryQuery]) -> History | Refusal:
    """A page of the history."""
    doors, caller, auction_id = asking.doors, asking.caller, asking.ids["id"]
    seen = await doors.house.look(auction_id, lambda found, state: (may_see(caller, found, state), state, state.seq))
    if isinstance(seen, DoorCode):
        return Refusal(seen)
    allowed, state, seq = seen
    if not allowed:
        return Refusal(DoorCode.UNKNOWN_AUCTION)
    limit = asking.query.limit
    events = await doors.book.events(auction_id, after=asking.query.after, limit=limit)
    view = dealer_event if caller.trader is None else trader_event
    # What is read may be later than what was looked at; names and numbers are only ever added to.
    items = tuple(view(state, event) for event in events)
    more = len(events) == limit and events[-1].seq < seq
    return History(auction_id, items, events[-1].seq if more else None)


async def auction_synthesis(asking: Asking[Nothing, Nothing]) -> AuctionSynthesis | Refusal:
    """The synthesis."""
    doors, caller, auction_id = asking.doors, asking.caller, asking.ids["id"]
    known = await seen_card(doors, caller, auction_id)
    if known is None:
        return Refusal(DoorCode.UNKNOWN_AUCTION)

    def view(found: Auctioneer, state: AuctionState) -> AuctionSynthesis | Refusal:
        if not may_see(caller, found, state):
            return Refusal(DoorCode.UNKNOWN_AUCTION)
        seen = dealer_view(auction_id, state)
        answered = {*state.aliases, *state.declined}
        return AuctionSynthesis(
            auction_id,
            seen.number,
            seen.status,
            seen.starts_at,
            seen.ends_at,
            state.seq,
            seen.synthesis,
            seen.lots,
            seen.audience,
            standing_word(state),
            known.kind,
            NamedEntity(known.entity),
            Site(known.site, known.city, known.postcode),
            known.list_title,
            known.audience_count,
            sum(state.may_see(trader) for trader in answered),
            sum(state.may_see(trader) for trader in state.declined),
            sum(len(lot.vehicles) for lot in known.lots),
            {str(lot.number): offer for lot in known.lots if (offer := offer_of(known.prefix, lot)) is not None},
        )

    seen = await doors.house.look(auction_id, view)
    return Refusal(seen) if isinstance(seen, DoorCode) else seen


async def owner_of(doors: HttpDoors, caller: Caller, auction_id: int) -> int | Refusal:
    """The entity of an auction that the dealer may see."""
    seen = await doors.house.look(auction_id, lambda found, state: (may_see(caller, found, state), found.entity_id))
    if isinstance(seen, DoorCode):
        return Refusal(seen)
    return seen[1] if seen[0] else Refusal(DoorCode.UNKNOWN_AUCTION)


ROUTES = (
    Route(
        method="GET",
        path="/api/auctions/{id}/history",
        who=Who.SIGNED_IN,
        says="What happened, in order, a page at a time.",
        answer=auction_history,
        query=HistoryQuery,
        gives=History,
        refuses=(DoorCode.UNKNOWN_AUCTION,),
    ),
    Route(
        method="GET",
        path="/api/auctions/{id}/synthesis",
        who=Who.DEALER,
        says="The dealer's sheet: totals, lots with reserves and leaders, the audience.",
        answer=auction_synthesis,
        gives=AuctionSynthesis,
        refuses=(DoorCode.UNKNOWN_AUCTION,),
    ),
)
