"""Mail that goes out: to whom, in which words, how often, and what becomes of it when something fails (§5.4.4, §2.2).

A real PostgreSQL, a real mail server; time is the test's own.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from engine.notices import NoticeDue, NoticeKind, ToEmail, ToEntity, ToTrader, ToUser
from persistence.notices.mail_queue import Counts, counts, dead_letters, expire, revive
from server.notices.postman import ATTEMPTS, FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS, retry_seconds
from server.settings import Smtp, read_settings
from tests.persistence.dealership import NOW
from tests.server.houses import Copies
from tests.server.mailbox import Mailbox, Town, mailbox, town

SECRET = "s3cr3t-way-in"
MEANWHILE_SECONDS = 121


@pytest.fixture
async def place(copies: Copies) -> AsyncIterator[Town]:
    async with town(copies()) as it:
        yield it


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as it:
        yield it


def won(place: Town, key: str = "lot_won-7-12-t") -> NoticeDue:
    params: dict[str, str | int | None] = {
        "auction": 7,
        "display_number": "45-43",
        "lot_display_number": "45-702",
        "amount": "20900.00",
    }
    return NoticeDue(key=key, kind=NoticeKind.LOT_WON, to=ToTrader(place.trader), at=NOW, params=params)


def invited(email: str = "new@example.test", language: str = "en") -> NoticeDue:
    return NoticeDue(
        key=f"invitation-1-{email}",
        kind=NoticeKind.CONNECTION_INVITED,
        to=ToEmail(email, language),
        at=NOW,
        params={"entities": "Concession Nord, Concession Soeur", "group": "Groupe Nord", "secret": SECRET},
    )


def reset(place: Town) -> NoticeDue:
    return NoticeDue(
        key="reset-1", kind=NoticeKind.PASSWORD_RESET, to=ToUser(place.anne), at=NOW, params={"secret": SECRET}
    )


async def secrets_kept(place: Town) -> int:
    async with place.database.acquire() as connection:
        kept: int = await connection.fetchval("SELECT count(*) FROM notices WHERE params::text LIKE '%s3cr3t%'")
    return kept


async def test_each_reader_has_one_mail_in_its_language_with_html_and_text(place: Town, box: Mailbox) -> None:
    """§5.4.4: every user of the winner's company; amounts as each language writes them."""
    await place.told(won(place))
    await place.send_all(box)
    french, english = box.came
    assert (french.to, english.to) == ("anne@example.test", "andy@example.test")
    assert french.message["Subject"] == "Lot 45-702 : vous l’emportez à 20\N{NO-BREAK SPACE}900,00\N{NO-BREAK SPACE}€"
    assert english.message["Subject"] == "Lot 45-702: you won it at €20,900.00"
    assert french.message["From"] == "Adjugé <no-reply@auctions.example>"
    assert (french.message["Content-Language"], english.message["Content-Language"]) == ("fr", "en")
    for caught in box.came:
        assert caught.message["Auto-Submitted"] == "auto-generated"
        assert caught.message["Date"].datetime.timestamp() * 1_000_000 == NOW
        for part in ("plain", "html"):
            said = caught.part(part)
            assert "45-43" in said
            assert "https://auctions.example/auctions/7" in said
    assert "anne Dupont" in french.part("plain")
    assert box.connections == 1
    assert await place.mails() == {"sent": [("anne@example.test", 1), ("andy@example.test", 1)]}


async def test_a_param_is_text_and_nothing_else(place: Town, box: Mailbox) -> None:
    nasty = "<script>alert(1)</script>\r\nBcc: all@example.test {{ 7 * 7 }}"
    due = NoticeDue(
        key="k",
        kind=NoticeKind.SALE_CANCELLED,
        to=ToUser(place.anne),
        at=NOW,
        params={"lot_display_number": nasty, "display_number": "1\0", "reason": nasty},
    )
    await place.told(due)
    await place.send_all(box)
    (caught,) = box.came
    assert caught.message["Bcc"] is None
    assert "<script>" not in caught.part("html")
    assert "&lt;script&gt;" in caught.part("html")
    assert "<script>" in caught.part("plain")
    assert "{{ 7 * 7 }}" in caught.part("plain")
    assert "\n" not in caught.message["Subject"]


async def test_an_address_without_an_account_has_one_mail_in_the_language_named(place: Town, box: Mailbox) -> None:
    """§2.2: one mail that lists all entities, with the way in."""
    await place.told(invited())
    await place.send_all(box)
    (caught,) = box.came
    assert caught.to == "new@example.test"
    assert caught.message["Subject"] == "Concession Nord, Concession Soeur invites you to its auctions"
    assert SECRET in caught.part("plain")
    assert SECRET in caught.part("html")


async def test_the_secret_is_forgotten_once_every_mail_of_it_is_sent(place: Town, box: Mailbox) -> None:
    await place.told(invited(), reset(place))
    assert await secrets_kept(place) == 2
    await place.send_all(box)
    assert len(box.came) == 2
    assert await secrets_kept(place) == 0


