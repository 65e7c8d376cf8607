"""How a batch of entries is written: one statement for all, joined with the leases, so that a fenced auction writes
nothing and the others do (architecture, laws 4 and 7).

The lease rows are held FOR SHARE until the commit: a claim waits for the batch in flight, and after a claim nothing
older can come. The result for each entry is None or the fault; faults of the connection are raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg

from engine.auction.events import Extended
from persistence.auctions.consequences import write_consequences
from persistence.errors import BookError, EntryRejected, Fenced
from persistence.live.codec import ANSWER_COLUMNS, EVENT_COLUMNS, Columns, answer_columns, event_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.database import Connection
    from persistence.live.book import Entry

_OWNER_COLUMNS: Final = (("auction_id", "bigint"), ("epoch", "bigint"))
_EXTENSION_COLUMNS: Final = (*_OWNER_COLUMNS, ("ends_at", "timestamptz"))


def _unnest(columns: Sequence[tuple[str, str]], first: int) -> str:
    arrays = ", ".join(f"${first + index}::{kind}[]" for index, (_, kind) in enumerate(columns))
    return f"unnest({arrays}) AS given ({', '.join(name for name, _ in columns)})"


def _statement() -> str:
    owners, events = _OWNER_COLUMNS, (*_OWNER_COLUMNS, *EVENT_COLUMNS)
    answers = (*_OWNER_COLUMNS, *ANSWER_COLUMNS)
    first_event = 1 + len(owners)
    first_answer = first_event + len(events)
    first_extension = first_answer + len(answers)
    event_names = ", ".join(name for name, _ in EVENT_COLUMNS)
    answer_names = ", ".join(name for name, _ in ANSWER_COLUMNS)
    return f"""
        WITH passed AS MATERIALIZED (
            SELECT lease.auction_id, lease.epoch
            FROM auction_leases AS lease JOIN {_unnest(owners, 1)} USING (auction_id, epoch)
            FOR SHARE OF lease
        ), events AS (
            INSERT INTO auction_events (auction_id, {event_names})
            SELECT auction_id, {event_names}
            FROM {_unnest(events, first_event)} JOIN passed USING (auction_id, epoch)
        ), answers AS (
            INSERT INTO auction_answers (auction_id, {answer_names})
            SELECT auction_id, {answer_names}
            FROM {_unnest(answers, first_answer)} JOIN passed USING (auction_id, epoch)
        ), extensions AS (
            UPDATE auctions SET ends_at = given.ends_at
            FROM {_unnest(_EXTENSION_COLUMNS, first_extension)} JOIN passed USING (auction_id, epoch)
            WHERE auctions.id = given.auction_id
        )
        SELECT auction_id, epoch FROM passed
    """  # noqa: S608 - names of columns only, every value is a parameter


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
    owners = list({(entry.auction_id, entry.epoch): None for entry in entries})
    events: list[Columns] = []
    answers: list[Columns] = []
    ends: dict[tuple[int, int], int] = {}
    for entry in entries:
        owner = (entry.auction_id, entry.epoch)
        for event in entry.events:
            events.append((*owner, *event_columns(event)))
            if type(event) is Extended:
                ends[owner] = event.new_end
        if entry.kept is not None:
            answers.append((*owner, *answer_columns(entry.kept)))
    rows = await connection.fetch(
        _WRITE,
        *_arrays(owners, len(_OWNER_COLUMNS)),
        *_arrays(events, len(_OWNER_COLUMNS) + len(EVENT_COLUMNS)),
        *_arrays(answers, len(_OWNER_COLUMNS) + len(ANSWER_COLUMNS)),
        *_arrays([(*owner, end) for owner, end in ends.items()], len(_EXTENSION_COLUMNS)),
    )
    return {(row["auction_id"], row["epoch"]) for row in rows}


def _arrays(rows: Sequence[Columns], width: int) -> Sequence[Sequence[int | str | None]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
