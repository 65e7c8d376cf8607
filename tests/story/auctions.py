"""Act four: a unit auction and a lot auction, bid on over the live wire, each prolonged by late bids (§5).

The window is longer than the auctions, so that every accepted bid is a late one and the end is known beforehand: no
clock is raced. What comes next is waited for on the wire.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from engine.instants import SECOND, parse_instant
from tests.server.houses import Talk
from tests.story.stage import Stage

FIRST_BID_SECONDS: Final = 4
"""So long the first bid may take on a busy machine; each that follows makes a second more."""
LATE_ALWAYS: Final = {"window_seconds": 60, "extension_seconds": 1, "mode": "add"}
UNIT_BIDS: Final = (
    ("camille", 1, "8000.00"),
    ("dan", 1, "8100.00"),
    ("camille", 1, "8500.00"),  # the reserve
    ("dan", 1, "8700.00"),
    ("camille", 2, "9600.00"),
    ("dan", 3, "5000.00"),  # below the reserve of 6,000.00
)
LOT_BIDS: Final = (("camille", 4, "20000.00"), ("dan", 4, "20250.00"), ("camille", 4, "20777.77"))


async def sell_one_by_one(stage: Stage) -> None:
    """§5.1.1, §5.2, §5.3: three lots to those on the list; one misses its reserve."""
    basile, ids = stage.people["basile"], stage.ids
    async with (
        basile.live() as dealer,
        stage.people["camille"].live() as camille,
        stage.people["dan"].live() as dan,
        stage.people["élodie"].live() as elodie,
    ):
        starts_at = datetime.now(UTC) + timedelta(seconds=3)
        made = await basile.post(
            "/api/auctions",
            {
                "kind": "unit",
                "entity": ids["Lumière Orléans"],
                "site": ids["Orléans Nord"],
                "vehicles": [
                    {"id": ids["GA101AA"], "reserve_price": "8500.00"},
                    {"id": ids["GA102AA"]},
                    {"id": ids["GA103AA"], "reserve_price": "6000.00"},
                ],
                "starts_at": starts_at.isoformat().replace("+00:00", "Z"),
                "duration_seconds": FIRST_BID_SECONDS,
                "minimum_increment": "100.00",
                "soft_close": LATE_ALWAYS,
                "mailing_list": ids["Marchands du Loiret"],
            },
        )
        ids["unit auction"] = made["id"]
        assert (made["number"], made["display_number"], made["audience_count"]) == (1, "45-1", 2)
        assert [lot["display_number"] for lot in made["lots"]] == ["45-1", "45-2", "45-3"]
        await elodie.say("watch", auction=made["id"])
        assert (await elodie.hear_of("refused"))["code"] == "unknown_auction"  # §1.4: she is not on the list
        state = await dealer.watch(made["id"])
        if state["view"]["status"] == "scheduled":
            refused = await camille.ask("bid", id="early", auction=made["id"], lot=1, amount="8000.00")
            assert refused["code"] == "not_started"
            await dealer.until_seq(made["id"], 1)
        await bid(made["id"], UNIT_BIDS, {"camille": camille, "dan": dan})
        below = await camille.ask("bid", id="below", auction=made["id"], lot=1, amount="8799.99")
        assert (below["code"], below["minimum"]) == ("below_minimum", "8800.00")
        entries = await dealer.until_seq(made["id"], 18)
    assert_prolonged(entries, made["ends_at"], len(UNIT_BIDS))


async def sell_all_at_once(stage: Stage) -> None:
    """§5.1.1: one lot of three vehicles to every connected trader."""
    basile, ids = stage.people["basile"], stage.ids
    async with (
        basile.live() as dealer,
        stage.people["camille"].live() as camille,
        stage.people["dan"].live() as dan,
        stage.people["élodie"].live() as elodie,
    ):
        made = await basile.post(
            "/api/auctions",
            {
                "kind": "lot",
                "entity": ids["Lumière Orléans"],
                "site": ids["Orléans Nord"],
                "vehicles": [{"id": ids["GD147JH"]}, {"id": ids["GD250GH"]}, {"id": ids["FG463RT"]}],
                "starting_price": "20000.00",
                "reserve_price": "20500.00",
                "duration_seconds": FIRST_BID_SECONDS,
                "minimum_increment": "250.00",
                "soft_close": LATE_ALWAYS,
            },
        )
        ids["lot auction"] = made["id"]
        assert (made["number"], made["display_number"], made["audience_count"]) == (2, "45-2", 3)
        assert [lot["display_number"] for lot in made["lots"]] == ["45-4"]
        await dealer.watch(made["id"])
        await bid(made["id"], LOT_BIDS, {"camille": camille, "dan": dan})
        assert (await elodie.ask("decline", id="no", auction=made["id"]))["type"] == "accepted"
        entries = await dealer.until_seq(made["id"], 11)
    assert_prolonged(entries, made["ends_at"], len(LOT_BIDS))


async def bid(auction: int, bids: tuple[tuple[str, int, str], ...], at_the_wire: dict[str, Talk]) -> None:
    """One after the other, each accepted."""
    for place, (name, lot, amount) in enumerate(bids):
        told = await at_the_wire[name].ask("bid", id=f"{name}-{place}", auction=auction, lot=lot, amount=amount)
        assert told["type"] == "accepted", told
        assert told["standing"]["leading"] is True


def assert_prolonged(entries: list[dict[str, Any]], first_end: str, times: int) -> None:
    """§5.3.1, §5.3.2: each late bid moved the end by one second, and each time is an entry."""
    extended = [entry for entry in entries if entry["event"] == "extended"]
    assert [entry["cause"] for entry in extended] == ["late_bid"] * times
    assert parse_instant(extended[-1]["to"]) == parse_instant(first_end) + times * SECOND


# ----------------------------------------------------------------------------------------------------- what was decided


async def read_what_was_decided(stage: Stage) -> None:
    """§5.4.1, §5.5.1, §5.5.4: the two syntheses to the cent, before anything is cancelled."""
    await _read_the_units(stage)
    await _read_the_lot(stage)


async def _read_the_units(stage: Stage) -> None:
    """Clio 8,000.00 → 8,700.00, 208 sold at its start, C3 unsold; margins 750.00, 450.00 and 583.33 at the start."""
    sheet = await stage.people["basile"].get(f"/api/auctions/{stage.ids['unit auction']}/synthesis")
    assert sheet["status"] == "ended"
    assert sheet["synthesis"] == {
        "starting_total": "22600.00",
        "initial_margin": "1783.33",
        "last_offers_total": "23300.00",
        "reserve_total": "14500.00",
        "gain": "700.00",
        "gain_ht": "700.00",
        "margin": "2483.33",
        "lots_with_offer": 3,
        "lots_with_reserve_reached": 2,
    }
    lots = [
        (lot["number"], lot["outcome"], lot["winner"], lot["last_offer"], lot["bids"], lot["initial_margin"])
        for lot in sheet["lots"]
    ]
    assert lots == [
        (1, "won", "Top Used Cars", "8700.00", 4, "750.00"),
        (2, "won", "La Bonne Occaze", "9600.00", 1, "450.00"),
        (3, "reserve_not_reached", None, "5000.00", 1, "583.33"),
    ]
    assert [(who["trader"], who["bidder"]) for who in sheet["audience"]] == [
        ("La Bonne Occaze", 1),
        ("Top Used Cars", 2),
    ]


async def _read_the_lot(stage: Stage) -> None:
    """20,000.00 in proportion to trade prices, 20,777.77 in proportion to that; the Auris' VAT is recoverable.

    Gains 136.27 / 1.20 = 113.56, 535.75 and 105.75.
    """
    sheet = await stage.people["basile"].get(f"/api/auctions/{stage.ids['lot auction']}/synthesis")
    assert sheet["synthesis"] == {
        "starting_total": "20000.00",
        "initial_margin": "434.96",
        "last_offers_total": "20777.77",
        "reserve_total": "20500.00",
        "gain": "777.77",
        "gain_ht": "755.06",
        "margin": "1190.02",
        "lots_with_offer": 1,
        "lots_with_reserve_reached": 1,
    }
    [lot] = sheet["lots"]
    assert (lot["outcome"], lot["winner"], lot["bids"]) == ("won", "La Bonne Occaze", 3)
    shares = [
        (vehicle["ref"], vehicle["starting_price"], vehicle["initial_margin"], vehicle["price"])
        for vehicle in lot["vehicles"]
    ]
    assert shares == [
        ("GD147JH", "3504.15", "120.13", "3640.42"),
        ("GD250GH", "13776.56", "132.09", "14312.31"),
        ("FG463RT", "2719.29", "182.74", "2825.04"),
    ]
    declined = [who["trader"] for who in sheet["audience"] if who["declined"]]
    assert declined == ["Auto 71"]
