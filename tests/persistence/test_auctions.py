"""Auctions made of stored vehicles and connected traders (§3, §4.3, §4.4, §5.1)."""

import asyncio
from itertools import pairwise

import asyncpg
import msgspec
import pytest

from engine.auction.commands import CancelSale, Decline, PlaceBid, Tick
from engine.auction.state import published
from engine.auction.terms import Kind
from engine.instants import SECOND
from engine.stock import Candidate, Destination, Missing, SaleRules, VehicleStatus, missing_conditions
from persistence.auctions.creation import ChosenVehicle, CreationRefused, NewAuction, Reason, audience_of, create
from persistence.auctions.lists import AuctionsAsked, page_for_dealer, page_for_trader
from persistence.auctions.pages import card, is_invited
from persistence.live.postgres import PostgresBook
from persistence.stock.cards import add_vehicle, vehicles_of
from persistence.traders.connections import connect, page_of_connections, remove_connection
from persistence.traders.mailing_lists import NotConnected, TitleTaken, add_mailing_list, mailing_list
from tests.persistence.dealership import NOW, Dealership, a_card, a_dealership
from tests.persistence.keepers import Owner

ENDS_AT = NOW + 600 * SECOND
ANY = AuctionsAsked()


async def made(book: PostgresBook, form: NewAuction) -> int:
    result = await create(book.database, form)
    assert isinstance(result, int), result
    return result


async def opened(book: PostgresBook, auction_id: int) -> Owner:
    epoch = await book.claim(auction_id)
    owner = Owner(auction_id, epoch, published((await book.load(auction_id)).terms))
    await book.append(owner.entry(Tick(NOW)))
    return owner


async def refusal(book: PostgresBook, form: NewAuction) -> set[tuple[str, str, int | None]]:
    result = await create(book.database, form)
    assert isinstance(result, CreationRefused)
    return {(reason.code, reason.field, reason.vehicle_id) for reason in result.reasons}


async def test_a_lot_auction_starts_at_its_trade_prices_and_freezes_its_margins(book: PostgresBook) -> None:
    """§5.1.1, and the figures of auction 43."""
    dealer = await a_dealership(book.database)
    terms = (await book.load(await made(book, dealer.form()))).terms
    assert (terms.number, terms.kind, terms.lots[0].number) == (43, Kind.LOT, 65)
    assert [(each.ref, each.starting_price_cents, each.initial_margin_cents) for each in terms.lots[0].vehicles] == [
        ("GD147JH", 3_608_16, 0),
        ("GD250GH", 14_185_47, 472_85),
        ("FG463RT", 2_800_00, 0),
    ]
    assert [invited.name for invited in terms.audience] == ["AUTO 71", "SARL LA BONNE OCCAZE", "Top used cars"]


async def test_one_starting_price_is_spread_over_the_lot_by_largest_remainder(book: PostgresBook) -> None:
    """§5.1.1: the guide's own shares of 20,900.00."""
    dealer = await a_dealership(book.database)
    form = msgspec.structs.replace(dealer.form(), starting_price_cents=20_900_00, reserve_price_cents=21_000_00)
    lot = (await book.load(await made(book, form))).terms.lots[0]
    assert [vehicle.starting_price_cents for vehicle in lot.vehicles] == [3_661_84, 14_396_51, 2_841_65]
    assert lot.reserve_price_cents == 21_000_00


async def test_a_unit_auction_has_a_lot_and_a_reserve_for_each_vehicle(book: PostgresBook) -> None:
    dealer = await a_dealership(book.database)
    one, two, three = dealer.vehicles
    form = msgspec.structs.replace(
        dealer.form(Kind.UNIT),
        vehicles=(ChosenVehicle(one, 4_000_00, 4_500_00), ChosenVehicle(two), ChosenVehicle(three, None, 0)),
    )
    lots = (await book.load(await made(book, form))).terms.lots
    assert [(lot.number, lot.starting_price_cents, lot.reserve_price_cents) for lot in lots] == [
        (65, 4_000_00, 4_500_00),
        (66, 14_185_47, None),
        (67, 2_800_00, 0),
    ]


