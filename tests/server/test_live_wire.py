"""The live protocol on real sockets: following, bidding, resuming, two sockets of one trader, who sees what."""

import asyncio
import json

import pytest
from websockets.exceptions import ConnectionClosed

from server.live.messages import SOCKETS_PER_TRADER
from tests.server.houses import Copies, Talk, World, peopled


async def test_a_bid_reaches_every_reader_and_its_bidder_is_answered(world: World) -> None:
    """§5.2: watch, bid, the answer with its standing, the event for traders and for the dealer."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.dealer) as dealer:
        states = [await talk.watch(auction) for talk in (anne, bruno, dealer)]
        assert [state["role"] for state in states] == ["trader", "trader", "dealer"]
        assert {state["seq"] for state in states} == {1}
        assert states[0]["view"]["you"] == {"bidder": None, "declined": False, "invited": True, "offers": []}

        answer = await anne.ask("bid", id="a1", auction=auction, lot=lot, amount="1600.00")
        assert answer["type"] == "accepted"
        standing = answer["standing"]
        assert (standing["leading"], standing["bidder"], standing["minimum"]) == (True, 1, "1700.00")
        assert standing["reserve_reached"] is True

        for_traders = await bruno.until_seq(auction, 3)
        for_dealer = await dealer.until_seq(auction, 3)
        assert [entry["event"] for entry in for_traders] == ["bid", "reserve_reached"]
        bid = for_traders[0]
        assert (bid["lot"], bid["amount"], bid["bidder"], bid["minimum"]) == (lot, "1600.00", 1, "1700.00")
        assert bid["ends_at"] == standing["ends_at"]
        assert "trader" not in bid
        assert for_dealer[0]["trader"] == "Anne et fils"
        assert for_dealer[0]["gain"] == "600.00"

        low = await bruno.ask("bid", id="b1", auction=auction, lot=lot, amount="1650")
        assert (low["code"], low["minimum"], low["ends_at"]) == ("below_minimum", "1700.00", standing["ends_at"])
        declined = await bruno.ask("decline", id="b2", auction=auction)
        assert declined["type"] == "accepted"
        assert [entry["event"] for entry in await anne.until_seq(auction, 4)][-1] == "noted"
        assert (await dealer.until_seq(auction, 4))[-1] == {
            "type": "event",
            "auction": auction,
            "seq": 4,
            "at": declined_at(dealer.heard),
            "event": "declined",
            "trader": "Bruno Autos",
            "synthesis": json.loads(dealer.heard[-1])["synthesis"],
        }


def declined_at(heard: list[bytes]) -> str:
    at: str = json.loads(heard[-1])["at"]
    return at


async def test_the_same_command_id_answers_the_same_on_any_socket(world: World) -> None:
    """§5.2.4."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as first, world.live(world.anne) as second:
        once = await first.ask("bid", id="same", auction=auction, lot=lot, amount="1100")
        again = await second.ask("bid", id="same", auction=auction, lot=lot, amount="9999")
        assert once["seq"] == again["seq"]
        assert ("duplicate" in once, again["duplicate"]) == (False, True)
        refused = await first.ask("bid", id="low", auction=auction, lot=lot, amount="1")
        repeated = await second.ask("bid", id="low", auction=auction, lot=lot, amount="1")
        assert (refused["code"], repeated["code"], repeated["duplicate"]) == ("below_minimum", "below_minimum", True)


async def test_coming_back_gives_what_was_missed_or_the_whole(world: World) -> None:
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno:
        state = await bruno.watch(auction)
        epoch = state["epoch"]
        for number in range(4):
            await anne.ask("bid", id=f"r{number}", auction=auction, lot=lot, amount=f"{1000 + 100 * number}")
        missed = await bruno.until_seq(auction, 5)
        async with world.live(world.bruno) as back:
            await back.say("watch", auction=auction, after=2, epoch=epoch)
            caught_up = await back.until_seq(auction, 5)
            assert [entry["seq"] for entry in caught_up] == [3, 4, 5]
            strip = {"type", "auction", "synthesis"}
            assert caught_up == [
                {name: value for name, value in entry.items() if name not in strip}
                for entry in missed
                if entry["seq"] > 2
            ]
            await back.say("watch", auction=auction, after=5, epoch=epoch)
            await anne.ask("bid", id="r9", auction=auction, lot=lot, amount="1400")
            assert [entry["seq"] for entry in await back.until_seq(auction, 6)] == [6]
            await back.watch(auction, after=6, epoch=epoch + 1)  # another epoch is always told whole
            await back.watch(auction, after=99, epoch=epoch)  # what it cannot have seen
            whole = await back.watch(auction)
            assert whole["seq"] == 6
            assert whole["view"]["lots"][0]["last_offer"] == "1400.00"


async def test_who_stops_following_hears_no_more(world: World) -> None:
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno:
        await bruno.watch(auction)
        await bruno.say("unwatch", auction=auction)
        await bruno.say("ping", t="now")
        await bruno.hear_of("pong")
        await anne.ask("bid", id="u1", auction=auction, lot=lot, amount="1100")
        await bruno.say("ping", t="later")
        assert (await bruno.hear())["type"] == "pong"


