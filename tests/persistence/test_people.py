"""Accounts, sessions and tokens; groups and what `ensure` makes of them (§1, §2.1)."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from persistence.database import Database
from persistence.people.password_resets import NoSuchReset, ask_reset, is_open, reset_password
from persistence.people.registry import (
    ALL_RIGHTS,
    EmailTaken,
    NewUser,
    add_dealer,
    add_trader_user,
    any_group,
    ensure_company,
    ensure_entity,
    sites_of,
)
from persistence.people.sessions import (
    Account,
    Membership,
    Person,
    account_of,
    close_session,
    make_token,
    open_session,
    person,
    person_by_session,
    person_by_token,
    rehash,
    revoke_token,
    tokens_of,
)
from persistence.people.users import SignedOut
from tests.persistence.dealership import HASH, NOW, a_dealership

SECRET, OTHER, LINK = b"s" * 32, b"o" * 32, b"l" * 32


@pytest.fixture
async def database(database_dsn: str) -> AsyncIterator[Database]:
    opened = Database(database_dsn)
    await opened.open()
    yield opened
    await opened.close()


def user(email: str) -> NewUser:
    return NewUser(email=email, name="Anne", password_hash=HASH)


async def test_one_address_one_account_however_it_is_written(database: Database) -> None:
    """§2.1."""
    dealer = await a_dealership(database)
    made = await add_dealer(database, (dealer.entity,), user("Anne@Example.fr"))
    assert isinstance(made, int)
    assert await account_of(database, "ANNE@example.FR") == Account(made, HASH, disabled=False)
    assert await account_of(database, "bruno@example.fr") is None
    taken = await add_trader_user(database, dealer.traders[0], user("anne@example.fr"))
    assert taken == EmailTaken("anne@example.fr")
    await rehash(database, made, HASH + "2")
    assert await account_of(database, "anne@example.fr") == Account(made, HASH + "2", disabled=False)


async def test_a_person_comes_with_company_and_rights(database: Database) -> None:
    dealer = await a_dealership(database)
    second = await ensure_entity(database, "Groupe Concession", "Annexe", "Point de vente 9", "TOURS")
    rights = frozenset({"run_stock_auctions"})
    both = (dealer.entity, second)
    working = await add_dealer(database, both, user("a@x.fr"), rights=rights, validate_trade_ins="own")
    buying = await add_trader_user(database, dealer.traders[1], user("b@x.fr"))
    assert isinstance(working, int)
    assert isinstance(buying, int)
    memberships = (Membership(second, "Annexe", rights, "own"), Membership(dealer.entity, "Concession", rights, "own"))
    assert await person(database, working) == Person(
        working, "a@x.fr", "Anne", "dealer", "fr", "Concession", None, memberships
    )
    assert await person(database, buying) == Person(
        buying, "b@x.fr", "Anne", "trader", "fr", "Top used cars", dealer.traders[1], ()
    )
    assert await person(database, 10**6) is None


async def test_a_session_lasts_until_it_is_closed_or_expires(database: Database) -> None:
    dealer = await a_dealership(database)
    made = await add_dealer(database, (dealer.entity,), user("a@x.fr"), rights=ALL_RIGHTS)
    assert isinstance(made, int)
    await open_session(database, made, SECRET, NOW, NOW + 100)
    await open_session(database, made, OTHER, NOW, NOW + 1000)
    found = await person_by_session(database, SECRET, NOW + 99)
    assert found is not None
    assert (found[0], found[1].user_id) == (NOW + 100, made)
    assert await person_by_session(database, SECRET, NOW + 100) is None
    assert await person_by_session(database, b"x" * 32, NOW) is None
    await close_session(database, OTHER)
    assert await person_by_session(database, OTHER, NOW) is None


async def test_no_session_outlives_the_change_of_the_password_that_it_came_by(database: Database) -> None:
    """§1.5: neither one that was open, nor one that is opened by who had just shown the old one."""
    dealer = await a_dealership(database)
    made = await add_dealer(database, (dealer.entity,), user("a@x.fr"))
    assert isinstance(made, int)
    assert await open_session(database, made, SECRET, NOW, NOW + 100, password_hash=HASH)
    await ask_reset(database, "A@x.fr", LINK, "https://x/#secret", NOW, NOW + 50)
    assert await is_open(database, LINK, NOW + 49)
    assert not await is_open(database, LINK, NOW + 50)
    assert await reset_password(database, LINK, HASH + "2", NOW + 50) == NoSuchReset()
    assert await reset_password(database, LINK, HASH + "2", NOW + 49) == SignedOut(sessions=(SECRET,))
    assert not await open_session(database, made, OTHER, NOW, NOW + 100, password_hash=HASH)
    await rehash(database, made, HASH + "3", instead_of=HASH)
    assert await account_of(database, "a@x.fr") == Account(made, HASH + "2", disabled=False)
    assert await reset_password(database, LINK, HASH + "4", NOW + 49) == NoSuchReset()


async def test_a_disabled_user_is_nobody(database: Database) -> None:
    dealer = await a_dealership(database)
    made = await add_dealer(database, (dealer.entity,), user("a@x.fr"))
    assert isinstance(made, int)
    await open_session(database, made, SECRET, NOW, NOW + 100)
    await make_token(database, made, "robot", OTHER, NOW)
    async with database.acquire() as connection:
        await connection.execute("UPDATE users SET disabled_at = now()")
    assert await account_of(database, "a@x.fr") == Account(made, HASH, disabled=True)
    assert await person_by_session(database, SECRET, NOW) is None
    assert await person_by_token(database, OTHER) is None


async def test_a_token_signs_in_until_its_owner_revokes_it(database: Database) -> None:
    dealer = await a_dealership(database)
    made = await add_trader_user(database, dealer.traders[0], user("a@x.fr"))
    stranger = await add_trader_user(database, dealer.traders[1], user("b@x.fr"))
    assert isinstance(made, int)
    assert isinstance(stranger, int)
    token = await make_token(database, made, "robot", SECRET, NOW)
    assert [(each.id, each.name, each.created_at) for each in await tokens_of(database, made)] == [
        (token, "robot", NOW)
    ]
    found = await person_by_token(database, SECRET)
    assert found is not None
    assert (found[0], found[1].user_id) == (token, made)
    assert not await revoke_token(database, stranger, token, NOW + 1)
    assert await revoke_token(database, made, token, NOW + 1)
    assert not await revoke_token(database, made, token, NOW + 2)
    assert await person_by_token(database, SECRET) is None
    assert await tokens_of(database, made) == []


async def test_ensuring_twice_makes_one(database: Database) -> None:
    assert not await any_group(database)
    entities = await asyncio.gather(*(ensure_entity(database, "G", "E", "S", "ORLEANS") for _ in range(4)))
    companies = await asyncio.gather(*(ensure_company(database, "C", "0" * 14) for _ in range(4)))
    assert len(set(entities)) == len(set(companies)) == 1
    assert [(site.name, site.city) for site in await sites_of(database, entities)] == [("S", "ORLEANS")]
    assert await any_group(database)


async def test_the_tables_refuse_what_no_form_lets_through(database: Database) -> None:
    dealer = await a_dealership(database)
    with pytest.raises(asyncpg.CheckViolationError):
        await ensure_company(database, "C", "123")
    with pytest.raises(asyncpg.CheckViolationError):
        await add_dealer(database, (dealer.entity,), user("a@x.fr"), rights=frozenset({"everything"}))
    with pytest.raises(asyncpg.CheckViolationError):
        await add_dealer(database, (dealer.entity,), NewUser(email="c@x.fr", name="C", password_hash="plain"))


async def test_signing_in_while_all_sessions_are_ended_waits_its_turn(database: Database) -> None:
    """Both hold the user first; the one that comes second forgets what has expired meanwhile."""
    dealer = await a_dealership(database)
    made = await add_dealer(database, (dealer.entity,), user("anne@example.fr"))
    assert isinstance(made, int)
    await open_session(database, made, SECRET, NOW, NOW + 100)
    waits = (
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
    )
    async with asyncio.timeout(20), asyncio.TaskGroup() as group, database.transaction() as connection:
        await connection.execute("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", made)
        signing_in = group.create_task(open_session(database, made, OTHER, NOW + 200, NOW + 1000))
        async with database.acquire() as other:
            while not await other.fetchval(waits):
                pass
        await connection.execute("DELETE FROM sessions WHERE user_id = $1", made)
    assert signing_in.result()
    async with database.acquire() as connection:
        assert [row[0] for row in await connection.fetch("SELECT token_sha256 FROM sessions")] == [OTHER]
