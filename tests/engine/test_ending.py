"""Endings and cancellations (§5.1.4, §5.4): what each lot comes to, and what that causes outside the auction.

Each table is one auction; the decisions of the lots stand at the line's end.
"""

import pytest

from engine.auction.events import Outcome
from engine.auction.state import Status
from engine.auction.synthesis import standing_word
from engine.instants import Instant
from engine.notices import NoticeKind
from engine.sales import AuctionNotice, Consequence, OfferMade, SaleRevoked, StatusChanged, consequences
from tests.engine.story import AUDIENCE, Story, at, auction, lot, vehicle


def caused(story: Story, since: int = 0) -> tuple[Consequence, ...]:
    """What the events from that number on cause; the auction stands as it ended."""
    return consequences(story.state, story.events[since:])


def told(story: Story, kind: NoticeKind) -> list[str | None]:
    """Who is told that, in order; `None` is the dealer."""
    return [each.trader for each in caused(story) if isinstance(each, AuctionNotice) and each.kind is kind]


def test_each_lot_is_decided_by_its_best_bid_and_its_reserve() -> None:
    """§5.4.1."""
    lots = [lot(1, "1000.00", "1500.00"), lot(2, "1000.00", "1500.00"), lot(3, "1000.00"), lot(4, "1000.00")]
    Story(auction(*lots)).tell("""
        01:00   Anna bids 1500.00 on 1   → yes, reserve_reached
        01:01   Bea bids 1499.99 on 2    → yes
        01:02   Cleo bids 1000.00 on 3   → yes
        09:59   clock                    →
        10:00   clock                    → ended, 1 won by Anna at 1500.00, 2 reserve_not_reached, \
3 won by Cleo at 1000.00, 4 no_bids
        10:01   clock                    →
    """)


def test_the_end_has_its_own_time_even_when_written_later() -> None:
    """§5.4.1: and the start likewise, when nobody looked in between."""
    story = Story(auction(lot(1, "1000.00"))).tell("45:00   clock   → started, ended, 1 no_bids")
    assert [event.at for event in story.events] == [at("00:00"), at("10:00"), at("10:00")]


def test_an_end_frees_or_reserves_and_makes_one_offer_for_each_won_lot() -> None:
    """§5.4.2, §5.4.3."""
    story = Story(auction(lot(1, "1000.00"), lot(2, "1000.00", "9000.00"))).tell("""
        01:00   Anna bids 1000.00 on 1   → yes
        01:01   Bea bids 1100.00 on 1    → yes
        01:02   Anna bids 1000.00 on 2   → yes
        10:00   clock                    → ended, 1 won by Bea at 1100.00, 2 reserve_not_reached
    """)
    offers = [each for each in caused(story) if isinstance(each, OfferMade)]
    assert offers == [OfferMade(1, "Bea", at("10:00"), 1100_00, (1100_00,))]
    assert caused(story)[-1] != offers[0]
    changes = [each.status for each in caused(story) if isinstance(each, StatusChanged)]
    assert changes == [Status.OPEN, Status.ENDED]


def test_the_price_of_a_whole_lot_is_shared_by_starting_prices_to_the_cent() -> None:
    """§5.4.3: a tie goes to the earlier vehicle."""
    vehicles = [vehicle("A", "100.00"), vehicle("B", "100.00"), vehicle("C", "100.00")]
    story = Story(auction(lot(1, "300.00", None, *vehicles))).tell("""
        01:00   Anna bids 1000.00 on 1   → yes
        10:00   clock                    → ended, 1 won by Anna at 1000.00
    """)
    [offer] = [each for each in caused(story) if isinstance(each, OfferMade)]
    assert offer.prices_cents == (333_34, 333_33, 333_33)


def test_everyone_concerned_is_told_and_no_trader_of_another() -> None:
    """§5.4.4: the dealer of each lot, the winner, and each other bidder of that lot."""
    story = Story(auction(lot(1, "1000.00"), lot(2, "1000.00"))).tell("""
        01:00   Anna bids 1000.00 on 1   → yes
        01:01   Bea bids 1100.00 on 1    → yes
        10:00   clock                    → ended, 1 won by Bea at 1100.00, 2 no_bids
    """)
    assert told(story, NoticeKind.LOT_RESULT) == [None, None]
    assert told(story, NoticeKind.LOT_WON) == ["Bea"]
    assert told(story, NoticeKind.LOT_NOT_WON) == ["Anna"]
    notices = [each for each in caused(story) if isinstance(each, AuctionNotice)]
    assert [each.winner for each in notices if each.kind is NoticeKind.LOT_RESULT] == ["Bea", None]
    assert not [each for each in notices if each.trader is not None and each.winner is not None]
    names = {(each.seq, each.kind, each.trader) for each in notices}
    assert len(names) == len(notices), "a notice has a name of its own, so that it is written once"


