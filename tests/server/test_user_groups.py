"""User groups that carry rights, an entity's own and shared by the holding (§1.2)."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from persistence.people import registry as people
from persistence.people.registry import ALL_RIGHTS, NewUser
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled

_names = itertools.count(1)


@pytest.fixture(scope="module")
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of this module's own, with somebody who manages both entities of the holding."""
    async with peopled(copies()) as it:
        vars(it)["both"] = await hired(it, *ALL_RIGHTS, entities=(it.entity, it.sister))
        yield it


async def hired(world: World, *rights: str, entities: tuple[int, ...] = ()) -> Persona:
    name = f"hired{next(_names)}"
    user = NewUser(email=f"{name}@example.test", name=f"{name} Durand", password_hash=QUICK.hash(PASSWORD))
    made = await people.add_dealer(
        world.database, entities or (world.entity,), user, rights=frozenset(rights), validate_trade_ins="none"
    )
    return await world._known(name, world.entity, made)


def both(world: World) -> Persona:
    return world.personas["both"]


async def made(world: World, by: Persona, **form: Any) -> dict[str, Any]:
    body = {"entity": world.entity, "name": f"Groupe {next(_names)}", **form}
    answer = await world.http.post("/api/user-groups", json=body, headers=by.bearer)
    assert answer.status_code == 201, answer.text
    group: dict[str, Any] = answer.json()["user_group"]
    return group


async def put(world: World, by: Persona, group: dict[str, Any], whom: Persona, **form: Any) -> httpx.Response:
    body = {"user": whom.user_id, "entity": world.entity, **form}
    return await world.http.post(f"/api/user-groups/{group['id']}/members", json=body, headers=by.bearer)


async def rights(world: World, whom: Persona) -> dict[int, list[str]]:
    me = (await world.http.get("/api/me", headers=whom.bearer)).json()
    return {entity["id"]: entity["rights"] for entity in me["entities"]}


def told(answer: httpx.Response) -> tuple[str, str | None]:
    error = answer.json()["error"]
    return error["code"], error.get("field")


async def test_rights_of_a_group_are_its_members_rights(world: World) -> None:
    """§1.2: beside the member's own; they go with the group."""
    who = await hired(world, "cancel_sale")
    group = await made(world, world.dealer, rights=["manage_stock", "cancel_sale"], validate_trade_ins="own")
    added = await put(world, world.dealer, group, who)
    assert [member["user"] for member in added.json()["members"]] == [who.user_id]
    assert await rights(world, who) == {world.entity: ["cancel_sale", "manage_stock"]}
    works = (await world.http.get(f"/api/users/{who.user_id}", headers=who.bearer)).json()["entities"][0]
    assert works["own"]["rights"] == ["cancel_sale"]
    assert works["effective"] == {
        "rights": ["manage_stock", "cancel_sale"],
        "validate_trade_ins": "own",
        "preset": None,
    }
    assert works["user_groups"] == [{"id": group["id"], "name": group["name"], "shared": False}]
    path = f"/api/user-groups/{group['id']}"
    async with world.live(who) as talk:
        changed = await world.http.patch(path, json={"rights": ["make_offers"]}, headers=world.dealer.bearer)
        assert changed.json()["user_group"]["grant"]["rights"] == ["make_offers"]
        assert (await talk.hear_of("bye"))["code"] == 4001
    assert await rights(world, who) == {world.entity: ["cancel_sale", "make_offers"]}
    assert (await world.http.delete(path, headers=world.dealer.bearer)).status_code == 204
    assert await rights(world, who) == {world.entity: ["cancel_sale"]}
    assert (await world.http.get(path, headers=world.dealer.bearer)).status_code == 404


async def test_a_member_of_a_group_may_at_once_what_the_group_may(world: World) -> None:
    """§1.2: at a door that asks for the right, not only on a card."""
    who = await hired(world)
    body = {"kind": "unit", "vehicles": [{"id": await world.vehicle()}], "duration_seconds": 600}
    body["minimum_increment"] = "50"
    assert (await world.http.post("/api/auctions", json=body, headers=who.bearer)).status_code == 403
    await put(world, world.dealer, await made(world, world.dealer, preset="fleet_manager"), who)
    assert (await world.http.post("/api/auctions", json=body, headers=who.bearer)).status_code == 201


async def test_a_shared_group_asks_whether_in_every_entity(world: World) -> None:
    """§1.2: yes adds to all entities, membership included; no adds to the current one alone."""
    group = await made(world, both(world), shared=True, rights=["manage_stock"])
    assert (group["entity"], group["shared"]) == (None, True)
    one, every = await hired(world), await hired(world)
    assert told(await put(world, both(world), group, one)) == ("invalid", "every_entity")
    assert (await put(world, both(world), group, one, every_entity=False)).status_code == 200
    assert await rights(world, one) == {world.entity: ["manage_stock"]}
    assert (await put(world, both(world), group, every, every_entity=True)).status_code == 200
    assert await rights(world, every) == {world.entity: ["manage_stock"], world.sister: ["manage_stock"]}
    path = f"/api/user-groups/{group['id']}/members/{every.user_id}"
    gone = await world.http.delete(f"{path}?entity={world.sister}", headers=both(world).bearer)
    assert gone.status_code == 204
    assert await rights(world, every) == {world.entity: ["manage_stock"], world.sister: []}
    assert (await world.http.delete(path, headers=both(world).bearer)).status_code == 204
    assert await rights(world, every) == {world.entity: [], world.sister: []}
    assert (await world.http.delete(path, headers=both(world).bearer)).status_code == 422


