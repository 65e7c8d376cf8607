"""Forgotten and changed passwords, and the sessions that they end; the links are read from real mail (§1.5)."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from server.auth.identification import sha256_of
from server.auth.throttle import FAILURES_PER_EMAIL, RESETS_PER_EMAIL
from server.http.people.passwords import RESET_SECONDS
from server.settings import Settings
from tests.server.houses import PASSWORD, Copies, Persona, World, peopled
from tests.server.mailbox import PUBLIC_URL, SENDER, Caught, Mailbox, mailbox

NEW = "another horse"


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as it:
        yield it


@pytest.fixture
async def world(copies: Copies, box: Mailbox) -> AsyncIterator[World]:
    """A house that mails."""
    mail: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none", "mail_from": SENDER}
    async with peopled(copies(), public_url=PUBLIC_URL, **mail) as it:
        yield it


async def sign_in(world: World, persona: Persona, password: str = PASSWORD, agent: str = "Firefox") -> httpx.Response:
    credentials = {"email": persona.email, "password": password}
    return await world.http.post("/api/sessions", json=credentials, headers={"User-Agent": agent})


async def cookie(world: World, persona: Persona, agent: str = "Firefox") -> dict[str, str]:
    return {"Cookie": (await sign_in(world, persona, agent=agent)).headers["set-cookie"].partition(";")[0]}


async def ask(world: World, email: str) -> httpx.Response:
    answer = await world.http.post("/api/password-resets", json={"email": email})
    await asyncio.gather(*world.running.doors.tasks)
    return answer


async def mail_to(box: Mailbox, email: str) -> Caught:
    async with asyncio.timeout(10):
        while email not in box.senders:
            box.has_come.clear()
            await box.has_come.wait()
    return next(caught for caught in reversed(box.came) if caught.to == email)


def secret_in(caught: Caught) -> str:
    found = re.search(re.escape(f"{PUBLIC_URL}/password-reset#") + r"([\w-]{43})", caught.part("plain"))
    assert found is not None
    return found[1]


async def complete(world: World, secret: str, password: str = NEW) -> httpx.Response:
    body = {"secret": secret, "password": password}
    return await world.http.post("/api/password-resets/completion", json=body)


async def test_the_link_of_the_mail_gives_a_new_password_once_and_signs_out_everywhere(
    world: World, box: Mailbox
) -> None:
    page = await cookie(world, world.anne)
    assert (await ask(world, world.anne.email.upper())).status_code == 202
    secret = secret_in(await mail_to(box, world.anne.email))
    async with world.live(headers=page) as talk:
        await talk.hear_of("welcome")
        assert (await complete(world, secret)).status_code == 204
        assert (await talk.hear_of("bye"))["code"] == 4409
    assert (await world.http.get("/api/me", headers=page)).status_code == 401
    assert (await sign_in(world, world.anne)).status_code == 401
    assert (await sign_in(world, world.anne, NEW)).status_code == 201
    again = await complete(world, secret, "a third horse")
    assert (again.status_code, again.json()["error"]["code"]) == (410, "dead_link")
    assert (await sign_in(world, world.anne, NEW)).status_code == 201


async def test_nothing_tells_whether_an_address_has_an_account(world: World) -> None:
    answers = [await ask(world, email) for email in (world.bruno.email, "nobody.at.all@example.test")]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    for _ in range(2 * RESETS_PER_EMAIL):
        assert (await ask(world, world.bruno.email)).content == answers[0].content
    async with world.database.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM password_resets") == RESETS_PER_EMAIL


async def test_the_secret_is_kept_nowhere_once_it_is_mailed(world: World, box: Mailbox) -> None:
    await ask(world, world.bruno.email)
    secret = secret_in(await mail_to(box, world.bruno.email))
    async with world.database.acquire() as connection:
        stored = await connection.fetch("SELECT token_sha256 FROM password_resets")
        async with asyncio.timeout(10):
            while secret in str(await connection.fetch("SELECT params FROM notices")):
                pass  # until it is mailed
        everything = str(await connection.fetch("SELECT * FROM audit")) + str(stored)
    assert [row["token_sha256"] for row in stored] == [sha256_of(secret)]
    assert secret not in everything
    listed = await world.http.get("/api/notifications", headers=world.bruno.bearer)
    assert secret not in listed.text


async def test_a_link_lasts_an_hour_and_no_longer_than_its_account(world: World, box: Mailbox) -> None:
    await ask(world, world.idle_dealer.email)
    secret = secret_in(await mail_to(box, world.idle_dealer.email))
    async with world.database.acquire() as connection:
        lasts = await connection.fetchval("SELECT extract(epoch FROM expires_at - asked_at)::int FROM password_resets")
    assert lasts == RESET_SECONDS == 3_600
    path = f"/api/users/{world.idle_dealer.user_id}"
    await world.http.post(f"{path}/deactivation", headers=world.dealer.bearer)
    assert (await complete(world, secret)).status_code == 410
    await world.http.post(f"{path}/reactivation", headers=world.dealer.bearer)
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE password_resets SET asked_at = asked_at - interval '1 hour', expires_at = now()"
        )
    assert (await complete(world, secret)).status_code == 410


async def test_two_who_follow_the_same_link_are_one(world: World, box: Mailbox) -> None:
    await ask(world, world.anne.email)
    secret = secret_in(await mail_to(box, world.anne.email))
    answers = await asyncio.gather(*(complete(world, secret, f"{NEW} {number}") for number in range(4)))
    assert sorted(answer.status_code for answer in answers) == [204, 410, 410, 410]


async def test_a_new_password_takes_the_current_one_and_ends_the_other_sessions(world: World) -> None:
    here, there = await cookie(world, world.anne), await cookie(world, world.anne)
    body = {"current": PASSWORD, "new": NEW}
    wrong = await world.http.put("/api/me/password", json={**body, "current": "wrong"}, headers=here)
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "current")
    short = await world.http.put("/api/me/password", json={**body, "new": "short"}, headers=here)
    assert (short.status_code, short.json()["error"]["field"]) == (422, "new")
    assert (await world.http.put("/api/me/password", json=body, headers=here)).status_code == 204
    assert (await world.http.get("/api/me", headers=here)).status_code == 200
    assert (await world.http.get("/api/me", headers=there)).status_code == 401
    assert (await sign_in(world, world.anne, NEW)).status_code == 201


async def test_guessing_the_current_password_is_slowed_down(world: World) -> None:
    here = await cookie(world, world.anne)
    for _ in range(FAILURES_PER_EMAIL):
        await world.http.put("/api/me/password", json={"current": "wrong", "new": NEW}, headers=here)
    right = await world.http.put("/api/me/password", json={"current": PASSWORD, "new": NEW}, headers=here)
    assert (right.status_code, right.json()["error"]["code"]) == (429, "too_many_attempts")


async def test_sessions_are_listed_and_ended_one_by_one_or_all_others(world: World) -> None:
    here = await cookie(world, world.anne, "Firefox/130\x7f")
    there = await cookie(world, world.anne, "Safari " + "x" * 500)
    listed = (await world.http.get("/api/sessions", headers=here)).json()["items"]
    assert {(item["device"][:11], item["current"]) for item in listed} == {
        ("Firefox/130", True),
        ("Safari xxxx", False),
    }
    assert max(len(item["device"]) for item in listed) == 200
    secrets = [each["Cookie"].partition("=")[2] for each in (here, there)]
    assert not any(secret in str(listed) or sha256_of(secret).hex() in str(listed) for secret in secrets)
    other = next(item["id"] for item in listed if not item["current"])
    stranger = await world.http.delete(f"/api/sessions/{other}", headers=world.bruno.bearer)
    assert stranger.status_code == 404
    async with world.live(headers=there) as talk:
        await talk.hear_of("welcome")
        assert (await world.http.delete(f"/api/sessions/{other}", headers=here)).status_code == 204
        assert (await talk.hear_of("bye"))["code"] == 4409
    assert (await world.http.get("/api/me", headers=there)).status_code == 401
    again = await cookie(world, world.anne)
    assert (await world.http.delete("/api/sessions", headers=here)).status_code == 204
    assert (await world.http.get("/api/me", headers=here)).status_code == 200
    assert (await world.http.get("/api/me", headers=again)).status_code == 401
    assert (await world.http.get("/api/me", headers=world.anne.bearer)).status_code == 200  # tokens are revoked by name


async def test_one_changes_ones_own_name_and_language(world: World) -> None:
    changed = await world.http.patch(
        "/api/me", json={"name": "Anne Martin", "language": "en"}, headers=world.anne.bearer
    )
    assert (changed.json()["name"], changed.json()["language"]) == ("Anne Martin", "en")
    kept = await world.http.patch("/api/me", json={}, headers=world.anne.bearer)
    assert kept.json() == changed.json()
    wrong = await world.http.patch("/api/me", json={"language": "de"}, headers=world.anne.bearer)
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "language")


async def test_links_lead_to_the_port_that_was_found_where_any_free_one_was_asked_for(
    copies: Copies, box: Mailbox
) -> None:
    """§1.1, §1.5: of a forgotten password, and of a colleague's invitation."""
    mail: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none", "mail_from": SENDER}
    async with peopled(copies(), public_url="http://127.0.0.1:0/encheres", **mail) as world:
        await ask(world, world.anne.email)
        colleague = {"email": "paul@example.test", "language": "fr", "entity": world.entity, "preset": "seller"}
        sent = await world.http.post("/api/user-invitations", json=colleague, headers=world.dealer.bearer)
        assert sent.status_code < 300, sent.text
        for email in (world.anne.email, "paul@example.test"):
            said = (await mail_to(box, email)).part("plain")
            assert f"http://127.0.0.1:{world.running.port}/encheres/" in said
            assert ":0/" not in said


@pytest.mark.parametrize(
    ("port", "given", "reached_at"),
    [
        (0, "http://127.0.0.1:0", "http://127.0.0.1:41234"),
        (0, "http://[::1]:0/encheres", "http://[::1]:41234/encheres"),
        (0, "https://auctions.example", "https://auctions.example"),
        (0, "http://127.0.0.1:080", "http://127.0.0.1:080"),
        (8000, "http://127.0.0.1:0", "http://127.0.0.1:0"),
    ],
)
def test_only_a_port_that_nobody_named_is_filled_in(port: int, given: str, reached_at: str) -> None:
    assert Settings(port=port, public_url=given).listening_at(41_234).public_url == reached_at
