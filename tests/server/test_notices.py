"""Who is told what, wherever it is: notifications, live notices, dead letters at the doors, and a whole way by mail.

Each once (§5.1.5, §5.4.4); each user its own (§1.4).
"""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from engine.notices import NoticeDue, NoticeKind, ToEmail, ToEntity, ToTrader, ToUser
from persistence.notices.due import write_notices
from server.notices.kinds import PARAMS
from server.notices.teller import BATCH
from server.telemetry import configure_logging
from tests.persistence.dealership import NOW
from tests.server.houses import Copies, Persona, World, peopled
from tests.server.mailbox import SENDER, Mailbox, mailbox, town

SECRET = "s3cr3t-way-in"


async def write(world: World, *notices: NoticeDue) -> None:
    """As a route does it: in a transaction, after which the house is woken."""
    async with world.database.transaction() as connection:
        await write_notices(connection, notices)
    world.running.doors.office.wake()


async def notifications(world: World, who: Persona, **query: Any) -> dict[str, Any]:
    answer = await world.http.get("/api/notifications", params=query, headers=who.bearer)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def keys(world: World, who: Persona) -> list[str]:
    return [item["key"] for item in (await notifications(world, who))["items"]]


def removed(key: str, to: ToTrader | ToEntity | ToUser, **params: str | int) -> NoticeDue:
    return NoticeDue(key=key, kind=NoticeKind.CONNECTION_REMOVED, to=to, at=NOW, params={"entity": "Nord", **params})


async def test_each_addressee_is_told_live_and_finds_it_among_its_notifications(world: World) -> None:
    async with (
        world.live(world.anne) as anne,
        world.live(world.anne) as elsewhere,
        world.live(world.bruno) as bruno,
        world.live(world.dealer) as dealer,
    ):
        await write(
            world,
            removed("to-trader", ToTrader(world.anne.company_id), secret=SECRET),
            removed("to-entity", ToEntity(world.entity), auction=7),
            removed("to-user", ToUser(world.bruno.user_id)),
        )
        heard = [await talk.hear_of("notice") for talk in (anne, elsewhere, dealer, bruno)]
        assert [message["id"] for message in heard] == ["to-trader", "to-trader", "to-entity", "to-user"]
        assert heard[0] == {
            "type": "notice",
            "id": "to-trader",
            "kind": "connection_removed",
            "at": "2023-11-14T22:13:20Z",
            "params": {"entity": "Nord"},
        }
        assert heard[2]["auction"] == 7
        assert all(SECRET.encode() not in b"".join(talk.heard) for talk in (anne, elsewhere))
    assert "to-trader" in await keys(world, world.anne)
    assert {"to-entity"} <= set(await keys(world, world.dealer)) & set(await keys(world, world.idle_dealer))
    for stranger in (world.sister_dealer, world.stranger_dealer, world.stranger):
        assert await keys(world, stranger) == []
    assert SECRET not in (await world.http.get("/api/notifications", headers=world.anne.bearer)).text


async def test_what_an_auction_announces_is_not_told_twice(world: World) -> None:
    async with world.live(world.stranger) as talk:
        await write(
            world,
            NoticeDue(key="won", kind=NoticeKind.LOT_WON, to=ToUser(world.stranger.user_id), at=NOW),
            removed("after", ToUser(world.stranger.user_id)),
        )
        assert (await talk.hear_of("notice"))["id"] == "after"
    assert (await keys(world, world.stranger))[:2] == ["after", "won"]


async def test_an_auction_is_told_live_by_the_id_that_its_notification_has(world: World) -> None:
    """§5.1.5: whoever is here and whoever looks later read one notice."""
    async with world.live(world.anne) as anne:
        made = await world.auction()
        opened = await anne.hear_of("notice", kind="auction_opened", auction=made["id"])
        async with asyncio.timeout(10):
            while opened["id"] not in await keys(world, world.anne):
                pass
    found = next(item for item in (await notifications(world, world.anne))["items"] if item["key"] == opened["id"])
    assert found["kind"] == "auction_opened"
    assert found["params"]["auction"] == made["id"]
    assert set(found["params"]) <= PARAMS[NoticeKind.AUCTION_OPENED]


async def test_what_is_only_by_mail_stands_in_no_notification(world: World) -> None:
    async with world.live(world.stranger) as talk:
        await write(
            world,
            NoticeDue(
                key="reset",
                kind=NoticeKind.PASSWORD_RESET,
                to=ToUser(world.stranger.user_id),
                at=NOW,
                params={"secret": SECRET},
            ),
            removed("told", ToUser(world.stranger.user_id)),
        )
        await talk.hear_of("notice", id="told")
        assert SECRET.encode() not in b"".join(talk.heard)
    assert "reset" not in await keys(world, world.stranger)


