"""People and what they may do: cards, rights that are given and taken, accounts that are disabled (§1.1 to §1.3)."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from engine.rights import PRESETS, Preset
from persistence.people import registry as people
from persistence.people.registry import ALL_RIGHTS, NewUser
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled

_names = itertools.count(1)


@pytest.fixture
async def fresh(copies: Copies) -> AsyncIterator[World]:
    """A house of this test's own."""
    async with peopled(copies()) as it:
        yield it


async def hired(world: World, *rights: str, entities: tuple[int, ...] = (), level: str = "none") -> Persona:
    """Somebody new in these entities (else the dealer's) with these rights."""
    name = f"hired{next(_names)}"
    user = NewUser(email=f"{name}@example.test", name=f"{name} Hélard", password_hash=QUICK.hash(PASSWORD))
    made = await people.add_dealer(
        world.database, entities or (world.entity,), user, rights=frozenset(rights), validate_trade_ins=level
    )
    return await world._known(name, world.entity, made)


async def employ(world: World, by: Persona, whom: Persona, entity: int, **form: Any) -> httpx.Response:
    return await world.http.put(f"/api/users/{whom.user_id}/entities/{entity}", json=form, headers=by.bearer)


async def rights(world: World, whom: Persona) -> dict[int, list[str]]:
    me = (await world.http.get("/api/me", headers=whom.bearer)).json()
    return {entity["id"]: entity["rights"] for entity in me["entities"]}


def code(answer: httpx.Response) -> str:
    found: str = answer.json()["error"]["code"]
    return found


# ------------------------------------------------------------------------------------------------------------- cards


async def test_a_card_lists_entities_sites_and_rights(world: World) -> None:
    """§1.2: a user's card lists its entities and sites."""
    who = await hired(world, "manage_stock", level="own")
    changed = await employ(world, world.dealer, who, world.entity, sites=[world.site])
    card = (await world.http.get(f"/api/users/{who.user_id}", headers=world.idle_dealer.bearer)).json()
    assert changed.json() == card
    (works,) = card["entities"]
    assert (works["entity"], works["name"]) == (world.entity, "Concession Nord")
    assert [site["name"] for site in works["sites"]] == ["Lille"]
    assert works["own"] == {"rights": ["manage_stock"], "validate_trade_ins": "own", "preset": None}
    elsewhere = await employ(world, world.dealer, who, world.entity, sites=[10**9])
    assert (elsewhere.status_code, elsewhere.json()["error"]["field"]) == (422, "sites")


async def test_the_list_is_of_ones_own_people_a_page_at_a_time(world: World) -> None:
    """§1.4."""
    who = await hired(world)
    page = (await world.http.get("/api/users?limit=1&page=2", headers=world.dealer.bearer)).json()
    assert (len(page["items"]), page["page"], page["pages"]) == (1, 2, page["total"])
    found = (await world.http.get(f"/api/users?q={who.email.upper()}", headers=world.dealer.bearer)).json()["items"]
    assert [item["id"] for item in found] == [who.user_id]
    for words in ("HELARD", "hélard"):
        named = (await world.http.get(f"/api/users?q={words}&limit=200", headers=world.dealer.bearer)).json()["items"]
        assert who.user_id in {item["id"] for item in named}, words
    for stranger in (world.sister_dealer, world.stranger_dealer):
        seen = (await world.http.get("/api/users?limit=200", headers=stranger.bearer)).json()["items"]
        assert who.user_id not in {item["id"] for item in seen}
    beyond = (await world.http.get("/api/users?page=999", headers=world.dealer.bearer)).json()
    assert (beyond["items"], beyond["total"] > 0) == ([], True)


async def test_a_card_tells_nothing_of_another_holding(world: World) -> None:
    """§1.4."""
    who = await hired(world, entities=(world.entity, world.elsewhere))
    card = (await world.http.get(f"/api/users/{who.user_id}", headers=world.dealer.bearer)).json()
    assert [works["entity"] for works in card["entities"]] == [world.entity]


