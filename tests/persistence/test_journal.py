"""What only the journal in PostgreSQL does: waits for locks, loses its connection, falls back, says what it knows."""

import asyncio

import pytest

import persistence.live.journal
from engine.auction.commands import Tick
from engine.auction.events import BidPlaced
from persistence.database import AnyConnection, Connection
from persistence.errors import EntryRejected, Fenced, JournalDown, JournalFull
from persistence.live.book import Entry
from persistence.live.journal import Journal
from persistence.live.postgres import PostgresBook
from persistence.live.recovery import recovered_state
from tests.persistence.keepers import InPostgres
from tests.persistence.published import ANNE, BRUNO, STARTS_AT, terms
from tests.persistence.test_contract import bid, owner_of, restored, started

ALIVE = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'adjuge journal'"
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'adjuge journal'"
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


async def until_blocked(connection: AnyConnection, sessions: int = 1) -> None:
    while await connection.fetchval(BLOCKED) < sessions:
        pass  # the question itself takes its time


async def test_a_connection_killed_while_idle_costs_nothing(book: PostgresBook) -> None:
    owner = await owner_of(InPostgres(book), terms())
    await book.append(started(owner))
    async with book.database.acquire() as connection:
        await connection.execute(KILL)
        while await connection.fetchval(ALIVE):
            pass
    # Told of the loss or not yet, the journal writes it or says that nobody knows; a reload settles it (law 6).
    try:
        await book.append(bid(owner, ANNE, "a1", 2_000))
    except JournalDown:
        owner = await restored(InPostgres(book), owner)
        await book.append(bid(owner, ANNE, "a1", 2_000))
    assert recovered_state(await book.load(owner.auction_id)) == owner.state


async def test_a_listener_that_fails_keeps_nobody_from_being_told(book: PostgresBook) -> None:
    owner = await owner_of(InPostgres(book), terms())
    told: list[object] = []

    def fail(fault: object) -> None:
        told.append(fault)
        raise RuntimeError("a listener's own fault")

    book.write(started(owner), fail)
    await book.append(bid(owner, ANNE, "a1", 2_000))
    assert told == [None]
    assert recovered_state(await book.load(owner.auction_id)) == owner.state


async def test_a_connection_killed_while_writing_fails_what_is_in_flight_and_what_waits(book: PostgresBook) -> None:
    keeper = InPostgres(book)
    owner = await owner_of(keeper, terms())
    await book.append(started(owner))
    async with book.database.acquire() as holder, book.database.acquire() as watcher:
        holding = holder.transaction()
        await holding.start()
        await holder.execute("SELECT 1 FROM auction_leases WHERE auction_id = $1 FOR UPDATE", owner.auction_id)
        in_flight = book.append(bid(owner, ANNE, "a1", 2_000))
        await until_blocked(watcher)
        waiting = book.append(bid(owner, BRUNO, "b1", 2_100))
        await watcher.execute(KILL)
        with pytest.raises(JournalDown) as fault:
            await in_flight
        assert fault.value.outcome_unknown
        with pytest.raises(JournalDown) as fault:
            await waiting
        assert not fault.value.outcome_unknown
        await holding.rollback()

    again = await restored(keeper, owner)
    assert again.state.seq == 1
    await book.append(bid(again, ANNE, "a1", 2_000))  # it has come back by itself
    assert recovered_state(await book.load(owner.auction_id)) == again.state


async def test_a_claim_waits_for_the_batch_in_flight(book: PostgresBook) -> None:
    """Law 7: what is loaded after a claim is all there will ever be from before."""
    keeper = InPostgres(book)
    owner, other = await owner_of(keeper, terms(1)), await owner_of(keeper, terms(2))
    await asyncio.gather(book.append(started(owner)), book.append(started(other)))
    async with book.database.acquire() as holder, book.database.acquire() as watcher:
        holding = holder.transaction()
        await holding.start()
        await holder.execute("SELECT 1 FROM auctions WHERE id = $1 FOR UPDATE", other.auction_id)
        # One batch with both: it holds the lease of `owner` while it waits to move the end of `other`.
        late = bid(other, ANNE, "late", 2_000, second=599)
        given = [book.append(bid(owner, ANNE, "a1", 2_000)), book.append(late)]
        await until_blocked(watcher)
        claiming = asyncio.create_task(restored(keeper, owner))
        await until_blocked(watcher, 2)
        assert not claiming.done()
        await holding.rollback()
    await asyncio.gather(*given)
    assert (await claiming).state == owner.state
    async with book.database.acquire() as connection:
        moved = await connection.fetchval("SELECT ends_at FROM auctions WHERE id = $1", other.auction_id)
    assert moved == other.state.ends_at


