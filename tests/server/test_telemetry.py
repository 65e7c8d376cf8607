"""What operators are told: figures that count what happened, logs that hold no secret."""

import json
import re

import pytest
import structlog

from server.telemetry import configure_logging
from tests.server.houses import PASSWORD, World


async def figures(world: World) -> dict[str, float]:
    text = (await world.http.get("/metrics")).text
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:{[^}]*})?) (\S+)$", text, re.MULTILINE)}


async def test_figures_count_answers_sockets_batches_and_requests(world: World) -> None:
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    before = await figures(world)
    async with world.live(world.anne) as anne:
        await anne.ask("bid", id="1", auction=auction, lot=lot, amount="1000")
        await anne.ask("bid", id="2", auction=auction, lot=lot, amount="1")
        during = await figures(world)
    assert during["adjuge_sockets"] == before["adjuge_sockets"] + 1
    assert during['adjuge_answers_total{code="accepted"}'] - before.get('adjuge_answers_total{code="accepted"}', 0) == 1
    assert during['adjuge_answers_total{code="below_minimum"}'] >= 1
    assert during["adjuge_journal_entries_total"] >= before["adjuge_journal_entries_total"] + 2
    assert during["adjuge_journal_batches_total"] > before["adjuge_journal_batches_total"]
    assert during['adjuge_http_seconds_count{route="POST /api/auctions",status="201"}'] >= 1
    assert during["adjuge_loop_lag_seconds"] >= 0
    assert during["adjuge_house_is_well"] == 1


async def test_neither_figures_nor_logs_hold_a_secret_a_name_or_a_reserve(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        configure_logging("debug")
        vehicles = [{"id": await world.vehicle(), "reserve_price": "7654.32"}]
        made = await world.auction(vehicles=vehicles)
        await world.http.post("/api/sessions", json={"email": world.anne.email, "password": PASSWORD})
        await world.http.post("/api/sessions", json={"email": world.anne.email, "password": "wrong" + PASSWORD})
        async with world.live(world.anne) as anne:
            await anne.ask("bid", id="1", auction=made["id"], lot=made["lots"][0]["number"], amount="1000")
        told = capsys.readouterr().err + (await world.http.get("/metrics")).text
    finally:
        structlog.reset_defaults()
    assert "sign-in refused" in told
    for secret in (PASSWORD, world.anne.token, world.anne.email, "7654.32", "Anne"):
        assert secret not in told


def test_logs_are_json_one_event_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        configure_logging("info")
        structlog.get_logger("test").info("two\nlines", auction=7)
        structlog.get_logger("test").debug("unheard")
    finally:
        structlog.reset_defaults()
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["two\nlines"]
