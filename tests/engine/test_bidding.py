"""Bidding (§5.2): who may bid, when, on what, how much, and what a repetition is told.

Each table is one auction; a line's end is the answer, in the order in which the rules are checked.
"""

import pytest

from engine.auction.refusals import RefusalCode
from tests.engine.story import Story, at, auction, lot


def test_a_bid_counts_from_the_start_to_just_before_the_end() -> None:
    """§5.2.1: the start is inside, the end is not."""
    Story(auction(lot(1, "1000.00"), window=0)).tell("""
        -00:00.000001   Anna bids 1000.00 on 1   → not_started
        00:00           Anna bids 1000.00 on 1   → yes
        09:59.999999    Bea bids 1100.00 on 1    → yes
        10:00           Anna bids 1200.00 on 1   → closed
        99:00           Anna bids 1200.00 on 1   → closed
    """)


def test_the_first_reason_that_applies_is_the_answer() -> None:
    """§5.2.1 to §5.2.3, in order: each line mends the fault that the line before it was refused for."""
    Story(auction(lot(1, "1000.00"))).tell("""
        -01:00   Zoe bids much on 9       → not_started
        00:01    Zoe bids much on 9       → unknown_lot
        00:02    Zoe bids much on 1       → not_invited
        00:03    Anna bids much on 1      → invalid_amount
        00:04    Anna bids 999.99 on 1    → below_minimum 1000.00
        00:05    Anna bids 1000 on 1      → yes
        10:00    Zoe bids much on 9       → closed
    """)
    assert list(RefusalCode)[:6] == [
        "not_started",
        "closed",
        "unknown_lot",
        "not_invited",
        "invalid_amount",
        "below_minimum",
    ]


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "100000000.01", "1e3", "1,000", "NaN"])
def test_an_amount_is_positive_whole_cents_up_to_a_hundred_million(amount: str) -> None:
    """§5.2.2."""
    Story(auction(lot(1, "0.01"))).tell(f"""
        00:01   Anna bids {amount} on 1         → invalid_amount
        00:02   Anna bids 100000000.00 on 1     → yes
    """)


def test_the_first_bid_reaches_the_starting_price_and_each_later_one_adds_the_increment() -> None:
    """§5.2.3."""
    Story(auction(lot(1, "1000.00"), lot(2, "500.00"), increment="50.00")).tell("""
        00:01   Anna bids 999.99 on 1     → below_minimum 1000.00
        00:02   Anna bids 1000.00 on 1    → yes
        00:03   Bea bids 1049.99 on 1     → below_minimum 1050.00
        00:04   Bea bids 1050.00 on 1     → yes
        00:05   Anna bids 3000.00 on 1    → yes
        00:06   Bea bids 3000.00 on 1     → below_minimum 3050.00
        00:07   Bea bids 500.00 on 2      → yes
    """)


def test_the_leader_may_raise_its_own_bid_under_the_same_rule() -> None:
    """§5.2.3."""
    Story(auction(lot(1, "1000.00"))).tell("""
        00:01   Anna bids 1000.00 on 1   → yes
        00:02   Anna bids 1099.99 on 1   → below_minimum 1100.00
        00:03   Anna bids 1100.00 on 1   → yes
    """)


def test_a_bid_below_the_reserve_is_a_bid() -> None:
    """§5.2.3: a reserve has no part in the minimum; §5.3.2: it is told once, when it is reached."""
    Story(auction(lot(1, "1000.00", "1250.00"))).tell("""
        00:01   Anna bids 1000.00 on 1   → yes
        00:02   Bea bids 1249.99 on 1    → yes
        00:03   Anna bids 1350.00 on 1   → yes, reserve_reached
        00:04   Bea bids 1450.00 on 1    → yes
    """)


def test_the_same_id_gets_the_first_answer_for_ever() -> None:
    """§5.2.4: before any other check, whatever it says now, and nothing else happens."""
    story = Story(auction(lot(1, "1000.00"), lot(2, "1000.00"))).tell("""
        -01:00  Anna bids 1000.00 on 1 as early   → not_started
        00:01   Anna bids 1000.00 on 1 as first   → yes
        00:02   Bea bids 1050.00 on 1 as low      → below_minimum 1100.00
        00:03   Anna bids 1000.00 on 1 as early   → again, not_started
        00:04   Anna bids 9000.00 on 2 as first   → again, yes
        00:05   Bea bids 1100.00 on 1             → yes
        00:06   Bea bids 9000.00 on 1 as low      → again, below_minimum 1100.00
        00:07   Anna is removed                   → yes
        00:08   Anna bids much on 9 as first      → again, yes
        20:00   Anna bids 1000.00 on 1 as first   → again, yes
        20:01   Bea bids 1050.00 on 1 as low      → again, below_minimum 1100.00
    """)
    assert story.state.lots[1].bids == 2
    assert story.state.lots[2].bids == 0


def test_ids_are_each_traders_own() -> None:
    """§5.2.4."""
    Story(auction(lot(1, "1000.00"))).tell("""
        00:01   Anna bids 1000.00 on 1 as same   → yes
        00:02   Bea bids 1100.00 on 1 as same    → yes
        00:03   Zoe bids 1200.00 on 1 as same    → not_invited
    """)


def test_bids_and_refusals_to_bid_share_their_ids() -> None:
    """§5.2.4: our choice."""
    Story(auction(lot(1, "1000.00"))).tell("""
        00:01   Anna declines as same            → yes
        00:02   Anna bids 1000.00 on 1 as same   → again, yes
    """)


def test_a_trader_declines_and_a_later_bid_withdraws_it() -> None:
    """§5.2.5: an accepted bid only; before the start too; once."""
    story = Story(auction(lot(1, "1000.00")))
    story.tell("""
        -05:00  Anna declines                   → yes
        00:01   Anna declines as d1             → yes, nothing new
        00:02   Anna bids 1.00 on 1             → below_minimum 1000.00
    """)
    assert story.state.declined == {"Anna"}
    story.tell("00:03   Anna bids 1000.00 on 1   → yes")
    assert story.state.declined == set()
    story.tell("""
        00:04   Anna declines                   → yes
        00:05   Zoe declines                    → not_invited
        00:06   Anna declines as d1             → again, yes
        10:00   Zoe declines                    → closed
    """)


def test_a_leader_that_declines_still_leads_and_may_win() -> None:
    """§5.2.5."""
    Story(auction(lot(1, "1000.00"))).tell("""
        00:01   Anna bids 1000.00 on 1   → yes
        00:02   Anna declines            → yes
        10:00   clock                    → ended, 1 won by Anna at 1000.00
    """)


def test_a_removed_trader_bids_no_more_and_its_bids_stand() -> None:
    """§2.4: before the start too; a second removal and a stranger's write nothing."""
    story = Story(auction(lot(1, "1000.00"))).tell("""
        -01:00  Cleo is removed          → yes
        00:01   Cleo bids 1000.00 on 1   → not_invited
        00:02   Anna bids 1000.00 on 1   → yes
        00:03   Anna is removed          → yes
        00:04   Anna bids 1100.00 on 1   → not_invited
        00:05   Anna declines            → not_invited
        00:06   Anna is removed          → yes, nothing new
        00:07   Zoe is removed           → yes, nothing new
        10:00   clock                    → ended, 1 won by Anna at 1000.00
    """)
    assert [event.at for event in story.events[:2]] == [at("-01:00"), at("00:00")]
