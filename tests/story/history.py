"""Who did what and when, as the audit tells it at the end; and each auction's own history, entry by entry (§5.5.2).

Every line of it is a change of the story; what belongs to one side is not the other's to read (§1.4).
"""

from typing import Any, Final

from tests.story.persons import Person
from tests.story.stage import Stage

OF_ORLEANS: Final = """
    Agnès    group           changed
    Agnès    site            changed
    Agnès    user_invitation created
    Basile   user            joined
    Agnès    user_group      created
    Agnès    user_group      member_added
    Agnès    invitation      sent
    Camille  connection      activated
    Camille  invitation      accepted
    Agnès    invitation      sent
    Dan      connection      activated
    Dan      invitation      accepted
    Agnès    invitation      sent
    Élodie   connection      activated
    Élodie   invitation      accepted
    Basile   mailing_list    created
    Basile   vehicle         imported
    Basile   vehicle         imported
    Basile   vehicle         imported
    Basile   vehicle         imported
    Basile   vehicle         imported
    Basile   vehicle         imported
    Basile   vehicle         changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   auction         published
    -        offer           made
    -        offer           made
    -        vehicle         reserved
    -        vehicle         reserved
    Basile   auction         published
    -        offer           made
    -        vehicle         reserved
    -        vehicle         reserved
    -        vehicle         reserved
    Basile   auction         sale_cancelled
    Basile   offer           cancelled
    Basile   vehicle         reservation_removed
    Basile   vehicle         status_changed
    Basile   order           placed
    Basile   offer           ordered
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   vehicle         status_changed
    Basile   order           placed
    Basile   offer           ordered
    Basile   delivery        scheduled
    Basile   delivery        declared
    Basile   delivery        scheduled
    Basile   delivery        declared
    Basile   delivery        scheduled
    Basile   delivery        declared
    Basile   vehicle         released
    Basile   invoice         declared
    Basile   api_token       created
    Basile   vehicle         released
    Basile   vehicle         released
    Basile   vehicle         released
    Basile   invoice         declared
"""
OF_TOURS: Final = """
    Agnès    entity          created
    Agnès    site            created
    Agnès    invitation      sent
    Camille  connection      activated
    Camille  invitation      accepted
"""
DANS_OWN: Final = """
    Dan      trader_company  created
    Dan      user            created
    Dan      api_token       created
    Dan      trader_company  changed
"""
UNIT_AUCTION: Final = (
    ("started",),
    ("bid", 1, "8000.00", "La Bonne Occaze"),
    ("extended",),
    ("bid", 1, "8100.00", "Top Used Cars"),
    ("extended",),
    ("bid", 1, "8500.00", "La Bonne Occaze"),
    ("reserve_reached", 1),
    ("extended",),
    ("bid", 1, "8700.00", "Top Used Cars"),
    ("extended",),
    ("bid", 2, "9600.00", "La Bonne Occaze"),
    ("extended",),
    ("bid", 3, "5000.00", "Top Used Cars"),
    ("extended",),
    ("ended",),
    ("lot_decided", 1),
    ("lot_decided", 2),
    ("lot_decided", 3),
    ("sale_cancelled", 2),
)
LOT_AUCTION: Final = (
    ("started",),
    ("bid", 4, "20000.00", "La Bonne Occaze"),
    ("extended",),
    ("bid", 4, "20250.00", "Top Used Cars"),
    ("extended",),
    ("bid", 4, "20777.77", "La Bonne Occaze"),
    ("reserve_reached", 4),
    ("extended",),
    ("declined", "Auto 71"),
    ("ended",),
    ("lot_decided", 4),
)


async def read_the_records(stage: Stage) -> None:
    """Issue 8's question, asked by each side."""
    basile, agnes, dan = stage.people["basile"], stage.people["agnès"], stage.people["dan"]
    assert await changes(basile) == told(OF_ORLEANS)
    tours = await changes(agnes, entity=stage.ids["Lumière Tours"])
    assert sorted(tours) == sorted(told(OF_TOURS))
    assert sorted(await changes(dan)) == sorted(told(DANS_OWN))
    await _read_of_one_vehicle(stage)


