"""The machine-readable documents: valid, whole, and true of what the doors really say."""

import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route as StarletteRoute
from starlette.routing import WebSocketRoute

from server.errors import TABLE
from server.http.openapi import openapi
from server.http.routes import ROUTES
from server.live.asyncapi import asyncapi
from tests.server.houses import World


def of_component(document: dict[str, Any], name: str) -> jsonschema.Draft202012Validator:
    """A validator of one schema, references resolved within the document."""
    return jsonschema.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    )


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [reference for member in value.values() for reference in references(member)]
    if isinstance(value, list):
        return [reference for member in value for reference in references(member)]
    return []


def resolved(document: dict[str, Any], reference: str) -> Any:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


# --------------------------------------------------------------------------------------------------------- OpenAPI


def test_the_openapi_document_is_valid() -> None:
    document = json.loads(json.dumps(openapi(ROUTES, "1.0")))
    OpenAPIV31SpecValidator(document).validate()
    assert all(resolved(document, reference) for reference in references(document))


def test_the_openapi_document_names_every_route_and_nothing_else() -> None:
    document = openapi(ROUTES, "1.0")
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert told == {(route.method, route.path) for route in ROUTES}
    operations = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(operations) == len(set(operations))


def test_a_route_that_may_be_sent_again_says_under_which_header() -> None:
    """§6.1: and what fits into it, as the door judges it."""
    document = openapi(ROUTES, "1.0")
    taken = {
        f"{method.upper()} {path}": parameter
        for path, item in document["paths"].items()
        for method, operation in item.items()
        for parameter in operation["parameters"]
        if parameter["name"] == "Idempotency-Key"
    }
    assert taken.keys() == {"POST /api/invoices"}
    header = taken["POST /api/invoices"]
    assert (header["in"], header["required"]) == ("header", False)
    fits = jsonschema.Draft202012Validator(header["schema"]).is_valid
    assert [fits(key) for key in ("dms-1", "a b", "k" * 255)] == [True] * 3
    assert [fits(key) for key in ("", " ", "k" * 256, "clé", "a\nb")] == [False] * 5


async def test_starlette_serves_what_is_registered_and_what_this_test_names(world: World) -> None:
    served = {route.path for route in world.running.application.routes if isinstance(route, StarletteRoute)}
    others = {"/openapi.json", "/live/asyncapi.json", "/api{rest:path}", "/{path:path}"}
    assert served == {route.path for route in ROUTES} | others
    sockets = [route.path for route in world.running.application.routes if isinstance(route, WebSocketRoute)]
    assert sockets == ["/live"]
    assert len(served) + len(sockets) == len(world.running.application.routes)