async def test_a_first_bid_tells_the_traders_other_sockets_their_number(world: World) -> None:
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as page, world.live(world.anne) as robot:
        assert (await page.watch(auction))["view"]["you"]["bidder"] is None
        await robot.ask("bid", id="n1", auction=auction, lot=lot, amount="1100")
        told = await page.hear_of("state", auction=auction)
        assert told["view"]["you"]["bidder"] == 1


async def test_the_outbid_are_told_wherever_they_are(world: World) -> None:
    """§5.5.3: on every socket that does not follow the auction, the new amount; the leader is not."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.anne) as her_page, world.live(world.bruno) as bruno:
        await her_page.watch(auction)
        await anne.ask("bid", id="o1", auction=auction, lot=lot, amount="1100")
        await bruno.ask("bid", id="o2", auction=auction, lot=lot, amount="1200")
        notice = await anne.hear_of("notice", kind="outbid")
        assert (notice["auction"], notice["lot"], notice["amount"]) == (auction, lot, "1200.00")
        await her_page.until_seq(auction, 3)
        await bruno.say("ping", t=0)
        await bruno.hear_of("pong")
        assert not [frame for frame in (*her_page.heard, *bruno.heard) if b"outbid" in frame]


async def test_an_auction_starts_and_ends_by_itself_and_its_outcome_is_told(world: World) -> None:
    """§5.4.1, §5.4.4: without anybody asking; the winner, the losers and the dealer each get their notice."""
    soft = {"window_seconds": 0, "extension_seconds": 0, "mode": "add"}
    made = await world.auction(duration_seconds=1, soft_close=soft)
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.dealer) as dealer:
        state = await anne.watch(auction)
        first = await bruno.ask("bid", id="e1", auction=auction, lot=lot, amount="1100")
        second = await anne.ask("bid", id="e2", auction=auction, lot=lot, amount="1700")
        assert [first["type"], second["type"]] == ["accepted", "accepted"], state
        entries = await anne.until_seq(auction, 6)
        assert [entry["event"] for entry in entries][-3:] == ["reserve_reached", "ended", "lot_decided"]
        assert (entries[-1]["outcome"], entries[-1]["price"], entries[-1]["bidder"]) == ("won", "1700.00", 2)
        assert (await anne.hear_of("notice", kind="lot_won"))["lot"] == lot
        assert (await bruno.hear_of("notice", kind="lot_not_won"))["lot"] == lot
        result = await dealer.hear_of("notice", kind="lot_result")
        assert (result["outcome"], result["winner"], result["amount"]) == ("won", "Anne et fils", "1700.00")
        late = await bruno.ask("bid", id="e3", auction=auction, lot=lot, amount="1800")
        assert late["code"] == "closed"
    listed = (await world.http.get("/api/auctions?state=won", headers=world.anne.bearer)).json()["items"]
    assert [(item["won_total"], item["won_lots"]) for item in listed if item["id"] == auction] == [("1700.00", 1)]
    sold = (await world.http.get("/api/auctions?state=won", headers=world.dealer.bearer)).json()["items"]
    assert not any("won_total" in item for item in sold), "what a trader has won is its own"
    taken_back = await world.http.post(
        f"/api/auctions/{auction}/lots/{lot}/sale-cancellation",
        json={"reason": "scratched"},
        headers=world.dealer.bearer,
    )
    assert taken_back.json() == {"auction": auction, "seq": 7}
    again = await world.http.post(
        f"/api/auctions/{auction}/lots/{lot}/sale-cancellation", json={"reason": "twice"}, headers=world.dealer.bearer
    )
    assert (again.status_code, again.json()["error"]["code"]) == (409, "not_won")


async def test_an_auction_with_a_bid_is_not_cancelled_and_one_without_is(world: World) -> None:
    """§5.1.4."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne:
        await anne.ask("bid", id="c1", auction=auction, lot=lot, amount="1100")
        refused = await world.http.post(f"/api/auctions/{auction}/cancellation", headers=world.dealer.bearer)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "has_bids")
        empty = (await world.auction())["id"]
        await anne.watch(empty)
        done = await world.http.post(f"/api/auctions/{empty}/cancellation", headers=world.dealer.bearer)
        assert done.json() == {"auction": empty, "seq": 2}
        assert (await anne.until_seq(empty, 2))[-1]["event"] == "cancelled"
    again = await world.http.post(f"/api/auctions/{empty}/cancellation", headers=world.dealer.bearer)
    assert again.json()["error"]["code"] == "closed"


