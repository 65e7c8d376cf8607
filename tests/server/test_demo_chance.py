"""The scripted crowd plays fair: it bids at least the minimum, never against itself, never above what it would pay."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.instants import SECOND
from server.demo.chance import LATE, Move, Script, choose, dice, pause_seconds
from server.demo.seen import AuctionSeen, Heard, LotSeen, hear, see

NOW = 1_790_000_000 * SECOND
TRADERS = ("A", "B", "C")
VISITOR = 9


def auction(
    leader: int | None = None, *, bids: int = 0, left: int = 60 * LATE, alias: int | None = None, late_bids: int = 0
) -> AuctionSeen:
    lot = LotSeen(5, 10_000_00, 10_000_00 if leader is None else 10_050_00, leader, bids)
    return AuctionSeen(
        auction=7,
        number=44,
        is_open=True,
        is_over=False,
        ends_at=NOW + left,
        increment_cents=50_00,
        lots={5: lot},
        alias=alias,
        declined=False,
        invited=True,
        late_bids=late_bids,
    )


def moves(script: Script, seen: AuctionSeen, trader: str = "A") -> list[Move]:
    return script.bids(NOW, {trader: [seen]})


@given(seed=st.integers(0, 10_000), bids=st.integers(0, 40), step=st.integers(0, 40), trader=st.sampled_from(TRADERS))
def test_a_bid_is_between_the_minimum_and_the_private_ceiling(seed: int, bids: int, step: int, trader: str) -> None:
    script, seen = Script(seed), auction(VISITOR, bids=bids)
    lot = seen.lots[5]
    lot.minimum_cents += step * 100_00
    for move in moves(script, seen, trader):
        assert move.amount_cents is not None
        assert lot.minimum_cents <= move.amount_cents <= script.ceiling_cents(trader, 7, lot)


@given(seed=st.integers(0, 10_000))
def test_nobody_bids_against_itself(seed: int) -> None:
    assert not moves(Script(seed), auction(2, alias=2, bids=3))


def keen_seed() -> int:
    """A seed with which A wants the lot."""
    return next(seed for seed in range(100) if moves(Script(seed), auction(VISITOR, bids=1)))


def test_a_late_fight_among_the_crowd_ends_and_a_visitor_is_answered_all_the_same() -> None:
    script = Script(keen_seed())
    allowed = script.late_bids_allowed(7)
    rival = {"A": [auction(2, alias=1, left=LATE, late_bids=allowed)], "B": [auction(2, alias=2, left=LATE)]}
    assert not [move for move in script.bids(NOW, rival) if move.trader == "A"]
    assert moves(script, auction(VISITOR, alias=1, left=LATE, late_bids=allowed))[0].is_late


def test_what_is_over_declined_or_not_ours_is_left_alone() -> None:
    script = Script(keen_seed())
    for change in ({"is_open": False}, {"declined": True}, {"invited": False}, {"ends_at": NOW + SECOND}):
        seen = auction(VISITOR, bids=1)
        for name, told in change.items():
            setattr(seen, name, told)
        assert not moves(script, seen)


def test_an_auction_that_stands_as_on_paper_is_left_alone_until_a_visitor_bids() -> None:
    for seed in range(50):
        script = Script(seed, {44: {5: 2}})
        assert not moves(script, auction(2, bids=2))
        assert moves(script, auction(VISITOR, bids=3))


def test_only_a_trader_that_wants_nothing_declines() -> None:
    chance = dice("declines")
    idle = next(seed for seed in range(1000) if not moves(Script(seed), auction()))
    assert any(Script(idle).decline("A", auction(), chance) == Move("A", 7) for _ in range(200))
    assert not any(Script(keen_seed()).decline("A", auction(), chance) for _ in range(200))


def test_the_pace_is_a_bid_every_five_to_twenty_five_seconds_and_faster_at_the_end() -> None:
    chance = Random(1)
    calm, late = [Move("A", 7, 5, 1)], [Move("A", 7, 5, 1, is_late=True)]
    assert all(5 <= pause_seconds(chance, calm) <= 25 for _ in range(100))
    assert all(4 <= pause_seconds(chance, late) <= 11 for _ in range(100))
    assert choose(chance, []) is None


VIEW = (
    '{"type":"state","auction":7,"epoch":1,"seq":3,"role":"trader","view":{"auction":7,"number":44,"status":"open",'
    '"starts_at":"2026-01-01T10:00:00Z","ends_at":"2026-01-01T10:10:00Z","minimum_increment":"50.00","lots":[{"number":5,'
    '"starting_price":"100.00","minimum_next_bid":"150.00","bidder":1,"bids":1}],"recent":[{"seq":1,"event":"started"}],'
    '"you":{"bidder":null,"declined":false,"invited":true,"offers":[]}}}'
)


def heard(text: str) -> Heard:
    return hear(text.replace("'", '"'))


def test_what_a_trader_sees_follows_the_live_protocol() -> None:
    view = hear(VIEW).view
    assert view is not None
    seen = see(7, view)
    assert (seen.lots[5].minimum_cents, seen.lots[5].leader) == (150_00, 1)
    seen.carry_on(heard("{'type':'event','auction':7,'event':'bid','lot':5,'bidder':2,'bids':2,'minimum':'250.00'}"))
    assert seen.lots[5] == LotSeen(5, 100_00, 250_00, 2, 2)
    ends = seen.ends_at
    several = heard(
        "{'type':'events','auction':7,'events':[{'event':'extended','cause':'late_bid','to':'2026-01-01T10:13:00Z'},"
        "{'event':'noted'},{'event':'ended'},{'event':'lot_decided','lot':5,'outcome':'won'}]}"
    )
    for entry in several.events:
        seen.carry_on(entry)
    assert seen.ends_at == ends + LATE
    assert seen.late_bids == 1
    assert seen.is_over