def test_what_the_house_says_it_writes_whole() -> None:
    """A field with a default may be missing in what a client sends, never in an answer; what is `UNSET` may."""
    schemas = openapi(ROUTES, "1.0")["components"]["schemas"]
    assert "validate_trade_ins" in schemas["WorkPlace"]["required"]
    assert "name" not in schemas["MyChange"]["required"]
    assert "gain" not in schemas["AuctionItem"]["required"]
    limits = asyncapi("1.0")["components"]["schemas"]["Limits"]
    assert limits["required"] == list(limits["properties"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_refusal_that_a_route_declares_is_in_the_table(route: Any) -> None:
    assert all(code in TABLE for code in route.all_refusals)


async def test_real_answers_are_as_the_document_says(world: World) -> None:
    document = (await world.http.get("/openapi.json")).json()
    auction = (await world.auction(lots=2))["id"]
    async with world.live(world.anne) as talk:
        assert (await talk.ask("bid", id="doc", auction=auction, lot=999, amount="1.00"))["code"] == "unknown_lot"
    asked = [
        ("GET", path, persona)
        for path in (
            "/api/me", "/api/sessions/current",
            "/api/tokens", "/api/auctions", f"/api/auctions/{auction}", f"/api/auctions/{auction}/history",
            f"/api/auctions/{auction}/synthesis", "/api/vehicles", "/api/connections", "/api/mailing-lists",
            "/api/sites", "/api/demo", "/healthz", "/readyz",
        )
        for persona in (world.dealer, world.anne, world.stranger, None)
    ]  # fmt: skip
    for method, path, persona in asked:
        answer = await world.http.request(method, path, headers={} if persona is None else persona.bearer)
        template = path.replace(str(auction), "{id}") if "/auctions/" in path else path
        said = document["paths"][template][method.lower()]["responses"]
        assert str(answer.status_code) in said, f"{path}: {answer.status_code} is not declared"
        schema = said[str(answer.status_code)]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())


# -------------------------------------------------------------------------------------------------------- AsyncAPI


def test_the_asyncapi_document_is_whole() -> None:
    document = asyncapi("1.0", "/auctions")
    assert document["asyncapi"] == "3.0.0"
    assert set(document) == {
        "asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components"
    }  # fmt: skip
    for reference in references(document):
        assert resolved(document, reference)
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    messages = set(document["components"]["messages"])
    assert set(document["channels"]["live"]["messages"]) == messages
    told = {
        reference.rpartition("/")[2]
        for operation in document["operations"].values()
        for reference in references(operation["messages"])
    }
    assert told == messages
    assert messages == {
        "watch", "unwatch", "bid", "decline", "ping",
        "welcome", "state", "event", "events", "accepted", "refused", "notice", "pong", "bye",
    }  # fmt: skip


async def test_real_frames_of_every_message_are_as_the_document_says(world: World) -> None:
    """§5.2, §5.5: a whole small auction, followed by both audiences, every frame checked."""
    document = (await world.http.get("/live/asyncapi.json")).json()
    auction = await world.auction(lots=2)
    number, first, second = auction["id"], *(lot["number"] for lot in auction["lots"])
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.dealer) as dealer:
        await anne.watch(number)
        await dealer.watch(number)
        await bruno.ask("bid", id="b1", auction=number, lot=first, amount="1000.00")
        await bruno.ask("bid", id="b2", auction=number, lot=second, amount="12.00")
        await anne.ask("bid", id="a1", auction=number, lot=first, amount="1600.00")
        await bruno.hear_of("notice", kind="outbid")
        await bruno.ask("decline", id="b3", auction=number)
        await anne.until_seq(number, 5)
        await dealer.until_seq(number, 5)
        for other in range(3):  # three entries at once come joined
            await bruno.say("bid", id=f"m{other}", auction=number, lot=second, amount=f"{1000 + 100 * other}.00")
        await anne.until_seq(number, 8)
        await anne.say("ping", t=1.5)
        await anne.hear_of("pong")
        await anne.say("nonsense")
        await anne.hear_of("refused")
        heard = [*anne.heard, *bruno.heard, *dealer.heard]
    async with world.live() as nobody:
        heard.append(json.dumps(await nobody.hear()).encode())
    names = {
        name: message["payload"]["$ref"].rpartition("/")[2]
        for name, message in document["components"]["messages"].items()
    }
    seen = set()
    for frame in heard:
        message = json.loads(frame)
        seen.add(message["type"])
        of_component(document, names[message["type"]]).validate(message)
        if message["type"] == "state":  # each role has its own view
            role = "trader" if message["role"] == "dealer" else "dealer"
            assert not of_component(document, "State").is_valid({**message, "role": role})
    assert seen >= {"welcome", "state", "event", "accepted", "refused", "notice", "pong", "bye"}


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("event", {"type": "event", "auction": 7, "seq": 1, "at": "…", "event": "bid", "lot": 1, "amount": "1.00"}),
        ("event", {"type": "event", "auction": 7, "seq": 1, "at": "…", "event": "invented"}),
        ("bid", {"type": "bid", "id": "", "auction": 7, "lot": 1, "amount": "1.00"}),
        ("bid", {"type": "bid", "id": "b", "auction": 7, "lot": 1, "amount": "1.00", "more": 1}),
        ("watch", {"type": "watch", "auction": "7"}),
    ],
)
def test_the_document_refuses_what_does_not_fit(kind: str, message: dict[str, Any]) -> None:
    document = asyncapi("1.0")
    name = document["components"]["messages"][kind]["payload"]["$ref"].rpartition("/")[2]
    assert not of_component(document, name).is_valid(message)