# ------------------------------------------------------------------------------------------------------------ rights


@pytest.mark.parametrize("preset", list(Preset))
async def test_a_preset_gives_what_its_job_needs(world: World, preset: Preset) -> None:
    """§1.3."""
    who = await hired(world)
    given = await employ(world, world.dealer, who, world.entity, preset=preset)
    assert given.json()["entities"][0]["own"]["preset"] == preset
    assert set((await rights(world, who))[world.entity]) == PRESETS[preset].rights


async def test_rights_count_at_the_next_request_and_live_sockets_come_back(world: World) -> None:
    """§1.3: rights are checked on the server, at every door."""
    who = await hired(world, "run_stock_auctions")
    async with world.live(who) as talk, world.live(world.idle_dealer) as other:
        taken = await employ(world, world.dealer, who, world.entity, rights=[])
        assert taken.status_code == 200
        assert (await talk.hear_of("bye"))["code"] == 4001
        await other.say("ping", t="still there")
        assert (await other.hear_of("pong"))["t"] == "still there"
    body = {"kind": "unit", "vehicles": [{"id": await world.vehicle()}], "duration_seconds": 60}
    refused = await world.http.post("/api/auctions", json={**body, "minimum_increment": "50"}, headers=who.bearer)
    assert code(refused) == "not_allowed"


async def test_nobody_gives_what_it_does_not_hold_there(world: World) -> None:
    """§1.3."""
    manager, who = await hired(world, "manage_users", level="own"), await hired(world, "cancel_sale")
    for form, lacking in (
        ({"rights": ["cancel_sale", "manage_stock"]}, ["manage_stock"]),
        ({"rights": ["cancel_sale"], "validate_trade_ins": "any"}, ["validate_trade_ins"]),
        ({"preset": "fleet_manager"}, ["manage_mailing_lists", "manage_stock", "run_stock_auctions"]),
    ):
        refused = await employ(world, manager, who, world.entity, **form)
        assert (refused.status_code, code(refused)) == (403, "not_held"), form
        assert [reason["code"] for reason in refused.json()["error"]["reasons"]] == lacking
    assert (await rights(world, who))[world.entity] == ["cancel_sale"]
    kept = await employ(
        world, manager, who, world.entity, rights=["cancel_sale", "manage_users"], validate_trade_ins="own"
    )
    assert kept.status_code == 200
    itself = await employ(world, manager, manager, world.entity, preset="administrator")
    assert code(itself) == "not_held"


async def test_rights_of_one_entity_give_nothing_in_another(world: World) -> None:
    """§1.3: by entity."""
    both = await hired(world, *ALL_RIGHTS, entities=(world.entity, world.sister))
    assert (await employ(world, both, both, world.sister, rights=["manage_stock"])).status_code == 200
    who = await hired(world)
    assert code(await employ(world, both, who, world.sister, rights=["manage_stock"])) == "not_allowed"
    assert (await employ(world, world.dealer, who, world.sister)).status_code == 404


async def test_a_colleague_comes_to_another_entity_and_leaves_it(world: World) -> None:
    """§1.1: a user may work for several."""
    both = await hired(world, *ALL_RIGHTS, entities=(world.entity, world.sister))
    who = await hired(world, "manage_stock")
    assert (await employ(world, both, who, world.sister, preset="seller")).status_code == 200
    assert await rights(world, who) == {world.entity: ["manage_stock"], world.sister: ["make_offers"]}
    gone = await world.http.delete(f"/api/users/{who.user_id}/entities/{world.entity}", headers=both.bearer)
    assert gone.status_code == 204
    assert await rights(world, who) == {world.sister: ["make_offers"]}
    assert (await world.http.get("/api/me", headers=who.bearer)).json()["company"] == "Concession Soeur"
    last = await world.http.delete(f"/api/users/{who.user_id}/entities/{world.sister}", headers=both.bearer)
    assert code(last) == "conflict"


# --------------------------------------------------------------------------------------------- the last who manages


