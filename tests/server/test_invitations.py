"""Invitations by single-use links and what they connect (§2.2, §2.3), over HTTP; the link is taken from the notice."""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from persistence.people import registry as people
from persistence.people.registry import NewUser
from persistence.traders.connections import connect
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled
from tests.server.mailbox import PUBLIC_URL, SENDER, mailbox

sirens = itertools.count(100_000_001)
emails = (f"invited{number}@example.test" for number in itertools.count(1))


def siret() -> str:
    """A right one that nobody has."""
    digits = f"{next(sirens)}0001"
    doubled = [int(digit) * (1 + (place + 1) % 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(each - 9 if each > 9 else each for each in doubled) % 10)


@pytest.fixture(scope="module")
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of this module's own, with a dealer who works for both entities of the holding."""
    async with peopled(copies()) as it:
        user = NewUser(email="both@example.test", name="Claire Both", password_hash=QUICK.hash(PASSWORD))
        made = await people.add_dealer(it.database, (it.entity, it.sister), user)
        vars(it)["both"] = await it._known("both", it.entity, made)
        yield it


def both(world: World) -> Persona:
    return world.personas["both"]


async def post(world: World, path: str, body: Any = None, persona: Persona | None = None) -> httpx.Response:
    headers = {} if persona is None else persona.bearer
    return await world.http.post(f"/api/{path}", json=body, headers=headers)


async def notices(world: World, kind: str) -> list[dict[str, Any]]:
    async with world.database.acquire() as connection:
        rows = await connection.fetch("SELECT * FROM notices WHERE kind = $1 ORDER BY id", kind)
    return [{**dict(row), "params": json.loads(row["params"])} for row in rows]


async def link(world: World) -> str:
    """The link of the latest mail."""
    secret: str = (await notices(world, "connection_invited"))[-1]["params"]["secret"]
    return secret


async def link_to(world: World, **wish: Any) -> str:
    """The link of a new invitation."""
    await invited(world, **wish)
    return await link(world)


async def invited(world: World, **wish: Any) -> dict[str, Any]:
    body = {"entities": [world.entity, world.sister], **wish}
    if "trader" not in wish:
        body.setdefault("email", next(emails))
    sent = await post(world, "invitations", body, both(world))
    assert sent.status_code == 201, sent.text
    answer: dict[str, Any] = sent.json()
    return answer


async def card_status(world: World, trader: int, persona: Persona) -> int:
    return (await world.http.get(f"/api/traders/{trader}", headers=persona.bearer)).status_code


def account(**company: Any) -> dict[str, Any]:
    return {
        "account": {"name": "Nadia Acheteuse", "password": PASSWORD, "language": "fr"},
        "company": {"legal_name": "Acheteuse SARL", "siret": siret(), "city": "Reims", **company},
    }


async def test_one_mail_lists_every_entity_and_its_link_makes_the_account_and_the_connections(world: World) -> None:
    """§2.2, §2.3: the whole way, from the invitation to "my dealers"."""
    number = siret()
    sent = await invited(world, language="en", company={"legal_name": "Acheteuse", "siret": number, "city": "Reims"})
    assert (sent["state"], sent["name"]) == ("pending", "Acheteuse")
    assert "secret" not in json.dumps(sent)
    mail = (await notices(world, "connection_invited"))[-1]
    assert (mail["email"], mail["language"]) == (sent["email"], "en")
    assert mail["params"]["entities"] == "Concession Nord, Concession Soeur"
    token = mail["params"]["secret"]

    shown = (await post(world, "invitation-links", {"token": token})).json()
    assert (shown["group"], shown["email"], shown["sign_in"]) == ("Groupe Nord", sent["email"], False)
    assert shown["entities"] == ["Concession Nord", "Concession Soeur"]
    assert shown["company"] == {"legal_name": "Acheteuse", "siret": number, "city": "Reims"}

    form = account(siret=f"{number[:9]} {number[9:]}", vat_number="", ape_code="4511z")
    accepted = await post(world, "invitation-links/acceptance", {"token": token, **form})
    assert accepted.status_code == 200, accepted.text
    trader = accepted.json()["trader"]
    signed_in = await post(world, "sessions", {"email": sent["email"].upper(), "password": PASSWORD})
    assert signed_in.json()["user"]["company"] == "Acheteuse SARL"
    cookie = {"Cookie": signed_in.headers["Set-Cookie"].partition(";")[0]}
    dealers = (await world.http.get("/api/dealers", headers=cookie)).json()["items"]
    assert [(each["name"], len(each["sites"])) for each in dealers] == [("Concession Nord", 1), ("Concession Soeur", 0)]
    world.http.cookies.clear()

    lines = (await world.http.get("/api/connections?q=Acheteuse", headers=both(world).bearer)).json()["items"]
    assert [(each["trader"], each["entity"]) for each in lines] == [(trader, world.entity), (trader, world.sister)]
    told = [each for each in await notices(world, "connection_activated") if each["params"]["trader_id"] == trader]
    assert {each["entity_id"] for each in told} == {world.entity, world.sister}
    card = (await world.http.get(f"/api/traders/{trader}", headers=world.dealer.bearer)).json()
    assert (card["ape_code"], card["siret"], card["has_account"]) == ("45.11Z", number, True)
    again = await post(world, "invitation-links/acceptance", {"token": token, **account()})
    assert (again.status_code, again.json()["error"]["code"]) == (410, "dead_link")
    assert (await post(world, "invitation-links", {"token": token})).status_code == 410


async def test_the_link_of_a_real_mail_is_the_one_that_works(copies: Copies) -> None:
    """§2.2: over SMTP."""
    async with mailbox() as box:
        mail: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none"}
        async with peopled(copies(), public_url=PUBLIC_URL, mail_from=SENDER, **mail) as world:
            body = {"entities": [world.entity], "email": "real@example.test"}
            assert (await post(world, "invitations", body, world.dealer)).status_code == 201
            async with asyncio.timeout(10):
                while "real@example.test" not in box.senders:
                    box.has_come.clear()
                    await box.has_come.wait()
            said = next(caught for caught in box.came if caught.to == "real@example.test").part("plain")
            assert "Concession Nord" in said
            found = re.search(re.escape(f"{PUBLIC_URL}/invitation#") + r"([\w-]{43})", said)
            assert found is not None
            accepted = await post(world, "invitation-links/acceptance", {"token": found[1], **account()})
            assert accepted.status_code == 200, accepted.text
            assert accepted.json()["entities"] == ["Concession Nord"]


async def test_a_link_works_once_however_many_follow_it_at_once(world: World) -> None:
    """§2.2: single use."""
    sent = await invited(world)
    token = await link(world)
    answers = await asyncio.gather(
        *(post(world, "invitation-links/acceptance", {"token": token, **account()}) for _ in range(6))
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 200
    assert set(codes[1:]) == {410}
    async with world.database.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM users WHERE email = $1", sent["email"]) == 1


async def test_two_invitations_of_one_address_at_once_are_one(world: World) -> None:
    body = {"entities": [world.entity], "email": next(emails)}
    answers = await asyncio.gather(*(post(world, "invitations", body, world.dealer) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_a_trader_is_not_invited_again_by_the_address_of_its_people(world: World) -> None:
    """§2.2: nobody is invited who is asked already, by its card or by an address; whichever came first."""
    form = {"token": await link_to(world, entities=[world.sister]), **account()}
    joined = (await post(world, "invitation-links/acceptance", form)).json()
    by_card, by_address = {"trader": joined["trader"]}, {"email": joined["email"]}
    for first, second in ((by_card, by_address), (by_address, by_card)):
        sent = await invited(world, entities=[world.entity], **first)
        again = await post(world, "invitations", {"entities": [world.entity], **second}, world.dealer)
        assert (again.status_code, again.json()["error"]["field"]) == (409, "entities"), second
        await world.http.delete(f"/api/invitations/{sent['id']}", headers=world.dealer.bearer)


async def test_an_existing_account_signs_in_and_is_connected(world: World) -> None:
    """§2.1, §2.3: one e-mail, one account; a dealer buys nothing."""
    await invited(world, email=world.stranger.email)
    mail = (await notices(world, "connection_invited"))[-1]
    assert mail["user_id"] == world.stranger.user_id
    token = mail["params"]["secret"]
    assert (await post(world, "invitation-links", {"token": token})).json()["sign_in"] is True
    without = await post(world, "invitation-links/acceptance", {"token": token, **account()})
    assert (without.status_code, without.json()["error"]["field"]) == (409, "account")
    dealer = await post(world, "invitation-links/acceptance", {"token": token}, world.dealer)
    assert dealer.status_code == 403
    accepted = await post(world, "invitation-links/acceptance", {"token": token}, world.stranger)
    assert accepted.json() == {
        "trader": world.stranger.company_id,
        "email": None,
        "entities": ["Concession Nord", "Concession Soeur"],
    }
    dealers = (await world.http.get("/api/dealers", headers=world.stranger.bearer)).json()
    assert dealers["total"] == 2


async def test_a_trader_with_a_card_is_invited_by_it_and_nobody_else_may_accept(world: World) -> None:
    """§2.2."""
    sent = await invited(world, trader=world.bruno.company_id, entities=[world.sister])
    mail = (await notices(world, "connection_invited"))[-1]
    assert (mail["trader_id"], mail["email"], sent["name"]) == (world.bruno.company_id, None, "Bruno Autos")
    token = mail["params"]["secret"]
    for persona, status in ((None, 409), (world.anne, 409), (world.bruno, 200), (world.bruno, 410)):
        body = {"token": token} if persona else {"token": token, **account()}
        answer = await post(world, "invitation-links/acceptance", body, persona)
        assert answer.status_code == status, persona


async def test_another_holding_finds_a_trader_by_its_siret_alone(world: World) -> None:
    """§1.4, §2.1: an id opens nothing; who knows the public number may invite, and then sees the card."""
    number, dealer = siret(), world.stranger_dealer
    await invited(world)
    form = {"token": await link(world), **account(siret=number)}
    trader = (await post(world, "invitation-links/acceptance", form)).json()["trader"]
    found = await world.http.get(f"/api/companies?siret={number}", headers=dealer.bearer)
    assert found.json() == {"siret": number, "available": False, "company": None, "trader": trader}
    card = f"/api/traders/{trader}"
    body: dict[str, Any] = {"entities": [world.elsewhere], "trader": trader}
    for company in ({}, {"siret": siret()}):
        refused = await post(world, "invitations", {**body, "company": company}, dealer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, "trader")
    assert (await world.http.get(card, headers=dealer.bearer)).status_code == 404
    sent = await post(world, "invitations", {**body, "company": {"siret": number}}, dealer)
    assert (sent.status_code, sent.json()["trader"]) == (201, trader)
    assert (await notices(world, "connection_invited"))[-1]["trader_id"] == trader
    assert (await world.http.get(card, headers=dealer.bearer)).status_code == 200


async def test_an_invitation_opens_a_card_to_who_invites_while_it_awaits_an_answer(world: World) -> None:
    """§1.4, §2.1: a withdrawn or expired one no more, and not to another entity of the holding."""
    number, dealer = siret(), world.stranger_dealer
    await invited(world, entities=[world.sister])
    form = {"token": await link(world), **account(siret=number)}
    trader = (await post(world, "invitation-links/acceptance", form)).json()["trader"]
    async with world.database.acquire() as connection:
        holding = await connection.fetchval("SELECT group_id FROM entities WHERE id = $1", world.elsewhere)
    beside = await world._dealer("beside", await people.add_entity(world.database, holding, "À côté"), frozenset())
    end = "UPDATE invitations SET {} WHERE id = $1"
    for ending in ("withdrawn_at = sent_at", "sent_at = sent_at - interval '15 days', expires_at = sent_at"):
        body = {"entities": [world.elsewhere], "trader": trader, "company": {"siret": number}}
        sent = (await post(world, "invitations", body, dealer)).json()["id"]
        assert [await card_status(world, trader, each) for each in (dealer, beside)] == [200, 404]
        async with world.database.acquire() as connection:
            await connection.execute(end.format(ending), sent)
        assert await card_status(world, trader, dealer) == 404
        listed = (await world.http.get("/api/traders", headers=dealer.bearer)).json()["items"]
        assert trader not in {each["id"] for each in listed}


async def test_sending_again_kills_the_old_link_and_withdrawing_kills_all(world: World) -> None:
    """§2.2: pending ones are listed, sent again, withdrawn."""
    sent = await invited(world)
    old = await link(world)
    again = await post(world, f"invitations/{sent['id']}/sending", None, both(world))
    assert again.status_code == 200
    new = await link(world)
    assert (await post(world, "invitation-links", {"token": old})).status_code == 404
    assert (await post(world, "invitation-links", {"token": new})).status_code == 200
    listed = (await world.http.get("/api/invitations", headers=both(world).bearer)).json()
    assert sent["id"] in {each["id"] for each in listed["items"]}
    assert old not in json.dumps(listed)
    lines = (await world.http.get("/api/connections?state=invited", headers=both(world).bearer)).json()["items"]
    assert (sent["id"], "invited") in {(each["invitation"], each["state"]) for each in lines}
    # The dealer of one entity alone may not end what the other entity sent as well.
    half = await world.http.delete(f"/api/invitations/{sent['id']}", headers=world.dealer.bearer)
    assert half.status_code == 403
    withdrawn = await world.http.delete(f"/api/invitations/{sent['id']}", headers=both(world).bearer)
    assert withdrawn.status_code == 204
    assert (await post(world, "invitation-links", {"token": new})).status_code == 410
    assert (await post(world, f"invitations/{sent['id']}/sending", None, both(world))).status_code == 409


async def test_what_forbids_an_invitation_forbids_to_send_it_again(world: World) -> None:
    """§2.2: neither who is connected meanwhile, nor who is asked already."""
    address = next(emails)
    old = await invited(world, email=address, entities=[world.sister])
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE invitations SET sent_at = sent_at - interval '15 days', expires_at = sent_at - interval '1 day'"
            " WHERE id = $1",
            old["id"],
        )
    await invited(world, email=address, entities=[world.sister])
    for _ in range(2):
        refused = await post(world, f"invitations/{old['id']}/sending", None, both(world))
        assert (refused.status_code, refused.json()["error"]["field"]) == (409, "entities")
        form = {"token": await link(world), **account()}
        await post(world, "invitation-links/acceptance", form)
    ended = await world.http.delete(f"/api/invitations/{old['id']}", headers=both(world).bearer)
    assert ended.status_code == 204


async def test_a_link_expires_and_can_be_sent_again(world: World) -> None:
    """§2.2."""
    sent = await invited(world)
    token = await link(world)
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE invitations SET sent_at = sent_at - interval '15 days', expires_at = sent_at - interval '1 day'"
            " WHERE id = $1",
            sent["id"],
        )
    accepted = await post(world, "invitation-links/acceptance", {"token": token, **account()})
    assert accepted.status_code == 410
    expired = (await world.http.get("/api/invitations?state=expired", headers=both(world).bearer)).json()["items"]
    assert [each["id"] for each in expired] == [sent["id"]]
    assert (await post(world, f"invitations/{sent['id']}/sending", None, both(world))).json()["state"] == "pending"


async def test_a_company_s_first_account_is_one_however_many_claim_it_at_once(world: World) -> None:
    """§2.1: one of them works there, the others are told that somebody does."""
    number = siret()
    card = {"legal_name": "Sans compte SARL", "siret": number}
    assert (await post(world, "traders", card, world.dealer)).status_code == 201
    tokens = []
    for _ in range(4):
        await invited(world)
        tokens.append(await link(world))
    answers = await asyncio.gather(
        *(post(world, "invitation-links/acceptance", {"token": token, **account(siret=number)}) for token in tokens)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_a_company_connected_with_another_holding_is_not_taken_by_its_siret(world: World) -> None:
    """§2.1, §1.4: nobody works there yet; only the holding that knows it may say who does."""
    number = siret()
    made = await post(world, "traders", {"legal_name": "Reliee SARL", "siret": number}, world.dealer)
    trader = made.json()["id"]
    await connect(world.database, world.entity, trader, world.running.doors.clock.now())
    named = {"trader": trader, "company": {"siret": number}}
    body = {"entities": [world.elsewhere], "email": next(emails), **named}
    assert (await post(world, "invitations", body, world.stranger_dealer)).status_code == 201
    form = {"token": await link(world), **account(siret=number)}
    refused = await post(world, "invitation-links/acceptance", form)
    assert (refused.status_code, refused.json()["error"]["field"]) == (409, "company.siret")
    await invited(world, entities=[world.sister], email=next(emails), **named)
    form["token"] = await link(world)
    assert (await post(world, "invitation-links/acceptance", form)).status_code == 200


async def test_what_an_invitation_cannot_be_is_named(world: World) -> None:
    """§2.2: rights in each entity, somebody to write to, nobody twice."""
    mine, address = [world.entity], next(emails)
    for body, status, field in (
        ({"entities": [], "email": address}, 422, "entities"),
        ({"entities": mine}, 422, "email"),
        ({"entities": mine, "email": "nobody"}, 422, "email"),
        ({"entities": [world.entity, world.sister], "email": address}, 403, "entities"),
        ({"entities": [world.elsewhere], "email": address}, 403, "entities"),
        ({"entities": mine, "trader": 10**9}, 422, "trader"),
        ({"entities": mine, "trader": world.anne.company_id}, 409, "entities"),
        ({"entities": mine, "email": world.anne.email}, 409, "entities"),
        ({"entities": mine, "email": address, "company": {"siret": "12345678901234"}}, 422, "company.siret"),
        ({"entities": mine, "email": address, "company": {"phone": "\u0000"}}, 422, "company.phone"),
    ):
        refused = await post(world, "invitations", body, world.dealer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (status, field), body
    connected = await post(world, "invitations", {"entities": mine, "email": world.anne.email}, world.dealer)
    assert connected.json()["error"]["message"].endswith(": Concession Nord.")
    unknown = {"entities": [world.elsewhere], "trader": world.bruno.company_id}
    assert (await post(world, "invitations", unknown, world.stranger_dealer)).json()["error"]["field"] == "trader"


async def test_a_company_where_somebody_works_is_not_joined_by_its_siret(world: World) -> None:
    """§2.1, §1.4: the SIRET is public; it opens no door."""
    number = siret()
    await invited(world)
    first = {"token": await link(world), **account(siret=number)}
    assert (await post(world, "invitation-links/acceptance", first)).status_code == 200
    await invited(world)
    token = await link(world)
    for company, field, status in (
        ({"siret": number}, "company.siret", 409),
        ({"siret": "12345678901234"}, "company.siret", 422),
        ({"vat_number": "FR00123456789"}, "company.vat_number", 422),
        ({"legal_name": ""}, "company.legal_name", 422),
    ):
        refused = await post(world, "invitation-links/acceptance", {"token": token, **account(**company)})
        assert (refused.status_code, refused.json()["error"]["field"]) == (status, field)
    for name, status in (("account", 422), ("company", 422)):
        refused = await post(world, "invitation-links/acceptance", {"token": token, **account(), name: None})
        assert (refused.status_code, refused.json()["error"]["field"]) == (status, name)
    assert (await post(world, "invitation-links", {"token": token})).status_code == 200
    assert (await post(world, "invitation-links", {"token": "guess"})).status_code == 404