async def test_notifications_are_read_one_by_one_or_all_and_each_user_reads_its_own(world: World) -> None:
    to = ToEntity(world.elsewhere)
    async with world.live(world.stranger_dealer) as talk:
        await write(world, *(removed(f"n{number}", to) for number in range(5)))
        await talk.hear_of("notice", id="n4")
    who = world.stranger_dealer
    page = await notifications(world, who, limit=2)
    assert [item["key"] for item in page["items"]] == ["n4", "n3"]
    assert (page["pages"], page["total"], page["unread"]) == (3, 5, 5)
    assert [item["key"] for item in (await notifications(world, who, limit=2, page=3))["items"]] == ["n0"]

    async def read(reader: Persona, **form: Any) -> tuple[int, Any]:
        answer = await world.http.post("/api/notifications/read", json=form, headers=reader.bearer)
        return answer.status_code, answer.json().get("unread", answer.json().get("error", {}).get("field"))

    ids = [item["id"] for item in page["items"]]
    assert (await read(world.dealer, ids=ids))[0] == 200
    assert (await notifications(world, who))["unread"] == 5
    assert await read(who, ids=ids) == (200, 3)
    assert await read(who, ids=ids) == (200, 3)
    unread = await notifications(world, who, unread="true")
    assert ([item["key"] for item in unread["items"]], unread["total"]) == (["n2", "n1", "n0"], 3)
    assert [item["read"] for item in (await notifications(world, who))["items"]] == [True, True, False, False, False]
    assert await read(who, all=True) == (200, 0)
    for form in ({}, {"ids": ids, "all": True}, {"ids": ["x"]}, {"ids": [0]}):
        assert (await read(who, **form))[0] == 422, form


async def test_who_leaves_an_entity_no_longer_reads_what_it_was_told(world: World) -> None:
    """§1.4."""
    who = world.sister_dealer
    async with world.live(who) as talk:
        await write(world, removed("of-the-entity", ToEntity(world.sister)), removed("its-own", ToUser(who.user_id)))
        await talk.hear_of("notice", id="its-own")
    assert await keys(world, who) == ["its-own", "of-the-entity"]
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE memberships SET entity_id = $2 WHERE user_id = $1", who.user_id, world.entity)
    page = await notifications(world, who)
    assert ([item["key"] for item in page["items"]], page["total"], page["unread"]) == (["its-own"], 1, 1)
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE memberships SET entity_id = $2 WHERE user_id = $1", who.user_id, world.sister)


async def test_more_than_a_batch_is_told_whole_and_once(copies: Copies) -> None:
    async with town(copies()) as place:
        await place.write(*(removed(f"n{number}", ToEntity(place.entity)) for number in range(BATCH + 7)))
        tellers = [place.teller() for _ in range(4)]
        assert sum(await asyncio.gather(*(teller.tell_once() for teller in tellers))) == BATCH + 7
        async with place.database.acquire() as connection:
            assert await connection.fetchval("SELECT count(*) FROM notifications") == 2 * (BATCH + 7)
            assert await connection.fetchval("SELECT count(*) FROM mails") == 2 * (BATCH + 7)
        assert await place.teller().tell_once() == 0


async def test_what_fails_halfway_is_told_whole_the_next_time(copies: Copies) -> None:
    async with town(copies()) as place:
        await place.write(removed("n", ToEntity(place.entity)))
        async with place.database.acquire() as connection:
            await connection.execute("ALTER TABLE mails RENAME TO elsewhere")
            with pytest.raises(Exception, match="mails"):
                await place.teller().tell_once()
            assert await connection.fetchval("SELECT count(*) FROM notifications") == 0
            await connection.execute("ALTER TABLE elsewhere RENAME TO mails")
        assert await place.teller().tell_once() == 1


# -------------------------------------------------------------------------------------------------- a house that mails


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as it:
        yield it


async def came(box: Mailbox, count: int) -> None:
    async with asyncio.timeout(10):
        while len(box.came) < count:
            await box.has_come.wait()
            box.has_come.clear()


async def test_a_house_sends_what_its_routes_write_and_counts_it(copies: Copies, box: Mailbox) -> None:
    smtp: dict[str, Any] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_tls": "none",
        "mail_from": SENDER,
        "public_url": "https://auctions.example",
    }
    box.unknown.add("dealer@example.test")
    async with peopled(copies(), **smtp) as world:
        await write(
            world,
            NoticeDue(
                key="i",
                kind=NoticeKind.CONNECTION_INVITED,
                to=ToEmail("new@example.test", "fr"),
                at=NOW,
                params={"entities": "Concession Nord", "secret": SECRET},
            ),
            removed("r", ToUser(world.dealer.user_id)),
        )
        await came(box, 1)
        assert f"https://auctions.example/invitation#{SECRET}" in box.came[0].part("plain")
        letters: list[dict[str, Any]] = []
        async with asyncio.timeout(10):
            while not letters:
                answer = await world.http.get("/api/dead-letters", headers=world.dealer.bearer)
                letters = answer.json()["items"]
        assert [(letter["email"], letter["failure"]) for letter in letters] == [
            ("dealer@example.test", "550 no such mailbox")
        ]
        others = await world.http.get("/api/dead-letters", headers=world.sister_dealer.bearer)
        assert others.json()["items"] == []
        box.unknown.add("anne@example.test")
        await world.auction()
        async with asyncio.timeout(10):
            while (await world.http.get("/api/dead-letters", headers=world.dealer.bearer)).json()["total"] < 2:
                pass
        others = await world.http.get("/api/dead-letters", headers=world.sister_dealer.bearer)
        assert others.json()["items"] == []
        again = f"/api/dead-letters/{letters[0]['id']}/retry"
        assert (await world.http.post(again, headers=world.sister_dealer.bearer)).status_code == 404
        box.unknown.clear()
        assert (await world.http.post(again, headers=world.dealer.bearer)).status_code == 200
        await came(box, 3)  # of the auction, the other trader's
        async with asyncio.timeout(10):
            while "adjuge_mails_sent_total 3.0" not in (figures := (await world.http.get("/metrics")).text):
                pass
        assert "adjuge_mails_dead" in figures
        assert SECRET not in figures


