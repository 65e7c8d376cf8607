"""Whose changes somebody reads (§1.4): a dealer its entities' and its group's, a trader its own company's."""

from typing import Any

import pytest

from engine.instants import SECOND, format_instant
from persistence.audit import By, Change, record
from tests.server.houses import PASSWORD, Persona, World


async def recorded(world: World, by: Persona | None, **change: Any) -> None:
    """One change, as any action writes it."""
    at = world.running.doors.clock.now()
    async with world.database.transaction() as connection:
        await record(connection, By(None if by is None else by.user_id, at), Change(**change))


async def read(world: World, reader: Persona, **query: Any) -> list[dict[str, Any]]:
    """Every page of the reader's history, put together."""
    items: list[dict[str, Any]] = []
    before = None
    while True:
        asked = query if before is None else {**query, "before": before}
        page = await world.http.get("/api/history", params=asked, headers=reader.bearer)
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        before = page.json()["next"]
        if before is None:
            return items


async def test_a_change_says_who_did_what_and_when(world: World) -> None:
    price = {"trade_price": ["1000.00", "950.00"]}
    await recorded(
        world, world.dealer, subject="vehicle", subject_id=1001, action="changed", fields=price, entity_id=world.entity
    )
    [change] = await read(world, world.dealer, subject="vehicle", id=1001)
    assert change.pop("id") > 0
    assert change.pop("at").endswith("Z")
    assert change == {
        "user": {"id": world.dealer.user_id, "name": "dealer Dupont"},
        "entity": "Concession Nord",
        "subject": "vehicle",
        "subject_id": 1001,
        "action": "changed",
        "change": price,
    }


async def test_a_page_names_what_its_changes_are_about(world: World) -> None:
    """Ids are for programs: subjects, and the ids before and after, are said by name."""
    vehicle, trader = await world.vehicle(make="CITROEN", model="AMI", plate="AM-111-MA"), world.anne.company_id
    fields = {"reserved_for_trader_id": [None, trader], "site_id": [world.site, None], "trade_price": [None, "1.00"]}
    await recorded(
        world,
        world.dealer,
        subject="vehicle",
        subject_id=vehicle,
        action="reserved",
        fields=fields,
        entity_id=world.entity,
    )
    page = (await world.http.get(f"/api/history?subject=vehicle&id={vehicle}", headers=world.dealer.bearer)).json()
    assert page["names"] == {
        "vehicle": {str(vehicle): "CITROEN AMI AM-111-MA"},
        "trader_company": {str(trader): "Anne et fils"},
        "site": {str(world.site): "Lille"},
    }


@pytest.mark.parametrize(
    "subject", ["auction", "entity", "mailing_list", "offer", "order", "site", "user", "user_group"]
)
async def test_what_is_gone_has_no_name(world: World, subject: str) -> None:
    await recorded(world, world.dealer, subject=subject, subject_id=999_999, action="changed", entity_id=world.entity)
    asked = f"/api/history?subject={subject}&id=999999"
    assert (await world.http.get(asked, headers=world.dealer.bearer)).json()["names"] == {subject: {}}


async def test_the_history_is_read_by_its_entitys_dealers_and_by_nobody_else(world: World) -> None:
    """§1.4: an entity's data is invisible to other entities, and to every trader."""
    await recorded(world, world.dealer, subject="offer", subject_id=7, action="ordered", entity_id=world.entity)
    for name, sees in (
        ("dealer", True),
        ("idle_dealer", True),
        ("sister_dealer", False),
        ("stranger_dealer", False),
        ("anne", False),
        ("stranger", False),
    ):
        found = await read(world, world.personas[name], subject="offer", id=7)
        assert [change["action"] for change in found] == (["ordered"] if sees else []), name


async def test_a_groups_own_changes_are_read_by_all_its_entities(world: World) -> None:
    async with world.database.acquire() as connection:
        group = await connection.fetchval("SELECT group_id FROM entities WHERE id = $1", world.entity)
    await recorded(world, world.dealer, subject="user_group", subject_id=8, action="created", group_id=group)
    for name, sees in (("dealer", 1), ("sister_dealer", 1), ("stranger_dealer", 0), ("anne", 0)):
        assert len(await read(world, world.personas[name], subject="user_group", id=8)) == sees, name
    assert await read(world, world.dealer, subject="user_group", id=8, entity=world.entity) == []