async def test_numbers_are_unique_in_the_group_whoever_draws_at_once(book: PostgresBook) -> None:
    """§5.1.3."""
    dealer = await a_dealership(book.database)
    cards = [a_card(f"AA{place:03}AA", 1_000_00) for place in range(12)]
    vehicles = [await add_vehicle(book.database, dealer.entity, dealer.site, each) for each in cards]
    forms = [dealer.form(Kind.UNIT, *vehicles[place : place + 2]) for place in range(0, 12, 2)]
    ids = await asyncio.gather(*(made(book, form) for form in forms))
    terms = [(await book.load(auction_id)).terms for auction_id in ids]
    assert sorted(each.number for each in terms) == list(range(43, 49))
    assert sorted(lot.number for each in terms for lot in each.lots) == list(range(65, 77))


async def test_a_vehicle_is_in_one_auction_at_a_time(book: PostgresBook) -> None:
    """§4.4: of two forms sent at once, one is refused and says why."""
    dealer = await a_dealership(book.database)
    one, two = dealer.vehicles[:2]
    results = await asyncio.gather(
        create(book.database, dealer.form(Kind.LOT, one, two)), create(book.database, dealer.form(Kind.LOT, two))
    )
    refused = [result for result in results if isinstance(result, CreationRefused)]
    assert len(refused) == 1
    assert refused[0].reasons == (Reason("in_another_auction", "vehicles", two),)
    held = await vehicles_of(book.database, dealer.entity, [two])
    assert held[0].busy_auction_id in results


async def test_every_missing_condition_is_named(book: PostgresBook) -> None:
    """§4.3."""
    dealer = await a_dealership(book.database)
    cards = (
        a_card("AA001AA", None),
        a_card("AA002AA", 1_00, status="physical_entry", matched=False),
        a_card("AA003AA", 1_00, destination="private"),
        a_card("AA004AA", 1_00, destination="private", trade_sale_authorised=True),
        a_card("AA005AA", None, destination="scrap", status="released"),
    )
    bare, early, private, good, gone = [
        await add_vehicle(book.database, dealer.entity, dealer.site, card) for card in cards
    ]
    form = dealer.form(Kind.LOT, bare, early, private, good, gone, 10**9)
    assert await refusal(book, form) == {
        ("no_trade_price", "vehicles", bare),
        ("not_saleable", "vehicles", early),
        ("not_matched", "vehicles", early),
        ("not_authorised", "vehicles", private),
        ("wrong_destination", "vehicles", gone),
        ("not_saleable", "vehicles", gone),
        ("no_trade_price", "vehicles", gone),
        ("unknown_vehicle", "vehicles", 10**9),
    }


def test_an_entity_may_sell_earlier_and_unmatched() -> None:
    """§4.2, §4.3: settings of the entity."""
    early = Candidate(
        status=VehicleStatus.PRICE_DESTINATION,
        destination=Destination.TRADE,
        trade_price_cents=1,
        trade_sale_authorised=False,
        matched=False,
        reserved=False,
        in_another_auction=False,
    )
    assert missing_conditions(early, SaleRules()) == (Missing.NOT_SALEABLE, Missing.NOT_MATCHED)
    assert missing_conditions(early, SaleRules(VehicleStatus.PHYSICAL_ENTRY, matching_required=False)) == ()


