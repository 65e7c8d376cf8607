"""What an operator may decide, read once at the start from the environment and the command line.

Malformed settings stop the start with one line that names the setting. Nothing else in the house reads the environment.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct, structs

DAY_SECONDS: Final = 86_400
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]:_]+")
_ROOT_PATH: Final = re.compile(r"(/[A-Za-z0-9._~\-]+)+")
_PUBLIC_URL: Final = re.compile(_ORIGIN.pattern + f"({_ROOT_PATH.pattern})?")
_ANY_PORT: Final = re.compile(r"^(https?://[^/]+):0(?=/|$)")
_DIRECTORY: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]:_]+(/[A-Za-z0-9._~/\-]*)?")
SIRENE: Final = "https://api.insee.fr/api-sirene/3.11"
_LEVELS: Final = ("debug", "info", "warning", "error")
_SMTP_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_MAILBOX: Final = re.compile(r"(?:[^<>\x00-\x1f\x7f\"]{1,100} )?<?[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9.\-]+>?")


class SettingRefused(Exception):
    """A setting that does not fit; its text is one line that names the setting."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"{setting}: {reason}")


class StartRefused(Exception):
    """The settings fit, but the house cannot open with them; its text is one line."""


class Smtp(Struct, frozen=True, kw_only=True):
    """The mail server that takes the house's mail; `tls` is `starttls`, `tls` (from the first byte) or `none`."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    user: str = ""
    password: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """Everything decided. `origins`: the public addresses of the pages; none named: that of each request.

    `public_url`: where people reach the house, without a slash at its end; the links in mail begin with it.
    `bidders`: names and addresses of known bidders (§2.1). Without a `directory_key`, no company is looked up.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("data")
    database_url: str | None = None
    storage_url: str | None = None
    catalogue: Path | None = None
    origins: frozenset[str] = frozenset()
    root_path: str = ""
    public_url: str = "http://127.0.0.1:8000"
    commands_per_second: int = 20
    commands_burst: int = 40
    session_seconds: int = 30 * DAY_SECONDS
    log_level: str = "info"
    directory_url: str = SIRENE
    directory_key: str = ""
    bidders: tuple[tuple[str, str], ...] = ()
    smtp_host: str = ""
    smtp_port: int | None = None
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""
    demonstration: bool = False

    def listening_at(self, port: int) -> "Settings":
        """With the port that was taken where any free one was asked for; links lead there."""
        if self.port != 0:
            return self
        reached_at = _ANY_PORT.sub(rf"\g<1>:{port}", self.public_url)
        return structs.replace(self, port=port, public_url=reached_at)

    @property
    def smtp(self) -> Smtp | None:
        """The mail server, if one is named; without, mail waits in its queue."""
        if not self.smtp_host:
            return None
        return Smtp(
            host=self.smtp_host,
            port=self.smtp_port or _SMTP_PORTS[self.smtp_tls],
            sender=self.mail_from,
            tls=self.smtp_tls,
            user=self.smtp_user,
            password=self.smtp_password,
        )


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}, not {text!r}")
        return int(text)

    return read


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.\-:]{1,253}", text):
        raise ValueError(f"must be a host name or an address, not {text!r}")
    return text


def _data(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError("must be a directory")
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError(f"must be a directory: {text!r} is something else")
    return path


def _database_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise ValueError("must be an address like postgresql://user@host/database") from error
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("must be an address like postgresql://user@host/database")
    return text


def _storage_url(text: str) -> str:
    if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.\-]{2,62}(/[A-Za-z0-9._\-]+)*/?", text):
        raise ValueError("must be an address like s3://bucket/prefix")
    return text


def _file(text: str) -> Path:
    path = Path(text).expanduser()
    if "\0" in text or not path.is_file():
        raise ValueError(f"must be a file, not {text!r}")
    return path


def _origins(text: str) -> frozenset[str]:
    origins = [origin.strip().rstrip("/").lower() for origin in text.split(",")]
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"must be origins like https://auctions.example, separated by commas, not {origin!r}")
    return frozenset(origins)


def _root_path(text: str) -> str:
    path = text.rstrip("/")
    if path and not _ROOT_PATH.fullmatch(path):
        raise ValueError(f"must be a path like /auctions, not {text!r}")
    return path


def _public_url(text: str) -> str:
    address = text.rstrip("/")
    if not _PUBLIC_URL.fullmatch(address):
        raise ValueError(f"must be an address like https://auctions.example, not {text!r}")
    return address


def _level(text: str) -> str:
    if text.lower() not in _LEVELS:
        raise ValueError(f"must be one of {', '.join(_LEVELS)}, not {text!r}")
    return text.lower()


def _smtp_tls(text: str) -> str:
    if text not in _SMTP_PORTS:
        raise ValueError(f"must be one of {', '.join(_SMTP_PORTS)}, not {text!r}")
    return text


def _mail_from(text: str) -> str:
    if not _MAILBOX.fullmatch(text) or ("<" in text) != (text.endswith(">")):
        raise ValueError(f"must be an address like Adjugé <no-reply@auctions.example>, not {text!r}")
    return text


