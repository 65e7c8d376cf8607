"""What is malformed, at every door: its code, the field's name, a connection that survives, and nothing changed."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from server.http.reading import BODY_BYTES
from server.live.messages import MESSAGE_BYTES
from tests.server.houses import Talk, World

DEEP = "[" * 5_000 + "]" * 5_000
BID = '{"type":"bid","id":"x","auction":1,"lot":1,"amount":"1.00"}'

FRAMES = [
    ("", "malformed", None),
    ("nonsense", "malformed", None),
    ("[]", "malformed", None),
    ("null", "malformed", None),
    ('"bid"', "malformed", None),
    ("{}", "malformed", "type"),
    ('{"type":null}', "malformed", "type"),
    ('{"type":7}', "malformed", "type"),
    ('{"type":"buy"}', "unknown_type", "type"),
    ('{"type":"BID"}', "unknown_type", "type"),
    ('{"type":"watch"}', "malformed", "auction"),
    ('{"type":"watch","auction":"7"}', "malformed", "auction"),
    ('{"type":"watch","auction":7.5}', "malformed", "auction"),
    ('{"type":"watch","auction":true}', "malformed", "auction"),
    ('{"type":"watch","auction":99999999999999999999}', "malformed", "auction"),
    ('{"type":"watch","auction":1,"after":-1}', "malformed", "after"),
    ('{"type":"watch","auction":1,"after":null}', "malformed", "after"),
    ('{"type":"watch","auction":1,"more":1}', "malformed", "more"),
    ('{"type":"unwatch"}', "malformed", "auction"),
    ('{"type":"bid","auction":1,"lot":1,"amount":"1.00"}', "malformed", "id"),
    ('{"type":"bid","id":"","auction":1,"lot":1,"amount":"1.00"}', "malformed", "id"),
    ('{"type":"bid","id":"%s","auction":1,"lot":1,"amount":"1.00"}' % ("x" * 65), "malformed", "id"),
    ('{"type":"bid","id":"\\u0000","auction":1,"lot":1,"amount":"1.00"}', "malformed", "id"),
    ('{"type":"bid","id":"x\\n","auction":1,"lot":1,"amount":"1.00"}', "malformed", "id"),
    ('{"type":"bid","id":7,"auction":1,"lot":1,"amount":"1.00"}', "malformed", "id"),
    ('{"type":"bid","id":"x","auction":1,"lot":"1","amount":"1.00"}', "malformed", "lot"),
    ('{"type":"bid","id":"x","auction":1,"lot":1,"amount":1}', "malformed", "amount"),
    ('{"type":"bid","id":"x","auction":1,"lot":1}', "malformed", "amount"),
    ('{"type":"bid","id":"x","auction":1,"lot":1,"amount":"1\\u0000"}', "malformed", "amount"),
    ('{"type":"bid","id":"x","auction":1,"lot":9223372036854775808,"amount":"1.00"}', "malformed", "lot"),
    ('{"type":"bid","id":"x","auction":1,"lot":-1e30,"amount":"1.00"}', "malformed", "lot"),
    ('{"type":"bid","id":"x","auction":1,"lot":1,"amount":"1.00","trader":"2"}', "malformed", "trader"),
    ('{"type":"decline","auction":1}', "malformed", "id"),
    ('{"type":"ping"}', "malformed", "t"),
    ('{"type":"ping","t":[]}', "malformed", "t"),
    (BID + BID, "malformed", None),
    (BID.replace('"', "'"), "malformed", None),
    ('{"type":"watch","auction":NaN}', "malformed", None),
    ('{"type":"ping","t":"\\ud800"}', "malformed", None),
    (DEEP, "too_deep", None),
    (f'{{"type":"ping","t":{DEEP}}}', "too_deep", None),
    ('{"type":"ping","t":"%s"}' % ("x" * MESSAGE_BYTES), "too_large", None),
]


def named(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Each row by its number and the beginning of what is sent."""
    return [f"{number} {str(row[0])[:50]}" for number, row in enumerate(rows)]


async def still_talking(talk: Talk) -> None:
    await talk.say("ping", t="still there")
    assert (await talk.hear())["t"] == "still there"


@pytest.mark.parametrize(("frame", "code", "field"), FRAMES, ids=named(FRAMES))
async def test_a_malformed_frame_gets_its_code_and_its_field(
    world: World, frame: str, code: str, field: str | None
) -> None:
    async with world.live(world.anne) as talk:
        await talk.socket.send(frame)
        refused = await talk.hear()
        assert (refused["type"], refused["code"]) == ("refused", code)
        assert refused.get("field") == field
        assert "\n" not in refused["message"]
        if field is not None:
            assert field in refused["message"]
        await still_talking(talk)