async def test_lanes_that_send_the_last_mails_of_a_secret_at_once_leave_none(place: Town, box: Mailbox) -> None:
    both = NoticeDue(
        key="k", kind=NoticeKind.CONNECTION_INVITED, to=ToTrader(place.trader), at=NOW, params={"secret": SECRET}
    )
    await place.told(both)
    await asyncio.gather(place.send_all(box), place.send_all(box))
    assert len(box.came) == 2
    assert await secrets_kept(place) == 0


async def test_a_secret_that_nobody_can_read_is_not_kept(place: Town) -> None:
    async with place.database.acquire() as connection:
        await connection.execute("UPDATE users SET disabled_at = now() WHERE id = $1", place.anne)
    await place.told(reset(place))
    assert await place.mails() == {}
    assert await secrets_kept(place) == 0


async def test_who_has_left_meanwhile_is_not_written_to(place: Town, box: Mailbox) -> None:
    """§1.4: a mail server was away, and somebody left the entity, and somebody was disabled."""
    await place.told(won(place), NoticeDue(key="r", kind=NoticeKind.LOT_RESULT, to=ToEntity(place.entity), at=NOW))
    async with place.database.acquire() as connection:
        await connection.execute("DELETE FROM memberships WHERE user_id = $1", place.dealer)
        await connection.execute("UPDATE users SET disabled_at = now() WHERE id = $1", place.anne)
    await place.send_all(box)
    assert sorted(box.senders) == ["andy@example.test", "colleague@example.test"]
    assert (await place.mails())["dead"] == [("anne@example.test", 1), ("dealer@example.test", 1)]


async def test_under_several_workers_each_reader_has_each_mail_once(place: Town, box: Mailbox) -> None:
    await place.write(*(won(place, f"lot_won-7-{number}-t") for number in range(30)))
    tellers = [place.teller() for _ in range(3)]
    await asyncio.gather(*(teller.tell_once() for teller in tellers))
    await asyncio.gather(*(place.send_all(box) for _ in range(4)))
    ids = [caught.message["Message-ID"] for caught in box.came]
    assert len(ids) == len(set(ids)) == 60
    assert place.figures.sent == 60


async def test_a_key_that_stands_already_writes_nothing_again(place: Town, box: Mailbox) -> None:
    await place.told(won(place))
    await place.told(won(place))
    await place.send_all(box)
    assert len(box.came) == 2


async def test_what_is_refused_for_now_comes_again_later_and_later(place: Town, box: Mailbox) -> None:
    await place.told(reset(place))
    box.answers.extend(["451 try later"] * 2)
    await place.send_all(box)
    await place.send_all(box)  # it is not due yet
    assert await place.mails() == {"waiting": [("anne@example.test", 1)]}
    place.clock.wait(FIRST_RETRY_SECONDS)
    await place.send_all(box)
    place.clock.wait(FIRST_RETRY_SECONDS)
    await place.send_all(box)
    assert await place.mails() == {"waiting": [("anne@example.test", 2)]}
    place.clock.wait(FIRST_RETRY_SECONDS)
    await place.send_all(box)
    assert await place.mails() == {"sent": [("anne@example.test", 3)]}
    assert len(box.came) == 1


async def test_after_so_many_attempts_it_is_a_dead_letter(place: Town, box: Mailbox) -> None:
    await place.told(reset(place))
    box.answers.extend(["451 try later"] * ATTEMPTS)
    for _ in range(ATTEMPTS + 2):
        await place.send_all(box)
        place.clock.wait(LAST_RETRY_SECONDS)
    assert await place.mails() == {"dead": [("anne@example.test", ATTEMPTS)]}
    assert box.came == []


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (5, 480), (9, 7_680), (10, 14_400), (12, 14_400)])
def test_the_distance_between_attempts_doubles_up_to_four_hours(attempts: int, seconds: int) -> None:
    assert retry_seconds(attempts) == seconds


async def test_what_is_refused_for_good_is_a_dead_letter_at_once_and_stops_no_other(place: Town, box: Mailbox) -> None:
    box.unknown.add("anne@example.test")
    await place.told(won(place))
    await place.send_all(box)
    assert await place.mails() == {"dead": [("anne@example.test", 1)], "sent": [("andy@example.test", 1)]}
    box.answers.append("554 no")
    await place.told(won(place, "another"))
    await place.send_all(box)
    assert (await counts(place.database)) == Counts(waiting=0, dead=3)


async def test_a_sender_that_is_refused_is_a_setting_to_mend_and_buries_nothing(place: Town, box: Mailbox) -> None:
    await place.told(won(place))
    box.refuses_sender = True
    await place.send_all(box)
    assert await place.mails() == {"waiting": [("anne@example.test", 1), ("andy@example.test", 1)]}
    box.refuses_sender = False
    place.clock.wait(FIRST_RETRY_SECONDS)
    await place.send_all(box)
    assert len(box.came) == 2


