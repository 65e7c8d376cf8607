"""Schemathesis reads the house's own OpenAPI document and tries every operation that it finds there, over real HTTP.

Each operation is asked by somebody who may ask it, at its edges and by chance with a seed, about things that are there
and things that are not. Whatever an answer is, it is one that the document says, in the shape that it says; and no
request, however odd, is a fault of the house: a 503 is one here, since the book answers all the while.
"""

from collections.abc import Callable
from typing import Any, Final

import anyio
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.filters import HasAPIOperation
from schemathesis.hooks import HookContext

from tests.server.houses import Copies, Persona, World, peopled

SEED: Final = 20_260_131
EXAMPLES: Final = 6
"""By chance, for each operation, of what fits and of what does not; the edges come besides."""
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


def config(world: World, persona: Persona | None) -> SchemathesisConfig:
    """Everything that Schemathesis does, but what our rules refuse is no failure: a form that fits its schema may name
    a vehicle that is sold.
    """
    wanted: dict[str, Any] = {
        "seed": SEED,
        "base-url": world.running.url,
        "continue-on-failure": True,
        "request-timeout": 20,
        "generation": {"max-examples": EXAMPLES, "database": "none", "with-security-parameters": False},
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "phases": {"examples": {"enabled": False}, "stateful": {"enabled": False}},
    }
    if persona is not None:
        wanted["auth"] = {"openapi": {"token": {"bearer": persona.token}}}
    return SchemathesisConfig.from_dict(wanted)


def asked_by(who: str) -> Callable[[HasAPIOperation], bool]:
    """The operations that this kind of caller is for, but those that end the asking."""

    def of_them(context: HasAPIOperation) -> bool:
        operation = context.operation
        return operation.definition.raw["x-who"] == who and operation.label not in END_THE_ASKING

    return of_them


def nearby(_: HookContext, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ids of things that are there, mostly: chance alone never finds one."""
    return path_parameters and {
        name: 1 + value % (SEEDED_IDS + 2) if isinstance(value, int) else value
        for name, value in path_parameters.items()
    }


def failures(world: World, who: str, persona: Persona | None) -> tuple[list[str], int]:
    """What is wrong, told so that it can be repeated; and how many requests were answered."""
    schema = schemathesis.openapi.from_url(f"{world.running.url}/openapi.json", config=config(world, persona))
    schema.hook("map_path_parameters")(nearby)
    wrong: list[str] = []
    answered = 0
    for event in from_schema(schema.include(asked_by(who))).execute():
        match event:
            case events.NonFatalError():
                wrong.append(f"{event.label}: {event.value}")
            case events.FatalError():
                raise event.exception
            case events.ScenarioFinished(recorder=recorder):
                answered += len(recorder.interactions)
                for checks in recorder.checks.values():
                    wrong += [
                        f"{recorder.label}: {told(check.failure_info.failure)}\n{check.failure_info.code_sample}"
                        for check in checks
                        if check.status is Status.FAILURE and check.failure_info is not None
                    ]
            case _:
                pass
    return wrong, answered


def told(failure: Failure) -> str:
    """A failure in one paragraph."""
    return f"{failure.title}. {failure.message}"


@pytest.mark.parametrize("who", ASKED_BY)
async def test_schemathesis_finds_nothing(copies: Copies, who: str) -> None:
    async with peopled(copies()) as world:
        await world.auction(lots=2)
        persona = world.personas.get(ASKED_BY[who])
        wrong, answered = await anyio.to_thread.run_sync(failures, world, who, persona)
        assert not wrong, f"{len(wrong)} of {answered}:\n" + "\n\n".join(wrong)
        if persona is not None:
            assert (await world.http.get("/api/me", headers=persona.bearer)).status_code == 200, "asked to the end"
