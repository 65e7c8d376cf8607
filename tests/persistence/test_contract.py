"""The contract of a book, asked of both keepers (architecture, laws 1, 2, 6, 7, 9)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from engine.auction.commands import CancelSale, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.events import ReserveReached, Started
from engine.auction.refusals import KeptAnswer, RefusalCode, Refused
from engine.auction.state import published
from engine.auction.terms import AuctionTerms
from engine.instants import SECOND
from persistence.database import Database
from persistence.errors import EntryForsaken, EntryRejected, Fenced, JournalStopped, UnknownAuction
from persistence.live.book import Entry
from persistence.live.postgres import PostgresBook
from persistence.live.recovery import last_written, recovered_state
from tests.persistence.keepers import InMemory, InPostgres, Keeper, Owner
from tests.persistence.published import ANNE, BRUNO, CELIA, STARTS_AT, terms

ENDS_AT = STARTS_AT + 600 * SECOND


@pytest.fixture(params=["memory", "postgres"])
async def keeper(request: pytest.FixtureRequest, database_dsn: str) -> AsyncIterator[Keeper]:
    if request.param == "memory":
        yield InMemory()
        return
    book = PostgresBook(Database(database_dsn))
    await book.open()
    yield InPostgres(book)
    await book.close()


async def owner_of(keeper: Keeper, auction: AuctionTerms) -> Owner:
    auction_id = await keeper.publish(auction)
    return Owner(auction_id, await keeper.book.claim(auction_id), published(auction))


async def restored(keeper: Keeper, owner: Owner) -> Owner:
    epoch = await keeper.book.claim(owner.auction_id)
    return Owner(owner.auction_id, epoch, recovered_state(await keeper.book.load(owner.auction_id)))


def started(owner: Owner) -> Entry:
    return owner.entry(Tick(STARTS_AT))


def bid(owner: Owner, trader: str, command: str, euros: int, *, second: int = 10, lot: int | None = None) -> Entry:
    number = lot or owner.state.terms.lots[0].number
    return owner.entry(PlaceBid(STARTS_AT + second * SECOND, trader, command, number, str(euros)))


async def test_what_was_written_is_what_is_loaded(keeper: Keeper) -> None:
    auction = terms(reserve_cents=2_500_00)
    owner = await owner_of(keeper, auction)
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "a1", 2_000))
    await keeper.book.append(bid(owner, BRUNO, "b1", 2_050, second=11))  # refused: below_minimum
    await keeper.book.append(bid(owner, BRUNO, "nul\x00and\x01mark", 2_600, second=590))  # reserve, and extension
    await keeper.book.append(owner.entry(Decline(STARTS_AT + 591 * SECOND, CELIA, "c1")))
    await keeper.book.append(owner.entry(Decline(STARTS_AT + 592 * SECOND, CELIA, "c2")))  # a yes that writes nothing
    await keeper.book.append(owner.entry(RemoveConnection(STARTS_AT + 593 * SECOND, CELIA)))
    await keeper.book.append(owner.entry(Recover(STARTS_AT + 700 * SECOND, STARTS_AT + 600 * SECOND)))
    await keeper.book.append(owner.entry(Tick(owner.state.ends_at)))

    stored = await keeper.book.load(owner.auction_id)

    assert stored.auction_id == owner.auction_id
    assert stored.terms == auction
    assert [event.seq for event in stored.events] == list(range(1, owner.state.seq + 1))
    below = Refused(RefusalCode.BELOW_MINIMUM, 2_100_00)
    assert stored.answers == (
        KeptAnswer(STARTS_AT + 11 * SECOND, BRUNO, "b1", 2, below, 101, "2050"),
        KeptAnswer(STARTS_AT + 592 * SECOND, CELIA, "c2", 6, None),
    )
    assert recovered_state(stored) == owner.state
    assert last_written(stored) == owner.state.ends_at


async def test_entries_given_together_are_written_together_and_told_in_order(keeper: Keeper) -> None:
    owners = [await owner_of(keeper, terms(number)) for number in (1, 2, 3)]
    for owner in owners:
        await keeper.book.append(started(owner))
    before = keeper.batches_written
    told: list[int] = []
    for place in range(59):
        keeper.book.write(
            bid(owners[place % 3], ANNE, f"a{place}", 2_000 + 100 * place),
            lambda fault, place=place: told.append(-1 if fault else place),  # type: ignore[misc]  # a default in a lambda
        )
    assert told == []
    await keeper.book.append(bid(owners[59 % 3], ANNE, "a59", 2_000 + 100 * 59))

    assert keeper.batches_written == before + 1
    assert told == list(range(59))
    for owner in owners:
        assert recovered_state(await keeper.book.load(owner.auction_id)) == owner.state


async def test_a_claim_raises_the_epoch_and_shuts_the_older_writer_out(keeper: Keeper) -> None:
    older = await owner_of(keeper, terms(1))
    other = await owner_of(keeper, terms(2))
    await asyncio.gather(keeper.book.append(started(older)), keeper.book.append(started(other)))
    newer = await restored(keeper, older)
    assert newer.epoch == older.epoch + 1

    late = keeper.book.append(bid(older, ANNE, "a1", 2_000))
    later = keeper.book.append(bid(older, ANNE, "a2", 2_200))
    good = keeper.book.append(bid(other, ANNE, "a1", 2_000))
    fresh = keeper.book.append(bid(newer, BRUNO, "b1", 2_100))
    with pytest.raises(Fenced) as fault:
        await late
    assert (fault.value.auction_id, fault.value.epoch) == (older.auction_id, older.epoch)
    with pytest.raises(Fenced):
        await later
    await good  # one fenced auction never sinks the batch that it shares with others
    await fresh

    assert recovered_state(await keeper.book.load(older.auction_id)) == newer.state
    assert recovered_state(await keeper.book.load(other.auction_id)) == other.state


async def test_a_taken_seq_is_refused_and_the_others_pass(keeper: Keeper) -> None:
    good, bad = await owner_of(keeper, terms(1)), await owner_of(keeper, terms(2))
    await asyncio.gather(keeper.book.append(started(good)), keeper.book.append(started(bad)))

    first = keeper.book.append(bid(good, ANNE, "a1", 2_000))
    clash = keeper.book.append(Entry(bad.auction_id, bad.epoch, (Started(1, STARTS_AT),)))
    after = keeper.book.append(Entry(bad.auction_id, bad.epoch, (ReserveReached(2, STARTS_AT, 201),)))
    last = keeper.book.append(bid(good, BRUNO, "b1", 2_100))

    await first
    with pytest.raises(EntryRejected) as fault:
        await clash
    assert fault.value.auction_id == bad.auction_id
    assert fault.value.constraint == "auction_events_pkey"
    with pytest.raises(EntryRejected):  # what follows a gap is not written either
        await after
    await last
    assert (await keeper.book.load(bad.auction_id)).events == (Started(1, STARTS_AT),)
    assert recovered_state(await keeper.book.load(good.auction_id)) == good.state


async def test_one_command_id_is_written_once(keeper: Keeper) -> None:
    owner = await owner_of(keeper, terms())
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "same", 2_000))
    await keeper.book.append(bid(owner, ANNE, "refused", 1))
    twin = await restored(keeper, owner)
    twin.state.answers.clear()  # a writer that has forgotten

    with pytest.raises(EntryRejected) as fault:
        await keeper.book.append(bid(twin, ANNE, "same", 3_000))
    assert fault.value.constraint == "auction_events_command"
    forgetful = await restored(keeper, owner)
    forgetful.state.answers.clear()
    with pytest.raises(EntryRejected) as fault:
        await keeper.book.append(bid(forgetful, ANNE, "refused", 2))
    assert fault.value.constraint == "auction_answers_pkey"
    await keeper.book.append(bid(await restored(keeper, owner), BRUNO, "same", 3_000))  # another trader's own


async def test_an_ending_writes_what_it_causes(keeper: Keeper) -> None:
    """§5.4.2, §5.4.3, §5.4.4: reservations, offers numbered without gaps, notices."""
    owner = await owner_of(keeper, terms(lots=3, vehicles=1))
    one, two, _ = (lot.number for lot in owner.state.terms.lots)
    assert owner.auction_id in await keeper.book.unfinished()
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "a1", 1_000, lot=one))
    await keeper.book.append(bid(owner, BRUNO, "b1", 1_500, lot=two))
    await keeper.book.append(bid(owner, ANNE, "a2", 1_700, lot=two))
    assert await keeper.offers() == []

    await keeper.book.append(owner.entry(Tick(owner.state.ends_at)))

    auction = owner.auction_id
    assert await keeper.offers() == [
        (auction, one, 1, ANNE, 1_000_00, (1_000_00,)),
        (auction, two, 2, ANNE, 1_700_00, (1_700_00,)),
    ]
    told = [notice for notice in await keeper.notices() if notice[1] != "auction_opened"]
    assert sorted(told, key=str) == sorted(
        [
            (auction, "lot_result", one, None),
            (auction, "lot_won", one, ANNE),
            (auction, "lot_result", two, None),
            (auction, "lot_won", two, ANNE),
            (auction, "lot_not_won", two, BRUNO),
            (auction, "lot_result", two + 1, None),
        ],
        key=str,
    )
    assert auction not in await keeper.book.unfinished()


async def test_the_shares_of_a_lot_are_the_lines_of_its_offer(keeper: Keeper) -> None:
    owner = await owner_of(keeper, terms(vehicles=3))
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "a1", 3_100))
    await keeper.book.append(owner.entry(Tick(owner.state.ends_at)))
    assert [offer[4:] for offer in await keeper.offers()] == [(3_100_00, (1_033_34, 1_033_33, 1_033_33))]


async def test_a_cancelled_sale_is_told_to_both_sides(keeper: Keeper) -> None:
    """§5.4.5."""
    owner = await owner_of(keeper, terms())
    lot = owner.state.terms.lots[0].number
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "a1", 2_000))
    await keeper.book.append(owner.entry(Tick(owner.state.ends_at)))
    await keeper.book.append(owner.entry(CancelSale(owner.state.ends_at + SECOND, lot, "vice caché\x00")))
    told = [notice for notice in await keeper.notices() if notice[1] == "sale_cancelled"]
    assert told == [(owner.auction_id, "sale_cancelled", lot, None), (owner.auction_id, "sale_cancelled", lot, ANNE)]
    assert recovered_state(await keeper.book.load(owner.auction_id)) == owner.state


async def test_a_rejected_ending_causes_nothing(keeper: Keeper) -> None:
    owner = await owner_of(keeper, terms())
    await keeper.book.append(started(owner))
    await keeper.book.append(bid(owner, ANNE, "a1", 2_000))
    twin = await restored(keeper, owner)
    ending = owner.entry(Tick(owner.state.ends_at))
    with pytest.raises(Fenced):
        await keeper.book.append(ending)
    assert await keeper.offers() == []
    await keeper.book.append(twin.entry(Tick(twin.state.ends_at)))
    again = Entry(twin.auction_id, twin.epoch, ending.events, None, ending.consequences)
    with pytest.raises(EntryRejected):
        await keeper.book.append(again)
    assert len(await keeper.offers()) == 1
    assert len([notice for notice in await keeper.notices() if notice[1] == "lot_won"]) == 1


async def test_the_heartbeat_never_goes_back(keeper: Keeper) -> None:
    assert await keeper.book.last_alive() is None
    await keeper.book.beat(STARTS_AT + 5)
    await keeper.book.beat(STARTS_AT)
    assert await keeper.book.last_alive() == STARTS_AT + 5


async def test_an_unknown_auction_is_named(keeper: Keeper) -> None:
    for asked in (keeper.book.load, keeper.book.claim):
        with pytest.raises(UnknownAuction) as fault:
            await asked(999)
        assert fault.value.auction_id == 999
    with pytest.raises(Fenced):
        await keeper.book.append(Entry(999, 1, (Started(1, STARTS_AT),)))
    assert await keeper.book.unfinished() == []


async def test_a_stopped_book_takes_nothing(database_dsn: str) -> None:
    book = PostgresBook(Database(database_dsn))
    await book.open()
    owner = await owner_of(InPostgres(book), terms())
    given = book.append(started(owner))
    await book.close()
    await given  # what was given is written first
    with pytest.raises(JournalStopped):
        await book.append(started(owner))


async def test_after_a_failed_entry_nothing_of_that_epoch_is_written(keeper: Keeper) -> None:
    """A gap in the history could never be recovered from, and no key would see it (law 6)."""
    owner = await owner_of(keeper, terms())
    await keeper.book.append(started(owner))
    clash = keeper.book.append(Entry(owner.auction_id, owner.epoch, (Started(1, STARTS_AT),)))
    with pytest.raises(EntryRejected):
        await clash
    lost, gap = bid(owner, ANNE, "a1", 2_000), bid(owner, BRUNO, "b1", 2_100)
    del lost
    with pytest.raises(EntryForsaken) as fault:
        await keeper.book.append(gap)
    assert (fault.value.auction_id, fault.value.epoch) == (owner.auction_id, owner.epoch)
    again = await restored(keeper, owner)
    await keeper.book.append(bid(again, ANNE, "a1", 2_000))
    assert recovered_state(await keeper.book.load(owner.auction_id)) == again.state


async def test_what_came_while_a_failing_batch_was_written_fails_too(keeper: Keeper) -> None:
    owner = await owner_of(keeper, terms())
    await keeper.book.append(started(owner))
    clash = keeper.book.append(Entry(owner.auction_id, owner.epoch, (Started(1, STARTS_AT),)))
    behind = asyncio.get_running_loop().create_future()

    def follow() -> None:
        behind.set_result(keeper.book.append(Entry(owner.auction_id, owner.epoch, (Started(3, STARTS_AT),))))

    asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(follow))
    with pytest.raises(EntryRejected):
        await clash
    with pytest.raises((EntryRejected, EntryForsaken)):
        await (await behind)
    assert len((await keeper.book.load(owner.auction_id)).events) == 1
