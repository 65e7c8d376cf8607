"""Events and answers survive their columns, every one of them."""

from typing import TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Ended,
    Extended,
    ExtensionCause,
    LotDecided,
    Outcome,
    Recovered,
    ReserveReached,
    SaleCancelled,
    Started,
)
from engine.auction.refusals import KeptAnswer, RefusalCode, Refused
from engine.money import parse_bid
from persistence.database import Row
from persistence.live.codec import (
    ANSWER_COLUMNS,
    EVENT_COLUMNS,
    LONGEST_AMOUNT,
    Columns,
    answer_columns,
    answer_of,
    as_given,
    event_columns,
    event_of,
    storable,
)

Value = TypeVar("Value")

seqs = st.integers(1, 2**31 - 1)
instants = st.integers(0, 4_000_000_000_000_000)
lots = st.integers(1, 2**31 - 1)
traders = st.integers(1, 2**63 - 1).map(str)
ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=64)
cents = st.integers(1, 10**10)

events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(Started, seqs, instants),
    st.builds(BidPlaced, seqs, instants, lots, traders, ids, st.integers(1, 5000), cents),
    st.builds(ReserveReached, seqs, instants, lots),
    st.builds(Extended, seqs, instants, st.sampled_from(ExtensionCause), instants, instants),
    st.builds(Declined, seqs, instants, traders, st.none() | ids),
    st.builds(ConnectionRemoved, seqs, instants, traders),
    st.builds(Recovered, seqs, instants, instants, instants),
    st.builds(Ended, seqs, instants),
    st.builds(LotDecided, seqs, instants, lots, st.sampled_from(Outcome), st.none() | traders, st.none() | cents),
    st.builds(Cancelled, seqs, instants),
    st.builds(SaleCancelled, seqs, instants, lots, ids),
)
refusals = st.builds(Refused, st.sampled_from(RefusalCode), st.none() | cents)
amounts = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_AMOUNT)
answers = st.builds(
    KeptAnswer,
    instants,
    traders,
    ids,
    st.integers(0, 2**31 - 1),
    st.none() | refusals,
    st.none() | st.integers(-(2**63 - 1), 2**63 - 1),
    st.none() | amounts,
)


def row(names: tuple[tuple[str, str], ...], values: Columns) -> Row:
    return cast(Row, dict(zip((name for name, _ in names), values, strict=True)))


@given(events)
def test_an_event_comes_back_from_its_columns(event: AnyEvent) -> None:
    assert event_of(row(EVENT_COLUMNS, event_columns(event))) == event


@given(answers)
def test_an_answer_comes_back_from_its_columns(answer: KeptAnswer) -> None:
    assert answer_of(row(ANSWER_COLUMNS, answer_columns(answer))) == answer


@given(st.text(st.sampled_from("\x00\x01\x02\x03a"), max_size=12))
def test_a_text_comes_back_and_holds_no_nul(text: str) -> None:
    assert "\x00" not in storable(text)
    assert as_given(storable(text)) == text


@given(
    st.text(st.sampled_from("\x00\x01\x02\x03"), max_size=4), st.text(st.sampled_from("\x00\x01\x02\x03"), max_size=4)
)
def test_two_texts_are_never_stored_as_one(one: str, other: str) -> None:
    assert (storable(one) == storable(other)) == (one == other)


@pytest.mark.parametrize(
    "amount", ["0" * 70 + "20900", "0" * 64 + ".5", "9" * 80, "0" * 60 + "1234x", "0" * 100, "1" + " " * 90, "x" * 65]
)
def test_an_amount_too_long_to_keep_stays_what_it_is_to_the_rules(amount: str) -> None:
    kept = KeptAnswer(0, "1", "a", 0, Refused(RefusalCode.BELOW_MINIMUM, 1), 2**80, amount)
    back = answer_of(row(ANSWER_COLUMNS, answer_columns(kept)))
    assert back.amount is not None
    assert len(back.amount) <= LONGEST_AMOUNT
    assert parse_bid(back.amount) == parse_bid(amount)
    assert back.lot == 0  # no lot has that number, or this one
