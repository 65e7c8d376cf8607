"""A scheduled auction is written anew: what stays, what is drawn and frozen again, who is told (§3.4, §5.1.4)."""

import msgspec
import pytest

from engine.auction.commands import RemoveConnection
from engine.auction.state import published
from engine.auction.terms import AuctionTerms, Kind, SoftClose
from engine.instants import SECOND
from engine.notices import NoticeKind
from persistence.auctions.audience import Audience
from persistence.auctions.changes import (
    AuctionChange,
    AuctionChanged,
    ChangedVehicle,
    Told,
    change_auction,
)
from persistence.auctions.creation import CreationRefused, create
from persistence.errors import Fenced
from persistence.live.postgres import PostgresBook
from persistence.people.registry import Company, NewUser, add_company, add_dealer
from persistence.stock.cards import add_vehicle
from persistence.traders.connections import connect
from persistence.versions import ChangedMeanwhile
from tests.persistence.dealership import HASH, NOW, Dealership, a_card, a_dealership
from tests.persistence.keepers import Owner

SOON = NOW + 3600 * SECOND


class Planned:
    """A scheduled auction, and a dealer who changes it."""

    def __init__(self, book: PostgresBook, dealer: Dealership, auction_id: int, user: int) -> None:
        self.book, self.dealer, self.auction_id, self.user = book, dealer, auction_id, user

    async def change(self, version: int = 1, **wish: object) -> Told:
        epoch = await self.book.claim(self.auction_id)
        change = AuctionChange(auction_id=self.auction_id, version=version, by=self.user, **wish)  # type: ignore[arg-type]  # fields by name
        return await change_auction(self.book.database, change, epoch, NOW)

    async def changed(self, version: int = 1, **wish: object) -> AuctionChanged:
        told = await self.change(version, **wish)
        assert isinstance(told, AuctionChanged), told
        return told

    async def terms(self) -> AuctionTerms:
        return (await self.book.load(self.auction_id)).terms


async def planned(book: PostgresBook, kind: Kind = Kind.UNIT, *vehicles: int, **form: object) -> Planned:
    dealer = await a_dealership(book.database)
    wish = msgspec.structs.replace(dealer.form(kind, *vehicles, at=SOON), created_at=NOW, **form)
    auction_id = await create(book.database, wish)
    assert isinstance(auction_id, int)
    somebody = NewUser(email="dealer@example.test", name="Dealer", password_hash=HASH)
    user = await add_dealer(book.database, (dealer.entity,), somebody)
    assert isinstance(user, int)
    return Planned(book, dealer, auction_id, user)


async def test_what_is_not_said_stays(book: PostgresBook) -> None:
    auction = await planned(book)
    before = await auction.terms()
    await auction.changed(starts_at=SOON + 60 * SECOND, soft_close=SoftClose(SECOND, SECOND))
    after = await auction.terms()
    assert (after.starts_at, after.ends_at) == (before.starts_at + 60 * SECOND, before.ends_at + 60 * SECOND)
    assert after == msgspec.structs.replace(
        before, starts_at=after.starts_at, ends_at=after.ends_at, soft_close=SoftClose(SECOND, SECOND)
    )


async def test_lots_that_stay_keep_their_numbers_and_new_ones_draw_new_ones(book: PostgresBook) -> None:
    """§5.1.3, §5.1.4: the number of a lot that goes is never given again; its vehicle is free at once (§4.4)."""
    auction = await planned(book)
    one, two, three = auction.dealer.vehicles
    new = await add_vehicle(book.database, auction.dealer.entity, auction.dealer.site, a_card("AA001AA", 5_000_00))
    vehicles = (ChangedVehicle(new), ChangedVehicle(three), ChangedVehicle(one, 4_000_00, 4_100_00))
    await auction.changed(vehicles=vehicles)
    terms = await auction.terms()
    assert terms.number == 43
    assert [(lot.number, lot.starting_price_cents, lot.reserve_price_cents) for lot in terms.lots] == [
        (68, 5_000_00, None),
        (67, 2_800_00, None),
        (65, 4_000_00, 4_100_00),
    ]
    again = await create(book.database, auction.dealer.form(Kind.UNIT, two, at=SOON))
    assert isinstance(again, int)
    assert (await book.load(again)).terms.lots[0].number == 69


async def test_margins_are_frozen_anew_where_the_price_has_changed(book: PostgresBook) -> None:
    """§0.4, §5.1.4: whatever became of the cards meanwhile, what stays stays."""
    auction = await planned(book)
    one, two, three = auction.dealer.vehicles
    async with book.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET purchase_price_cents = 0")
    await auction.changed(vehicles=(ChangedVehicle(one), ChangedVehicle(two, 15_000_00), ChangedVehicle(three)))
    margins = [lot.initial_margin_cents for lot in (await auction.terms()).lots]
    assert margins == [0, 12_500_00, 0]


