"""What the user was told, and mail that could not be delivered: `/api/notifications`, `/api/dead-letters`.

Notifications are the user's own. A dead letter is for whoever manages the users of the entity that it is of (§1.3).
"""

import re
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from engine.instants import format_instant
from persistence.notices import mail_queue
from persistence.notices.notifications import Notification as StoredNotification
from persistence.notices.notifications import mark_read, notifications_of
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.french import in_language
from server.http.pages_of import Paged, PageQuery, pages
from server.http.reading import Nothing
from server.http.values import Id
from server.http.words import NoticeKindWord
from server.live.notifications import ANNOUNCED

_WHOSE: Final = re.compile(r"(-[td])[0-9]+$")


class NotificationsQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`unread`: only what is not read yet."""

    unread: bool = False


class Notification(Struct, frozen=True):
    """A notice to the user. `key` is the `id` that the live wire tells it by; `params` make its words."""

    id: int
    key: str
    kind: NoticeKindWord
    at: str
    read: bool
    params: dict[str, str | int | None]


class NotificationList(Paged[Notification], frozen=True):
    """One page, newest first, and how many of all are unread."""

    unread: int


class ReadForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Which are read from now on: these `ids`, or `all`."""

    ids: Annotated[tuple[Id, ...], Meta(max_length=500)] | UnsetType = UNSET
    all: bool = False


class Unread(Struct, frozen=True):
    """How many are still unread."""

    unread: int


class DeadLetter(Struct, frozen=True):
    """A mail that was given up: to whom, what about, and what the mail server said last."""

    id: int
    kind: NoticeKindWord
    email: str
    queued_at: str
    dead_at: str
    attempts: int
    failure: str


class DeadLetterList(Paged[DeadLetter], frozen=True):
    """One page, newest first."""


async def list_notifications(asking: Asking[Nothing, NotificationsQuery]) -> NotificationList:
    """A page of the user's own."""
    query = asking.query
    found = await notifications_of(
        asking.doors.database,
        asking.caller.user_id,
        asking.caller.entities,
        only_unread=query.unread,
        page=query.page,
        limit=query.limit,
    )
    items = tuple(_notification(stored) for stored in found.items)
    return NotificationList(items, query.page, pages(found.total, query.limit), found.total, found.unread)


def _notification(stored: StoredNotification) -> Notification:
    # An auction's announcer makes one frame for everybody: its id does not say whose notice it is, as the key does.
    key = _WHOSE.sub(r"\1", stored.key) if stored.kind in ANNOUNCED else stored.key
    return Notification(
        stored.id, key, stored.kind, format_instant(stored.at), stored.read_at is not None, stored.params
    )


async def read_notifications(asking: Asking[ReadForm, Nothing]) -> Unread | Refusal:
    """Mark them read; others' and unknown ones change nothing."""
    form = asking.body
    if form.all is (form.ids is not UNSET):
        return Refusal(DoorCode.INVALID, "ids: name those that are read, or say all.", "ids")
    ids = None if form.ids is UNSET else form.ids
    doors, caller = asking.doors, asking.caller
    return Unread(await mark_read(doors.database, caller.user_id, caller.entities, ids, doors.clock.now()))


async def list_dead_letters(asking: Asking[Nothing, PageQuery]) -> DeadLetterList | Refusal:
    """A page of those of the entities whose users the caller manages."""
    entities = _managed(asking.caller)
    if not entities:
        return Refusal(DoorCode.NOT_ALLOWED)
    query = asking.query
    total, found = await mail_queue.dead_letters(asking.doors.database, entities, page=query.page, limit=query.limit)
    items = tuple(
        DeadLetter(
            letter.id,
            letter.kind,
            letter.email,
            format_instant(letter.queued_at),
            format_instant(letter.dead_at),
            letter.attempts,
            in_language(letter.failure, asking.language).removesuffix("."),
        )
        for letter in found
    )
    return DeadLetterList.of(items, query, total)


async def retry_dead_letter(asking: Asking[Nothing, Nothing]) -> Nothing | Refusal:
    """Put it back into the queue."""
    entities = _managed(asking.caller)
    if not entities:
        return Refusal(DoorCode.NOT_ALLOWED)
    doors = asking.doors
    revived = await mail_queue.revive(doors.database, asking.ids["id"], entities, doors.clock.now())
    if not revived:
        return Refusal(DoorCode.NOT_FOUND)
    doors.office.mail_waits()
    return Nothing()


def _managed(caller: Caller) -> list[int]:
    return sorted(entity_id for entity_id in caller.entities if caller.may("manage_users", entity_id))


ROUTES = (
    Route(
        method="GET",
        path="/api/notifications",
        who=Who.SIGNED_IN,
        says="What the user was told, newest first, a page at a time, and how much of it is unread.",
        answer=list_notifications,
        query=NotificationsQuery,
        gives=NotificationList,
    ),
    Route(
        method="POST",
        path="/api/notifications/read",
        who=Who.SIGNED_IN,
        says="Mark notifications of the user as read: some, or all.",
        answer=read_notifications,
        body=ReadForm,
        gives=Unread,
        refuses=(DoorCode.INVALID,),
    ),
    Route(
        method="GET",
        path="/api/dead-letters",
        who=Who.DEALER,
        says="Mail that could not be delivered, of the entities whose users the caller manages.",
        answer=list_dead_letters,
        query=PageQuery,
        gives=DeadLetterList,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
    Route(
        method="POST",
        path="/api/dead-letters/{id}/retry",
        who=Who.DEALER,
        says="Send a mail again that was given up.",
        answer=retry_dead_letter,
        gives=Nothing,
        refuses=(DoorCode.NOT_ALLOWED, DoorCode.NOT_FOUND),
    ),
)
