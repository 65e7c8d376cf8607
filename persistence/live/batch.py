"""How a batch of entries is written: one statement for all, joined with the leases, so that a fenced auction writes
nothing and the others do (architecture, laws 4 and 7).

The lease rows are held FOR SHARE until the commit: a claim waits for the batch in flight, and after a claim nothing
older can come. The result for each entry is None or the fault; faults of the connection are raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import asyncpg
from msgspec import Struct

from engine.auction.events import BidPlaced, Extended
from persistence.auctions.consequences import SALE_ORDERED, write_consequences
from persistence.errors import BookError, EntryRejected, Fenced, SaleOrdered
from persistence.live.codec import (
    ANSWER_COLUMNS,
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

_Columns: TypeAlias = "Sequence[tuple[str, str]]"

_OWNER: Final = ("owner", "integer")
"""Which of the batch's owners a row belongs to, counted from 1."""
_OWNER_COLUMNS: Final = (("auction_id", "bigint"), ("epoch", "bigint"))
_EXTENSION_COLUMNS: Final = (("ends_at", "timestamptz"),)


class _Part(Struct, frozen=True):
    """What is written of one kind of row, `given` with these columns and joined with the owners that passed."""

    columns: tuple[tuple[str, str], ...]
    statement: str


_BIDS: Final = _Part(
    BID_COLUMNS,
    "INSERT INTO auction_events (auction_id, kind, {names}) SELECT auction_id, 'bid', {names} FROM {given}",
)
_EVENTS: Final = _Part(
    EVENT_COLUMNS, "INSERT INTO auction_events (auction_id, {names}) SELECT auction_id, {names} FROM {given}"
)
_ANSWERS: Final = _Part(
    ANSWER_COLUMNS, "INSERT INTO auction_answers (auction_id, {names}) SELECT auction_id, {names} FROM {given}"
)
_EXTENSIONS: Final = _Part(
    _EXTENSION_COLUMNS, "UPDATE auctions SET ends_at = given.ends_at FROM {given} WHERE auctions.id = auction_id"
)


def _statement(*parts: _Part) -> str:
    """One statement that writes these parts; its parameters are the owners, then each part's rows, column by column."""
    written = []
    first = 1 + len(_OWNER_COLUMNS)
    for number, part in enumerate(parts, 1):
        given = f"{_given((_OWNER, *part.columns), first)} JOIN passed USING (owner)"
        written.append(f"part_{number} AS ({part.statement.format(names=_names(part.columns), given=given)})")
        first += 1 + len(part.columns)
    return f"""
        WITH passed AS MATERIALIZED (
            SELECT given.owner, auction_id, epoch
            FROM auction_leases AS lease
            JOIN {_given(_OWNER_COLUMNS, 1, numbered=True)} USING (auction_id, epoch)
            FOR SHARE OF lease
        ), {", ".join(written)}
        SELECT auction_id, epoch FROM passed
    """  # noqa: S608 - names of columns only, every value is a parameter


def _given(columns: _Columns, first: int, *, numbered: bool = False) -> str:
    """The parameters from number `first` on as a table, a column each; `numbered`: and the row's number as `owner`."""
    arrays = ", ".join(f"${first + index}::{kind}[]" for index, (_, kind) in enumerate(columns))
    names = f"{_names(columns)}, owner" if numbered else _names(columns)
    return f"unnest({arrays}) {'WITH ORDINALITY ' if numbered else ''}AS given ({names})"


def _names(columns: _Columns) -> str:
    return ", ".join(name for name, _ in columns)


_WRITE: Final = _statement(_BIDS, _EVENTS, _ANSWERS, _EXTENSIONS)
_WRITE_BIDS: Final = _statement(_BIDS)
"""Nearly every batch is bids and nothing else, and every parameter has its price."""


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
            results = [_rejected(auction_id, rule) for _ in own]
        for place, result in zip(own, results, strict=True):
            faults[place] = result
    return faults


def _rejected(auction_id: int, rule: str) -> EntryRejected:
    return SaleOrdered(auction_id) if rule == SALE_ORDERED else EntryRejected(auction_id, rule)


async def _write(connection: Connection, entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """Write events, answers and moved ends; gives the (auction, epoch) pairs that own their leases."""
    owners: dict[tuple[int, int], int] = {}
    bids: list[Columns] = []
    events: list[Columns] = []
    answers: list[Columns] = []
    ends: dict[int, int] = {}
    for entry in entries:
        owner = owners.setdefault((entry.auction_id, entry.epoch), len(owners) + 1)
        for event in entry.events:
            if type(event) is BidPlaced:
                bids.append((owner, *bid_columns(event)))
                continue
            events.append((owner, *event_columns(event)))
            if type(event) is Extended:
                ends[owner] = event.new_end
        if entry.kept is not None:
            answers.append((owner, *answer_columns(entry.kept)))
    given = [*_arrays(list(owners), _OWNER_COLUMNS), *_arrays(bids, (_OWNER, *BID_COLUMNS))]
    if not events and not answers:  # an end moves by an event alone
        rows = await connection.fetch(_WRITE_BIDS, *given)
    else:
        rows = await connection.fetch(
            _WRITE,
            *given,
            *_arrays(events, (_OWNER, *EVENT_COLUMNS)),
            *_arrays(answers, (_OWNER, *ANSWER_COLUMNS)),
            *_arrays(list(ends.items()), (_OWNER, *_EXTENSION_COLUMNS)),
        )
    return {(row["auction_id"], row["epoch"]) for row in rows}


def _arrays(rows: Sequence[Columns], columns: _Columns) -> Sequence[Sequence[int | str | None]]:
    """The rows as an array for each column."""
    return list(zip(*rows, strict=True)) if rows else [()] * len(columns)
