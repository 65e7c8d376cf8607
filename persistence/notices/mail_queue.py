"""The mails that are to go out: claimed one at a time by whoever sends, marked when the mail server has taken them.

A claim lasts until `due_at`, which it moves; a sender that dies gives its mail back by not renewing it. Handing over
and marking are two steps, so a crash between them sends one mail twice, under the same Message-ID.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database

LONGEST_FAILURE: Final = 500

_CLAIM: Final = """
    WITH claimed AS (
        UPDATE mails SET due_at = $2, attempts = attempts + 1
        WHERE id = (SELECT id FROM mails WHERE status = 'waiting' AND due_at <= $1
                    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, notice_id, user_id, attempts
    )
    SELECT claimed.id, claimed.attempts, claimed.user_id, notices.key, notices.kind, notices.at, notices.params,
           coalesce(users.email, notices.email) AS email, coalesce(users.language, notices.language) AS language,
           users.name, users.disabled_at IS NOT NULL OR notices.entity_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM memberships
               WHERE memberships.user_id = users.id AND memberships.entity_id = notices.entity_id) AS is_gone,
           notices.trader_id IS NOT NULL AS to_trader
    FROM claimed JOIN notices ON notices.id = claimed.notice_id LEFT JOIN users ON users.id = claimed.user_id
"""
_SENT: Final = """
    UPDATE mails SET status = 'sent', done_at = $2, failure = NULL
    WHERE id = $1 AND status <> 'sent' RETURNING notice_id
"""
_BLANK: Final = """
    UPDATE notices SET params = params - 'secret'
    WHERE id = $1 AND NOT EXISTS (SELECT FROM mails WHERE notice_id = $1 AND status <> 'sent')
"""
_POSTPONE: Final = "UPDATE mails SET due_at = $2, failure = $3 WHERE id = $1 AND status = 'waiting'"
_RELEASE: Final = (
    "UPDATE mails SET due_at = $2, attempts = attempts - 1, failure = $3 WHERE id = $1 AND status = 'waiting'"
)
_BURY: Final = "UPDATE mails SET status = 'dead', done_at = $2, failure = $3 WHERE id = $1 AND status = 'waiting'"
_EXPIRE: Final = """
    UPDATE mails SET status = 'dead', done_at = $1, failure = 'no mail server took it in time'
    WHERE status = 'waiting' AND queued_at < $2 AND due_at <= $1
"""
_NAMED_BY: Final = {
    "auction": "SELECT FROM auctions WHERE auctions.id = {id} AND entity_id = ANY ($1::bigint[])",
    "offer_id": "SELECT FROM offers WHERE offers.id = {id} AND entity_id = ANY ($1::bigint[])",
    "vehicle_id": "SELECT FROM vehicles WHERE vehicles.id = {id} AND entity_id = ANY ($1::bigint[])",
    "connection": "SELECT FROM connections WHERE connections.id = {id} AND entity_id = ANY ($1::bigint[])",
    "invitation": "SELECT FROM invitation_entities WHERE invitation_id = {id} AND entity_id = ANY ($1::bigint[])",
    "entity_id": "SELECT WHERE {id} = ANY ($1::bigint[])",
}
_NUMBER: Final = """CASE WHEN jsonb_typeof(notices.params -> '{name}') = 'number'
                         THEN (notices.params ->> '{name}')::numeric::bigint END"""
_ABOUT: Final = "\n        OR ".join(
    f"EXISTS ({asks.format(id=_NUMBER.format(name=name))})" for name, asks in _NAMED_BY.items()
)
_DEAD: Final = f"""
    FROM mails JOIN notices ON notices.id = mails.notice_id LEFT JOIN users ON users.id = mails.user_id
    WHERE mails.status = 'dead' AND (
        notices.entity_id = ANY ($1::bigint[])
        OR notices.user_id IN (SELECT user_id FROM memberships WHERE entity_id = ANY ($1::bigint[]))
        OR notices.key IN (SELECT 'user_invited-' || id FROM user_invitations WHERE entity_id = ANY ($1::bigint[]))
        OR {_ABOUT})
