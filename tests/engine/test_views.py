"""What each audience sees (§1.4, §5.5): the dealer everything, a trader its own and what is public.

The figures of the synthesis are checked on the trade's own sheets in the golden files; this is what they are made of.
"""

from engine.auction.event_views import dealer_event, streamed_to_dealer, streamed_to_traders, trader_event
from engine.auction.synthesis import lot_figures, synthesis
from engine.auction.views import DealerView, TraderView, dealer_view, trader_view
from engine.money import Vat
from tests.engine.story import Story, auction, lot, vehicle


def seen_by(trader: str, story: Story) -> TraderView:
    return trader_view(7, story.state, trader)


def seen_by_dealer(story: Story) -> DealerView:
    return dealer_view(7, story.state)


def two_lots() -> Story:
    return Story(auction(lot(1, "1000.00", "1500.00"), lot(2, "500.00"))).tell("""
        -01:00  Cleo declines            → yes
        00:01   Bea bids 1000.00 on 1    → yes
        00:02   Anna bids 1500.00 on 1   → yes, reserve_reached
        00:03   Bea bids 500.00 on 2     → yes
    """)


def test_traders_are_numbered_in_the_order_of_their_first_accepted_bid() -> None:
    """§1.4: per auction, whatever the lot; the dealer sees the names."""
    story = Story(auction(lot(1, "1000.00"), lot(2, "500.00"))).tell("""
        00:01   Cleo bids 1.00 on 1      → below_minimum 1000.00
        00:02   Bea bids 500.00 on 2     → yes
        00:03   Anna bids 1000.00 on 1   → yes
        00:04   Bea bids 1100.00 on 1    → yes
    """)
    assert [each.bidder for each in seen_by("Cleo", story).lots] == [1, 1]
    assert [seen_by(trader, story).you.bidder for trader in ("Anna", "Bea", "Cleo")] == [2, 1, None]
    assert [(each.leader, each.bidder) for each in seen_by_dealer(story).lots] == [("Bea", 1), ("Bea", 1)]


def test_a_trader_sees_its_own_offers_and_whether_the_reserve_is_reached() -> None:
    """§5.5.3: never the reserve's amount."""
    story = two_lots()
    anna, bea = seen_by("Anna", story), seen_by("Bea", story)
    assert anna.lots == bea.lots
    assert [(each.lot, each.amount) for each in bea.you.offers] == [(1, "1000.00"), (2, "500.00")]
    assert [(each.last_offer, each.minimum_next_bid, each.reserve_reached) for each in bea.lots] == [
        ("1500.00", "1600.00", True),
        ("500.00", "600.00", True),
    ]
    assert seen_by("Cleo", story).you.declined


def test_the_reserve_is_unknown_without_a_reserve_until_the_first_bid_reaches_it() -> None:
    """§5.5.3."""
    story = Story(auction(lot(1, "1000.00", "1500.00"), lot(2, "500.00")))
    assert [each.reserve_reached for each in seen_by("Anna", story).lots] == [False, None]
    story.tell("""
        00:01   Anna bids 1499.99 on 1   → yes
        00:02   Anna bids 500.00 on 2    → yes
    """)
    assert [each.reserve_reached for each in seen_by("Anna", story).lots] == [False, True]


def test_every_bid_says_where_its_lot_stands_and_when_the_auction_ends() -> None:
    """§5.5.3: also when the leader raises its own, to all alike."""
    story = two_lots().tell("09:00   Anna bids 2000.00 on 1   → yes, extended to 13:00")
    raised, _ = story.events[-2:]
    for_traders = streamed_to_traders(story.state, raised)
    for_dealer = streamed_to_dealer(story.state, raised)
    shown = {name: getattr(for_traders, name) for name in ("amount", "bidder", "bids", "minimum", "ends_at")}
    assert shown == {
        "amount": "2000.00",
        "bidder": 2,
        "bids": 3,
        "minimum": "2100.00",
        "ends_at": "2024-03-04T12:13:00Z",
    }
    assert (getattr(for_dealer, "trader", None), getattr(for_dealer, "gain", None)) == ("Anna", "1000.00")


