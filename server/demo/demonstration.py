"""The whole demonstration, from an empty directory to the last line: `adjuge demo`.

The house is the very house that `adjuge serve` opens; here its book is filled once, and scripted people use its doors
for as long as it is open. What is said here is said to a terminal.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import uvloop
from msgspec import structs

from persistence.database import Database
from persistence.live.postgres import PostgresBook
from server.app import serve
from server.clock import SystemClock
from server.demo.chance import Script
from server.demo.clerk import Clerk
from server.demo.crowd import Crowd
from server.demo.dealer import Dealer
from server.demo.photos.photographer import Photographer
from server.demo.scenery import people
from server.demo.scenery.auctions import still
from server.demo.seeding import seed
from server.demo.sign_ins import SIGN_INS
from server.demo.trader import Trader
from server.demo.visits import NotServed, Visit, sign_in
from server.settings import Settings, StartRefused

SEED: Final = 20_900
NEXT_ENDS: Final = 3
_QUIET: Final = "warning"


def demonstrate(settings: Settings) -> int:
    """Run until Ctrl-C or SIGTERM; gives the exit code. Raises StartRefused, EmbeddedFault."""
    if settings.log_level == "info":
        settings = structs.replace(settings, log_level=_QUIET)  # the terminal is for the visitor
    return uvloop.run(Demonstration(settings).run())


class Demonstration:
    """One run."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self._began = time.monotonic()
        self._database: Database | None = None

    async def run(self) -> int:
        """Open the house, live in it, close it."""
        say("Adjugé: the demonstration is being made ready")
        where = (
            "the database of DATABASE_URL" if self._settings.database_url else f"PostgreSQL in {self._settings.data}"
        )
        self._step(f"starting {where}")
        try:
            code = await serve(self._settings, prepare=self._prepare, on_ready=self._live, sign_ins=SIGN_INS)
        except NotServed as fault:
            raise StartRefused(f"the demonstration was not served: {fault}") from fault
        say("\nAdjugé is closed. The book is kept; the next demonstration goes on with it.")
        return code

    def _step(self, what: str) -> None:
        say(f"  {time.monotonic() - self._began:4.1f} s  {what}")

    async def _prepare(self, database: Database, book: PostgresBook) -> None:
        self._database = database
        await seed(database, book, self._clock.now(), self._step)

    async def _live(self, url: str) -> None:
        """The scripted people, from when the port listens until they are told to go."""
        assert self._database is not None
        async with _signed_in(url, [people.DEALER_ADMINISTRATOR.email]) as (runner,):
            dealer = Dealer(runner, self._database, self._clock, SEED)
            self._step(f"{await dealer.open_what_is_missing()} more auctions")
            if went_on := await Clerk(runner).tidy_up(self._clock.now()):
                self._step(f"{went_on} sales ordered, delivered or invoiced")
            _welcome(url, await dealer.next_ends(NEXT_ENDS))
            if not _is_loopback(self._settings.host):
                say("Beware: whoever reaches this machine may sign in with these accounts.")
            # Their passwords take a while to check; a visitor need not wait for them.
            async with _signed_in(url, [trader.email for trader in people.SCRIPTED]) as visits:
                names = (trader.legal_name for trader in people.SCRIPTED)
                traders = [Trader(name, visit) for name, visit in zip(names, visits, strict=True)]
                crowd = Crowd(traders, self._clock, Script(SEED, still()), SEED)
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(crowd.run())
                    tasks.create_task(dealer.run())
                    tasks.create_task(Photographer(runner).run())


@asynccontextmanager
async def _signed_in(url: str, emails: Sequence[str]) -> AsyncIterator[list[Visit]]:
    """These people, signed in until the end of the block; one after another, so that a stop finds but one waiting."""
    visits: list[Visit] = []
    try:
        for email in emails:
            visit = await sign_in(url, email, people.PASSWORD)
            visits.append(visit)
        yield visits
    finally:
        await asyncio.gather(*(visit.leave() for visit in visits), return_exceptions=True)


def _welcome(url: str, ends: Sequence[str]) -> None:
    say(f"\nAdjugé is open:  {url}\n")
    say(f"Sign in with one of these; the password is always: {people.PASSWORD}")
    width = max(len(known.email) for known in SIGN_INS)
    for known in SIGN_INS:
        say(f"  {known.email:{width}}  {known.company}: {known.hint}")
    say(f"\nThe next auctions to end: {', '.join(ends)}; a bid in the last three minutes prolongs them.")
    say(f"Its mail goes nowhere; read it at {url}/demo/mails.")
    say("Ctrl-C ends all of it.")


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def say(line: str) -> None:
    """A line to the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