async def test_a_form_that_makes_no_sense_is_refused_field_by_field(book: PostgresBook) -> None:
    dealer = await a_dealership(book.database)
    one, two, three = dealer.vehicles
    form = msgspec.structs.replace(
        dealer.form(),
        vehicles=(ChosenVehicle(one, 0), ChosenVehicle(two, 1, 5), ChosenVehicle(three, 1), ChosenVehicle(one, 1)),
        ends_at=NOW,
        minimum_increment_cents=0,
        reserve_price_cents=-1,
    )
    assert await refusal(book, form) == {
        ("twice", "vehicles", one),
        ("not_positive", "duration_seconds", None),
        ("invalid_amount", "minimum_increment", None),
        ("invalid_amount", "reserve_price", None),
        ("invalid_amount", "starting_price", one),
        ("only_for_units", "reserve_price", two),
    }
    assert await refusal(book, msgspec.structs.replace(dealer.form(), vehicles=())) == {
        ("no_vehicles", "vehicles", None)
    }
    tiny = msgspec.structs.replace(dealer.form(), starting_price_cents=1)
    assert await refusal(book, tiny) == {("invalid_amount", "starting_price", None)}
    other = await a_dealership(book.database, "Autre", siret=50)
    strange = msgspec.structs.replace(dealer.form(), site_id=other.site, mailing_list_id=77)
    assert await refusal(book, strange) == {("unknown_site", "site", None), ("unknown_list", "mailing_list", None)}


async def test_the_audience_is_the_list_s_and_only_who_is_connected(book: PostgresBook) -> None:
    """§2.4, §3.2, §3.3."""
    dealer = await a_dealership(book.database)
    first, second, third = dealer.traders
    database = book.database
    list_id = await add_mailing_list(database, dealer.entity, "Marchands", (first, second))
    assert isinstance(list_id, int)
    assert await add_mailing_list(database, dealer.entity, "Marchands", (first,)) == TitleTaken("Marchands")
    assert await add_mailing_list(database, dealer.entity, "Autres", (first, 999)) == NotConnected((999,))
    vehicle, other, _ = dealer.vehicles
    form = msgspec.structs.replace(dealer.form(Kind.LOT, vehicle), mailing_list_id=list_id)
    auction_id = await made(book, form)
    assert await remove_connection(database, dealer.entity, second, NOW + 1) == (auction_id,)
    assert await remove_connection(database, dealer.entity, second, NOW + 1) is None
    kept = await mailing_list(database, list_id)
    assert kept is not None
    assert kept.trader_ids == (first,)
    _, connected = await page_of_connections(database, [dealer.entity], ["active"], "", NOW + 1, page=1, per_page=9)
    assert {each.trader_id for each in connected} == {first, third}
    assert await is_invited(database, auction_id, second)  # §3.4: the audience stands
    later = msgspec.structs.replace(dealer.form(Kind.LOT, other), trader_ids=(first, second))
    assert await refusal(book, later) == {("not_connected", "traders", None)}
    await connect(database, dealer.entity, second, NOW + 2)
    assert not await is_invited(database, await made(book, later), third)


async def test_no_connection_ends_between_the_choice_of_an_audience_and_its_auction(book: PostgresBook) -> None:
    """§2.4: a removal waits, and then finds the auction whose auctioneer must hear of it."""
    database = book.database
    dealer = await a_dealership(database)
    async with database.transaction() as connection:
        assert len(await audience_of(connection, dealer.form()) or ()) == 3
        with pytest.raises(asyncpg.LockNotAvailableError):
            async with database.acquire() as other:
                await other.execute(
                    "SELECT FROM connections WHERE entity_id = $1 FOR NO KEY UPDATE NOWAIT", dealer.entity
                )


async def test_what_is_sold_is_reserved_and_what_is_not_is_free_again(book: PostgresBook) -> None:
    """§5.4.2, §5.4.5, and §4.4 after the end."""
    dealer = await a_dealership(book.database)
    owner = await opened(book, await made(book, dealer.form(Kind.UNIT)))
    trader = dealer.traders[0]
    await book.append(owner.entry(PlaceBid(NOW + 1, str(trader), "a", 65, "4000")))
    await book.append(owner.entry(Tick(ENDS_AT)))
    stock = {each.id: each for each in await vehicles_of(book.database, dealer.entity)}
    assert [stock[each].reserved_for_trader_id for each in dealer.vehicles] == [trader, None, None]
    assert [stock[each].busy_auction_id for each in dealer.vehicles] == [None, None, None]
    assert {stock[each].status for each in dealer.vehicles} == {"sales_stock"}
    sold, unsold, _ = dealer.vehicles
    assert await refusal(book, dealer.form(Kind.LOT, sold)) == {("reserved", "vehicles", sold)}
    await made(book, dealer.form(Kind.LOT, unsold))
    await book.append(owner.entry(CancelSale(ENDS_AT + 1, 65, "vice caché")))
    await made(book, dealer.form(Kind.LOT, sold))
    shown = await card(book.database, owner.auction_id)
    assert shown is not None
    assert [(lot.outcome, lot.offer_number) for lot in shown.lots] == [
        ("sale_cancelled", 1),
        ("no_bids", None),
        ("no_bids", None),
    ]


