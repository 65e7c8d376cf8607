"""Late bids and outages (§5.3): when the end moves, by how much, and that it never moves earlier.

Each table is one auction of ten minutes; the new end stands at the line's end.
"""

import pytest

from engine.auction.events import Extended, ExtensionCause
from engine.auction.terms import SoftClose, SoftCloseMode
from engine.instants import SECOND
from tests.engine.story import Story, at, auction, lot


def test_a_bid_with_exactly_the_window_left_moves_the_end() -> None:
    """§5.3.1: 180 s left counts, a microsecond more does not."""
    Story(auction(lot(1, "1000.00"))).tell("""
        06:59.999999   Anna bids 1000.00 on 1   → yes
        07:00          Bea bids 1100.00 on 1    → yes, extended to 13:00
        09:59.999999   Anna bids 1200.00 on 1   → yes
        10:00          Bea bids 1300.00 on 1    → yes, extended to 16:00
        15:59.999999   Anna bids 1400.00 on 1   → yes, extended to 19:00
        19:00          Bea bids 1500.00 on 1    → closed
    """)


def test_the_end_belongs_to_the_auction() -> None:
    """§5.3.1: a late bid on one lot prolongs all of them."""
    Story(auction(lot(1, "1000.00"), lot(2, "1000.00"))).tell("""
        09:00   Anna bids 1000.00 on 1   → yes, extended to 13:00
        12:59   Bea bids 1000.00 on 2    → yes, extended to 16:00
        16:00   clock                    → ended, 1 won by Anna at 1000.00, 2 won by Bea at 1000.00
    """)


def test_a_refused_late_bid_moves_nothing() -> None:
    """§5.3.1: accepted bids only."""
    Story(auction(lot(1, "1000.00"))).tell("""
        09:00   Anna bids 999.00 on 1   → below_minimum 1000.00
        09:01   Zoe bids 1000.00 on 1   → not_invited
        10:00   clock                   → ended, 1 no_bids
    """)


def test_for_one_bid_the_order_is_bid_reserve_extension() -> None:
    """§5.3.2: and each extension says when, why, from what and to what."""
    story = Story(auction(lot(1, "1000.00", "1000.00"))).tell("""
        09:30   Anna bids 1000.00 on 1   → yes, reserve_reached, extended to 13:00
    """)
    assert [type(event).__name__ for event in story.events] == ["Started", "BidPlaced", "ReserveReached", "Extended"]
    assert story.events[-1] == Extended(4, at("09:30"), ExtensionCause.LATE_BID, at("10:00"), at("13:00"))


def test_window_and_length_are_settings_of_the_auction() -> None:
    """§5.3.3."""
    assert SoftClose() == SoftClose(180 * SECOND, 180 * SECOND, SoftCloseMode.ADD)
    Story(auction(lot(1, "1000.00"), window=60, extension=30)).tell("""
        08:59.999999   Anna bids 1000.00 on 1   → yes
        09:00          Bea bids 1100.00 on 1    → yes, extended to 10:30
        09:29.999999   Anna bids 1200.00 on 1   → yes
        09:30          Bea bids 1300.00 on 1    → yes, extended to 11:00
    """)


def test_reset_moves_the_end_to_the_stamp_plus_the_length() -> None:
    """§5.3.3: and an extension that would move nothing is not written."""
    Story(auction(lot(1, "1000.00"), extension=120, mode=SoftCloseMode.RESET)).tell("""
        07:00   Anna bids 1000.00 on 1   → yes
        08:00   Bea bids 1100.00 on 1    → yes
        08:01   Anna bids 1200.00 on 1   → yes, extended to 10:01
        10:00   Bea bids 1300.00 on 1    → yes, extended to 12:00
    """)


@pytest.mark.parametrize("mode", SoftCloseMode)
def test_without_a_length_the_end_stays(mode: SoftCloseMode) -> None:
    """§5.3.3."""
    Story(auction(lot(1, "1000.00"), extension=0, mode=mode)).tell("""
        09:59   Anna bids 1000.00 on 1   → yes
        10:00   clock                    → ended, 1 won by Anna at 1000.00
    """)


def test_a_window_of_zero_leaves_no_instant_for_a_late_bid() -> None:
    """§5.3.3: at the end itself it is too late."""
    Story(auction(lot(1, "1000.00"), window=0)).tell("""
        09:59.999999   Anna bids 1000.00 on 1   → yes
        10:00          Bea bids 1100.00 on 1    → closed
    """)


def test_after_an_outage_at_least_the_window_is_left() -> None:
    """§5.3.4."""
    story = Story(auction(lot(1, "1000.00"))).tell("""
        05:00   Anna bids 1000.00 on 1               → yes
        09:00   back after an outage from 06:00      → recovered, extended to 12:00
        12:00   clock                                → ended, 1 won by Anna at 1000.00
    """)
    assert isinstance(extended := story.events[3], Extended)
    assert extended.cause is ExtensionCause.OUTAGE


@pytest.mark.parametrize(
    ("down_from", "back", "outcome"),
    [
        ("02:00", "06:59", "recovered"),  # enough is left
        ("02:00", "07:00", "recovered"),
        ("02:00", "07:00.000001", "recovered, extended to 10:00.000001"),
        ("02:00", "10:00", "recovered, extended to 13:00"),  # back at the very end
        ("02:00", "60:00", "recovered, extended to 63:00"),  # the end lay inside
        ("-05:00", "00:00.000001", "started, recovered"),  # the start lay inside
        ("-05:00", "60:00", "started, recovered, extended to 63:00"),  # all of it lay inside
        ("00:00", "00:00.000001", "recovered"),
        ("-05:00", "00:00", ""),  # over before it mattered
    ],
)
def test_an_outage_counts_if_it_overlaps_the_open_auction(down_from: str, back: str, outcome: str) -> None:
    """§5.3.4: from the start, included, to the end, excluded."""
    Story(auction(lot(1, "1000.00"))).tell(f"{back}   back after an outage from {down_from}   → {outcome}")


def test_an_outage_from_the_end_on_changes_nothing() -> None:
    """§5.3.4: nor does one after a cancellation."""
    Story(auction(lot(1, "1000.00"))).tell("""
        10:00   clock                             → started, ended, 1 no_bids
        20:00   back after an outage from 10:00   →
    """)
    Story(auction(lot(1, "1000.00"))).tell("""
        05:00   cancel                            → yes
        20:00   back after an outage from 06:00   →
    """)


def test_outages_follow_each_other_and_the_window_rules_go_on() -> None:
    """§5.3.4."""
    Story(auction(lot(1, "1000.00"))).tell("""
        09:30   back after an outage from 09:00   → recovered, extended to 12:30
        12:00   back after an outage from 12:00   → recovered, extended to 15:00
        14:00   Anna bids 1000.00 on 1            → yes, extended to 18:00
        18:00   clock                             → ended, 1 won by Anna at 1000.00
    """)
