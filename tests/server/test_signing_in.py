"""Signing in and out, cookies, tokens, and requests that come from elsewhere."""

import asyncio
import json
import re

import httpx
import pytest
from argon2 import PasswordHasher
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from server.auth.identification import sha256_of
from server.auth.throttle import FAILURES_PER_EMAIL
from tests.server.houses import PASSWORD, Copies, Persona, World, peopled


async def sign_in(world: World, persona: Persona, **headers: str) -> httpx.Response:
    credentials = {"email": persona.email.upper(), "password": PASSWORD}
    return await world.http.post("/api/sessions", json=credentials, headers=headers)


def cookie_of(response: httpx.Response) -> dict[str, str]:
    """By hand: a client of plain HTTP keeps no `Secure` cookie."""
    return {"Cookie": response.headers["set-cookie"].partition(";")[0]}


async def test_a_session_comes_as_a_cookie_that_no_script_and_no_other_site_gets(world: World) -> None:
    response = await sign_in(world, world.anne)
    assert response.status_code == 201
    assert response.json()["user"]["email"] == world.anne.email
    assert re.fullmatch(
        r"adjuge_session=[\w-]{43}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax",
        response.headers["set-cookie"],
    )
    me = await world.http.get("/api/me", headers=cookie_of(response))
    assert me.json()["role"] == "trader"


async def test_neither_sessions_nor_tokens_are_stored_as_they_are(world: World) -> None:
    cookie = cookie_of(await sign_in(world, world.anne))["Cookie"].partition("=")[2]
    made = await world.http.post(
        "/api/tokens", json={"name": "robot"}, headers=cookie_of(await sign_in(world, world.anne))
    )
    token = made.json()["token"]
    async with world.database.acquire() as connection:
        sessions = await connection.fetch("SELECT * FROM sessions")
        tokens = await connection.fetch("SELECT * FROM api_tokens")
        passwords = await connection.fetch("SELECT password_hash FROM users")
    assert sha256_of(cookie) in {row["token_sha256"] for row in sessions}
    assert sha256_of(token) in {row["token_sha256"] for row in tokens}
    stored = repr([list(row.values()) for row in (*sessions, *tokens, *passwords)])
    assert cookie not in stored
    assert token not in stored
    assert PASSWORD not in stored
    assert all(row["password_hash"].startswith("$argon2id$") for row in passwords)


