"""Traders' cards: who makes, sees and changes them (§2.1), over HTTP."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from persistence.people import registry as people
from persistence.people.registry import NewUser
from persistence.traders.connections import connect
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled
from tests.server.test_directory import ANSWER, Register, register

__all__ = ["register"]

NEW = "73282932000074"


@pytest.fixture(scope="module")
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of this module's own: cards change here."""
    async with peopled(copies(), bidders=(("Auto1", "purchases@auto1.example"),)) as it:
        yield it


async def ask(world: World, method: str, path: str, persona: Persona, body: Any = None) -> tuple[int, Any]:
    answer = await world.http.request(method, f"/api/{path}", json=body, headers=persona.bearer)
    return answer.status_code, answer.json()


async def test_a_card_is_made_found_and_changed_by_its_group_alone(world: World) -> None:
    """§2.1, §1.4."""
    form = {"legal_name": "Tout Neuf SARL", "siret": "732 829 320 00074", "ape_code": "4511Z", "kind": "bidder"}
    status, made = await ask(world, "POST", "traders", world.dealer, form)
    assert (status, made["siret"], made["ape_code"], made["has_account"]) == (201, NEW, "45.11Z", False)
    path = f"traders/{made['id']}"
    status, changed = await ask(world, "PATCH", path, world.dealer, {"legal_name": "Tout Neuf SAS", "phone": "0320"})
    assert (status, changed["legal_name"], changed["phone"]) == (200, "Tout Neuf SAS", "0320")
    assert (await ask(world, "GET", path, world.sister_dealer))[1]["legal_name"] == "Tout Neuf SAS"
    assert (await ask(world, "GET", path, world.stranger_dealer))[0] == 404
    assert (await ask(world, "PATCH", path, world.stranger_dealer, {"phone": "1"}))[0] == 404
    again = await ask(world, "POST", "traders", world.stranger_dealer, form)
    assert (again[0], again[1]["error"]["field"]) == (409, "siret")
    listed = (await ask(world, "GET", "traders?q=neuf", world.dealer))[1]
    assert [(each["id"], each["connected"]) for each in listed["items"]] == [(made["id"], [])]
    assert (await ask(world, "GET", "traders?q=73282932", world.dealer))[1]["total"] == 1
    assert (await ask(world, "GET", "traders", world.stranger_dealer))[1]["total"] == 0


async def test_the_list_says_what_each_entity_has_with_a_trader(world: World) -> None:
    """§2.2 to §2.4: connected, invited, once connected, or nothing; filtered, sorted, and what was asked badly."""
    form = {"legal_name": "Zoé Occasions", "siret": "35600000009075", "kind": "bidder", "city": "Mâcon"}
    zoe = (await ask(world, "POST", "traders", world.dealer, form))[1]["id"]

    async def ids(query: str) -> list[int]:
        status, found = await ask(world, "GET", f"traders?{query}", world.dealer)
        assert status == 200, found
        assert found["total"] == len(found["items"])
        return [each["id"] for each in found["items"]]

    assert zoe in await ids("kind=bidder")
    assert zoe not in await ids("kind=merchant")
    assert zoe in await ids("state=none")
    assert zoe not in await ids("state=active,invited,removed")
    body = {"entities": [world.entity], "trader": zoe, "email": "zoe@occasions.example"}
    assert (await ask(world, "POST", "invitations", world.dealer, body))[0] == 201
    for words in ("zo", "ZOE OCC", "zoé", "macon", "Mâ"):  # whatever the accents and the case
        assert await ids(f"state=invited&q={words}") == [zoe], words
        for line in ("connections?state=invited", "invitations?state=pending"):
            found = (await ask(world, "GET", f"{line}&q={words}", world.dealer))[1]["items"]
            assert [each["trader"] for each in found] == ([] if line[0] == "i" and words[0] in "mM" else [zoe]), line
    for words in ("%25", "_", "occasions macon"):
        assert await ids(f"q={words}") == [], words
    assert zoe not in await ids("state=none")
    found = (await ask(world, "GET", "traders?sort=-since", world.dealer))[1]["items"]
    assert found[0]["id"] == zoe
    assert [(one["entity"], one["state"], one["removed_at"]) for one in found[0]["standings"]] == [
        (world.entity, "invited", None)
    ]
    sent = (await ask(world, "GET", f"invitations?trader={zoe}&state=pending", world.dealer))[1]["items"]
    assert [(one["trader"], one["email"]) for one in sent] == [(zoe, "zoe@occasions.example")]
    assert (await ask(world, "GET", f"invitations?trader={zoe}&q=nobody", world.dealer))[1]["total"] == 0
    connected = await ids(f"state=active&entity={world.entity}")
    assert world.anne.company_id in connected
    names = [each["legal_name"] for each in (await ask(world, "GET", "traders?sort=-name", world.dealer))[1]["items"]]
    assert names == sorted(names, reverse=True)
    for query, field in (("state=friend", "state"), ("sort=colour", "sort"), (f"entity={world.elsewhere}", "entity")):
        refused = (await ask(world, "GET", f"traders?{query}", world.dealer))[1]
        assert refused["error"]["field"] == field