async def test_an_entity_is_never_left_with_nobody_who_manages_it(fresh: World) -> None:
    """§1.3, whichever way the right would go."""
    world, dealer = fresh, fresh.dealer
    user = f"/api/users/{dealer.user_id}"
    ways = [
        await employ(world, dealer, dealer, world.entity, rights=["manage_stock"]),
        await world.http.post(f"{user}/deactivation", headers=dealer.bearer),
    ]
    assert [(way.status_code, code(way)) for way in ways] == [(409, "last_manager")] * 2
    assert "manage_users" in (await rights(world, dealer))[world.entity]
    second = await hired(world, "manage_users")
    assert (await employ(world, dealer, dealer, world.entity, rights=["manage_stock"])).status_code == 200
    refused = await world.http.post(f"/api/users/{second.user_id}/deactivation", headers=second.bearer)
    assert code(refused) == "last_manager"


async def test_of_two_who_dismiss_each_other_one_stays(fresh: World) -> None:
    """Under lock: neither sees the other as still there."""
    second = await hired(fresh, *ALL_RIGHTS)
    answers = await asyncio.gather(
        employ(fresh, fresh.dealer, second, fresh.entity, rights=[]),
        employ(fresh, second, fresh.dealer, fresh.entity, rights=[]),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
    managers = [who for who in (fresh.dealer, second) if "manage_users" in (await rights(fresh, who))[fresh.entity]]
    assert len(managers) == 1


# ---------------------------------------------------------------------------------------------------------- accounts


async def test_a_disabled_account_is_nobody_at_once(world: World) -> None:
    who = await hired(world, "manage_stock")
    path = f"/api/users/{who.user_id}"
    credentials = {"email": who.email, "password": PASSWORD}
    signed_in = await world.http.post("/api/sessions", json=credentials)
    cookie = {"Cookie": signed_in.headers["set-cookie"].partition(";")[0]}
    async with world.live(who) as robot, world.live(headers=cookie) as page:
        await page.hear_of("welcome")
        assert (await world.http.post(f"{path}/deactivation", headers=world.dealer.bearer)).status_code == 204
        assert (await robot.hear_of("bye"))["code"] == 4409
        assert (await page.hear_of("bye"))["code"] == 4409
    for headers in (who.bearer, cookie):
        assert (await world.http.get("/api/me", headers=headers)).status_code == 401
    assert code(await world.http.post("/api/sessions", json=credentials)) == "wrong_credentials"
    listed = (await world.http.get("/api/users?disabled=true&limit=200", headers=world.dealer.bearer)).json()["items"]
    assert who.user_id in {item["id"] for item in listed}
    assert (await world.http.post(f"{path}/reactivation", headers=world.dealer.bearer)).status_code == 204
    assert (await world.http.post("/api/sessions", json=credentials)).status_code == 201
    assert (await world.http.get("/api/me", headers=who.bearer)).status_code == 401  # its token is gone for good


async def test_an_account_is_switched_by_who_manages_all_its_entities_and_holds_its_rights(world: World) -> None:
    """§1.3: enabling gives rights back."""
    who = await hired(world, "manage_stock", entities=(world.entity, world.sister))
    path = f"/api/users/{who.user_id}"
    assert code(await world.http.post(f"{path}/deactivation", headers=world.dealer.bearer)) == "not_allowed"
    single, manager = await hired(world, "manage_stock"), await hired(world, "manage_users")
    path = f"/api/users/{single.user_id}"
    assert (await world.http.post(f"{path}/deactivation", headers=manager.bearer)).status_code == 204
    assert code(await world.http.post(f"{path}/reactivation", headers=manager.bearer)) == "not_held"
    assert (await world.http.get(path, headers=manager.bearer)).json()["disabled_at"] is not None


async def test_a_card_is_changed_by_who_manages_all_its_entities(world: World) -> None:
    """§1.3, §1.4: what one entity alone decides is not written into the other's history."""
    who = await hired(world, entities=(world.elsewhere, world.entity))
    path = f"/api/users/{who.user_id}"
    refused = await world.http.patch(path, json={"name": "Autre Nom"}, headers=world.dealer.bearer)
    assert (refused.status_code, code(refused)) == (403, "not_allowed")
    assert (await world.http.patch("/api/me", json={"name": "Mon Nom"}, headers=who.bearer)).status_code == 200
    assert (await world.http.get(path, headers=world.dealer.bearer)).json()["name"] == "Mon Nom"
    both = await hired(world, "manage_users", entities=(world.elsewhere, world.entity))
    changed = await world.http.patch(path, json={"name": "Autre Nom"}, headers=both.bearer)
    assert (changed.status_code, changed.json()["name"]) == (200, "Autre Nom")


# ----------------------------------------------------------------------------------------- groups, entities and sites


async def test_a_new_entity_lets_its_maker_work_there(fresh: World) -> None:
    """§1.1."""
    world, bearer = fresh, fresh.dealer.bearer
    body = {"beside": world.entity, "name": "Concession Est", "matching_required": False}
    made = (await world.http.post("/api/entities", json=body, headers=bearer)).json()
    assert (made["name"], made["matching_required"], made["saleable_from"]) == ("Concession Est", False, "sales_stock")
    assert set((await rights(world, world.dealer))[made["id"]]) == ALL_RIGHTS
    again = await world.http.post("/api/entities", json=body, headers=bearer)
    assert (code(again), again.json()["error"]["field"]) == ("conflict", "name")
    site = {"entity": made["id"], "name": "Reims", "street": "1 rue de Vesle", "postcode": "51100", "city": "Reims"}
    stored = (await world.http.post("/api/sites", json=site, headers=bearer)).json()
    assert stored == {**site, "id": stored["id"], "phone": "", "email": ""}
    moved = await world.http.patch(f"/api/sites/{stored['id']}", json={"phone": "03 26 00 00 00"}, headers=bearer)
    assert (moved.json()["phone"], moved.json()["city"]) == ("03 26 00 00 00", "Reims")
    renamed = await world.http.patch(f"/api/entities/{made['id']}", json={"name": "Concession Nord"}, headers=bearer)
    assert code(renamed) == "conflict"


async def test_groups_entities_and_sites_are_listed_a_page_at_a_time(fresh: World) -> None:
    """§1.1: as many as a page holds unless told otherwise, for forms choose among all."""
    world, bearer = fresh, fresh.dealer.bearer
    for name in ("Concession Est", "Concession Ouest"):
        entity = (
            await world.http.post("/api/entities", json={"beside": world.entity, "name": name}, headers=bearer)
        ).json()
        site = {"entity": entity["id"], "name": f"Site {name}"}
        assert (await world.http.post("/api/sites", json=site, headers=bearer)).status_code == 201
    names = {
        "groups": ["Groupe Nord"],
        "entities": ["Concession Est", "Concession Nord", "Concession Ouest"],
        "sites": ["Lille", "Site Concession Est", "Site Concession Ouest"],
    }
    for what, listed in names.items():
        whole = (await world.http.get(f"/api/{what}", headers=bearer)).json()
        assert [each["name"] for each in whole["items"]] == listed
        assert (whole["page"], whole["pages"], whole["total"]) == (1, 1, len(listed))
        for page, name in enumerate(listed, start=1):
            one = (await world.http.get(f"/api/{what}?limit=1&page={page}", headers=bearer)).json()
            assert ([each["name"] for each in one["items"]], one["pages"]) == ([name], len(listed))
        for query, field in (("limit=201", "limit"), ("page=0", "page"), ("colour=red", "colour")):
            refused = await world.http.get(f"/api/{what}?{query}", headers=bearer)
            assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)
    of_one = (await world.http.get(f"/api/sites?entity={world.entity}", headers=bearer)).json()
    assert [each["name"] for each in of_one["items"]] == ["Lille"]


