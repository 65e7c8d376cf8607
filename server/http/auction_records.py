"""What happened in an auction and how it stands: `/api/auctions/{id}/history`, `/api/auctions/{id}/synthesis`.

Both are read through the auctioneer's turn, so that nothing is shown that could still be lost. A trader reads the
history as it reads the live wire: numbers for others, no reserve; the synthesis is the dealer's alone.
"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.auction.event_views import AnyEventView, dealer_event, trader_event
from engine.auction.state import AuctionState
from engine.auction.views import DealerLot, Invitee, SynthesisView, dealer_view
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
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
    """The dealer's sheet of an auction, as of `seq` (§5.5.1)."""

    auction: int
    number: int
    status: str
    starts_at: str
    ends_at: str
    seq: int
    synthesis: SynthesisView
    lots: tuple[DealerLot, ...]
    audience: tuple[Invitee, ...]


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
    caller, auction_id = asking.caller, asking.ids["id"]

    def view(found: Auctioneer, state: AuctionState) -> AuctionSynthesis | Refusal:
        if not may_see(caller, found, state):
            return Refusal(DoorCode.UNKNOWN_AUCTION)
        seen = dealer_view(auction_id, state)
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
        )

    seen = await asking.doors.house.look(auction_id, view)
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