async def test_each_side_finds_its_auctions_by_state_and_words(book: PostgresBook) -> None:
    """§5.5.1, §5.5.3."""
    dealer = await a_dealership(book.database)
    database = book.database
    one, two, three = dealer.vehicles
    winner, loser, decliner = dealer.traders
    won = await opened(book, await made(book, dealer.form(Kind.LOT, one)))
    running = await opened(book, await made(book, dealer.form(Kind.LOT, two)))
    planned = await made(book, dealer.form(Kind.LOT, three, at=NOW + 3600 * SECOND))
    await book.append(won.entry(PlaceBid(NOW + 1, str(loser), "l", 65, "4000")))
    await book.append(won.entry(PlaceBid(NOW + 2, str(winner), "w", 65, "5000")))
    await book.append(won.entry(Tick(ENDS_AT)))
    await book.append(running.entry(Decline(NOW + 1, str(decliner), "d")))

    async def seen(trader: int) -> dict[int, str]:
        return {line.id: line.state for line in (await page_for_trader(database, trader, ANY))[1]}

    total, lines = await page_for_dealer(database, [dealer.entity], ANY)
    assert total == 3
    assert [(line.id, line.state) for line in lines] == [
        (running.auction_id, "open"),
        (planned, "scheduled"),
        (won.auction_id, "won"),
    ]
    assert [line.last_offers_total_cents for line in lines] == [None, None, 5_000_00]
    assert (lines[0].title, lines[0].prefix, lines[0].city) == ("OPEL MOKKA", "45", "ORLEANS")
    assert await seen(winner) == {running.auction_id: "open", planned: "upcoming", won.auction_id: "won"}
    assert await seen(loser) == {running.auction_id: "open", planned: "upcoming", won.auction_id: "lost"}
    assert await seen(decliner) == {running.auction_id: "declined", planned: "upcoming", won.auction_id: "lost"}

    assert await page_for_dealer(database, [dealer.entity], AuctionsAsked(page=9)) == (3, [])
    pages = [
        await page_for_dealer(database, [dealer.entity], AuctionsAsked(page=page, per_page=1)) for page in (1, 2, 3)
    ]
    assert [page[1][0].id for page in pages] == [running.auction_id, planned, won.auction_id]


@pytest.mark.parametrize(
    ("asked", "lots"),
    [
        (AuctionsAsked(q="mokka"), {66}),
        (AuctionsAsked(q="45-43"), {65}),
        (AuctionsAsked(q="FG-463"), {67}),
        (AuctionsAsked(q="citroen"), {67}),
        (AuctionsAsked(q="CITROËN série"), {67}),
        (AuctionsAsked(q="citroen mokka"), set()),
        (AuctionsAsked(q="concession clio"), {65}),
        (AuctionsAsked(q="50% _nothing"), set()),
        (AuctionsAsked(number=44), {66}),
        (AuctionsAsked(dealer="cession"), {65, 66, 67}),
        (AuctionsAsked(dealer="autre"), set()),
        (AuctionsAsked(make="citro"), {67}),
        (AuctionsAsked(make="opel", model="mokka"), {66}),
        (AuctionsAsked(make="opel", model="clio"), set()),
        (AuctionsAsked(trim="serie speciale"), {67}),
        (AuctionsAsked(states=("open", "upcoming", "scheduled")), {65, 66, 67}),
        (AuctionsAsked(states=("won",)), set()),
        (AuctionsAsked(kind="lot"), {65, 66, 67}),
        (AuctionsAsked(kind="unit"), set()),
        (AuctionsAsked(states=("open",), q="mokka", make="OPEL", dealer="concession", number=44), {66}),
    ],
)
async def test_either_side_finds_an_auction_by_what_names_it(
    book: PostgresBook, asked: AuctionsAsked, lots: set[int]
) -> None:
    """§5.5.3: number, dealer, make, model, trim, state; case and accents do not count."""
    dealer = await a_dealership(book.database)
    citroen = a_card("FG463ZZ", 2_800_00, make="CITROËN", model="C3", trim="Série Spéciale")
    bought = await add_vehicle(book.database, dealer.entity, dealer.site, citroen)
    for vehicle in (*dealer.vehicles[:2], bought):
        await opened(book, await made(book, dealer.form(Kind.LOT, vehicle)))
    _, dealers = await page_for_dealer(book.database, [dealer.entity], asked)
    _, traders = await page_for_trader(book.database, dealer.traders[0], asked)
    assert {line.number + 22 for line in dealers} == lots
    assert {line.number + 22 for line in traders} == lots