async def test_a_malformed_command_is_answered_with_its_own_id(world: World) -> None:
    async with world.live(world.anne) as talk:
        refused = await talk.ask("bid", id="mine", auction=3, lot="one", amount="1.00")
        assert (refused["code"], refused["field"], refused["auction"]) == ("malformed", "lot", 3)
        refused = await talk.ask("bid", id="mine too", auction="3", lot=1, amount="1.00")
        assert (refused["code"], refused["field"]) == ("malformed", "auction")
        assert "auction" not in refused
        await talk.say("decline", id=7, auction=3)
        refused = await talk.hear_of("refused", field="id")
        assert (refused["code"], refused["auction"]) == ("malformed", 3)
        assert "id" not in refused


async def test_what_is_no_text_is_refused_and_survived(world: World) -> None:
    async with world.live(world.anne) as talk:
        await talk.socket.send(BID.encode())
        assert (await talk.hear())["code"] == "malformed"
        await still_talking(talk)


async def test_invalid_utf_8_is_refused_by_its_close_code(world: World) -> None:
    """And by its code: RFC 6455 asks to fail such a connection."""
    async with world.live(world.anne) as talk:
        await talk.socket.send(b'{"type":"ping","t":"\xff"}', text=True)
        assert (await talk.hear())["code"] == "malformed"
        with pytest.raises(ConnectionClosed) as closed:
            await talk.hear()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1007