async def test_an_entity_has_the_numbers_that_its_papers_say(fresh: World) -> None:
    """§6.1: normalised and checked as a trader's are (§2.1), on record; null takes one away."""
    world, bearer = fresh, fresh.dealer.bearer
    path = f"/api/entities/{world.entity}"
    before = (await world.http.get(path, headers=bearer)).json()
    assert (before["siret"], before["vat_number"]) == (None, None)
    for form, field in (
        ({"siret": "732 829 320 00075"}, "siret"),
        ({"vat_number": "FR45732829320"}, "vat_number"),
        ({"vat_number": "."}, "vat_number"),
    ):
        wrong = await world.http.patch(path, json=form, headers=bearer)
        assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, field)
    numbers = {"siret": "732 829 320 00074", "vat_number": "fr 44 732829320"}
    known = {**before, "siret": "73282932000074", "vat_number": "FR44732829320"}
    assert (await world.http.patch(path, json=numbers, headers=bearer)).json() == known
    assert (await world.http.patch(path, json={"name": known["name"]}, headers=bearer)).json() == known
    changed = (await world.http.get(f"/api/history?subject=entity&id={world.entity}", headers=bearer)).json()["items"]
    assert changed[0]["change"]["siret"] == [None, "73282932000074"]
    assert (await world.http.patch(path, json={"siret": None}, headers=bearer)).json() == {**known, "siret": None}
    body = {"beside": world.entity, "name": "Concession Sud", **numbers}
    made = (await world.http.post("/api/entities", json=body, headers=bearer)).json()
    assert (made["siret"], made["vat_number"]) == ("73282932000074", "FR44732829320")