async def changes(reader: Person, **query: Any) -> list[tuple[str, ...]]:
    """Everything that the reader's history holds, oldest first, as who (`-`: the house itself), what, how."""
    items: list[dict[str, Any]] = []
    before: dict[str, int] = {}
    while True:
        page = await reader.get("/api/history", limit=20, **query, **before)
        items += page["items"]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    return [
        ("-" if item["user"] is None else item["user"]["name"], item["subject"], item["action"])
        for item in reversed(items)
    ]


def told(lines: str) -> list[tuple[str, ...]]:
    """A table of changes."""
    return [tuple(line.split()) for line in lines.strip().splitlines()]


async def _read_of_one_vehicle(stage: Stage) -> None:
    """The Clio's life, with what stood before and after."""
    found = (await stage.people["basile"].get("/api/history", subject="vehicle", id=stage.ids["GA101AA"]))["items"]
    life = [(item["action"], item["change"].get("status")) for item in reversed(found)]
    assert life == [
        ("imported", None),
        ("status_changed", ["pre_arrival", "sales_stock"]),
        ("reserved", None),
        ("status_changed", ["sales_stock", "delivery"]),
        ("released", ["delivery", "released"]),
    ]
    assert found[-1]["change"]["trade_price"] == [None, "8000.00"]
    for name in ("camille", "dan", "élodie"):
        assert await changes(stage.people[name], subject="vehicle") == []


async def read_the_auctions(stage: Stage) -> None:
    """§5.5.2: the dealer reads names; a trader the same numbers without them, and not who declined or why."""
    for auction, expected in (("unit auction", UNIT_AUCTION), ("lot auction", LOT_AUCTION)):
        address = f"/api/auctions/{stage.ids[auction]}/history"
        entries = (await stage.people["basile"].get(address))["items"]
        assert [entry["seq"] for entry in entries] == list(range(1, len(expected) + 1))
        seen = [
            tuple(entry[name] for name in ("event", "lot", "amount", "trader") if entry.get(name) is not None)
            for entry in entries
        ]
        assert seen == list(expected)
        hers = await stage.people["camille"].raw("GET", address)
        assert [entry["seq"] for entry in hers.json()["items"]] == [entry["seq"] for entry in entries]
        for hidden in ("Top Used Cars", "Auto 71", "Boîte de vitesses"):
            assert hidden not in hers.text


async def read_what_was_bought(stage: Stage) -> None:
    """§6.5: what each bought, at which price, as the trader and its dealer read it; a cancelled sale is no purchase."""
    camille, dan = stage.people["camille"], stage.people["dan"]
    bought = (await camille.get("/api/purchases"))["items"]
    assert sorted((item["plate"], item["price"], item["price_ht"], item["order_number"]) for item in bought) == [
        ("FG463RT", "2825.04", "2825.04", "45-2"),
        ("GD147JH", "3640.42", "3033.68", "45-2"),
        ("GD250GH", "14312.31", "14312.31", "45-2"),
    ]
    assert [(item["plate"], item["price"]) for item in (await dan.get("/api/purchases"))["items"]] == [
        ("GA101AA", "8700.00")
    ]
    card = f"/api/traders/{stage.ids['La Bonne Occaze']}/purchases"
    assert len((await stage.people["basile"].get(card))["items"]) == 3
    for person, paper in ((camille, stage.ids["offer 3"]), (stage.people["basile"], stage.ids["offer 1"])):
        assert (await person.ask("GET", f"/api/offers/{paper}/paper.pdf")).startswith(b"%PDF-")
    elodie = stage.people["élodie"]
    assert (await elodie.get("/api/purchases"))["items"] == []
    await elodie.ask("GET", f"/api/offers/{stage.ids['offer 3']}/paper.pdf", status=404)