def test_everyone_invited_is_told_at_the_same_instant_that_it_opens() -> None:
    """§5.1.5: but not whose connection was removed."""
    story = Story(auction(lot(1, "1000.00"))).tell("""
        -01:00  Bea is removed   → yes
        00:05   clock            → started
    """)
    assert told(story, NoticeKind.AUCTION_OPENED) == ["Anna", "Cleo"]
    instants: set[Instant] = {each.at for each in caused(story) if isinstance(each, AuctionNotice)}
    assert instants == {at("00:00")}


def test_an_auction_can_be_cancelled_until_it_has_a_bid() -> None:
    """§5.1.4."""
    Story(auction(lot(1, "1000.00"))).tell("""
        00:01   Anna bids 1000.00 on 1   → yes
        00:02   cancel                   → has_bids
        10:00   cancel                   → closed
    """)
    Story(auction(lot(1, "1000.00"))).tell("""
        05:00   cancel                   → yes
        05:01   cancel                   → closed
    """)
    Story(auction(lot(1, "1000.00"))).tell("10:00   cancel   → closed")


def test_a_cancelled_auction_is_closed_whatever_the_time() -> None:
    """§5.1.4, §5.2.1: no lot is decided, the end stays where it was, everyone invited is told."""
    story = Story(auction(lot(1, "1000.00"))).tell("""
        -05:00  cancel                   → yes
        -04:00  Anna bids 1000.00 on 1   → closed
        -03:00  Anna declines            → closed
        05:00   Anna bids 1000.00 on 1   → closed
        99:00   clock                    →
    """)
    assert story.state.status is Status.CANCELLED
    assert story.state.lots[1].outcome is Outcome.CANCELLED
    assert story.state.ends_at == at("10:00")
    assert told(story, NoticeKind.AUCTION_CANCELLED) == list(AUDIENCE)


def test_a_sale_that_stands_can_be_cancelled_once() -> None:
    """§5.4.5: the offer is cancelled, both sides are told; the lot keeps its figures and loses its winner."""
    story = Story(auction(lot(1, "1000.00"), lot(2, "1000.00"))).tell("""
        01:00   Anna bids 1000.00 on 1   → yes
        05:00   cancel sale of 1         → not_won
        10:00   clock                    → ended, 1 won by Anna at 1000.00, 2 no_bids
    """)
    seen = len(story.events)
    story.tell("""
        11:00   cancel sale of 9         → unknown_lot
        11:01   cancel sale of 2         → not_won
        11:02   cancel sale of 1         → yes
        11:03   cancel sale of 1         → not_won
    """)
    sold = story.state.lots[1]
    assert (sold.outcome, sold.leader, sold.last_offer_cents) == (Outcome.SALE_CANCELLED, "Anna", 1000_00)
    assert sold.winner is None
    revoked, *notices = caused(story, seen)
    assert revoked == SaleRevoked(1, "Anna", at("11:02"), "the buyer withdrew")
    assert [each.trader for each in notices if isinstance(each, AuctionNotice)] == [None, "Anna"]


@pytest.mark.parametrize(
    ("outcomes", "word"),
    [
        ((Outcome.WON, Outcome.WON), "won"),
        ((Outcome.WON, Outcome.NO_BIDS), "partly_won"),
        ((Outcome.WON, Outcome.SALE_CANCELLED), "partly_won"),
        ((Outcome.SALE_CANCELLED, Outcome.NO_BIDS), "sale_cancelled"),
        ((Outcome.RESERVE_NOT_REACHED, Outcome.NO_BIDS), "not_won"),
    ],
)
def test_the_dealer_s_word_for_an_ended_auction(outcomes: tuple[Outcome, ...], word: str) -> None:
    """§5.5.1."""
    state = Story(auction(lot(1, "1000.00"), lot(2, "1000.00"))).state
    assert standing_word(state) == "scheduled"
    for status in (Status.OPEN, Status.CANCELLED):
        state.status = status
        assert standing_word(state) == status.value
    state.status = Status.ENDED
    for each, outcome in zip(state.lots.values(), outcomes, strict=True):
        each.outcome = outcome
    assert standing_word(state) == word