async def test_a_card_says_which_fields_its_reader_may_change(world: World) -> None:
    """§2.1: all but the SIRET on a card of one's own group, what is empty on a trader's, nothing without a right."""
    own = {"legal_name": "À Nous", "siret": "35600000049837"}
    made = (await ask(world, "POST", "traders", world.dealer, own))[1]
    assert {"legal_name", "kind", "street"} <= set(made["open"])
    assert "siret" not in made["open"]
    card = (await ask(world, "GET", f"traders/{world.bruno.company_id}", world.dealer))[1]
    assert "legal_name" not in card["open"]
    assert ("phone" in card["open"]) is (card["phone"] == "")
    idle = (await ask(world, "GET", f"traders/{world.bruno.company_id}", world.idle_dealer))[1]
    assert idle["open"] == []


async def test_since_is_when_the_entity_that_is_named_was_connected(copies: Copies) -> None:
    """§2.1: not when another of the dealer's entities was."""
    async with peopled(copies()) as world:
        user = NewUser(email="two@example.test", name="Claire Deux", password_hash=QUICK.hash(PASSWORD))
        both = (world.entity, world.sister)
        claire = await world._known("two", world.entity, await people.add_dealer(world.database, both, user))
        anne, bruno = world.anne.company_id, world.bruno.company_id
        for entity, first, then in ((world.sister, anne, bruno), (world.elsewhere, bruno, anne)):
            await connect(world.database, entity, first, 2_000_000)
            await connect(world.database, entity, then, 1_000_000)
        path = f"traders?state=active&sort=-since&entity={world.sister}"
        found = (await ask(world, "GET", path, claire))[1]["items"]
        assert [each["id"] for each in found] == [anne, bruno]
        newest = (await ask(world, "GET", "traders?state=active&sort=-since", claire))[1]["items"]
        assert [each["id"] for each in newest] == [bruno, anne]


async def test_every_number_that_is_wrong_is_named(world: World) -> None:
    """§2.1."""
    form = {"legal_name": "Faux", "siret": "12345678901234", "vat_number": "FR00123456789", "ape_code": "4511"}
    status, refused = await ask(world, "POST", "traders", world.dealer, form)
    assert status == 422
    assert [each["field"] for each in refused["error"]["reasons"]] == ["siret", "vat_number", "ape_code"]
    for wish in ({"email": "nobody"}, {"country": "France"}, {"kind": "thief"}, {"siret": NEW}, {"phone": "1" * 41}):
        status, refused = await ask(world, "PATCH", f"traders/{world.anne.company_id}", world.dealer, wish)
        assert (status, refused["error"]["field"]) == (422, next(iter(wish)))


