"""What is said of a decision once it is durable: to whoever asked, and to whoever follows the auction.

Pure: the state as the decision left it goes in, values of the wire come out. When they are said is the auctioneer's
business, how they go out the audience's.
"""

from typing import Final

from msgspec import Struct

from engine.auction.commands import Command, PlaceBid
from engine.auction.decide import Decision
from engine.auction.event_views import streamed_to_dealer, to_stream_to_traders
from engine.auction.events import AnyEvent, BidPlaced, ConnectionRemoved, Declined
from engine.auction.state import AuctionState
from engine.auction.synthesis import synthesis
from engine.auction.views import minimum_next_bid, optional_amount, synthesis_view
from engine.instants import format_instant
from server.errors import DoorCode
from server.live.audience import Publication
from server.live.messages import Standing, encode

_ONES_OWN: Final = (BidPlaced, Declined, ConnectionRemoved)


class Spoken(Struct, frozen=True, gc=False):
    """What a command was told, durable; `standing` is where its bidder stood when it was decided.

    `is_first_bid`: the trader's first in this auction, which has given it its number (§1.4).
    """

    decision: Decision
    standing: Standing | None = None
    is_first_bid: bool = False


def standing_after(state: AuctionState, command: Command | None) -> Standing | None:
    """Where a bid leaves its bidder; nothing for what is no bid on a lot of this auction by one of its traders."""
    if not isinstance(command, PlaceBid) or command.trader not in state.names:
        return None
    lot = state.lots.get(command.lot)
    if lot is None:
        return None
    return Standing(
        lot=command.lot,
        bidder=state.aliases.get(command.trader),
        leading=lot.leader == command.trader,
        last_offer=optional_amount(lot.last_offer_cents),
        minimum=minimum_next_bid(state, lot),
        reserve_reached=lot.reserve_reached,
        ends_at=format_instant(state.ends_at),
    )


def publication_of(state: AuctionState, events: tuple[AnyEvent, ...], *, has_dealers: bool) -> Publication:
    """What a decision's entries are to those who follow; `state` is after the whole decision."""
    for_traders = tuple([to_stream_to_traders(state, event) for event in events])
    first, last = events[0].seq, events[-1].seq
    trader = events[0].trader if isinstance(events[0], _ONES_OWN) else None
    if not has_dealers:
        return Publication(first, last, for_traders, trader=trader)
    for_dealer = b",".join([encode(streamed_to_dealer(state, event)) for event in events])
    totals = encode(synthesis_view(synthesis(state)))
    return Publication(first, last, for_traders, for_dealer, totals, trader)


def as_first(told: Spoken | DoorCode) -> Spoken | DoorCode:
    """The answer of a command whose first telling the book's failure prevented: it is no repetition."""
    if isinstance(told, DoorCode):
        return told
    decision = Decision(told.decision.answer, told.decision.events, told.decision.kept)
    return Spoken(decision, told.standing)
