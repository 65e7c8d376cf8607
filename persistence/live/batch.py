"""How a batch of entries is written: one statement for all, joined with the leases, so that a fenced auction writes
nothing and the others do (architecture, laws 4 and 7).

The lease rows are held FOR SHARE until the commit: a claim waits for the batch in flight, and after a claim nothing
older can come. The result for each entry is None or the fault; faults of the connection are raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import asyncpg

from engine.auction.events import BidPlaced, Extended
from persistence.auctions.consequences import write_consequences
from persistence.errors import BookError, EntryRejected, Fenced
from persistence.live.codec import (
    ANSWER_COLUMNS,
    BID,
    BID_COLUMNS,
    EVENT_COLUMNS,
    Columns,
    answer_columns,
    bid_columns,
    event_columns,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.database import Connection
    from persistence.live.book import Entry

_OWNER: Final = ("owner", "integer")
"""Which of the batch's owners a row belongs to, counted from 1."""
_OWNER_COLUMNS: Final = (("auction_id", "bigint"), ("epoch", "bigint"))
_EXTENSION_COLUMNS: Final = (("ends_at", "timestamptz"),)

_Rows: TypeAlias = "list[Columns]"


def _statement() -> str:
    first = 1 + len(_OWNER_COLUMNS)
    rows = []
    for columns in (BID_COLUMNS, EVENT_COLUMNS, ANSWER_COLUMNS, _EXTENSION_COLUMNS):
        rows.append(f"{_given((_OWNER, *columns), first)} JOIN passed USING (owner)")
        first += 1 + len(columns)
    bids, events, answers, extensions = rows
    return f"""
        WITH passed AS MATERIALIZED (
            SELECT given.owner, auction_id, epoch
            FROM auction_leases AS lease
            JOIN {_given(_OWNER_COLUMNS, 1, numbered=True)} USING (auction_id, epoch)
            FOR SHARE OF lease
        ), bids AS (
            INSERT INTO auction_events (auction_id, kind, {_names(BID_COLUMNS)})
            SELECT auction_id, '{BID}', {_names(BID_COLUMNS)} FROM {bids}
        ), events AS (
            INSERT INTO auction_events (auction_id, {_names(EVENT_COLUMNS)})
            SELECT auction_id, {_names(EVENT_COLUMNS)} FROM {events}
        ), answers AS (
            INSERT INTO auction_answers (auction_id, {_names(ANSWER_COLUMNS)})
            SELECT auction_id, {_names(ANSWER_COLUMNS)} FROM {answers}
        ), extensions AS (
            UPDATE auctions SET ends_at = given.ends_at FROM {extensions} WHERE auctions.id = auction_id
        )
        SELECT auction_id, epoch FROM passed
    """  # noqa: S608 - names of columns only, every value is a parameter


def _given(columns: Sequence[tuple[str, str]], first: int, *, numbered: bool = False) -> str:
    """The parameters from number `first` on as a table, a column each; `numbered`: and the row's number as `owner`."""
    arrays = ", ".join(f"${first + index}::{kind}[]" for index, (_, kind) in enumerate(columns))
    names = f"{_names(columns)}, owner" if numbered else _names(columns)
    return f"unnest({arrays}) {'WITH ORDINALITY ' if numbered else ''}AS given ({names})"


def _names(columns: Sequence[tuple[str, str]]) -> str:
    return ", ".join(name for name, _ in columns)


_WRITE: Final = _statement()


async def write_together(connection: Connection, entries: Sequence[Entry]) -> list[BookError | None]:
    """Write all entries in one transaction; raises IntegrityConstraintViolationError if any contradicts the book."""
    if not any(entry.consequences for entry in entries):
        passed = await _write(connection, entries)
    else:
        async with connection.transaction():
            passed = await _write(connection, entries)
            for entry in entries:
                if entry.consequences and (entry.auction_id, entry.epoch) in passed:
                    await write_consequences(connection, entry)
    return [
        None if (entry.auction_id, entry.epoch) in passed else Fenced(entry.auction_id, entry.epoch)
        for entry in entries
    ]


async def write_alone(connection: Connection, entries: Sequence[Entry]) -> list[BookError | None]:
    """Write the entries of each auction in a transaction of their own; one that contradicts the book falls alone."""
    faults: list[BookError | None] = [None] * len(entries)
    places: dict[tuple[int, int], list[int]] = {}
    for place, entry in enumerate(entries):
        places.setdefault((entry.auction_id, entry.epoch), []).append(place)
    for (auction_id, _), own in places.items():
        try:
            results: Sequence[BookError | None] = await write_together(connection, [entries[place] for place in own])
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as fault:
            rule = getattr(fault, "constraint_name", None) or str(fault)
            results = [EntryRejected(auction_id, rule) for _ in own]
        for place, result in zip(own, results, strict=True):
            faults[place] = result
    return faults


async def _write(connection: Connection, entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """Write events, answers and moved ends; gives the (auction, epoch) pairs that own their leases."""
    owners: dict[tuple[int, int], int] = {}
    bids: _Rows = []
    events: _Rows = []
    answers: _Rows = []
    ends: dict[int, int] = {}
    for entry in entries:
        owner = owners.setdefault((entry.auction_id, entry.epoch), len(owners) + 1)
        for event in entry.events:
            if type(event) is BidPlaced:  # nearly all there is: few columns, for every value has its price
                bids.append((owner, *bid_columns(event)))
                continue
            events.append((owner, *event_columns(event)))
            if type(event) is Extended:
                ends[owner] = event.new_end
        if entry.kept is not None:
            answers.append((owner, *answer_columns(entry.kept)))
    rows = await connection.fetch(
        _WRITE,
        *_arrays(list(owners), _OWNER_COLUMNS),
        *_arrays(bids, (_OWNER, *BID_COLUMNS)),
        *_arrays(events, (_OWNER, *EVENT_COLUMNS)),
        *_arrays(answers, (_OWNER, *ANSWER_COLUMNS)),
        *_arrays(list(ends.items()), (_OWNER, *_EXTENSION_COLUMNS)),
    )
    return {(row["auction_id"], row["epoch"]) for row in rows}


def _arrays(rows: Sequence[Columns], columns: Sequence[tuple[str, str]]) -> Sequence[Sequence[int | str | None]]:
    """The rows as an array for each column."""
    return list(zip(*rows, strict=True)) if rows else [()] * len(columns)