"""  # noqa: S608 - constants


class DueMail(Struct, frozen=True):
    """A mail to send now, the `attempts`-th time; `params` with the secret, if there is one. `is_gone`: its reader is
    disabled meanwhile, or has left the entity that it is to, and must not have it any more (§1.4).
    """

    id: int
    attempts: int
    user_id: int | None
    key: str
    kind: str
    at: Instant
    params: dict[str, str | int | None]
    email: str
    language: str
    name: str | None
    is_gone: bool
    to_trader: bool


class DeadLetter(Struct, frozen=True):
    """A mail that was given up, and what the mail server said."""

    id: int
    kind: str
    email: str
    queued_at: Instant
    dead_at: Instant
    attempts: int
    failure: str


class Counts(Struct, frozen=True):
    """How many mails wait, and how many were given up."""

    waiting: int
    dead: int


async def claim(database: Database, now: Instant, until: Instant) -> DueMail | None:
    """The mail that has waited longest, ours until then; nobody else claims it meanwhile."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_CLAIM, now, until)
    if row is None:
        return None
    return DueMail(**{**dict(row), "params": msgspec.json.decode(row["params"])})


async def mark_sent(database: Database, mail_id: int, at: Instant) -> None:
    """The mail server has it. Once the last of a notice's mails is sent, nobody needs its secret any more."""
    async with database.transaction() as connection:
        notice_id = await connection.fetchval(_SENT, mail_id, at)
        # Two that end together must see each other: the second waits here for the first.
        secret = await connection.fetchval(
            "SELECT id FROM notices WHERE id = $1 AND params ? 'secret' FOR UPDATE", notice_id
        )
        if secret is not None:
            await connection.execute(_BLANK, notice_id)


async def postpone(database: Database, mail_id: int, due_at: Instant, failure: str) -> None:
    """It could not be handed over; again at `due_at`."""
    async with database.acquire() as connection:
        await connection.execute(_POSTPONE, mail_id, due_at, _storable(failure))


async def release(database: Database, mail_id: int, due_at: Instant, failure: str) -> None:
    """It was not even tried, because the mail server is away: that counts as no attempt."""
    async with database.acquire() as connection:
        await connection.execute(_RELEASE, mail_id, due_at, _storable(failure))


async def bury(database: Database, mail_id: int, at: Instant, failure: str) -> None:
    """Give it up: it is a dead letter from now on."""
    async with database.acquire() as connection:
        await connection.execute(_BURY, mail_id, at, _storable(failure))


async def expire(database: Database, now: Instant, queued_before: Instant) -> None:
    """What has waited since before then is news no more: it is given up."""
    async with database.acquire() as connection:
        await connection.execute(_EXPIRE, now, queued_before)


async def counts(database: Database) -> Counts:
    """How the queue stands."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            """SELECT (SELECT count(*) FROM mails WHERE status = 'waiting') AS waiting,
                      (SELECT count(*) FROM mails WHERE status = 'dead') AS dead"""
        )
    assert row is not None
    return Counts(row["waiting"], row["dead"])


async def dead_letters(
    database: Database, entity_ids: Iterable[int], *, page: int, limit: int
) -> tuple[int, list[DeadLetter]]:
    """How many there are of these entities, and a page of them, newest first; the first page is 1.

    An entity's are those to it or to its dealers, and those about its auctions, offers, vehicles and invitations.
    """
    entities = list(entity_ids)
    async with database.acquire() as connection:
        total: int = await connection.fetchval(f"SELECT count(*) {_DEAD}", entities)
        rows = await connection.fetch(
            f"""SELECT mails.id, notices.kind, coalesce(users.email, notices.email) AS email, mails.queued_at,
                       mails.done_at AS dead_at, mails.attempts, mails.failure
                {_DEAD} ORDER BY mails.id DESC LIMIT $2 OFFSET $3""",
            entities,
            limit,
            (page - 1) * limit,
        )
    return total, [DeadLetter(**dict(row)) for row in rows]


async def revive(database: Database, mail_id: int, entity_ids: Iterable[int], now: Instant) -> bool:
    """Whether these entities have such a dead letter; it waits again from now on, as if it were new."""
    async with database.acquire() as connection:
        revived = await connection.fetchval(
            f"""UPDATE mails SET status = 'waiting', attempts = 0, queued_at = $3, due_at = $3, done_at = NULL
                WHERE id = $2 AND status = 'dead' AND id IN (SELECT mails.id {_DEAD}) RETURNING id""",  # noqa: S608 - constants
            list(entity_ids),
            mail_id,
            now,
        )
    return revived is not None


def _storable(failure: str) -> str:
    """What a mail server said, as one line of bounded length."""
    return " ".join(failure.replace("\0", "").split())[:LONGEST_FAILURE] or "refused"
