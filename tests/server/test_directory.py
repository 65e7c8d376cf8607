"""The company directory against a real HTTP server: what it reads; no fault of the other side is ours (§2.1)."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.directory import ANSWER_BYTES, NotRegistered, Registered, Sirene, Unavailable, directory_of
from server.settings import Settings

SIRET = "73282932000074"
PROMPT_SECONDS = 5.0

ANSWER: dict[str, Any] = {
    "header": {"statut": 200, "message": "OK"},
    "etablissement": {
        "siren": "732829320",
        "nic": "00074",
        "siret": SIRET,
        "uniteLegale": {
            "denominationUniteLegale": "AUTO  EXEMPLE",
            "nomUniteLegale": None,
            "activitePrincipaleUniteLegale": "45.11Z",
            "etatAdministratifUniteLegale": "A",
        },
        "adresseEtablissement": {
            "numeroVoieEtablissement": "12",
            "indiceRepetitionEtablissement": "B",
            "typeVoieEtablissement": "RUE",
            "libelleVoieEtablissement": "DE L'EXEMPLE",
            "codePostalEtablissement": "59000",
            "libelleCommuneEtablissement": "LILLE",
        },
        "periodesEtablissement": [
            {"dateFin": None, "etatAdministratifEtablissement": "A", "activitePrincipaleEtablissement": "45.19Z"},
            {"dateFin": "2019-12-31", "etatAdministratifEtablissement": "F"},
        ],
    },
}


class Register:
    """A server that answers every request as it is told, and keeps what it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api-sirene/3.11"
        self.answer = b""
        self.asked: list[bytes] = []
        self.keeps_silent = False

    def says(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.answer = head.encode() + body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.asked.append(await reader.readuntil(b"\r\n\r\n"))
            if self.keeps_silent:
                await reader.read()  # until the other side gives up
            writer.write(self.answer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    listening = socket.create_server(("127.0.0.1", 0))
    it = Register(listening.getsockname()[1])
    server = await asyncio.start_server(it.serve, sock=listening)
    yield it
    server.close()
    await server.wait_closed()


async def asked(register: Register, seconds: float = PROMPT_SECONDS) -> Any:
    directory = Sirene(f"{register.url}/", "the key", answer_seconds=seconds)
    try:
        return await directory.find(SIRET)
    finally:
        await directory.close()


async def test_an_establishment_is_read(register: Register) -> None:
    """§2.1."""
    register.says(200, json.dumps(ANSWER).encode())
    assert await asked(register) == Registered(
        siret=SIRET,
        legal_name="AUTO EXEMPLE",
        vat_number="FR44732829320",
        ape_code="45.19Z",
        street="12 B RUE DE L'EXEMPLE",
        postcode="59000",
        city="LILLE",
        open=True,
    )
    head = register.asked[0].decode()
    assert head.startswith(f"GET /api-sirene/3.11/siret/{SIRET} HTTP/1.1\r\n")
    assert "x-insee-api-key-integration: the key" in head.lower()


async def test_a_person_s_name_stands_for_a_company_s_and_what_is_hidden_stays_empty(register: Register) -> None:
    unit = {"denominationUniteLegale": None, "prenomUsuelUniteLegale": "ANNE", "nomUniteLegale": "DUPONT"}
    address = {"codePostalEtablissement": "[ND]", "libelleCommuneEtablissement": "x" * 1000}
    closed = [{"dateFin": None, "etatAdministratifEtablissement": "F"}]
    found = {"uniteLegale": unit, "adresseEtablissement": address, "periodesEtablissement": closed}
    register.says(200, json.dumps({"etablissement": found}).encode())
    answer = await asked(register)
    assert (answer.legal_name, answer.postcode, len(answer.city), answer.open) == ("ANNE DUPONT", "", 200, False)


async def test_nobody_has_this_siret(register: Register) -> None:
    register.says(404, b'{"header":{"statut":404,"message":"Aucun"}}')
    assert await asked(register) == NotRegistered()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"oops"),
        (401, b"{}"),
        (429, b"{}"),
        (302, b""),
        (200, b"not JSON"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"etablissement":{"uniteLegale":7}}'),
        (200, b'{"etablissement":' + b"[" * 100_000),
        (200, b"\xff\xfe"),
        (200, b" " * (ANSWER_BYTES + 1)),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_the_register_cannot_say_is_unavailable(register: Register, status: int, body: bytes) -> None:
    """§2.1: its faults never break the form."""
    register.says(status, body)
    assert await asked(register) == Unavailable()


async def test_a_register_that_keeps_silent_or_is_not_there_is_given_up(register: Register) -> None:
    register.keeps_silent = True
    assert await asked(register, 0.05) == Unavailable()
    free = socket.create_server(("127.0.0.1", 0))
    register.url = f"http://127.0.0.1:{free.getsockname()[1]}"
    free.close()
    assert await asked(register) == Unavailable()


async def test_without_a_key_there_is_no_directory() -> None:
    directory = directory_of(Settings(directory_url="http://127.0.0.1:1"))
    assert await directory.find(SIRET) == Unavailable()
    await directory.close()
