"""What an operator does from a terminal with a stored book: accounts, exports, migrations."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from engine.auction.replay import replay
from persistence.embedded import EmbeddedPostgres
from server.keeping import AccountRefused, NewAccount, add_user, exported, opened, reached, serving_alone
from server.settings import Settings, StartRefused
from tests.server.houses import Copies, peopled

ADJUGE = Path(sys.executable).parent / "adjuge"


async def adjuge(dsn: str, *arguments: str, said: str = "") -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        ADJUGE, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, "DATABASE_URL": dsn}
    )
    out, err = await asyncio.wait_for(process.communicate(said.encode()), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


DEALER = [
    "user",
    "add",
    "--role",
    "dealer",
    "--email",
    "d@example.test",
    "--name",
    "D",
    "--group",
    "G",
    "--entity",
    "E",
]
TRADER = ["user", "add", "--role", "trader", "--email", "t@example.test", "--name", "T", "--company", "C"]


async def test_users_are_added_and_sign_in(copies: Copies) -> None:
    dsn = copies()
    assert await adjuge(dsn, *DEALER, "--city", "Lyon", said="a long password\n") == (0, "user 1: d@example.test\n", "")
    trader = [*TRADER, "--siret", "73282932000074", "--password", "another password"]
    assert await adjuge(dsn, *trader) == (0, "user 2: t@example.test\n", "")
    async with peopled(dsn) as world:
        for email, password, role in (
            ("D@example.test", "a long password", "dealer"),
            ("t@example.test", "another password", "trader"),
        ):
            answer = await world.http.post("/api/sessions", json={"email": email, "password": password})
            assert answer.json()["user"]["role"] == role


GOOD_DEALER = {
    "role": "dealer",
    "email": "d@example.test",
    "name": "D",
    "password": "a long password",
    "group": "G",
    "entity": "E",
}
GOOD_TRADER = {"role": "trader", "email": "t@example.test", "name": "T", "password": "a long password", "company": "C"}


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ({**GOOD_DEALER, "password": "short"}, "password"),
        ({**GOOD_DEALER, "email": "nobody"}, "email"),
        ({**GOOD_DEALER, "email": "d@house"}, "email"),
        ({**GOOD_DEALER, "entity": " "}, "entity"),
        ({**GOOD_DEALER, "name": ""}, "name"),
        ({**GOOD_TRADER, "siret": "73282932000075"}, "siret"),
        ({**GOOD_TRADER, "siret": "7328293200007"}, "siret"),
        (GOOD_TRADER, "siret"),
    ],
    ids=["short", "no e-mail", "hardly an e-mail", "no entity", "no name", "checksum", "digits", "no siret"],
)
async def test_an_account_that_does_not_fit_names_the_field(account: dict[str, str], field: str) -> None:
    """§2.1. Nothing is asked of the database before that."""
    nowhere = Settings(database_url="postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(AccountRefused, match=f"^{field}: "):
        await add_user(nowhere, NewAccount(**account))


async def test_a_trader_whose_address_is_taken_is_not_connected(copies: Copies) -> None:
    """§2.1: a company that is connected and has nobody would be anybody's to claim."""
    settings = Settings(database_url=copies())
    await add_user(settings, NewAccount(**GOOD_DEALER))
    taken = {**GOOD_TRADER, "email": "d@example.test", "siret": "73282932000074", "group": "G", "entity": "E"}
    with pytest.raises(AccountRefused, match=r"^email: "):
        await add_user(settings, NewAccount(**taken))
    async with opened(settings) as database, database.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM connections") == 0
    await add_user(settings, NewAccount(**{**taken, "email": "t@example.test"}))
    async with opened(settings) as database, database.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM connections") == 1


async def test_an_account_that_does_not_fit_is_one_line(database_dsn: str) -> None:
    code, out, err = await adjuge(database_dsn, *DEALER, said="short\n")
    assert (code, out, err) == (2, "", "adjuge: password: must have 8 to 1024 characters\n")


async def test_an_export_replayed_is_what_was_seen(copies: Copies) -> None:
    dsn = copies()
    soft = {"window_seconds": 0, "extension_seconds": 0}
    async with peopled(dsn) as world:
        made = await world.auction(duration_seconds=2, soft_close=soft, lots=2)
        auction, lot = made["id"], made["lots"][0]["number"]
        async with world.live(world.anne) as anne, world.live(world.bruno) as bruno, world.live(world.dealer) as dealer:
            await dealer.watch(auction)
            for talk, name, amount in (
                (anne, "a", "1000"),
                (bruno, "b", "1050"),
                (bruno, "c", "1600"),
                (anne, "d", "x"),
            ):
                await talk.ask("bid", id=name, auction=auction, lot=lot, amount=amount)
            await dealer.hear_of("notice", kind="lot_result")
        seen = (await world.http.get(f"/api/auctions/{auction}/synthesis", headers=world.dealer.bearer)).json()
        open_one = (await world.auction())["id"]
    file = await exported(Settings(database_url=dsn), auction)
    assert file is not None
    report = json.loads(replay(file))
    assert (report["status"], report["synthesis"], report["ends_at"]) == ("ended", seen["synthesis"], seen["ends_at"])
    assert [answer["accepted"] for answer in report["answers"]] == [True, False, True, False]
    for replayed, lived in zip(report["lots"], seen["lots"], strict=True):
        assert (replayed["outcome"], replayed["winner"], replayed["margin"]) == (
            lived["outcome"], lived["winner"], lived["margin"]
        )  # fmt: skip

    code, out, err = await adjuge(dsn, "export", str(auction))
    assert (code, out, err) == (0, file.decode(), "")
    unfinished = await exported(Settings(database_url=dsn), open_one)
    assert unfinished is not None
    assert json.loads(replay(unfinished))["status"] == "open"
    code, out, err = await adjuge(dsn, "export", "999999")
    assert (code, out, err) == (2, "", "adjuge: N: there is no auction 999999\n")


async def test_migrating_tells_the_step_and_a_newer_book_is_left_alone(copies: Copies) -> None:
    dsn = copies()
    code, out, _ = await adjuge(dsn, "migrate")
    assert (code, out.strip().isdecimal()) == (0, True)
    async with peopled(dsn) as world, world.database.acquire() as connection:
        await connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, out, err = await adjuge(dsn, "serve", "--port", "0")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "newer" in err


def test_a_data_directory_is_served_by_one_at_a_time(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with serving_alone(settings):
        with pytest.raises(StartRefused, match=f"another Adjugé serves {tmp_path}"), serving_alone(settings):
            pass
        with serving_alone(Settings(data=tmp_path / "other", database_url="postgresql://other/database")):
            pass  # a server of one's own is shared: there the leases decide
    with serving_alone(settings):
        pass


@pytest.mark.kill
async def test_a_start_that_is_given_up_leaves_no_server_behind(tmp_path: Path) -> None:
    async def use() -> None:
        async with reached(Settings(data=tmp_path)):
            pytest.fail("it was given up before")

    using = asyncio.create_task(use())
    await asyncio.sleep(0)  # its thread starts the server
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using
    assert (tmp_path / "postgres").is_dir()
    assert EmbeddedPostgres(tmp_path).postmaster_pid() is None
