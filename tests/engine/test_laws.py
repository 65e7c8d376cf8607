"""The laws that hold for any auction (docs/architecture.md), over auctions by chance.

A failure prints the fewest commands that break a law; what it finds becomes a line of a table.
"""

from typing import Any

import msgspec
from hypothesis import given
from msgspec import structs

from engine.auction.apply import apply, keep
from engine.auction.commands import Command
from engine.auction.decide import Decision, decide
from engine.auction.event_views import streamed_to_dealer, streamed_to_traders
from engine.auction.events import AnyEvent
from engine.auction.refusals import KeptAnswer, Refused
from engine.auction.state import AuctionState, next_deadline, published
from engine.auction.synthesis import synthesis
from engine.auction.terms import AuctionTerms
from engine.auction.views import dealer_view, synthesis_view, trader_view
from engine.instants import Instant
from engine.money import format_amount
from tests.engine.chance import TRADERS, Wish, commands, plots
from tests.engine.follower import follow
from tests.engine.story import AUDIENCE, Story

AUCTION_ID = 7


class Watched(Story):
    """A story that remembers every decision, and the auction before and after it."""

    def __init__(self, terms: AuctionTerms) -> None:
        super().__init__(terms)
        self.steps: list[tuple[AuctionState, Command, Decision, AuctionState]] = []

    def settle(self, command: Command) -> Decision:
        before = still(self.state)
        decision = super().settle(command)
        self.steps.append((before, command, decision, still(self.state)))
        return decision


def still(state: AuctionState) -> AuctionState:
    """The auction at this moment: what goes on does not change it."""
    return structs.replace(
        state,
        lots={number: structs.replace(lot, offers=dict(lot.offers)) for number, lot in state.lots.items()},
        aliases=dict(state.aliases),
        declined=set(state.declined),
        removed=set(state.removed),
        answers=dict(state.answers),
        recent=state.recent.copy(),
    )


def watched(plot: tuple[AuctionTerms, list[Wish]]) -> Watched:
    terms, wishes = plot
    story = Watched(terms)
    commands(story, wishes)
    return story


@given(plots)
def test_the_stored_events_and_answers_give_the_state_that_was_live(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """Law 2, §5.2.4."""
    story = watched(plot)
    kept = [decision.kept for _, _, decision, _ in story.steps if decision.kept is not None]
    recovered = recover(story.terms, story.events, kept)
    assert recovered == story.state
    assert [*recovered.lots] == [*story.state.lots]
    assert next_deadline(recovered) == next_deadline(story.state)


def recover(terms: AuctionTerms, events: list[AnyEvent], answers: list[KeptAnswer]) -> AuctionState:
    state = published(terms)
    answers = list(answers)
    for event in events:
        while answers and answers[0].after_seq == state.seq:
            keep(state, answers.pop(0))
        apply(state, event)
    for answer in answers:
        keep(state, answer)
    return state


@given(plots)
def test_entries_are_numbered_without_gaps_and_in_order_of_time(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """§5.5.2."""
    events = watched(plot).events
    assert [event.seq for event in events] == [*range(1, len(events) + 1)]
    assert [event.at for event in events] == sorted(event.at for event in events)


@given(plots)
def test_a_snapshot_and_the_later_entries_make_the_later_snapshot(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """Law 3, for the dealer and for traders."""
    steps = watched(plot).steps
    if not steps:
        return
    dealer, trader = seen_by_dealer(steps[0][0]), seen_by_traders(steps[0][0])
    for _, _, decision, after in steps:
        for event in decision.events:
            dealer = follow(dealer, msgspec.to_builtins(streamed_to_dealer(after, event)))
            trader = follow(trader, msgspec.to_builtins(streamed_to_traders(after, event)))
        dealer["synthesis"] = msgspec.to_builtins(synthesis_view(synthesis(after)))  # every dealer's frame carries it
        assert dealer == seen_by_dealer(after)
        assert trader == seen_by_traders(after)


def seen_by_dealer(state: AuctionState) -> dict[str, Any]:
    seen: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(dealer_view(AUCTION_ID, state)))
    return seen


def seen_by_traders(state: AuctionState) -> dict[str, Any]:
    """What all traders see alike; who they are themselves comes with their own answers."""
    seen: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(trader_view(AUCTION_ID, state, AUDIENCE[0])))
    del seen["you"]
    return seen


@given(plots)
def test_the_end_never_moves_earlier(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """§5.3.3."""
    ends: list[Instant] = [after.ends_at for _, _, _, after in watched(plot).steps]
    assert ends == sorted(ends)


@given(plots)
def test_a_refused_command_changes_nothing(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """Law 8: but the answer is kept, so that it can be given again (§5.2.4)."""
    for before, _, decision, after in watched(plot).steps:
        if isinstance(decision.answer, Refused) or decision.duplicate:
            assert decision.events == ()
            before.answers = after.answers
            assert after == before


@given(plots)
def test_the_same_command_again_gets_the_same_answer_and_does_nothing(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """Law 9, §5.2.4."""
    story = watched(plot)
    for _, command, decision, _ in story.steps:
        if getattr(command, "id", None) is not None:
            again = decide(story.state, command)
            assert (again.answer, again.events, again.kept, again.duplicate) == (decision.answer, (), None, True)


@given(plots)
def test_no_trader_ever_reads_a_reserve_or_a_name(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """§1.4: in no view, no frame and no answer."""
    story = watched(plot)
    reserves = [lot.reserve_price_cents for lot in story.terms.lots if lot.reserve_price_cents is not None]
    secrets = [*(format_amount(reserve) for reserve in reserves), *TRADERS]
    for _, _, decision, after in story.steps:
        read = [trader_view(AUCTION_ID, after, trader) for trader in TRADERS]
        frames = [streamed_to_traders(after, event) for event in decision.events]
        said = msgspec.json.encode([read, frames, decision.answer]).decode()
        assert not [secret for secret in secrets if secret in said]


@given(plots)
def test_totals_are_the_sums_of_the_lots(plot: tuple[AuctionTerms, list[Wish]]) -> None:
    """§5.5.1."""
    for _, _, _, after in watched(plot).steps:
        view = dealer_view(AUCTION_ID, after)
        cents = {
            name: sum(round(float(getattr(lot, name)) * 100) for lot in view.lots)
            for name in ("gain", "gain_ht", "margin", "initial_margin")
        }
        totals = {name: round(float(getattr(view.synthesis, name)) * 100) for name in cents}
        assert totals == cents
        assert view.synthesis.lots_with_offer == sum(lot.bids > 0 for lot in view.lots)