async def test_no_traders_frame_holds_a_reserve_or_anothers_name(world: World) -> None:
    """§1.4, over everything that traders hear of an auction from its opening to its end, as raw bytes."""
    vehicles = [{"id": await world.vehicle(market_value_cents=4_321_99), "reserve_price": "2345.67"}]
    soft = {"window_seconds": 0, "extension_seconds": 0, "mode": "add"}
    made = await world.auction(vehicles=vehicles, duration_seconds=2, soft_close=soft)
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.dealer) as dealer:
        for talk in (anne, dealer):
            await talk.watch(auction)
        for talk, name, amount in (
            (bruno, "l1", "1000"),
            (anne, "l2", "1100"),
            (bruno, "l3", "2400"),
            (anne, "l4", "2401"),
        ):
            await talk.ask("bid", id=name, auction=auction, lot=lot, amount=amount)
        await anne.watch(auction)
        await bruno.hear_of("notice", kind="lot_won")
        await anne.until_seq(auction, 7)
        await anne.watch(auction)
        await dealer.until_seq(auction, 7)
    by_anne, by_bruno = b"".join(anne.heard[1:]), b"".join(bruno.heard[1:])
    for secret in (b"2345.67", b"4321.99", b"trader_id", b"Bruno", b"Anne"):
        assert secret not in by_anne
        assert secret not in by_bruno
    assert b"2345.67" in b"".join(dealer.heard)


# ------------------------------------------------------------------------------------------------ rights and limits


async def test_a_vehicle_without_a_plate_is_named_to_traders_by_no_number_of_the_dealers(world: World) -> None:
    """§5.5.3: neither the VIN before the sale nor the number under which the dealer keeps it, live and on the page."""
    vin, number = "VF1AAAAA111222333", "NORD-0815"
    vehicle = await world.vehicle(plate=None, vin=vin, internal_number=number)
    made = await world.auction(vehicles=[{"id": vehicle}])
    async with world.live(world.anne) as anne:
        state = await anne.watch(made["id"])
        assert state["view"]["lots"][0]["vehicles"][0]["ref"] == f"VO {vehicle}"
        page = await world.http.get(f"/api/auctions/{made['id']}", headers=world.anne.bearer)
        assert page.json()["lots"][0]["vehicles"][0]["ref"] == f"VO {vehicle}"
        for read in (*anne.heard, page.content):
            assert vin.encode() not in read
            assert number.encode() not in read


@pytest.mark.parametrize("person", ["stranger", "sister_dealer", "stranger_dealer"])
async def test_what_is_not_ones_own_does_not_exist(world: World, person: str) -> None:
    """§1.4."""
    auction = (await world.auction())["id"]
    async with world.live(world.personas[person]) as talk:
        for number in (auction, 10**12):
            await talk.say("watch", auction=number)
            refused = await talk.hear_of("refused")
            assert (refused["code"], refused["auction"]) == ("unknown_auction", number)


async def test_a_dealer_does_not_bid_and_an_uninvited_trader_is_told_so(world: World) -> None:
    made = await world.auction(traders=[world.anne.company_id])
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.dealer) as dealer, world.live(world.bruno) as bruno:
        assert (await dealer.ask("bid", id="d", auction=auction, lot=lot, amount="1100"))["code"] == "not_allowed"
        assert (await dealer.ask("decline", id="d", auction=auction))["code"] == "not_allowed"
        assert (await bruno.ask("bid", id="b", auction=auction, lot=lot, amount="1100"))["code"] == "not_invited"
        assert (await bruno.ask("bid", id="c", auction=10**12, lot=lot, amount="1100"))["code"] == "unknown_auction"


async def test_commands_beyond_the_limit_are_told_busy_and_nothing_else_happens(copies: Copies) -> None:
    async with peopled(copies(), commands_per_second=1, commands_burst=5) as world:
        made = await world.auction()
        auction, lot = made["id"], made["lots"][0]["number"]
        async with world.live(world.anne) as anne:
            assert json.loads(anne.heard[0])["limits"]["burst"] == 5
            for number in range(12):
                await anne.say("bid", id=f"f{number}", auction=auction, lot=lot, amount=f"{1000 + 100 * number}")
            answers = [await anne.hear_of("accepted", "refused") for _ in range(12)]
            busy = [answer["id"] for answer in answers if answer.get("code") == "busy"]
            assert len(busy) >= 6
            assert sum(answer["type"] == "accepted" for answer in answers) == 12 - len(busy)
            state = await anne.watch(auction)
            assert state["view"]["lots"][0]["bids"] == 12 - len(busy)


async def test_a_flood_of_messages_closes_the_socket(world: World) -> None:
    async def flood(talk: Talk) -> None:
        for number in range(10_000):
            await talk.say("ping", t=number)
            if number % 100 == 0:
                await asyncio.sleep(0)
        while True:
            await talk.hear()

    async with world.live(world.anne) as anne:
        with pytest.raises(ConnectionClosed) as closed:
            await flood(anne)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4429


async def test_a_trader_has_only_so_many_sockets(world: World) -> None:
    crowd = [world.live(world.anne) for _ in range(SOCKETS_PER_TRADER)]
    talks = [await one.__aenter__() for one in crowd]
    try:
        async with world.live(headers=world.anne.bearer) as one_more:
            assert (await one_more.hear())["code"] == 4429
        async with world.live(world.bruno):
            pass
    finally:
        for talk in talks:
            talk.socket.transport.abort()
        for one in crowd:
            await one.__aexit__(None, None, None)