async def test_what_the_trader_wrote_no_dealer_overwrites(world: World) -> None:
    """§2.1: the trader keeps its contact data and its legal representative; a dealer fills in what is empty."""
    path = f"traders/{world.anne.company_id}"
    status, card = await ask(world, "PATCH", "company", world.anne, {"phone": "0601", "email": "anne@fils.example"})
    assert (status, card["phone"]) == (200, "0601")
    status, refused = await ask(world, "PATCH", path, world.dealer, {"phone": "0999", "legal_name": "Anne SA"})
    assert (status, [each["field"] for each in refused["error"]["reasons"]]) == (403, ["legal_name", "phone"])
    status, card = await ask(world, "PATCH", path, world.dealer, {"legal_representative": "Anne Martin"})
    assert (status, card["legal_representative"], card["phone"]) == (200, "Anne Martin", "0601")
    status, refused = await ask(world, "PATCH", "company", world.anne, {"legal_name": "Autre"})
    assert (status, refused["error"]["field"]) == (403, "legal_name")
    assert (await ask(world, "GET", "company", world.anne))[1]["legal_representative"] == "Anne Martin"
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT change FROM audit WHERE subject = 'trader_company' AND subject_id = $1 ORDER BY id",
            world.anne.company_id,
        )
    assert [json.loads(row["change"]) for row in rows] == [
        {"email": ["", "anne@fils.example"], "phone": ["", "0601"]},
        {"legal_representative": ["", "Anne Martin"]},
    ]


async def test_a_card_is_changed_on_the_record_of_the_group_that_is_connected(world: World) -> None:
    """§1.4, §2.1: not on that of another group for which the same person works."""
    user = NewUser(email="both@example.test", name="Claire Both", password_hash=QUICK.hash(PASSWORD))
    claire = await world._known(
        "both", world.entity, await people.add_dealer(world.database, (world.entity, world.elsewhere), user)
    )
    trader = world.stranger.company_id
    await connect(world.database, world.elsewhere, trader, world.running.doors.clock.now())
    assert (await ask(world, "PATCH", f"traders/{trader}", claire, {"legal_representative": "Paul"}))[0] == 200
    async with world.database.acquire() as connection:
        groups = await connection.fetch(
            """SELECT group_id, (SELECT group_id FROM entities WHERE id = $2) AS right_one
               FROM audit WHERE subject = 'trader_company' AND subject_id = $1 AND action = 'changed'""",
            trader,
            world.elsewhere,
        )
    assert [row["group_id"] == row["right_one"] for row in groups] == [True]


async def test_known_bidders_are_a_setting(world: World) -> None:
    """§2.1: an invitation to one of their addresses is a bidder's."""
    bidders = (await ask(world, "GET", "bidders", world.dealer))[1]["items"]
    assert bidders == [{"name": "Auto1", "email": "purchases@auto1.example"}]
    body = {"entities": [world.entity], "email": "Purchases@auto1.example"}
    assert (await ask(world, "POST", "invitations", world.dealer, body))[0] == 201
    lines = (await ask(world, "GET", "connections?state=invited&q=auto1", world.dealer))[1]["items"]
    assert [(each["name"], each["kind"]) for each in lines] == [("purchases@auto1.example", "bidder")]


async def test_without_a_directory_the_form_stays_manual(world: World) -> None:
    """§2.1."""
    for siret, trader in (("35600000000048", None), (NEW, ...)):
        status, found = await ask(world, "GET", f"companies?siret={siret}", world.dealer)
        assert (status, found["available"], found["company"]) == (200, False, None)
        assert (found["trader"] is None) is (trader is None)
    status, refused = await ask(world, "GET", "companies?siret=12345678901234", world.dealer)
    assert (status, refused["error"]["field"]) == (422, "siret")
    assert (await ask(world, "GET", f"companies?siret={NEW}", world.idle_dealer))[0] == 403


async def test_the_directory_fills_the_form_in(copies: Copies, register: Register) -> None:
    """§2.1: and when it fails, the answer says so."""
    async with peopled(copies(), directory_url=register.url, directory_key="key") as world:
        register.says(200, json.dumps(ANSWER).encode())
        status, found = await ask(world, "GET", f"companies?siret={NEW}", world.dealer)
        assert (status, found["available"], found["trader"]) == (200, True, None)
        assert found["company"]["legal_name"] == "AUTO EXEMPLE"
        register.says(404, b"{}")
        found = (await ask(world, "GET", f"companies?siret={NEW}", world.dealer))[1]
        assert (found["available"], found["company"]) == (True, None)
        register.says(500, b"{}")
        found = (await ask(world, "GET", f"companies?siret={NEW}", world.dealer))[1]
        assert (found["available"], found["company"]) == (False, None)