@pytest.mark.parametrize(
    ("word", "is_shown"),
    [
        ("VF3ABCDEF12345678", False),
        ("vf3abc", False),
        ("P1-0042", False),
        ("LP-77", False),
        ("fg-463-zz", True),
        ("énergie", True),
        ("speciale", True),
    ],
)
async def test_a_trader_s_search_does_not_tell_what_the_dealer_alone_is_shown(
    book: PostgresBook, word: str, *, is_shown: bool
) -> None:
    """§5.5.3: a search that read the dealer's numbers would let anybody guess them letter by letter."""
    dealer = await a_dealership(book.database)
    card = a_card(
        "FG463ZZ",
        2_800_00,
        version="1.2 Energie",
        trim="Série Spéciale",
        vin="VF3ABCDEF12345678",
        internal_number="P1-0042",
        police_book_number="LP-77",
    )
    vehicle = await add_vehicle(book.database, dealer.entity, dealer.site, card)
    await opened(book, await made(book, dealer.form(Kind.LOT, vehicle)))
    asked = AuctionsAsked(q=word)
    assert (await page_for_dealer(book.database, [dealer.entity], asked))[0] == 1
    assert (await page_for_trader(book.database, dealer.traders[0], asked))[0] == int(is_shown)


async def test_a_connection_that_is_removed_meanwhile_is_not_invited_or_finds_the_auction(book: PostgresBook) -> None:
    """§2.4, §3.3: whichever comes first, no auction goes unnoticed."""
    dealer = await a_dealership(book.database)
    trader = dealer.traders[0]
    for vehicle in dealer.vehicles:
        await connect(book.database, dealer.entity, trader, NOW)
        auction_id, ends = await asyncio.gather(
            made(book, dealer.form(Kind.LOT, vehicle)), remove_connection(book.database, dealer.entity, trader, NOW)
        )
        assert await is_invited(book.database, auction_id, trader) is (auction_id in (ends or ()))


async def test_an_entity_sees_its_own_alone(book: PostgresBook) -> None:
    """§1.4."""
    dealers = [await a_dealership(book.database, "Une"), await a_dealership(book.database, "Autre", siret=50)]
    auctions = [await made(book, dealer.form()) for dealer in dealers]
    for dealer, auction_id in zip(dealers, auctions, strict=True):
        assert [line.id for line in (await page_for_dealer(book.database, [dealer.entity], ANY))[1]] == [auction_id]
        seen = [line.id for line in (await page_for_trader(book.database, dealer.traders[0], ANY))[1]]
        assert seen == [auction_id]
    assert not await is_invited(book.database, auctions[0], dealers[1].traders[0])
    theirs: Dealership = dealers[1]
    assert await refusal(book, dealers[0].form(Kind.LOT, *theirs.vehicles)) == {
        ("unknown_vehicle", "vehicles", vehicle) for vehicle in theirs.vehicles
    }
    numbers = [(await book.load(auction_id)).terms.number for auction_id in auctions]
    assert not any(one != other for one, other in pairwise(numbers))  # a number is the group's own
    assert await card(book.database, 10**6) is None