async def test_every_entity_takes_who_manages_every_entity(world: World) -> None:
    """§1.2, §1.3: nothing is half done."""
    group = await made(world, both(world), shared=True, rights=["manage_stock"])
    who = await hired(world)
    assert told(await put(world, world.dealer, group, who, every_entity=True)) == ("not_allowed", "entity")
    assert await rights(world, who) == {world.entity: []}
    assert (await put(world, world.dealer, group, who, every_entity=False)).status_code == 200
    for by, person in ((world.sister_dealer, who), (world.dealer, world.sister_dealer)):
        entity = world.sister if by is world.sister_dealer else world.entity
        stranger = await put(world, by, group, person, entity=entity, every_entity=False)
        assert told(stranger) == ("invalid", "user")


async def test_a_shared_group_is_changed_by_who_manages_all_that_it_reaches(world: World) -> None:
    """§1.3: what changes for the sister's people is the sister's business too."""
    group = await made(world, both(world), shared=True, rights=["manage_stock"])
    path = f"/api/user-groups/{group['id']}"
    await put(world, both(world), group, await hired(world), every_entity=True)
    refused = await world.http.patch(path, json={"rights": ["cancel_sale"]}, headers=world.dealer.bearer)
    assert told(refused) == ("not_allowed", "entity")
    assert told(await world.http.delete(path, headers=world.dealer.bearer)) == ("not_allowed", "entity")
    assert (await world.http.get(path, headers=world.stranger_dealer.bearer)).status_code == 404
    changed = await world.http.patch(path, json={"name": "Autre nom"}, headers=both(world).bearer)
    assert changed.json()["user_group"]["name"] == "Autre nom"


async def test_a_group_is_no_way_to_rights_that_one_does_not_hold(world: World) -> None:
    """§1.3."""
    manager = await hired(world, "manage_users", "manage_stock")
    body = {"entity": world.entity, "name": "Trop", "rights": ["cancel_sale"]}
    refused = await world.http.post("/api/user-groups", json=body, headers=manager.bearer)
    assert told(refused) == ("not_held", "rights")
    strong = await made(world, world.dealer, preset="administrator")
    assert told(await put(world, manager, strong, manager)) == ("not_held", "rights")
    own = await made(world, manager, rights=["manage_stock"])
    raised = await world.http.patch(
        f"/api/user-groups/{own['id']}", json={"rights": ["manage_stock", "cancel_sale"]}, headers=manager.bearer
    )
    assert told(raised) == ("not_held", "rights")
    put_in = await world.http.put(
        f"/api/users/{manager.user_id}/entities/{world.entity}",
        json={"user_groups": [strong["id"]]},
        headers=manager.bearer,
    )
    assert told(put_in) == ("not_held", "rights")
    assert await rights(world, manager) == {world.entity: ["manage_stock", "manage_users"]}


async def test_what_a_group_lends_is_made_nobodys_own_by_who_does_not_hold_it(world: World) -> None:
    """§1.3: it would stay when the group goes."""
    manager, who = await hired(world, "manage_users"), await hired(world)
    await put(world, world.dealer, await made(world, world.dealer, rights=["cancel_sale"]), who)
    path = f"/api/users/{who.user_id}/entities/{world.entity}"
    refused = await world.http.put(path, json={"rights": ["cancel_sale"]}, headers=manager.bearer)
    assert told(refused) == ("not_held", "rights")
    again = await made(world, world.dealer, rights=["cancel_sale"])
    assert told(await put(world, manager, again, who)) == ("not_held", "rights")
    assert (await world.http.put(path, json={"rights": ["manage_users"]}, headers=manager.bearer)).status_code == 200
    assert await rights(world, who) == {world.entity: ["cancel_sale", "manage_users"]}


async def test_a_group_that_lets_the_last_one_manage_stays(world: World) -> None:
    """§1.3."""
    body = {"beside": world.entity, "name": f"Seule {next(_names)}"}
    alone = (await world.http.post("/api/entities", json=body, headers=both(world).bearer)).json()["id"]
    group = await made(world, both(world), entity=alone, rights=["manage_users"])
    assert (await put(world, both(world), group, both(world), entity=alone)).status_code == 200
    own = f"/api/users/{both(world).user_id}/entities/{alone}"
    assert (await world.http.put(own, json={"rights": []}, headers=both(world).bearer)).status_code == 200
    path = f"/api/user-groups/{group['id']}"
    for answer in (
        await world.http.delete(path, headers=both(world).bearer),
        await world.http.patch(path, json={"rights": []}, headers=both(world).bearer),
        await world.http.delete(f"{path}/members/{both(world).user_id}", headers=both(world).bearer),
    ):
        assert told(answer)[0] == "last_manager"


async def test_a_list_holds_ones_own_groups_and_the_shared_ones_of_the_holding(world: World) -> None:
    """§1.4."""
    own = await made(world, world.dealer)
    shared = await made(world, world.dealer, shared=True)
    for who, sees in (
        (world.idle_dealer, {own["id"], shared["id"]}),
        (world.sister_dealer, {shared["id"]}),
        (world.stranger_dealer, set()),
    ):
        page = (await world.http.get("/api/user-groups?limit=200", headers=who.bearer)).json()
        assert {item["id"] for item in page["items"]} & {own["id"], shared["id"]} == sees
    same = {"entity": world.entity, "name": own["name"]}
    assert told(await world.http.post("/api/user-groups", json=same, headers=world.dealer.bearer)) == (
        "conflict",
        "name",
    )
