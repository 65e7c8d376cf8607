"""What an operator does with the book from a terminal: migrate, export, add users; and how the book is reached at all.

`reached` is the one way to a database for every command: the embedded PostgreSQL, or the one that DATABASE_URL names.
"""

import fcntl
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import asyncpg
import psycopg
from alembic.util import CommandError
from msgspec import Struct
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from engine.auction.replay_export import export
from engine.companies import is_siret
from persistence.database import Database
from persistence.embedded import EmbeddedPostgres
from persistence.errors import BookError, EmbeddedFault, UnknownAuction
from persistence.live.postgres import PostgresBook
from persistence.live.recovery import recovered_state
from persistence.migrations.migrate import migrate
from persistence.people import registry as people
from persistence.people.registry import EmailTaken, NewUser
from persistence.traders.connections import connect
from server.auth.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD, Passwords
from server.clock import SystemClock
from server.http.values import EMAIL
from server.settings import Settings, StartRefused

LONGEST_EMAIL: Final = 254


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date and not yet open; the embedded server is left in order. Raises StartRefused."""
    if settings.database_url is not None:
        await _migrated(settings.database_url)
        yield Database(settings.database_url)
        return
    embedded = EmbeddedPostgres(settings.data)
    try:
        await embedded.start()
        await _migrated(embedded.dsn)
        yield Database(embedded.dsn, revive=embedded.revive)
    finally:
        await embedded.stop()


@contextmanager
def serving_alone(settings: Settings) -> Iterator[None]:
    """Within the block nobody else serves this data directory: a second house would take every auction from the first
    (law 7). Tools may use it meanwhile; a killed process leaves nothing behind. Raises StartRefused.
    """
    if settings.database_url is not None:
        yield
        return
    with (settings.data.expanduser() / "serving.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartRefused(f"another Adjugé serves {settings.data}: stop it, or name another --data") from None
        yield


async def _migrated(dsn: str) -> str:
    with usable():
        return await migrate(dsn)


@contextmanager
def usable() -> Iterator[None]:
    """What goes wrong with the database in this block is a StartRefused, told in one line."""
    try:
        yield
    except CommandError as fault:
        raise StartRefused(f"the database is newer than this Adjugé: {_first_line(fault)}") from fault
    except EmbeddedFault:
        raise
    except DBAPIError as fault:
        raise StartRefused(f"the database cannot be used: {_first_line(fault.orig or fault)}") from fault
    except (asyncpg.PostgresError, psycopg.Error, BookError, SQLAlchemyError, OSError) as fault:
        raise StartRefused(f"the database cannot be used: {_first_line(fault)}") from fault


def _first_line(fault: BaseException) -> str:
    """What went wrong; of a step that the stored data does not let through, also which data."""
    said = (str(fault).splitlines() or [type(fault).__name__])[0]
    detail = fault.diag.message_detail if isinstance(fault, psycopg.errors.UniqueViolation) else None
    return said if detail is None else f"{said}: {detail}"


async def bring_up_to_date(settings: Settings) -> str:
    """Run what migrations are missing; tells the step reached."""
    async with reached(settings) as database:
        return await migrate(database.dsn)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, open."""
    async with reached(settings) as database:
        with usable():
            await database.open()
        try:
            yield database
        finally:
            await database.close()


# ----------------------------------------------------------------------------------------------------------- exporting


async def exported(settings: Settings, auction_id: int) -> bytes | None:
    """A stored auction as a replay file; `None` if there is none. One that is not over is reported as of now."""
    async with opened(settings) as database:
        try:
            stored = await PostgresBook(database).load(auction_id)
        except UnknownAuction:
            return None
    until = None if recovered_state(stored).is_over else SystemClock().now()
    return export(stored.terms, stored.events, stored.answers, until)


# ------------------------------------------------------------------------------------------------------- adding users


class NewAccount(Struct, frozen=True, kw_only=True):
    """A user to be added: a dealer of an entity, or of a trader's company when there is a `company`.

    A trader with a `group` and an `entity` is connected to that entity at once (§2.3).
    """

    role: str
    email: str
    name: str
    password: str
    language: str = "fr"
    group: str = ""
    entity: str = ""
    site: str = ""
    city: str = ""
    company: str = ""
    siret: str = ""


class AccountRefused(Exception):
    """The account does not fit; its text is one line that names the field."""


async def add_user(settings: Settings, account: NewAccount) -> int:
    """Add a user, and the group, entity, site or company that are not there yet; gives its id."""
    _check(account)
    user = NewUser(
        email=account.email,
        name=account.name,
        password_hash=await Passwords().hash(account.password),
        language=account.language,
    )
    async with opened(settings) as database:
        added: int | EmailTaken
        if account.role == "dealer":
            site = account.site or account.entity
            entity_id = await people.ensure_entity(database, account.group, account.entity, site, account.city)
            added = await people.add_dealer(database, (entity_id,), user)
        else:
            trader_id = await people.ensure_company(database, account.company, account.siret)
            added = await people.add_trader_user(database, trader_id, user)
            # Only then: a company that is connected and has nobody would be anybody's to claim.
            if account.entity and not isinstance(added, EmailTaken):
                site = account.site or account.entity
                entity_id = await people.ensure_entity(database, account.group, account.entity, site, account.city)
                await connect(database, entity_id, trader_id, SystemClock().now())
    if isinstance(added, EmailTaken):
        raise AccountRefused(f"email: {added.email} has an account")
    return added


def _check(account: NewAccount) -> None:
    needed = ("email", "name", *(("group", "entity") if account.role == "dealer" else ("company", "siret")))
    for field in needed:
        if not getattr(account, field).strip():
            raise AccountRefused(f"{field}: is needed")
    if account.entity and not account.group:
        raise AccountRefused("group: is needed with an entity")
    if re.match(EMAIL, account.email) is None or len(account.email) > LONGEST_EMAIL:
        raise AccountRefused("email: must be an e-mail address like achats@example.fr")
    if not SHORTEST_PASSWORD <= len(account.password) <= LONGEST_PASSWORD:
        raise AccountRefused(f"password: must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    if account.role == "trader" and not is_siret(account.siret):
        raise AccountRefused("siret: must be 14 digits that check")