async def test_a_wrong_password_and_an_unknown_account_are_told_alike(world: World) -> None:
    answers = [
        await world.http.post("/api/sessions", json={"email": email, "password": "wrong"})
        for email in (world.bruno.email, "nobody.at.all@example.test")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["error"]["code"] == "wrong_credentials"
    assert "set-cookie" not in answers[0].headers


async def test_a_password_stored_under_old_parameters_is_hashed_anew(world: World) -> None:
    async def stored() -> str:
        async with world.database.acquire() as connection:
            found: str = await connection.fetchval(
                "SELECT password_hash FROM users WHERE id = $1", world.stranger.user_id
            )
        return found

    async with world.database.acquire() as connection:
        old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
        await connection.execute("UPDATE users SET password_hash = $1 WHERE id = $2", old, world.stranger.user_id)
    before = await stored()
    assert (await sign_in(world, world.stranger)).status_code == 201
    assert await stored() != before
    assert (await sign_in(world, world.stranger)).status_code == 201


async def test_guessing_is_slowed_down(world: World) -> None:
    wrong = {"email": world.sister_dealer.email, "password": "wrong"}
    for _ in range(FAILURES_PER_EMAIL):
        assert (await world.http.post("/api/sessions", json=wrong)).status_code == 401
    throttled = await sign_in(world, world.sister_dealer)
    assert (throttled.status_code, throttled.json()["error"]["code"]) == (429, "too_many_attempts")
    assert int(throttled.headers["retry-after"]) > 0
    assert (await sign_in(world, world.anne)).status_code == 201


async def test_guesses_at_once_are_counted_as_those_one_after_the_other(world: World) -> None:
    wrong = {"email": "nobody-at-once@example.test", "password": "wrong"}
    tries = 3 * FAILURES_PER_EMAIL
    answers = await asyncio.gather(*(world.http.post("/api/sessions", json=wrong) for _ in range(tries)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [401] * FAILURES_PER_EMAIL + [429] * (tries - FAILURES_PER_EMAIL)


async def test_signing_out_ends_the_session_and_closes_its_sockets(world: World) -> None:
    cookie = cookie_of(await sign_in(world, world.anne))
    async with world.live(headers=cookie) as talk:
        assert (await talk.hear())["type"] == "welcome"
        gone = await world.http.delete("/api/sessions/current", headers=cookie)
        assert gone.status_code == 204
        assert "Max-Age=0" in gone.headers["set-cookie"]
        assert (await talk.hear_of("bye"))["code"] == 4409
        with pytest.raises(ConnectionClosed) as closed:
            await talk.hear()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4409
    assert (await world.http.get("/api/me", headers=cookie)).status_code == 401


async def test_revoking_a_token_closes_its_sockets_and_no_others(world: World) -> None:
    cookie = cookie_of(await sign_in(world, world.anne))
    made = (await world.http.post("/api/tokens", json={"name": "robot"}, headers=cookie)).json()
    bearer = {"Authorization": f"Bearer {made['token']}"}
    listed = (await world.http.get("/api/tokens", headers=bearer)).json()["items"]
    assert made["id"] in {token["id"] for token in listed}
    assert "token" not in listed[0]
    async with world.live(headers=bearer) as talk, world.live(world.anne) as other:
        assert (await talk.hear())["type"] == "welcome"
        of_another = await world.http.delete(f"/api/tokens/{made['id']}", headers=world.bruno.bearer)
        assert of_another.status_code == 404
        assert (await world.http.delete(f"/api/tokens/{made['id']}", headers=cookie)).status_code == 204
        assert (await talk.hear_of("bye"))["code"] == 4409
        await other.say("ping", t=1)
        assert (await other.hear_of("pong"))["t"] == 1
    assert (await world.http.get("/api/me", headers=bearer)).status_code == 401


async def test_a_page_learns_who_is_signed_in_without_a_failure(world: World) -> None:
    nobody = (await world.http.get("/api/sessions/current")).json()
    assert nobody == {"user": None, "demonstration": False}
    cookie = cookie_of(await sign_in(world, world.anne))
    known = (await world.http.get("/api/sessions/current", headers=cookie)).json()
    assert known["user"] == (await world.http.get("/api/me", headers=cookie)).json()


async def test_a_token_makes_no_tokens(world: World) -> None:
    refused = await world.http.post("/api/tokens", json={"name": "another"}, headers=world.anne.bearer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")


# -------------------------------------------------------------------------------------------------- from other sites

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda headers: next(iter(headers.values())))
async def test_another_sites_page_changes_nothing(world: World, foreign: dict[str, str]) -> None:
    cookie = cookie_of(await sign_in(world, world.anne))
    made = await world.http.post("/api/tokens", json={"name": "stolen"}, headers=cookie | foreign)
    assert (made.status_code, made.json()["error"]["code"]) == (403, "foreign_origin")
    gone = await world.http.delete("/api/sessions/current", headers=cookie | foreign)
    assert gone.status_code == 403
    assert (await world.http.get("/api/me", headers=cookie)).status_code == 200
    signed_in = await sign_in(world, world.anne, **foreign)
    assert (signed_in.status_code, "set-cookie" in signed_in.headers) == (403, False)


async def test_our_own_page_may_change_things_and_a_form_may_not(world: World) -> None:
    cookie = cookie_of(await sign_in(world, world.anne, Origin=world.running.url))
    for own in ({"Origin": world.running.url}, {"Sec-Fetch-Site": "same-origin"}):
        assert (await world.http.post("/api/tokens", json={"name": "own"}, headers=cookie | own)).status_code == 201
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        form = await world.http.post("/api/tokens", content=b'{"name": "x"}', headers=cookie | {"Content-Type": kind})
        assert (form.status_code, form.json()["error"]["code"]) == (415, "unsupported_type")


async def test_a_socket_of_another_sites_page_is_turned_away(world: World) -> None:
    cookie = cookie_of(await sign_in(world, world.anne))
    async with world.live(headers=cookie | {"Origin": "https://evil.example"}) as talk:
        assert (await talk.hear())["code"] == 4403
    async with world.live(headers=cookie | {"Origin": world.running.url}) as talk:
        assert (await talk.hear())["type"] == "welcome"
    async with world.live(world.anne, headers={"Origin": "https://a.bidder.example"}):
        pass  # a token is believed from anywhere


async def test_a_socket_that_speaks_another_protocol_is_turned_away(world: World) -> None:
    address = f"ws://127.0.0.1:{world.running.port}/live"
    async with connect(address, subprotocols=[Subprotocol("chat")], additional_headers=world.anne.bearer) as socket:
        assert json.loads(await socket.recv())["code"] == 4403
    async with connect(address, additional_headers=world.anne.bearer) as socket:
        assert json.loads(await socket.recv())["type"] == "welcome"


async def test_signing_in_over_plain_http_from_elsewhere_says_that_it_cannot_work(world: World) -> None:
    refused = await sign_in(world, world.anne, Origin="http://10.0.0.7:8000", Host="10.0.0.7:8000")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "insecure_origin")


async def test_named_origins_are_the_only_ones(copies: Copies) -> None:
    async with peopled(copies(), origins=frozenset({"https://auctions.example"})) as world:
        assert (await sign_in(world, world.anne, Origin="https://auctions.example")).status_code == 201
        assert (await sign_in(world, world.anne, Origin=world.running.url)).status_code == 403


# ---------------------------------------------------------------------------------------------------------- strangers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Bearer " + "x" * 5_000},
        {"Authorization": "Basic YTpi"},
        {"Cookie": "adjuge_session=nonsense"},
        {"Cookie": "adjuge_session="},
    ],
)
async def test_whoever_shows_nothing_good_is_nobody(world: World, headers: dict[str, str]) -> None:
    assert (await world.http.get("/api/me", headers=headers)).json()["error"]["code"] == "not_signed_in"
    async with world.live(headers=headers) as talk:
        bye = await talk.hear()
        assert (bye["type"], bye["code"], bye["reconnect_after"]) == ("bye", 4401, None)
        with pytest.raises(ConnectionClosed) as closed:
            await talk.hear()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_a_session_ends_by_itself(copies: Copies) -> None:
    async with peopled(copies(), session_seconds=1) as world:
        cookie = cookie_of(await sign_in(world, world.anne))
        async with world.database.acquire() as connection:
            await connection.execute(
                "UPDATE sessions SET created_at = created_at - interval '2 s', expires_at = expires_at - interval '2 s'"
            )
        assert (await world.http.get("/api/me", headers=cookie)).status_code == 401


async def test_a_disabled_account_signs_in_nobody(copies: Copies) -> None:
    async with peopled(copies()) as world:
        cookie = cookie_of(await sign_in(world, world.anne))
        async with world.database.acquire() as connection:
            await connection.execute("UPDATE users SET disabled_at = now() WHERE id = $1", world.anne.user_id)
        answers = await asyncio.gather(
            world.http.get("/api/me", headers=cookie),
            world.http.get("/api/me", headers=world.anne.bearer),
            sign_in(world, world.anne),
        )
        assert [answer.status_code for answer in answers] == [401, 401, 401]