async def test_a_trader_reads_what_its_company_did_and_what_was_done_to_it(world: World) -> None:
    """§1.4: never what a dealer keeps of it, never another trader's."""
    company = world.anne.company_id
    await recorded(world, world.anne, subject="saved_thing", subject_id=9, action="created")
    await recorded(world, None, subject="trader_company", subject_id=company, action="created")
    await recorded(world, world.anne, subject="connection", subject_id=9, action="activated", entity_id=world.entity)
    assert [(change["subject"], change["user"] is None) for change in await read(world, world.anne)][:2] == [
        ("trader_company", True),
        ("saved_thing", False),
    ]
    assert await read(world, world.anne, subject="connection") == []
    for name in ("bruno", "stranger", "dealer"):
        seen = {change["subject"] for change in await read(world, world.personas[name])}
        assert not seen & {"trader_company", "saved_thing"}, name


async def test_pages_come_newest_first_and_each_change_once(world: World) -> None:
    for number in range(5):
        await recorded(
            world, world.dealer, subject="site", subject_id=10, action=f"change {number}", entity_id=world.entity
        )
    for limit in (1, 2, 5, 200):
        found = await read(world, world.dealer, subject="site", id=10, limit=limit)
        assert [change["action"] for change in found] == [f"change {number}" for number in (4, 3, 2, 1, 0)]


async def test_one_asks_for_a_user_and_a_time(world: World) -> None:
    for by in (world.dealer, world.idle_dealer):
        await recorded(world, by, subject="entity", subject_id=11, action="changed", entity_id=world.entity)
    mine, others = await read(world, world.dealer, subject="entity", id=11)
    assert (mine["user"]["name"], others["user"]["name"]) == ("idle Dupont", "dealer Dupont")
    found = await read(world, world.dealer, subject="entity", id=11, user=world.dealer.user_id)
    assert found == [others]
    assert await read(world, world.dealer, subject="entity", id=11, **{"from": mine["at"]}) == [mine]
    assert await read(world, world.dealer, subject="entity", id=11, to=mine["at"]) == [others]
    later = format_instant(world.running.doors.clock.now() + 3600 * SECOND)
    assert await read(world, world.dealer, subject="entity", id=11, **{"from": later}) == []


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ({"id": "1"}, 422, "subject"),
        ({"from": "yesterday"}, 422, "from"),
        ({"to": "2026-01-31"}, 422, "to"),
        ({"limit": "201"}, 422, "limit"),
        ({"before": "0"}, 422, "before"),
        ({"entity": "999999"}, 403, "entity"),
        ({"sort": "at"}, 422, "sort"),
    ],
)
async def test_what_does_not_fit_is_named(world: World, query: dict[str, str], status: int, field: str) -> None:
    refused = await world.http.get("/api/history", params=query, headers=world.dealer.bearer)
    assert (refused.status_code, refused.json()["error"]["field"]) == (status, field)


async def test_tokens_are_made_and_revoked_on_record_without_their_secret(world: World) -> None:
    """A dealer's is a matter of its home entity, a trader's of its company; the secret stands nowhere."""
    for persona, others in ((world.dealer, world.sister_dealer), (world.anne, world.bruno)):
        signed_in = await world.http.post("/api/sessions", json={"email": persona.email, "password": PASSWORD})
        session = {"Cookie": signed_in.headers["set-cookie"].partition(";")[0], "Origin": world.running.url}
        made = (await world.http.post("/api/tokens", json={"name": "robot"}, headers=session)).json()
        await world.http.delete(f"/api/tokens/{made['id']}", headers=session)
        revoked, created = await read(world, persona, subject="api_token", id=made["id"])
        assert [(each["action"], each["change"]) for each in (created, revoked)] == [
            ("created", {"name": [None, "robot"]}),
            ("revoked", {"name": ["robot", None]}),
        ]
        assert created["user"]["id"] == revoked["user"]["id"] == persona.user_id
        assert made["token"] not in str([created, revoked])
        assert await read(world, others, subject="api_token", id=made["id"]) == []
    world.http.cookies.clear()