async def test_ways_in_go_by_mail_alone_and_their_bounces_are_the_inviters(
    copies: Copies, box: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """§2.2, §1: a colleague, a trader, and somebody who forgot a password. No log holds a way in, or an address."""
    configure_logging("debug")
    try:
        links = await _ways_in(copies, box)
    finally:
        structlog.reset_defaults()
    logged = capsys.readouterr().err
    assert "a mail is a dead letter" in logged
    assert "example.test" not in logged
    assert not [link for link in links if link.partition("#")[2] in logged]


async def _ways_in(copies: Copies, box: Mailbox) -> list[str]:
    smtp: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none", "mail_from": SENDER}
    box.unknown.update({"wrong-colleague@example.test", "wrong-trader@example.test"})
    async with peopled(copies(), **smtp) as world:
        for right in ("", "wrong-"):
            colleague = {"email": f"{right}colleague@example.test", "entity": world.entity}
            trader = {"email": f"{right}trader@example.test", "entities": [world.entity], "language": "en"}
            for path, form in (("user-invitations", colleague), ("invitations", trader)):
                asked = await world.http.post(f"/api/{path}", json=form, headers=world.dealer.bearer)
                assert asked.status_code in {200, 201, 202}, asked.text
        await world.http.post("/api/password-resets", json={"email": world.anne.email})
        await came(box, 3)
        links = [re.findall(r"https?://\S+#\S+", caught.part("plain")) for caught in box.came]
        assert {caught.to for caught in box.came} == {
            "colleague@example.test",
            "trader@example.test",
            world.anne.email,
        }
        assert all(len(found) == 1 for found in links)
        async with asyncio.timeout(10):
            while len(seen := await dead_letters(world, world.dealer)) < 2:
                pass
        assert seen == {"wrong-colleague@example.test", "wrong-trader@example.test"}
        assert await dead_letters(world, world.stranger_dealer) == set()
        async with world.database.acquire() as connection, asyncio.timeout(10):
            while await connection.fetchval("SELECT count(*) FROM notices WHERE params ? 'secret'") > 2:
                pass
    return [found[0] for found in links]


async def dead_letters(world: World, who: Persona) -> set[str]:
    answer = await world.http.get("/api/dead-letters", headers=who.bearer)
    return {letter["email"] for letter in answer.json()["items"]}


async def test_without_a_mail_server_mail_waits_and_the_house_serves(copies: Copies, box: Mailbox) -> None:
    dsn = copies()
    async with peopled(dsn) as world, world.live(world.anne) as anne:
        await write(world, removed("n", ToUser(world.anne.user_id)))
        await anne.hear_of("notice", id="n")
        assert box.came == []


async def test_a_demonstration_catches_its_mail_and_shows_it_where_it_can_do_no_harm(copies: Copies) -> None:
    async with peopled(
        copies(), demonstration=True, smtp_host="mail.example", public_url="http://127.0.0.1:0"
    ) as world:
        await write(world, removed("n", ToUser(world.anne.user_id), entity="<b>Nord</b>"))
        mails: list[dict[str, Any]] = []
        async with asyncio.timeout(10):
            while not mails:
                mails = (await world.http.get("/api/demo/mails")).json()["items"]
        assert (mails[0]["to"], mails[0]["subject"]) == ("anne@example.test", "Connexion retirée par <b>Nord</b>")
        mail = (await world.http.get(f"/api/demo/mails/{mails[0]['id']}")).json()
        assert "<b>Nord</b>" in mail["text"]
        assert f"http://127.0.0.1:{world.running.port}/" in mail["text"]
        listed = await world.http.get("/demo/mails")
        assert "&lt;b&gt;Nord" in listed.text
        shown = await world.http.get(f"/demo/mails/{mails[0]['id']}")
        assert "&lt;b&gt;Nord" in shown.text
        assert shown.headers["Content-Security-Policy"].startswith("sandbox")
        assert shown.headers["Content-Type"].startswith("text/html")
        assert (await world.http.get("/api/demo/mails/99")).status_code == 404
        assert (await world.http.get("/demo/mails/99")).status_code == 404