async def test_a_holding_is_changed_from_any_of_its_entities(fresh: World) -> None:
    """§5.1.3, §5.1.5."""
    world = fresh
    (group,) = (await world.http.get("/api/groups", headers=world.dealer.bearer)).json()["items"]
    assert (group["name"], group["prefix"], group["stock_auctions"]) == ("Groupe Nord", "45", True)
    path = f"/api/groups/{group['id']}"
    changed = await world.http.patch(
        path, json={"prefix": "46", "stock_auctions": False}, headers=world.sister_dealer.bearer
    )
    assert changed.json() == {**group, "prefix": "46", "stock_auctions": False}
    wrong = await world.http.patch(path, json={"prefix": "nord"}, headers=world.dealer.bearer)
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "prefix")


async def test_live_notices_say_the_prefix_that_the_holding_has_now(fresh: World) -> None:
    """§5.1.3: of an auction that ran before it was changed, as its page does."""
    world = fresh
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    (group,) = (await world.http.get("/api/groups", headers=world.dealer.bearer)).json()["items"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.anne) as elsewhere:
        assert (await anne.ask("bid", id="1", auction=auction, lot=lot, amount="1000"))["type"] == "accepted"
        body = {"prefix": "46"}
        changed = await world.http.patch(f"/api/groups/{group['id']}", json=body, headers=world.sister_dealer.bearer)
        assert changed.status_code == 200
        assert (await bruno.ask("bid", id="2", auction=auction, lot=lot, amount="1100"))["type"] == "accepted"
        outbid = await elsewhere.hear_of("notice", kind="outbid")
    assert (outbid["display_number"], outbid["lot_display_number"]) == (f"46-{made['number']}", f"46-{lot}")


async def test_who_changed_what_is_recorded(world: World) -> None:
    who = await hired(world)
    await employ(world, world.dealer, who, world.entity, rights=["manage_stock"])
    await world.http.patch(f"/api/users/{who.user_id}", json={"name": "Autre Nom"}, headers=world.dealer.bearer)
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT user_id, entity_id, action, change FROM audit
               WHERE subject = 'user' AND subject_id = $1 ORDER BY id""",
            who.user_id,
        )
    assert [(row["user_id"], row["entity_id"], row["action"]) for row in rows] == [
        (world.dealer.user_id, world.entity, "rights_changed"),
        (world.dealer.user_id, world.entity, "changed"),
    ]
    assert '"manage_stock"' in rows[0]["change"]
    assert '"Autre Nom"' in rows[1]["change"]