@pytest.mark.parametrize(
    "email", ["a\nBcc: b@example.test@example.test", "two words@example.test", "nobody@", "é@example.test", "a,b@c"]
)
async def test_an_address_that_is_none_is_a_dead_letter_and_reaches_no_mail_server(
    place: Town, box: Mailbox, email: str
) -> None:
    await place.told(invited(email))
    await place.send_all(box)
    assert list(await place.mails()) == ["dead"]
    assert (box.came, box.connections) == ([], 0)


async def test_a_mail_server_that_is_away_costs_no_attempt(place: Town, box: Mailbox) -> None:
    await place.told(reset(place))
    port, box.port = box.port, 1
    for _ in range(ATTEMPTS * 2):
        await place.send_all(box)
        place.clock.wait(LAST_RETRY_SECONDS / ATTEMPTS)
    assert await place.mails() == {"waiting": [("anne@example.test", 0)]}
    box.port = port
    await place.send_all(box)
    assert await place.mails() == {"sent": [("anne@example.test", 1)]}


async def test_a_mail_server_that_is_away_is_left_alone_for_longer_and_longer(place: Town, box: Mailbox) -> None:
    port, box.port = box.port, 1
    lane = place.lane(box)
    box.port = port
    pauses = []
    for number in range(8):
        await place.told(NoticeDue(key=f"{number}", kind=NoticeKind.LOT_WON, to=ToUser(place.anne), at=NOW))
        assert await lane.send_one()
        pauses.append(lane.away_seconds)
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]
    assert place.figures.lanes_away == 1


async def test_what_no_mail_server_took_for_days_is_a_dead_letter(place: Town) -> None:
    await place.told(reset(place))
    await expire(place.database, NOW + 1, NOW)
    assert list(await place.mails()) == ["waiting"]
    await expire(place.database, NOW + 2, NOW + 1)
    assert list(await place.mails()) == ["dead"]


async def test_a_crash_between_handing_over_and_marking_repeats_the_mail_once_under_its_own_id(
    place: Town, box: Mailbox
) -> None:
    """§5.4.4, as far as SMTP allows: whoever has both can tell that they are one."""
    await place.told(reset(place))
    box.hold = asyncio.Event()
    sending = asyncio.create_task(place.send_all(box))
    await box.has_come.wait()
    sending.cancel()  # the mail server has it, and we do not know
    await asyncio.gather(sending, return_exceptions=True)
    box.hold.set()
    box.hold = None
    await place.send_all(box)  # the claim still stands
    assert len(box.came) == 1
    place.clock.wait(MEANWHILE_SECONDS)
    await place.send_all(box)
    place.clock.wait(MEANWHILE_SECONDS)
    await place.send_all(box)
    assert len(box.came) == 2
    assert len({caught.message["Message-ID"] for caught in box.came}) == 1


async def test_the_queue_outlives_whoever_had_claimed_from_it(place: Town, box: Mailbox) -> None:
    await place.told(won(place))
    assert await place.claim() is not None
    await place.database.close()
    await place.database.open()
    await place.send_all(box)
    assert box.senders == ["andy@example.test"]
    place.clock.wait(MEANWHILE_SECONDS)
    await place.send_all(box)
    assert box.senders == ["andy@example.test", "anne@example.test"]


async def test_a_dead_letter_is_of_its_entity_and_can_be_sent_again(place: Town, box: Mailbox) -> None:
    box.unknown.update({"dealer@example.test", "new@example.test"})
    result = NoticeDue(key="r", kind=NoticeKind.LOT_RESULT, to=ToEntity(place.entity), at=NOW)
    invitation = invited()
    named = NoticeDue(
        key="i",
        kind=invitation.kind,
        to=invitation.to,
        at=NOW,
        params={**invitation.params, "entity_id": place.other},
    )
    await place.told(result, named)
    await place.send_all(box)
    ours = await dead_letters(place.database, [place.entity], page=1, limit=50)
    theirs = await dead_letters(place.database, [place.other], page=1, limit=50)
    assert [letter.email for letter in ours[1]] == ["dealer@example.test"]
    assert [letter.email for letter in theirs[1]] == ["new@example.test"]
    assert (ours[0], ours[1][0].failure) == (1, "550 no such mailbox")
    box.unknown.clear()
    assert not await revive(place.database, ours[1][0].id, [place.other], place.clock.now())
    assert await revive(place.database, ours[1][0].id, [place.entity], place.clock.now())
    assert not await revive(place.database, ours[1][0].id, [place.entity], place.clock.now())
    await place.send_all(box)
    assert box.senders == ["colleague@example.test", "dealer@example.test"]
    assert await secrets_kept(place) == 1  # of the invitation that may still be sent again


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_mail_server_is_reached_at_the_usual_port_of_its_kind(tls: str, port: int) -> None:
    settings = read_settings(
        {"ADJUGE_SMTP_HOST": "mail.example", "ADJUGE_SMTP_TLS": tls, "ADJUGE_MAIL_FROM": "Adjugé <a@b.example>"}
    )
    assert settings.smtp == Smtp(host="mail.example", port=port, sender="Adjugé <a@b.example>", tls=tls)


def test_without_a_host_there_is_no_mail_server() -> None:
    assert read_settings({"ADJUGE_SMTP_PORT": "2525"}).smtp is None
