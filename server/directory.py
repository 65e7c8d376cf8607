"""The company directory: what the public register says of a SIRET (§2.1), behind a narrow interface.

A directory only fills a form in. It is asked for a bounded time and read to a bounded size, and its faults are answers:
a form that nobody fills in is filled in by hand. Its key is sent to it and written nowhere.
"""

import asyncio
from typing import Final, Protocol, TypeAlias

import httpx
import msgspec
import structlog
from msgspec import Struct

from engine.companies import ape_code_of, french_vat_number
from server.settings import Settings

ANSWER_SECONDS: Final = 4.0
ANSWER_BYTES: Final = 256 * 1024
LINE_LENGTH: Final = 200
_KEY_HEADER: Final = "X-INSEE-Api-Key-Integration"
_HIDDEN: Final = "[ND]"
"""The register's mark of what a company does not want told."""
_log = structlog.get_logger("adjuge.directory")


class Registered(Struct, frozen=True, kw_only=True):
    """What the register says; `open`: whether the establishment still is. Unknown texts are empty."""

    siret: str
    legal_name: str
    vat_number: str
    ape_code: str
    street: str
    postcode: str
    city: str
    open: bool


class NotRegistered(Struct, frozen=True):
    """The register knows no such SIRET."""


class Unavailable(Struct, frozen=True):
    """There is no directory, or it does not answer: the form is filled in by hand."""


Found: TypeAlias = Registered | NotRegistered | Unavailable


class CompanyDirectory(Protocol):
    """Where companies are looked up."""

    async def find(self, siret: str) -> Found:
        """What is registered under a right SIRET. Never raises for what the other side does."""

    async def close(self) -> None:
        """Let go of what is held."""


class NoDirectory:
    """There is none: no key was given."""

    async def find(self, siret: str) -> Found:  # noqa: ARG002 - the protocol's
        """Nothing is known."""
        return Unavailable()

    async def close(self) -> None:
        """Nothing is held."""


class Sirene:
    """The Sirene register of INSEE, version 3.11, or whatever answers `GET {url}/siret/{siret}` in its shape."""

    def __init__(self, url: str, key: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._answer_seconds = answer_seconds
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers={_KEY_HEADER: key, "Accept": "application/json"},
            timeout=answer_seconds,
            follow_redirects=False,
            trust_env=False,
        )

    async def find(self, siret: str) -> Found:
        """Ask the register; whatever goes wrong is `Unavailable`."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                return await self._asked(siret)
        except (httpx.HTTPError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError) as fault:
            _log.warning("the company directory does not answer", failure=type(fault).__name__)
            return Unavailable()

    async def _asked(self, siret: str) -> Found:
        async with self._client.stream("GET", f"/siret/{siret}") as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                return NotRegistered()
            if response.status_code != httpx.codes.OK:
                _log.warning("the company directory refuses", status=response.status_code)
                return Unavailable()
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ANSWER_BYTES:
                    return Unavailable()
        return _registered(msgspec.json.decode(bytes(body), type=_Answer).etablissement, siret)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def directory_of(settings: Settings) -> CompanyDirectory:
    """The directory that the operator has a key to; without a key, none."""
    return Sirene(settings.directory_url, settings.directory_key) if settings.directory_key else NoDirectory()


# What the register answers, as far as it is read: every text may be missing, empty or hidden -------------------------


class _Unit(Struct, rename="camel"):
    denomination_unite_legale: str | None = None
    nom_unite_legale: str | None = None
    prenom_usuel_unite_legale: str | None = None
    activite_principale_unite_legale: str | None = None


class _Address(Struct, rename="camel"):
    numero_voie_etablissement: str | None = None
    indice_repetition_etablissement: str | None = None
    type_voie_etablissement: str | None = None
    libelle_voie_etablissement: str | None = None
    code_postal_etablissement: str | None = None
    libelle_commune_etablissement: str | None = None


class _Period(Struct, rename="camel"):
    date_fin: str | None = None
    etat_administratif_etablissement: str | None = None
    activite_principale_etablissement: str | None = None


class _Establishment(Struct, rename="camel"):
    unite_legale: _Unit = msgspec.field(default_factory=_Unit)
    adresse_etablissement: _Address = msgspec.field(default_factory=_Address)
    periodes_etablissement: list[_Period] = []


class _Answer(Struct):
    etablissement: _Establishment


def _registered(found: _Establishment, siret: str) -> Registered:
    unit, address = found.unite_legale, found.adresse_etablissement
    now = next((period for period in found.periodes_etablissement if period.date_fin is None), _Period())
    person = _line(unit.prenom_usuel_unite_legale, unit.nom_unite_legale)
    return Registered(
        siret=siret,
        legal_name=_line(unit.denomination_unite_legale) or person,
        vat_number=french_vat_number(siret),
        ape_code=ape_code_of(_line(now.activite_principale_etablissement or unit.activite_principale_unite_legale)),
        street=_line(
            address.numero_voie_etablissement,
            address.indice_repetition_etablissement,
            address.type_voie_etablissement,
            address.libelle_voie_etablissement,
        ),
        postcode=_line(address.code_postal_etablissement),
        city=_line(address.libelle_commune_etablissement),
        open=now.etat_administratif_etablissement != "F",
    )


def _line(*texts: str | None) -> str:
    """The texts on one line, at most as long as a form takes; what is hidden is left out."""
    said = " ".join(text for text in texts if text and text != _HIDDEN)
    return " ".join(said.split())[:LINE_LENGTH]
