"""What happened before the book was first opened: a scripted auction, run through the rules at its own instants.

Pure: terms and a script in, entries for the book out, as the live house would have written them one by one.
"""

from collections.abc import Iterator, Mapping

from engine.auction.apply import apply, keep
from engine.auction.commands import Cancel, CancelSale, Command, Decline, PlaceBid, Tick
from engine.auction.decide import Decision, decide
from engine.auction.refusals import Refused
from engine.auction.state import AuctionState, next_deadline, published
from engine.instants import SECOND, Instant, Microseconds
from engine.money import format_amount
from engine.sales import consequences
from persistence.live.book import Entry, StoredAuction
from server.demo.scenery.auctions import Auction


def minutes(count: float) -> Microseconds:
    """A duration of so many minutes."""
    return round(count * 60 * SECOND)


def commands(auction: Auction, began_at: Instant, traders: Mapping[str, str], lots: list[int]) -> list[Command]:
    """The script in order of time. `traders`: keys by legal name; `lots`: the numbers the lots were given."""
    asked: list[Command] = []
    for number, lot in zip(lots, auction.lots, strict=True):
        for count, offer in enumerate(lot.offers):
            at = began_at + minutes(offer.minute)
            key = traders[offer.trader.legal_name]
            asked.append(PlaceBid(at, key, f"past-{number}-{count}", number, format_amount(offer.amount_cents)))
        if lot.sale_cancelled is not None:
            minute, reason = lot.sale_cancelled
            asked.append(CancelSale(began_at + minutes(minute), number, reason))
    for minute, trader in auction.declined:
        key = traders[trader.legal_name]
        asked.append(Decline(began_at + minutes(minute), key, f"past-declined-{key}"))
    if auction.cancelled_minute is not None:
        asked.append(Cancel(began_at + minutes(auction.cancelled_minute)))
    return sorted(asked, key=lambda command: command.at)


def entries(stored: StoredAuction, epoch: int, script: list[Command], now: Instant) -> Iterator[Entry]:
    """What the book would hold at `now`, had the script been played live.

    Raises AssertionError where a bid is refused for another reason than its amount: the script is wrong then.
    """
    state = published(stored.terms)
    for command in [*script, Tick(now)]:
        assert command.at <= now, "the past ends now"
        while (due := next_deadline(state)) is not None and due <= command.at:
            yield from _performed(state, stored.auction_id, epoch, decide(state, Tick(due)))
        yield from _performed(state, stored.auction_id, epoch, decide(state, command))


def _performed(state: AuctionState, auction_id: int, epoch: int, decision: Decision) -> Iterator[Entry]:
    answer = decision.answer
    assert not isinstance(answer, Refused) or answer.minimum_cents is not None, f"the script was refused: {answer}"
    if not decision.writes:
        return
    for event in decision.events:
        apply(state, event)
    if decision.kept is not None:
        keep(state, decision.kept)
    caused = consequences(state, decision.events)
    yield Entry(auction_id, epoch, decision.events, decision.kept, caused)
