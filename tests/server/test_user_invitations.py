"""Colleagues who are invited by mail: the link, the account or the membership it makes, and its end (§1.1, §2.1)."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from persistence.people import registry as people
from persistence.people.registry import NewUser
from server.http.people.user_invitations import INVITATION_SECONDS
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled
from tests.server.mailbox import PUBLIC_URL, SENDER, Mailbox, mailbox

_names = itertools.count(1)


@pytest.fixture(scope="module")
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as it:
        yield it


@pytest.fixture(scope="module")
async def world(copies: Copies, box: Mailbox) -> AsyncIterator[World]:
    """A house that mails."""
    mail: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none", "mail_from": SENDER}
    async with peopled(copies(), public_url=PUBLIC_URL, **mail) as it:
        yield it


def address() -> str:
    return f"Colleague{next(_names)}@Example.test"


async def invite(world: World, by: Persona, email: str, **form: Any) -> httpx.Response:
    body = {"email": email, "entity": world.entity, **form}
    return await world.http.post("/api/user-invitations", json=body, headers=by.bearer)


async def link_to(box: Mailbox, email: str, count: int = 1) -> str:
    """The secret of the last of `count` mails to this address."""
    async with asyncio.timeout(10):
        while box.senders.count(email) < count:
            box.has_come.clear()
            await box.has_come.wait()
    caught = [caught for caught in box.came if caught.to == email][-1]
    found = re.search(re.escape(f"{PUBLIC_URL}/user-invitation#") + r"([\w-]{43})", caught.part("plain"))
    assert found is not None
    return found[1]


async def follow(world: World, secret: str, headers: dict[str, str] | None = None, **form: Any) -> httpx.Response:
    body = {"secret": secret, **form}
    return await world.http.post("/api/user-invitations/acceptance", json=body, headers=headers or {})


def told(answer: httpx.Response) -> tuple[str, str | None]:
    error = answer.json()["error"]
    return error["code"], error.get("field")


async def test_a_colleague_follows_the_link_of_its_mail_and_works_there(world: World, box: Mailbox) -> None:
    """§1.1, §2.1: the whole way."""
    email = address()
    group = (
        await world.http.post(
            "/api/user-groups",
            json={"entity": world.entity, "name": "Atelier", "rights": ["declare_deliveries"]},
            headers=world.dealer.bearer,
        )
    ).json()["user_group"]["id"]
    form = {"preset": "fleet_manager", "user_groups": [group], "sites": [world.site], "language": "en"}
    sent = await invite(world, world.dealer, email, **form)
    assert sent.status_code == 201
    assert set(sent.json()) == {"id", "expires_at"}
    secret = await link_to(box, email)
    seen = (await world.http.post("/api/user-invitations/reading", json={"secret": secret})).json()
    assert (seen["email"], seen["entity_name"], seen["invited_by"], seen["has_account"]) == (
        email,
        "Concession Nord",
        "dealer Dupont",
        False,
    )
    refused: list[tuple[dict[str, str], str]] = [
        ({}, "name"),
        ({"name": "Chloé"}, "password"),
        ({"name": "Chloé", "password": "short"}, "password"),
    ]
    for incomplete, field in refused:
        answer = await world.http.post("/api/user-invitations/acceptance", json={"secret": secret, **incomplete})
        assert told(answer) == ("invalid", field)
    joined = await follow(world, secret, name="Chloé Petit", password=PASSWORD)
    assert joined.status_code == 201, joined.text
    me = joined.json()["user"]
    assert (me["name"], me["email"], me["language"], me["company"]) == ("Chloé Petit", email, "en", "Concession Nord")
    assert me["entities"][0]["rights"] == sorted(
        ["declare_deliveries", "manage_mailing_lists", "manage_stock", "run_stock_auctions"]
    )
    cookie = {"Cookie": joined.headers["set-cookie"].partition(";")[0]}
    card = (await world.http.get(f"/api/users/{me['id']}", headers=cookie)).json()["entities"][0]
    assert [site["id"] for site in card["sites"]] == [world.site]
    assert [carried["id"] for carried in card["user_groups"]] == [group]
    assert told(await follow(world, secret, name="Chloé", password=PASSWORD)) == ("dead_link", None)
    assert told(await invite(world, world.dealer, email.lower())) == ("conflict", "email")


async def test_a_dealer_who_has_an_account_signs_in_and_joins(world: World, box: Mailbox) -> None:
    """§2.1: one e-mail, one account."""
    assert (await invite(world, world.dealer, world.stranger_dealer.email, preset="seller")).status_code == 201
    secret = await link_to(box, world.stranger_dealer.email)
    seen = (await world.http.post("/api/user-invitations/reading", json={"secret": secret})).json()
    assert seen["has_account"] is True
    for headers in ({}, world.sister_dealer.bearer):
        form = {"name": "Somebody", "password": PASSWORD}
        assert told(await follow(world, secret, headers, **form)) == ("not_signed_in", None)
    async with world.live(world.stranger_dealer) as talk:
        joined = await follow(world, secret, world.stranger_dealer.bearer)
        assert (await talk.hear_of("bye"))["code"] == 4001
    assert joined.status_code == 201
    assert {each["id"]: each["rights"] for each in joined.json()["user"]["entities"]}[world.entity] == ["make_offers"]


async def test_a_traders_address_stays_a_traders(world: World, box: Mailbox) -> None:
    """§2.1; and whoever invites learns nothing of it."""
    sent = [await invite(world, world.dealer, email) for email in (world.bruno.email, address())]
    assert [set(answer.json()) for answer in sent] == [{"id", "expires_at"}] * 2
    secret = await link_to(box, world.bruno.email)
    assert told(await follow(world, secret, world.bruno.bearer)) == ("conflict", None)
    listed = (await world.http.get("/api/user-invitations?limit=200", headers=world.dealer.bearer)).json()["items"]
    assert {"id", "entity", "email", "grant"} < set(listed[0])
    assert not {"role", "has_account", "secret", "token_sha256"} & set(listed[0])


async def test_a_link_dies_when_it_is_withdrawn_replaced_or_old(world: World, box: Mailbox) -> None:
    email = address()
    first = (await invite(world, world.dealer, email)).json()["id"]
    old = await link_to(box, email)
    second = (await invite(world, world.dealer, email.upper(), language="en")).json()["id"]
    assert told(await world.http.post("/api/user-invitations/reading", json={"secret": old})) == ("dead_link", None)
    path = "/api/user-invitations/{}"
    assert (await world.http.delete(path.format(first), headers=world.dealer.bearer)).status_code == 404
    new = await link_to(box, email.upper())
    assert (await world.http.delete(path.format(second), headers=world.dealer.bearer)).status_code == 204
    assert told(await follow(world, new, name="C", password=PASSWORD)) == ("dead_link", None)
    last = address()
    await invite(world, world.dealer, last)
    secret = await link_to(box, last)
    async with world.database.acquire() as connection:
        lasts = await connection.fetchval(
            """UPDATE user_invitations SET invited_at = invited_at - interval '9 days', expires_at = now()
               WHERE email = $1 RETURNING extract(epoch FROM expires_at - invited_at)::int""",
            last,
        )
    assert lasts > INVITATION_SECONDS
    assert told(await follow(world, secret, name="C", password=PASSWORD)) == ("dead_link", None)


async def test_nobody_invites_to_rights_that_it_does_not_hold(world: World, box: Mailbox) -> None:
    """§1.3: at the invitation, and again when it is accepted."""
    name = f"manager{next(_names)}"
    user = NewUser(email=f"{name}@example.test", name=name, password_hash=QUICK.hash(PASSWORD))
    rights = frozenset({"manage_users", "manage_stock"})
    manager = await world._known(
        name, world.entity, await people.add_dealer(world.database, (world.entity,), user, rights=rights)
    )
    assert told(await invite(world, manager, address(), rights=["cancel_sale"])) == ("not_held", "rights")
    assert told(await invite(world, manager, address(), preset="seller", rights=["manage_stock"])) == (
        "invalid",
        "preset",
    )
    email = address()
    assert (await invite(world, manager, email, rights=["manage_stock"])).status_code == 201
    secret = await link_to(box, email)
    path = f"/api/users/{manager.user_id}/entities/{world.entity}"
    await world.http.put(path, json={"rights": ["manage_users"]}, headers=world.dealer.bearer)
    assert told(await follow(world, secret, name="C", password=PASSWORD)) == ("dead_link", None)
    async with world.database.acquire() as connection:
        assert not await connection.fetchval("SELECT EXISTS (SELECT FROM users WHERE email = $1)", email)


async def test_two_who_follow_the_same_link_are_one(world: World, box: Mailbox) -> None:
    email = address()
    await invite(world, world.dealer, email)
    secret = await link_to(box, email)
    answers = await asyncio.gather(*(follow(world, secret, name="C", password=PASSWORD) for _ in range(4)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 201
    assert set(codes[1:]) <= {401, 410}  # by then the address has an account, or the link is dead


async def test_a_foreign_page_accepts_nothing(world: World, box: Mailbox) -> None:
    email = address()
    await invite(world, world.dealer, email)
    form = {"name": "C", "password": PASSWORD}
    foreign = await follow(world, await link_to(box, email), {"Origin": "https://elsewhere.example"}, **form)
    assert told(foreign) == ("foreign_origin", None)
