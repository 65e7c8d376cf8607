"""A house that is open, with people and stock in it, and clients at its doors.

Everything is real: PostgreSQL, uvicorn on a port, HTTP over httpx, sockets over `websockets`. Two entities of one
holding, one of another; two connected traders and one that nobody knows; a dealer without rights.
"""

import asyncio
import itertools
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from argon2 import PasswordHasher
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from persistence.people import registry as people
from persistence.people import sessions
from persistence.people.registry import Company, EmailTaken, NewUser, Site
from persistence.stock import cards as stock
from persistence.traders import connections
from server.app import Running, opened
from server.auth.identification import MARK, new_secret, sha256_of
from server.auth.passwords import Passwords
from server.settings import Settings

PASSWORD = "correct horse"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PATIENCE_SECONDS = 10
UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients of plain HTTP: each would read all the authorities of this machine, longer than most tests take."""


class Persona(Struct, frozen=True):
    """Somebody with an account and a token."""

    user_id: int
    email: str
    token: str
    company_id: int  # a trader's company, a dealer's entity

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


class Talk:
    """One client on the live wire. `heard` keeps every frame as bytes, in order."""

    def __init__(self, socket: ClientConnection, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.socket = socket
        self.patience_seconds = patience_seconds
        self.heard: list[bytes] = []
        self._passed_over: list[dict[str, Any]] = []

    async def say(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def hear(self) -> dict[str, Any]:
        """The next message."""
        frame = await asyncio.wait_for(self.socket.recv(decode=False), self.patience_seconds)
        assert isinstance(frame, bytes)
        self.heard.append(frame)
        message: dict[str, Any] = json.loads(frame)
        return message

    async def hear_of(self, *kinds: str, **fields: Any) -> dict[str, Any]:
        """The next message of these kinds with these fields; others are passed over, until they are asked for."""
        for place, message in enumerate(self._passed_over):
            if _is(message, kinds, fields):
                return self._passed_over.pop(place)
        while not _is(message := await self.hear(), kinds, fields):
            self._passed_over.append(message)
        return message

    async def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Say a command and hear its answer."""
        await self.say(kind, **fields)
        return await self.hear_of("accepted", "refused", id=fields["id"])

    async def watch(self, auction: int, **fields: Any) -> dict[str, Any]:
        self._passed_over = [message for message in self._passed_over if message.get("auction") != auction]
        await self.say("watch", auction=auction, **fields)
        return await self.hear_of("state", auction=auction)

    async def until_seq(self, auction: int, seq: int) -> list[dict[str, Any]]:
        """Every entry of the auction's history that comes, until `seq`."""
        entries: list[dict[str, Any]] = []
        while not entries or entries[-1]["seq"] < seq:
            message = await self.hear_of("event", "events", auction=auction)
            entries += message["events"] if message["type"] == "events" else [message]
        return entries


def _is(message: dict[str, Any], kinds: tuple[str, ...], fields: dict[str, Any]) -> bool:
    return message["type"] in kinds and all(message.get(name) == value for name, value in fields.items())