async def test_a_lot_s_price_is_spread_again(book: PostgresBook) -> None:
    """§5.1.1."""
    auction = await planned(book, Kind.LOT)
    await auction.changed(starting_price_cents=20_900_00, reserve_price_cents=21_000_00)
    lot = (await auction.terms()).lots[0]
    assert [vehicle.starting_price_cents for vehicle in lot.vehicles] == [3_661_84, 14_396_51, 2_841_65]
    assert (lot.number, lot.reserve_price_cents) == (65, 21_000_00)
    one, two, _ = auction.dealer.vehicles
    await auction.changed(2, vehicles=(ChangedVehicle(one), ChangedVehicle(two, None)), reserve_price_cents=None)
    lot = (await auction.terms()).lots[0]
    assert [vehicle.starting_price_cents for vehicle in lot.vehicles] == [3_661_84, 14_185_47]
    assert (lot.number, lot.reserve_price_cents) == (65, None)


async def test_those_who_come_go_and_stay_are_told(book: PostgresBook) -> None:
    """§3.4, §5.1.5: but not whose connection was removed, and it is not invited again."""
    auction = await planned(book)
    first, second, third = auction.dealer.traders
    late = await add_company(book.database, Company(legal_name="ZOE AUTOS", siret=f"{77:014}"))
    await connect(book.database, auction.dealer.entity, late, NOW)
    owner = Owner(auction.auction_id, await book.claim(auction.auction_id), published(await auction.terms()))
    await book.append(owner.entry(RemoveConnection(NOW, str(third))))
    wanted = Audience(trader_ids=(second, late))
    told = await auction.changed(audience=wanted, minimum_increment_cents=200_00)
    assert dict(told.told) == {
        NoticeKind.AUCTION_UNINVITED: (first,),
        NoticeKind.AUCTION_INVITED: (late,),
        NoticeKind.AUCTION_CHANGED: (second,),
    }
    assert told.silenced == (third,)
    terms = await auction.terms()
    assert [invited.trader for invited in terms.audience if invited.trader not in terms.uninvited] == [
        str(second),
        str(late),
    ]
    refused = await auction.change(2, audience=Audience(trader_ids=(third,)))
    assert isinstance(refused, CreationRefused)
    everybody = await auction.changed(2, audience=Audience())
    assert dict(everybody.told)[NoticeKind.AUCTION_INVITED] == (first,)
    async with book.database.acquire() as connection:
        keys = [row["key"] for row in await connection.fetch("SELECT key FROM notices WHERE kind LIKE '%invited'")]
    assert sorted(keys) == sorted(
        f"{kind}-{auction.auction_id}-{version}-t{trader}"
        for kind, version, trader in (
            ("auction_uninvited", 2, first),
            ("auction_invited", 2, late),
            ("auction_invited", 3, first),
        )
    )


async def test_one_who_was_taken_out_and_keeps_its_place_in_the_history_does_not_come_back(book: PostgresBook) -> None:
    """§3.4: its row stays; everybody else can be invited still."""
    auction = await planned(book)
    first, second, third = auction.dealer.traders
    async with book.database.acquire() as connection:
        await connection.execute("UPDATE auction_audience SET uninvited = true WHERE trader_id = $1", first)
    everybody = await auction.changed(audience=Audience(), minimum_increment_cents=200_00)
    told = {kind: set(traders) for kind, traders in everybody.told if traders}
    assert told == {NoticeKind.AUCTION_CHANGED: {second, third}}
    terms = await auction.terms()
    assert terms.uninvited == {str(first)}
    assert len(terms.audience) == len(auction.dealer.traders)


async def test_who_is_not_up_to_date_changes_nothing(book: PostgresBook) -> None:
    """§5.1.4: a dealer who has seen an older version, a house that has lost the auction."""
    auction = await planned(book)
    await auction.changed(minimum_increment_cents=200_00)
    assert await auction.change(1, minimum_increment_cents=300_00) == ChangedMeanwhile(2)
    epoch = await book.claim(auction.auction_id)
    await book.claim(auction.auction_id)
    change = AuctionChange(auction_id=auction.auction_id, version=2, by=auction.user, starts_at=SOON)
    with pytest.raises(Fenced):
        await change_auction(book.database, change, epoch, NOW)
    assert (await auction.terms()).minimum_increment_cents == 200_00


async def test_a_vehicle_that_may_no_longer_be_sold_must_go(book: PostgresBook) -> None:
    """§4.3: every condition is asked again, of those that stay too."""
    auction = await planned(book)
    one, two, three = auction.dealer.vehicles
    async with book.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET matched = false WHERE id = $1", two)
    refused = await auction.change(starts_at=SOON + SECOND)
    assert isinstance(refused, CreationRefused)
    assert [(reason.code, reason.vehicle_id) for reason in refused.reasons] == [("not_matched", two)]
    await auction.changed(starts_at=SOON + SECOND, vehicles=(ChangedVehicle(one), ChangedVehicle(three)))
    assert len((await auction.terms()).lots) == 2


async def test_a_start_that_is_past_is_now(book: PostgresBook) -> None:
    """§5.1.5: and of an auction that opens with its change only the opening is told."""
    auction = await planned(book)
    told = await auction.changed(starts_at=NOW - 5 * SECOND, audience=Audience(trader_ids=auction.dealer.traders[:2]))
    assert (await auction.terms()).starts_at == NOW
    assert [kind for kind, _ in told.told] == [NoticeKind.AUCTION_UNINVITED]
