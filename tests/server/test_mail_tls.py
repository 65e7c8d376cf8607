"""Mail over TLS, from the first byte or begun by STARTTLS: nothing is sent to who cannot show a certificate (§5.4.4).

A real mail server, with a certificate of an authority that the test has made and that the machine trusts if told so.
"""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from msgspec import structs

from server.settings import SettingRefused, read_settings
from tests.server.houses import Copies
from tests.server.mailbox import Mailbox, Town, mailbox, town
from tests.server.test_mail import invited

KINDS = ("starttls", "tls")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def place(copies: Copies) -> AsyncIterator[Town]:
    async with town(copies()) as it:
        yield it


@pytest.fixture(params=KINDS)
async def box(request: pytest.FixtureRequest, authority: trustme.CA) -> AsyncIterator[Mailbox]:
    """A mail server whose certificate is for 127.0.0.1 alone."""
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(certificate)
    async with mailbox(request.param, certificate) as it:
        yield it


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts the authority, in the usual way."""
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))


async def failures(place: Town) -> list[str]:
    async with place.database.acquire() as connection:
        return [row["failure"] for row in await connection.fetch("SELECT failure FROM mails ORDER BY id")]


@pytest.mark.usefixtures("trusted")
async def test_mail_goes_out_over_tls(place: Town, box: Mailbox) -> None:
    await place.told(invited())
    await place.send_all(box)
    assert box.senders == ["new@example.test"]
    assert [sorted(await place.mails())] == [["sent"]]


async def test_a_certificate_that_nobody_vouches_for_is_given_no_mail(place: Town, box: Mailbox) -> None:
    """By default; the mail waits, it costs no attempt, and the operator is told why."""
    await place.told(invited())
    await place.send_all(box)
    assert box.senders == []
    assert await place.mails() == {"waiting": [("new@example.test", 0)]}
    (failure,) = await failures(place)
    assert failure.startswith("its certificate is not trusted: ")


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_of_another_host_is_given_no_mail(place: Town, authority: trustme.CA) -> None:
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("mail.example").configure_cert(certificate)
    for kind in KINDS:
        async with mailbox(kind, certificate) as box:
            await place.told(structs.replace(invited(), key=f"invitation-{kind}"))
            await place.send_all(box)
            assert box.senders == []
    assert all("not trusted" in failure for failure in await failures(place))


async def test_no_mail_goes_in_clear_to_a_server_that_cannot_start_tls(place: Town) -> None:
    async with mailbox() as box:
        box.tls = "starttls"
        await place.told(invited())
        await place.send_all(box)
        assert box.senders == []
    assert await place.mails() == {"waiting": [("new@example.test", 0)]}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"ADJUGE_SMTP_TLS": "ssl"}, "ADJUGE_SMTP_TLS: must be one of starttls, tls, none, not 'ssl'"),
        ({"ADJUGE_SMTP_PORT": "70000"}, "ADJUGE_SMTP_PORT: must be a whole number from 1 to 65535, not '70000'"),
        ({"ADJUGE_SMTP_USER": "u"}, "ADJUGE_SMTP_PASSWORD: goes with ADJUGE_SMTP_USER: both, or neither"),
        (
            {"ADJUGE_SMTP_USER": "u", "ADJUGE_SMTP_PASSWORD": "p", "ADJUGE_SMTP_TLS": "none"},
            "ADJUGE_SMTP_TLS: a password is sent over starttls or tls alone",
        ),
        ({"ADJUGE_MAIL_FROM": "nobody"}, "ADJUGE_MAIL_FROM: must be an address like"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(wrong: dict[str, str], named: str) -> None:
    right = {"ADJUGE_SMTP_HOST": "mail.example", "ADJUGE_MAIL_FROM": "Adjugé <a@b.example>"}
    with pytest.raises(SettingRefused) as refused:
        read_settings(right | wrong)
    assert str(refused.value).startswith(named)
    assert len(str(refused.value).splitlines()) == 1