class World:
    """The house, who is in it, and the ways to its doors."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.database = running.book.database
        self.http = httpx.AsyncClient(base_url=running.url, timeout=PATIENCE_SECONDS, verify=UNUSED)
        self.plates = itertools.count(1)
        self.dealer: Persona
        self.idle_dealer: Persona
        self.sister_dealer: Persona
        self.stranger_dealer: Persona
        self.anne: Persona
        self.bruno: Persona
        self.stranger: Persona

    @property
    def personas(self) -> dict[str, Persona]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Persona)}

    async def people(self) -> None:
        """Fill the book."""
        holding = await people.add_group(self.database, "Groupe Nord", prefix="45")
        other = await people.add_group(self.database, "Groupe Ailleurs")
        self.entity = await people.add_entity(self.database, holding, "Concession Nord")
        self.sister = await people.add_entity(self.database, holding, "Concession Soeur")
        self.elsewhere = await people.add_entity(self.database, other, "Concession Ailleurs")
        self.site = await people.add_site(
            self.database, self.entity, Site(name="Lille", city="Lille", postcode="59000")
        )
        await people.add_site(self.database, self.elsewhere, Site(name="Brest", city="Brest"))
        companies = [
            await people.add_company(self.database, Company(legal_name=name, siret=f"{number:014}"))
            for number, name in enumerate(("Anne et fils", "Bruno Autos", "Personne SARL"), start=1)
        ]
        for company in companies[:2]:
            await connections.connect(self.database, self.entity, company, self.running.doors.clock.now())
        self.dealer = await self._dealer("dealer", self.entity, people.ALL_RIGHTS)
        self.idle_dealer = await self._dealer("idle", self.entity, frozenset())
        self.sister_dealer = await self._dealer("sister", self.sister, people.ALL_RIGHTS)
        self.stranger_dealer = await self._dealer("elsewhere", self.elsewhere, people.ALL_RIGHTS)
        self.anne, self.bruno, self.stranger = [
            await self._trader(name, company)
            for name, company in zip(("anne", "bruno", "nobody"), companies, strict=True)
        ]

    async def _dealer(self, name: str, entity: int, rights: frozenset[str]) -> Persona:
        return await self._known(
            name, entity, await people.add_dealer(self.database, (entity,), self._user(name), rights=rights)
        )

    async def _trader(self, name: str, company: int) -> Persona:
        return await self._known(name, company, await people.add_trader_user(self.database, company, self._user(name)))

    @staticmethod
    def _user(name: str) -> NewUser:
        return NewUser(email=f"{name}@example.test", name=f"{name} Dupont", password_hash=QUICK.hash(PASSWORD))

    async def _known(self, name: str, company: int, user: int | EmailTaken) -> Persona:
        assert isinstance(user, int)
        secret = new_secret(MARK)
        await sessions.make_token(self.database, user, "test", sha256_of(secret), self.running.doors.clock.now())
        return Persona(user, f"{name}@example.test", secret, company)

    async def vehicle(self, **card: Any) -> int:
        """A vehicle that may be sold."""
        number = next(self.plates)
        known = {
            "make": "RENAULT",
            "model": "Clio",
            "plate": f"AA{number:03}AA",
            "status": "sales_stock",
            "destination": "trade",
            "trade_price_cents": 1_000_00,
            "purchase_price_cents": 800_00,
            "matched": True,
        }
        return await stock.add_vehicle(self.database, self.entity, self.site, stock.VehicleCard(**{**known, **card}))

    async def auction(self, lots: int = 1, **form: Any) -> dict[str, Any]:
        """A unit auction of fresh vehicles, open from now on for ten minutes unless told otherwise."""
        vehicles = [{"id": await self.vehicle(), "reserve_price": "1500.00"} for _ in range(lots)]
        body = {"kind": "unit", "vehicles": vehicles, "duration_seconds": 600, "minimum_increment": "100.00", **form}
        made = await self.http.post("/api/auctions", json=body, headers=self.dealer.bearer)
        assert made.status_code == 201, made.text
        description: dict[str, Any] = made.json()
        return description

    @asynccontextmanager
    async def live(self, persona: Persona | None = None, **options: Any) -> AsyncIterator[Talk]:
        """A socket of this persona, welcomed; of nobody, merely open."""
        headers = {} if persona is None else persona.bearer
        headers |= options.pop("headers", {})
        address = f"ws://127.0.0.1:{self.running.port}/live"
        async with connect(
            address, subprotocols=[Subprotocol("adjuge.v1")], additional_headers=headers, origin=None, **options
        ) as socket:
            talk = Talk(socket)
            if persona is not None:
                assert (await talk.hear())["type"] == "welcome"
            yield talk


@asynccontextmanager
async def peopled(dsn: str, **settings: Any) -> AsyncIterator[World]:
    """An open house with people in it."""
    async with opened(Settings(database_url=dsn, port=0, **settings), passwords=Passwords(QUICK)) as running:
        world = World(running)
        await world.people()
        async with world.http:
            yield world


Copies = Callable[[], str]