async def test_bids_that_only_the_rules_refuse_are_settled_answers(world: World) -> None:
    """§5.2: an amount may be any text, a lot any number."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as talk:
        wrong = [
            "",
            "-5",
            "0",
            "1e9",
            "1.001",
            "1,50",
            "100000000.01",
            "1" * 300,
            "NaN",
            "１０００",
            " 1000",
            "\x01",
            "\ud7ff",
            "x" * 15_000,
        ]
        for place, amount in enumerate(wrong):
            answer = await talk.ask("bid", id=f"w{place}", auction=auction, lot=lot, amount=amount)
            assert answer["code"] == "invalid_amount", amount
        for number in (0, -1, 2**63 - 1, 1 - 2**63):
            answer = await talk.ask("bid", id=f"n{number}", auction=auction, lot=number, amount="1000")
            assert answer["code"] == "unknown_lot", number
        assert (await talk.watch(auction))["seq"] == 1


@pytest.mark.parametrize("number", [0, -1, -(2**63), 2**63 - 1, 2**63, 10**15])
async def test_an_auction_that_cannot_exist_is_unknown(world: World, number: int) -> None:
    async with world.live(world.anne) as talk:
        await talk.say("watch", auction=number)
        assert (await talk.hear())["code"] in {"unknown_auction", "malformed"}
        answer = await talk.ask("bid", id="x", auction=number, lot=1, amount="1000")
        assert answer["code"] in {"unknown_auction", "malformed"}
        await talk.say("unwatch", auction=number)
        await talk.say("ping", t=1)
        assert (await talk.hear_of("pong"))["t"] == 1


# --------------------------------------------------------------------------------------------------------- over HTTP

GOOD: dict[str, Any] = {
    "kind": "lot",
    "vehicles": [{"id": 1}],
    "duration_seconds": 60,
    "minimum_increment": "50.00",
}
BODIES: list[tuple[bytes | dict[str, Any], int, str, str | None]] = [
    (b"", 400, "malformed", None),
    (b"{", 400, "malformed", None),
    (b"\xff\xfe", 400, "malformed", None),
    (b'{"kind": "\\ud800"}', 400, "malformed", None),
    (b"[]", 422, "invalid", None),
    (b"null", 422, "invalid", None),
    (b"[" * 100_000, 400, "too_deep", None),
    (b'{"vehicles":' + b"[" * 20 + b"]" * 20 + b"}", 400, "too_deep", "vehicles" + "[0]" * 16),
    (b'"' + b"x" * BODY_BYTES + b'"', 413, "too_large", None),
    ({}, 422, "invalid", "kind"),
    ({**GOOD, "kind": "dutch"}, 422, "invalid", "kind"),
    ({**GOOD, "kind": "lot\0"}, 422, "invalid", "kind"),
    ({**GOOD, "more": 1}, 422, "invalid", "more"),
    ({**GOOD, "vehicles": []}, 422, "invalid", "vehicles"),
    ({**GOOD, "vehicles": [{"id": "1"}]}, 422, "invalid", "vehicles[0].id"),
    ({**GOOD, "vehicles": [{"id": 1}, {"id": 2, "reserve_price": "x"}]}, 422, "invalid", "vehicles[1].reserve_price"),
    ({**GOOD, "vehicles": [{"id": 10**30}]}, 422, "invalid", "vehicles[0].id"),
    ({**GOOD, "duration_seconds": 0}, 422, "invalid", "duration_seconds"),
    ({**GOOD, "duration_seconds": 1e300}, 422, "invalid", "duration_seconds"),
    ({**GOOD, "minimum_increment": "-1"}, 422, "invalid", "minimum_increment"),
    ({**GOOD, "minimum_increment": "1.234"}, 422, "invalid", "minimum_increment"),
    ({**GOOD, "minimum_increment": "1.00\n"}, 422, "invalid", "minimum_increment"),
    ({**GOOD, "minimum_increment": "0.00"}, 422, "invalid", "minimum_increment"),
    ({**GOOD, "minimum_increment": "900000000"}, 422, "invalid", "minimum_increment"),
    ({**GOOD, "starts_at": "tomorrow"}, 422, "invalid", "starts_at"),
    ({**GOOD, "starts_at": "2001-01-01T00:00:00Z"}, 422, "invalid", "starts_at"),
    ({**GOOD, "starts_at": "9999-01-01T00:00:00Z"}, 422, "invalid", "starts_at"),
    ({**GOOD, "starts_at": "2026-13-01T00:00:00Z"}, 422, "invalid", "starts_at"),
    ({**GOOD, "soft_close": {"mode": "shrink"}}, 422, "invalid", "soft_close.mode"),
    ({**GOOD, "soft_close": {"window_seconds": -1}}, 422, "invalid", "soft_close.window_seconds"),
    ({**GOOD, "entity": -1}, 422, "invalid", "entity"),
    ({**GOOD, "traders": []}, 422, "invalid", "traders"),
    ({**GOOD, "traders": [0]}, 422, "invalid", "traders[0]"),
]


@pytest.mark.parametrize(("body", "status", "code", "field"), BODIES, ids=named(BODIES))
async def test_a_malformed_request_gets_its_code_and_its_field(
    world: World, body: bytes | dict[str, Any], status: int, code: str, field: str | None
) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {**world.dealer.bearer, "Content-Type": "application/json"}
    answer = await world.http.post("/api/auctions", content=raw, headers=headers)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("/api/auctions?page=0", 422, "invalid", "page"),
        ("/api/auctions?page=x", 422, "invalid", "page"),
        ("/api/auctions?page=99999999999999999999", 422, "invalid", "page"),
        ("/api/auctions?state=everything", 422, "invalid", "state"),
        ("/api/auctions?q=%00", 422, "invalid", "q"),
        ("/api/auctions?colour=red", 422, "invalid", "colour"),
        ("/api/auctions/x", 404, "not_found", None),
        ("/api/auctions/-1", 404, "not_found", None),
        ("/api/auctions/1%00", 404, "not_found", None),
        ("/api/auctions/99999999999999999999", 404, "not_found", None),
        ("/api/auctions/999999999999999999", 404, "unknown_auction", None),
        ("/api/auctions/999999999999999999/history", 404, "unknown_auction", None),
        ("/api/auctions/0/synthesis", 404, "unknown_auction", None),
        ("/api/vehicles?entity=0", 422, "invalid", "entity"),
        ("/api", 404, "not_found", None),
        ("/api/", 404, "not_found", None),
        ("/api/me/", 404, "not_found", None),
        ("/api/nothing/here", 404, "not_found", None),
    ],
)
async def test_an_address_that_does_not_fit_is_refused(
    world: World, path: str, status: int, code: str, field: str | None
) -> None:
    answer = await world.http.get(path, headers=world.dealer.bearer)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)


@pytest.mark.parametrize("text", ["", " ", "\t", "two\nlines", "ends\n", "x" * 501, "\0", None, 7], ids=repr)
async def test_a_name_or_a_reason_says_something_in_a_line(world: World, text: object) -> None:
    for path, field in (("/api/auctions/1/lots/1/sale-cancellation", "reason"), ("/api/tokens", "name")):
        answer = await world.http.post(path, json={field: text}, headers=world.dealer.bearer)
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)


async def test_a_wrong_method_is_told_which_are_right(world: World) -> None:
    for method, path, allowed in (
        ("PUT", "/api/auctions", "GET, POST"),
        ("POST", "/api/me", "GET, PATCH"),
        ("BREW", "/api/sites", "GET, POST"),
    ):
        answer = await world.http.request(method, path, headers=world.dealer.bearer)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert answer.json()["error"]["code"] == "method_not_allowed"


async def test_nothing_malformed_has_changed_anything(world: World) -> None:
    """Runs last in the module: every auction there is was made by a good request."""
    made = await world.auction()
    listed = await world.http.get("/api/auctions", headers=world.dealer.bearer)
    assert listed.json()["total"] == 2
    assert made["id"] in {item["id"] for item in listed.json()["items"]}
    figures = (await world.http.get("/metrics")).text
    assert 'status="500"' not in figures
    assert 'status="503"' not in figures


# -------------------------------------------------------------------------------------------------- what browsers see


async def test_every_answer_carries_the_strict_headers_and_no_servers_name(world: World) -> None:
    for path in ("/", "/auctions/7", "/api/me", "/api/nothing", "/openapi.json", "/healthz"):
        headers = (await world.http.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers
