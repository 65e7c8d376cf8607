"""Who did what and when: `GET /api/history`.

A dealer reads what was done in its entities and its group, a trader what was done to its own company and by its own
people; of anybody else's records nothing is found (§1.4).
"""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from engine.instants import Instant, format_instant
from persistence.records import LATEST, Reader, Record, Wanted, names_in, records_of
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.values import LINE, Id, InstantText, read_instant


class RecordsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes of a `subject` (`vehicle`, `auction`, `offer`…), of the one with this `id`, in one of the dealer's
    entities, since `from`, before `to`, by one user; older than the change `before`, at most `limit`.
    """

    subject: Annotated[str, Meta(max_length=40, pattern=LINE)] | None = None
    id: Id | None = None
    entity: Id | None = None
    since: InstantText | None = field(default=None, name="from")
    until: InstantText | None = field(default=None, name="to")
    user: Id | None = None
    before: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class Doer(Struct, frozen=True):
    """Who did it."""

    id: int
    name: str


class RecordedChange(Struct, frozen=True, kw_only=True):
    """One change; `user` `null`: the house itself; `change` is `{"field": [before, after]}`."""

    id: int
    at: str
    user: Doer | None
    entity: str | None
    subject: str
    subject_id: int
    action: str
    change: dict[str, Any]


class Records(Struct, frozen=True):
    """The newest first; `next` is what `before` must be for the next page, `null` at the end.

    `names`: what the subjects, and the ids that stand in changes, are called now: by subject, by id.
    """

    items: tuple[RecordedChange, ...]
    next: int | None
    names: dict[str, dict[str, str]]


async def list_records(asking: Asking[Nothing, RecordsQuery]) -> Records | Refusal:
    """A page of the history."""
    query = asking.query
    reader = _reader(asking.caller, query.entity)
    if isinstance(reader, Refusal):
        return reader
    if query.id is not None and query.subject is None:
        return Refusal(DoorCode.INVALID, "subject: say what the id is of.", "subject")
    since = _instant(query.since, "from")
    if isinstance(since, Refusal):
        return since
    until = _instant(query.until, "to")
    if isinstance(until, Refusal):
        return until
    wanted = Wanted(subject=query.subject, subject_id=query.id, user_id=query.user, since=since, until=until)
    # One more than is shown says whether there is another page.
    found = await records_of(
        asking.doors.database, reader, wanted, before=query.before or LATEST, limit=query.limit + 1
    )
    shown = found[: query.limit]
    names = await names_in(asking.doors.database, shown)
    return Records(tuple(_shown(record) for record in shown), shown[-1].id if len(found) > len(shown) else None, names)


def _reader(caller: Caller, entity_id: int | None) -> Reader | Refusal:
    if entity_id is None:
        trader_id = None if caller.trader is None else int(caller.trader)
        return Reader(caller.user_id, tuple(sorted(caller.entities)), trader_id=trader_id)
    if entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_ALLOWED, "entity: is not one of yours.", "entity")
    return Reader(None, (entity_id,), with_groups=False)


def _instant(text: InstantText | None, name: str) -> Instant | Refusal | None:
    return None if text is None else read_instant(text, name)


def _shown(record: Record) -> RecordedChange:
    return RecordedChange(
        id=record.id,
        at=format_instant(record.at),
        user=None if record.user_id is None else Doer(record.user_id, record.user or ""),
        entity=record.entity,
        subject=record.subject,
        subject_id=record.subject_id,
        action=record.action,
        change=dict(record.change),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/history",
        who=Who.SIGNED_IN,
        says="Who did what and when in the reader's own records, newest first, a page at a time.",
        answer=list_records,
        query=RecordsQuery,
        gives=Records,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
)