def test_the_history_has_every_entry_in_order_with_names_for_the_dealer() -> None:
    """§5.5.2: a trader's keeps the numbers, and notes what is not theirs to read."""
    story = two_lots().tell("""
        00:04   Cleo is removed   → yes
        10:00   clock             → ended, 1 won by Anna at 1500.00, 2 won by Bea at 500.00
        11:00   cancel sale of 2  → yes
    """)
    kinds = [dealer_event(story.state, event).__struct_config__.tag for event in story.events]
    assert kinds == [
        *("declined", "started", "bid", "bid", "reserve_reached", "bid", "connection_removed"),
        *("ended", "lot_decided", "lot_decided", "sale_cancelled"),
    ]
    read = [trader_event(story.state, event) for event in story.events]
    assert [entry.seq for entry in read] == [*range(1, len(kinds) + 1)]
    assert [entry.seq for entry in read if entry.__struct_config__.tag == "noted"] == [1, 7]


def test_the_synthesis_adds_up_the_lots() -> None:
    """§5.5.1: last offers and gains over the lots with an offer, reserves over those that have one."""
    totals = synthesis(two_lots().tell("00:05   Anna bids 700.00 on 2   → yes").state)
    assert totals.starting_total_cents == 1500_00
    assert totals.last_offers_total_cents == 2200_00
    assert totals.reserve_total_cents == 1500_00
    assert totals.gain_cents == 700_00
    assert (totals.lots_with_offer, totals.lots_with_reserve_reached) == (2, 2)


def test_without_offers_there_is_nothing_gained_and_without_reserves_no_reserve() -> None:
    """§5.5.1."""
    totals = synthesis(Story(auction(lot(1, "1000.00"))).state)
    assert (totals.last_offers_total_cents, totals.gain_cents, totals.reserve_total_cents) == (0, 0, None)


def test_the_audience_shows_who_declined_and_who_was_removed() -> None:
    """§5.5.1."""
    story = two_lots().tell("00:04   Bea is removed   → yes")
    assert [(each.trader, each.bidder, each.declined, each.removed) for each in seen_by_dealer(story).audience] == [
        ("Anna", 2, False, False),
        ("Bea", 1, False, True),
        ("Cleo", None, True, False),
    ]
    assert not seen_by("Bea", story).you.invited


def test_the_gain_without_tax_goes_vehicle_by_vehicle() -> None:
    """§5.5.4: with the shares of §5.4.3; recoverable VAT is taken off, half up."""
    vehicles = [
        vehicle("A", "1000.00", margin="100.00"),
        vehicle("B", "2000.00", margin="-50.00", vat=Vat.RECOVERABLE),
        vehicle("C", "1000.00", margin="0.00", vat=Vat.UNKNOWN),
    ]
    story = Story(auction(lot(1, "4000.00", None, *vehicles))).tell("00:01   Anna bids 4400.01 on 1   → yes")
    figures = lot_figures(story.state.lots[1])
    assert figures.prices_cents == (1100_00, 2200_01, 1100_00)
    assert figures.gain_cents == 400_01
    assert figures.gain_ht_cents == 100_00 + 166_68 + 100_00  # 200.01 / 1.20 = 166.675
    assert figures.margin_cents == 50_00 + figures.gain_ht_cents


def test_what_is_decided_shows_no_minimum_and_its_winner_to_the_dealer() -> None:
    """§5.5.1."""
    story = two_lots().tell("10:00   clock   → ended, 1 won by Anna at 1500.00, 2 won by Bea at 500.00")
    view = seen_by_dealer(story)
    assert [(each.winner, each.minimum_next_bid, each.outcome) for each in view.lots] == [
        ("Anna", None, "won"),
        ("Bea", None, "won"),
    ]
    assert [each.vehicles[0].price for each in view.lots] == ["1500.00", "500.00"]