async def test_what_postgresql_cannot_hold_falls_alone(book: PostgresBook) -> None:
    keeper = InPostgres(book)
    good, bad = await owner_of(keeper, terms(1)), await owner_of(keeper, terms(2))
    await asyncio.gather(book.append(started(good)), book.append(started(bad)))
    too_much = Entry(bad.auction_id, bad.epoch, (BidPlaced(2, STARTS_AT, 201, ANNE, "a1", 1, 2**70),))
    falls, stands = book.append(too_much), book.append(bid(good, ANNE, "a1", 2_000))
    with pytest.raises(EntryRejected):
        await falls
    await stands


async def test_an_ending_that_cannot_be_written_whole_is_not_written_at_all(book: PostgresBook) -> None:
    """Law 9: events and what they cause stand or fall together."""
    keeper = InPostgres(book)
    owner, other = await owner_of(keeper, terms(1)), await owner_of(keeper, terms(2))
    for each in (owner, other):
        await book.append(started(each))
        await book.append(bid(each, ANNE, "a1", 2_000))
    async with book.database.acquire() as connection:  # a number that is taken already
        await connection.execute(
            """INSERT INTO offers (group_id, number, entity_id, trader_id, status, price_cents, price_ht_cents, made_at)
               SELECT group_id, 1, id, $1, 'in_progress', 1, 1, now() FROM entities LIMIT 1""",
            int(ANNE),
        )
    ending = book.append(owner.entry(Tick(owner.state.ends_at)))
    others = book.append(bid(other, BRUNO, "b1", 2_100))
    with pytest.raises(EntryRejected) as fault:
        await ending
    assert fault.value.constraint == "offers_group_id_number_key"
    await others
    assert [event.seq for event in (await book.load(owner.auction_id)).events] == [1, 2]
    assert not [notice for notice in await keeper.notices() if notice[1] == "lot_won"]
    async with book.database.acquire() as connection:
        await connection.execute("UPDATE groups SET next_offer_number = 2")
    again = await restored(keeper, owner)
    await book.append(again.entry(Tick(again.state.ends_at)))
    assert [offer[2] for offer in await keeper.offers()] == [2]


async def test_a_full_queue_says_so_at_once(book: PostgresBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence.live.journal, "CAPACITY_ENTRIES", 2)
    owner = await owner_of(InPostgres(book), terms())
    taken = [book.append(started(owner)), book.append(bid(owner, ANNE, "a1", 2_000))]
    with pytest.raises(JournalFull) as fault:
        await book.append(bid(owner, ANNE, "a2", 2_200))
    assert fault.value.queued == 2
    await asyncio.gather(*taken)


async def test_the_journal_comes_back_when_the_server_does(book: PostgresBook) -> None:
    """What is given while there is no server fails, and says that it was not written."""
    known: list[bool] = []
    connected = False

    async def connect() -> Connection:
        nonlocal connected
        if connected and known.count(True) < 2:  # the server stays away until two have been told so, however long
            raise ConnectionRefusedError("no server")
        connected = True
        return await book.database.connect()

    keeper = InPostgres(book)
    owner = await owner_of(keeper, terms())
    journal = Journal(connect)
    await journal.start()
    try:
        async with book.database.acquire() as connection:
            await connection.execute(KILL)
            while await connection.fetchval(ALIVE):
                pass
        while True:
            try:
                await journal.append(started(owner))
                break
            except JournalDown as fault:
                known.append(not fault.outcome_unknown)
                owner = await restored(keeper, owner)
        assert known.count(True) == 2
        assert journal.queued == 0
        assert recovered_state(await book.load(owner.auction_id)) == owner.state
    finally:
        await journal.stop()


async def test_a_batch_that_waits_for_a_claim_finds_itself_fenced(book: PostgresBook) -> None:
    """Law 7, the other way round: the claim came first and is not committed yet."""
    keeper = InPostgres(book)
    owner, other = await owner_of(keeper, terms(1)), await owner_of(keeper, terms(2))
    await asyncio.gather(book.append(started(owner)), book.append(started(other)))
    async with book.database.acquire() as claimer, book.database.acquire() as watcher:
        claim = claimer.transaction()
        await claim.start()
        await claimer.execute("UPDATE auction_leases SET epoch = epoch + 1 WHERE auction_id = $1", owner.auction_id)
        late, good = book.append(bid(owner, ANNE, "a1", 2_000)), book.append(bid(other, ANNE, "a1", 2_000))
        await until_blocked(watcher)
        await claim.commit()
    with pytest.raises(Fenced):
        await late
    await good
    assert [event.seq for event in (await book.load(owner.auction_id)).events] == [1]
