"""Schemathesis reads the house's own OpenAPI document and tries every operation that it finds there, over real HTTP.

Each operation is asked by somebody who may ask it, at its edges and by chance with a seed, about things that are there
and things that are not. Whatever an answer is, it is one that the document says, in the shape that it says; and no
request, however odd, is a fault of the house: a 503 is one here, since the book answers all the while.
"""

from collections.abc import Iterator
from typing import Any, Final

import anyio
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.hooks import HookContext

from tests.server.houses import Copies, Persona, World, peopled
from tests.server.sales import a_day

SEED: Final = 20_260_131
EXAMPLES: Final = 4
"""By chance, for each operation, of what fits and of what does not; the edges come besides."""
MOST_MEMBERS: Final = 12
SEEDED_IDS: Final = 6
"""What a world starts with has ids up to this."""
ASKED_BY: Final = {
    "anyone": "nobody",
    "dealers and traders": "anne",
    "dealers": "dealer",
    "traders": "anne",
}
END_THE_ASKING: Final = {
    "DELETE /api/sessions/current": "signs nobody out that came by a token, and is tried by the rights' matrix",
    "DELETE /api/tokens/{id}": "revokes the token that asks; tried in test_signing_in.py",
}


def config(world: World, document: dict[str, Any], who: str) -> SchemathesisConfig:
    """Everything that Schemathesis does to the operations of this kind of caller.

    What our rules refuse is no failure: a form that fits its schema may name a vehicle that is sold.
    """
    wanted: dict[str, Any] = {
        "seed": SEED,
        "base-url": world.running.url,
        "continue-on-failure": True,
        "request-timeout": 20,
        "generation": {"max-examples": EXAMPLES, "database": "none", "with-security-parameters": False},
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "phases": {
            "examples": {"enabled": False},
            "coverage": {"unexpected-methods": ["trace"]},
            "stateful": {"enabled": False},
        },
        "operations": [
            *({"include-name": name, "enabled": False} for name in of_others(document, who)),
            *({"include-name": name, "phases": {"coverage": {"enabled": False}}} for name in wide(document)),
        ],
    }
    if (persona := asker(world, who)) is not None:
        wanted["auth"] = {"openapi": {"token": {"bearer": persona.token}}}
    return SchemathesisConfig.from_dict(wanted)


def asker(world: World, who: str) -> Persona | None:
    """Who asks for this kind of caller."""
    return world.personas.get(ASKED_BY[who])


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation by its name."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def of_others(document: dict[str, Any], who: str) -> Iterator[str]:
    """The operations that are not for this kind of caller, and those that end the asking."""
    for name, operation in operations(document):
        if operation["x-who"] != who or name in END_THE_ASKING:
            yield name


def wide(document: dict[str, Any]) -> Iterator[str]:
    """The operations with very many members in their query or their body: tried by chance, not at every edge."""
    for name, operation in operations(document):
        shape = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if "$ref" in shape:
            shape = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        if len(operation["parameters"]) + len(shape.get("properties", ())) > MOST_MEMBERS:
            yield name


def nearby(_: HookContext, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ids of things that are there, mostly: chance alone never finds one."""
    return path_parameters and {
        name: 1 + value % (SEEDED_IDS + 2) if isinstance(value, int) else value
        for name, value in path_parameters.items()
    }


def failures(world: World, document: dict[str, Any], who: str) -> tuple[list[str], int]:
    """What is wrong, told so that it can be repeated; and how many requests were answered."""
    schema = schemathesis.openapi.from_dict(document, config=config(world, document, who))
    schema.hook("map_path_parameters")(nearby)
    wrong: list[str] = []
    answered = 0
    for event in from_schema(schema).execute():
        match event:
            case events.NonFatalError():
                wrong.append(f"{event.label}: {event.value}")
            case events.FatalError():
                raise event.exception
            case events.ScenarioFinished(recorder=recorder):
                answered += len(recorder.interactions)
                for checks in recorder.checks.values():
                    wrong += [
                        f"{recorder.label}: {why(check.failure_info.failure)}\n{check.failure_info.code_sample}"
                        for check in checks
                        if check.status is Status.FAILURE and check.failure_info is not None
                    ]
            case _:
                pass
    return wrong, answered


def why(failure: Failure) -> str:
    """A failure in one paragraph."""
    return f"{failure.title}. {failure.message}"


@pytest.mark.parametrize("who", ASKED_BY)
async def test_schemathesis_finds_nothing(copies: Copies, who: str) -> None:
    async with peopled(copies()) as world:
        await furnish(world)
        document = (await world.http.get("/openapi.json")).json()
        rights = await rights_of(world, who)
        wrong, answered = await anyio.to_thread.run_sync(failures, world, document, who)
        assert not wrong, f"{len(wrong)} of {answered}:\n" + "\n\n".join(wrong)
        assert await rights_of(world, who) >= rights, "who asks has lost rights on the way"


async def furnish(world: World) -> None:
    """Something of everything: an auction that runs, one that is over, an offer, an order, a delivery."""
    over = await world.auction(lots=2, duration_seconds=2, soft_close={"window_seconds": 0, "extension_seconds": 0})
    async with world.live(world.anne) as anne:
        await anne.watch(over["id"])
        for lot in over["lots"]:
            await anne.ask("bid", id=f"b{lot['number']}", auction=over["id"], lot=lot["number"], amount="2000.00")
        await anne.hear_of("notice", kind="lot_won", lot=over["lots"][1]["number"])
    await world.auction(lots=2)
    await told(world, world.anne, "PATCH", "/api/company", {"legal_representative": "Anne Dupont"})
    order = {
        "delivery_date": a_day(3, 15),
        "delivery_site": world.site,
        "payment_method": "transfer",
        "documents": ["invoice"],
    }
    placed = await told(world, world.dealer, "POST", "/api/offers/1/order", order)
    delivery = {"scheduled_at": f"{a_day(3, 15)}T09:30:00Z"}
    await told(world, world.dealer, "POST", f"/api/orders/{placed['id']}/deliveries", delivery)


async def told(world: World, persona: Persona, method: str, path: str, body: dict[str, Any]) -> Any:
    """What the house answers to something that it does."""
    answer = await world.http.request(method, path, json=body, headers=persona.bearer)
    assert answer.is_success, answer.text
    return answer.json()


async def rights_of(world: World, who: str) -> set[tuple[int, str]]:
    """What who asks may do where; of a trader, and of nobody, nothing in particular."""
    persona = asker(world, who)
    if persona is None:
        return set()
    me = await world.http.get("/api/me", headers=persona.bearer)
    assert me.status_code == 200, "who asks is signed in to the end"
    return {(place["id"], right) for place in me.json()["entities"] for right in place["rights"]}