def _credential(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line of printable characters")
    return text


def _directory_url(text: str) -> str:
    if not _DIRECTORY.fullmatch(text):
        raise ValueError(f"must be an address like {SIRENE}, not {text!r}")
    return text.rstrip("/")


def _directory_key(text: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", text):  # it is sent in a header
        raise ValueError("must be printable ASCII without spaces")
    return text


def _bidders(text: str) -> tuple[tuple[str, str], ...]:
    bidders = []
    for bidder in text.split(","):
        name, _, email = (part.strip() for part in bidder.partition("="))
        if not name or not re.fullmatch(r"[^\s@]+@[^\s@]+", email):
            raise ValueError(f"must be like Auto1=purchases@auto1.example, separated by commas, not {bidder!r}")
        bidders.append((name, email.lower()))
    return tuple(bidders)


_HIGHEST_PORT: Final = 65_535
_READERS: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "ADJUGE_HOST": ("host", _host),
    "ADJUGE_PORT": ("port", _whole(0, _HIGHEST_PORT)),
    "ADJUGE_DATA": ("data", _data),
    "DATABASE_URL": ("database_url", _database_url),
    "ADJUGE_STORAGE_URL": ("storage_url", _storage_url),
    "ADJUGE_CATALOGUE": ("catalogue", _file),
    "ADJUGE_ORIGINS": ("origins", _origins),
    "ADJUGE_ROOT_PATH": ("root_path", _root_path),
    "ADJUGE_PUBLIC_URL": ("public_url", _public_url),
    "ADJUGE_COMMANDS_PER_SECOND": ("commands_per_second", _whole(1, 1_000_000)),
    "ADJUGE_COMMANDS_BURST": ("commands_burst", _whole(1, 10_000_000)),
    "ADJUGE_SESSION_DAYS": ("session_seconds", lambda text: _whole(1, 400)(text) * DAY_SECONDS),
    "ADJUGE_LOG_LEVEL": ("log_level", _level),
    "ADJUGE_DIRECTORY_URL": ("directory_url", _directory_url),
    "ADJUGE_DIRECTORY_KEY": ("directory_key", _directory_key),
    "ADJUGE_BIDDERS": ("bidders", _bidders),
    "ADJUGE_SMTP_HOST": ("smtp_host", _host),
    "ADJUGE_SMTP_PORT": ("smtp_port", _whole(1, _HIGHEST_PORT)),
    "ADJUGE_SMTP_TLS": ("smtp_tls", _smtp_tls),
    "ADJUGE_SMTP_USER": ("smtp_user", _credential),
    "ADJUGE_SMTP_PASSWORD": ("smtp_password", _credential),
    "ADJUGE_MAIL_FROM": ("mail_from", _mail_from),
}
_FLAGS: Final = {"--host": "ADJUGE_HOST", "--port": "ADJUGE_PORT", "--data": "ADJUGE_DATA"}


def read_settings(
    environment: Mapping[str, str] | None = None, flags: Mapping[str, str | None] | None = None
) -> Settings:
    """The settings; a flag (`--port`) comes before its variable. Raises SettingRefused.

    An empty variable counts as none. A variable `ADJUGE_…` that nobody knows is refused: it is misspelt.
    """
    given = {name: text for name, text in (os.environ if environment is None else environment).items() if text}
    for name in given:
        if name.startswith("ADJUGE_") and name not in _READERS:
            raise SettingRefused(name, "there is no such setting")
    named = {name: (name, text) for name, text in given.items() if name in _READERS}
    for flag, said in (flags or {}).items():
        if said is not None:
            named[_FLAGS[flag]] = (flag, said)
    settings = Settings()
    for variable, (name, text) in named.items():
        field, read = _READERS[variable]
        try:
            settings = structs.replace(settings, **{field: read(text)})
        except ValueError as error:
            raise SettingRefused(name, str(error)) from None
    if settings.commands_burst < settings.commands_per_second:
        raise SettingRefused(
            "ADJUGE_COMMANDS_BURST", f"must be at least {settings.commands_per_second}, the rate per second"
        )
    _check_mail(settings)
    if "ADJUGE_PUBLIC_URL" not in named:
        settings = structs.replace(settings, public_url=_reached_at(settings))
    return settings


def _check_mail(settings: Settings) -> None:
    if settings.smtp_host and not settings.mail_from:
        raise SettingRefused("ADJUGE_MAIL_FROM", "is needed with ADJUGE_SMTP_HOST: who the mail is from")
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        raise SettingRefused("ADJUGE_SMTP_PASSWORD", "goes with ADJUGE_SMTP_USER: both, or neither")
    is_near = settings.smtp_host == "localhost" or settings.smtp_host.startswith("127.")
    if settings.smtp_password and settings.smtp_tls == "none" and not is_near:
        raise SettingRefused("ADJUGE_SMTP_TLS", "a password is sent over starttls or tls alone")


def _reached_at(settings: Settings) -> str:
    """Where people reach the house, as far as the other settings tell: its only origin, else its own address."""
    if len(settings.origins) == 1:
        return next(iter(settings.origins)) + settings.root_path
    host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104 - read, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}{settings.root_path}"
