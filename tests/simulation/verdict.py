"""What must be true of a world when everything is over, read from the book and from what the clients were told.

Worked out here from the stored history by hand, never by the rules' own code.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from engine.auction.events import AnyEvent, BidPlaced, Cancelled, Ended, Extended, LotDecided, Outcome, Recovered
from persistence.live.recovery import recovered_state

if TYPE_CHECKING:
    from tests.simulation.world import World


def verdict(world: "World") -> None:
    """Complain of everything that is not as it must be."""
    for client in world.clients:
        client.check_whole()
    for auction_id in world.auctions:
        history = world.book.history(auction_id)
        _replay_is_life(world, auction_id)
        _is_orderly(world, auction_id, history)
        _is_decided_rightly(world, auction_id, history)
        _is_told_once(world, auction_id, history)
        if auction_id not in world.fenced:
            _is_not_ended_early(world, auction_id, history)
    _is_kept_to(world)


def _replay_is_life(world: "World", auction_id: int) -> None:
    """Law 2."""
    auctioneer = None if world.house is None else world.house.find(auction_id)
    if auctioneer is None or not auctioneer.is_running:
        return
    recovered = recovered_state(world.book.stored(auction_id))
    if recovered != auctioneer.state:
        world.witness.complain("law 2", f"live {auctioneer.state}; stored {recovered}")


def _is_orderly(world: "World", auction_id: int, history: list[AnyEvent]) -> None:
    """Numbers without gaps, one writer after the other, an end that only ever moves later."""
    if [event.seq for event in history] != list(range(1, len(history) + 1)):
        world.witness.complain("law 7", f"the history of {auction_id} has gaps")
    epochs = [world.book.writers[auction_id, event.seq] for event in history]
    if epochs != sorted(epochs):
        world.witness.complain("law 7", f"writers of {auction_id} in the order {epochs}")
    ends = [world.auctions[auction_id].ends_at]
    for event in history:
        if isinstance(event, Extended):
            if event.old_end != ends[-1] or event.new_end <= event.old_end:
                world.witness.complain("§5.3.1", f"{event} after the end {ends[-1]}")
            ends.append(event.new_end)
        if isinstance(event, Ended) and event.at != ends[-1]:
            world.witness.complain("§5.4.1", f"{event} and the end is {ends[-1]}")
        if isinstance(event, BidPlaced) and not world.auctions[auction_id].starts_at <= event.at < ends[-1]:
            world.witness.complain("§5.2.1", f"{event} outside of the auction")


def _is_decided_rightly(world: "World", auction_id: int, history: list[AnyEvent]) -> None:
    """§5.4.1: the highest accepted bid, if it reaches the reserve."""
    if any(isinstance(event, Cancelled) for event in history):
        return
    decided = {event.lot: event for event in history if isinstance(event, LotDecided)}
    for lot in world.auctions[auction_id].lots:
        bids = [event for event in history if isinstance(event, BidPlaced) and event.lot == lot.number]
        if any(later.amount_cents < earlier.amount_cents + 100_00 for earlier, later in pairwise(bids)):
            world.witness.complain("§5.2.3", f"bids {bids}")
        best = max(bids, key=lambda bid: bid.amount_cents, default=None)
        expected: tuple[Outcome, str | None, int | None]
        if best is None:
            expected = (Outcome.NO_BIDS, None, None)
        elif lot.reserve_price_cents is not None and best.amount_cents < lot.reserve_price_cents:
            expected = (Outcome.RESERVE_NOT_REACHED, None, None)
        else:
            expected = (Outcome.WON, best.trader, best.amount_cents)
        found = decided.get(lot.number)
        if found is None or (found.outcome, found.winner, found.price_cents) != expected:
            world.witness.complain("§5.4.1", f"lot {lot.number} is {found}, and should be {expected}")
        offer = world.book.offers.get((auction_id, lot.number))
        if (offer is not None) != (expected[0] is Outcome.WON):
            world.witness.complain("§5.4.3", f"lot {lot.number} is {expected} and its offer is {offer}")
        if offer is not None and sum(offer[1].prices_cents) != expected[2]:
            world.witness.complain("§5.4.3", f"the shares of {offer} do not add up")


def _is_told_once(world: "World", auction_id: int, history: list[AnyEvent]) -> None:
    """§5.4.4: every notice once, whatever crashed."""
    due = [(notice.kind, notice.seq, notice.trader) for id_, notice in world.book.notices if id_ == auction_id]
    if len(due) != len(set(due)):
        world.witness.complain("§5.4.4", f"notices of {auction_id} are due twice: {due}")
    for event in history:
        if isinstance(event, LotDecided):
            bidders = {bid.trader for bid in history if isinstance(bid, BidPlaced) and bid.lot == event.lot}
            told = {trader for _, seq, trader in due if seq == event.seq}
            if told != {None, *bidders}:
                world.witness.complain("§5.4.4", f"{event} is told to {told}; bidders were {bidders}")


def _is_not_ended_early(world: "World", auction_id: int, history: list[AnyEvent]) -> None:
    """§5.3.4: whoever lost time to an outage has the window again."""
    terms = world.auctions[auction_id]
    ended = next((event.at for event in history if isinstance(event, Ended)), None)
    if ended is None:
        return
    outages = [(outage.noticed_at, outage.back_at) for outage in world.book.outages]
    for began, back in [*outages, *world.deaths]:
        began_at, back_at = (world.instant(moment) for moment in (began, back))
        if began_at < ended and back_at > terms.starts_at and ended < back_at + terms.soft_close.window_microseconds:
            recoveries = [event for event in history if isinstance(event, Recovered)]
            world.witness.complain(
                "§5.3.4", f"{auction_id} was down {began_at}-{back_at} and ended at {ended}: {recoveries}"
            )


def _is_kept_to(world: "World") -> None:
    """Every yes is in the book; every entry of the book was asked for (laws 1 and 9)."""
    bids: dict[tuple[int, str | None, str], BidPlaced] = {
        (auction_id, event.trader, event.command_id): event
        for auction_id in world.auctions
        for event in world.book.history(auction_id)
        if isinstance(event, BidPlaced)
    }
    asked = {}
    for client in world.clients:
        for command_id, command in client.asked.items():
            key = (command.message["auction"], client.caller.trader, command_id)
            asked[key] = command
            if command.message["type"] != "bid" or not command.answers:
                continue
            accepted = command.answers[0]["type"] == "accepted"
            if accepted != (key in bids):
                world.witness.complain("law 9", f"{command} and the book has {bids.get(key)}")
    for key, event in bids.items():
        if key not in asked:
            world.witness.complain("law 9", f"nobody asked for {event}")
