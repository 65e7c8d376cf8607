"""The composition root: the only file that constructs the house and joins its parts, and the order of its stop.

Started from outside in (port, database, book, house, doors), stopped so that nothing taken goes unsaid: no new
connections, what was taken is written and answered, clients are told to come back, then the book and its server.
"""

import asyncio
import os
import random
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeAlias

import structlog
import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from engine.catalogue import Catalogue
from persistence.database import Database
from persistence.live.postgres import PostgresBook
from server.auth.identification import Identification
from server.auth.passwords import Passwords
from server.auth.throttle import FAILURES_PER_ADDRESS, FAILURES_PER_EMAIL, Throttle
from server.catalogue import read_catalogue
from server.clock import Clock, SystemClock
from server.directory import directory_of
from server.errors import CloseCode
from server.figures import keep_figures
from server.garbage import collect_seldom
from server.http.arrival import PatientHttp
from server.http.documents import document_routes
from server.http.doors import DemoSignIn, HttpDoors
from server.http.pages import Pages
from server.http.routes import NOTHING_ELSE, starlette_routes
from server.http.shield import Shield
from server.images import Images
from server.keeping import reached, serving_alone, usable
from server.live.door import live_endpoint
from server.live.edge import Edge, websocket_settings
from server.live.house import House
from server.live.messages import Limits
from server.live.notifications import Crier
from server.live.presence import Presence
from server.live.removals import make_removals_good
from server.live.session import Doors
from server.notices.office import Office
from server.settings import Settings, StartRefused
from server.stock_watch import watch_stock
from server.storage import storage_of
from server.telemetry import Telemetry, configure_logging

PAGES: Final = Path(__file__).resolve().parents[1] / "web" / "dist"
REQUESTS_SECONDS: Final = 5
"""How long a stop waits for requests under way."""
HOUSE_SECONDS: Final = 15
FAREWELL_SECONDS: Final = 5
ABANDON_SECONDS: Final = 2
FIRST_RETURN_SECONDS: Final = 1.0
RETURN_SPREAD_SECONDS: Final = 3.0
"""Clients come back spread over this time, not all at once."""
BACKLOG: Final = 2_048
STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Prepare: TypeAlias = Callable[[Database, PostgresBook], Awaitable[None]]
OnReady: TypeAlias = Callable[[str], Awaitable[None]]
_log = structlog.get_logger("adjuge")


class Running(Struct, frozen=True):
    """A house that is open."""

    url: str
    port: int
    edge: Edge
    house: House
    book: PostgresBook
    presence: Presence
    doors: HttpDoors
    application: Starlette


async def serve(
    settings: Settings,
    *,
    prepare: Prepare | None = None,
    on_ready: OnReady | None = None,
    sign_ins: tuple[DemoSignIn, ...] | None = None,
) -> int:
    """Open the house and keep it open until SIGTERM or Ctrl-C; gives the exit code. Raises StartRefused.

    `prepare` may fill the book before the house reads it; `on_ready` runs once the port listens, until the stop;
    `sign_ins` are a demonstration's, told to anyone. A second signal ends the stop at once.
    """
    configure_logging(settings.log_level)
    stop = asyncio.Event()
    task = asyncio.current_task()
    assert task is not None
    signals = _Signals(stop, task)
    try:
        async with opened(settings, prepare=prepare, sign_ins=sign_ins) as running:
            collect_seldom()
            _log.info("open", url=running.url)
            await _until(stop, on_ready, running.url)
            _log.info("closing")
    except asyncio.CancelledError:
        return 128 + signal.SIGINT
    finally:
        signals.restore()
    _log.info("closed")
    return 0


class _Parts(Struct, frozen=True):
    """What may be given instead of the usual."""

    clock: Clock
    passwords: Passwords
    sign_ins: tuple[DemoSignIn, ...] | None
    catalogue: Catalogue


class _Signals:
    """SIGTERM, Ctrl-C, SIGHUP: the first asks for an orderly stop, the second gives it up, the third ends."""

    def __init__(self, stop: asyncio.Event, task: "asyncio.Task[object]") -> None:
        self._stop, self._task = stop, task
        self._loop = asyncio.get_running_loop()
        for number in STOPS:
            self._loop.add_signal_handler(number, self._told)
        self._count = 0

    def _told(self) -> None:
        self._count += 1
        match self._count:
            case 1:
                self._stop.set()
            case 2:
                self._task.cancel()
            case _:
                os._exit(128 + signal.SIGINT)

    def restore(self) -> None:
        """Leave the signals to Python again."""
        for number in STOPS:
            self._loop.remove_signal_handler(number)


async def _until(stop: asyncio.Event, on_ready: OnReady | None, url: str) -> None:
    """Wait for the stop; what runs beside the house ends first, and its failure is a stop too."""
    stopping = asyncio.ensure_future(stop.wait())
    beside = None if on_ready is None else asyncio.ensure_future(on_ready(url))
    try:
        if beside is not None:
            await asyncio.wait((stopping, beside), return_when=asyncio.FIRST_COMPLETED)
            if beside.done():
                beside.result()
        await stopping
    finally:
        for task in (stopping, beside):
            if task is not None and not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    prepare: Prepare | None = None,
    sign_ins: tuple[DemoSignIn, ...] | None = None,
    clock: Clock | None = None,
    passwords: Passwords | None = None,
) -> AsyncIterator[Running]:
    """The house, open and listening until the end of the block, then stopped in order. Raises StartRefused."""
    async with AsyncExitStack() as stack:
        catalogue = read_catalogue(settings.catalogue)
        listening = _bound(settings)
        stack.callback(listening.close)
        settings = settings.listening_at(listening.getsockname()[1])
        database = await stack.enter_async_context(reached(settings))
        stack.enter_context(serving_alone(settings))
        book = PostgresBook(database)
        with usable():
            await book.open()
        stack.push_async_callback(book.close)
        if prepare is not None:
            await prepare(database, book)
        parts = _Parts(clock or SystemClock(), passwords or Passwords(), sign_ins, catalogue)
        async with _served(settings, book, listening, parts) as running:
            yield running


@asynccontextmanager
async def _served(
    settings: Settings, book: PostgresBook, listening: socket.socket, parts: _Parts
) -> AsyncIterator[Running]:
    edge, presence, telemetry = Edge(), Presence(), Telemetry()
    clock = parts.clock
    office = Office(settings, book.database, clock, Crier(presence).tell)
    house = House(book, clock, presence, office.wake)
    server: uvicorn.Server | None = None
    live = Doors(
        house, presence, clock, Limits(commands_per_second=settings.commands_per_second, burst=settings.commands_burst)
    )
    doors = HttpDoors(
        settings=settings,
        database=book.database,
        book=book,
        house=house,
        presence=presence,
        clock=clock,
        identification=Identification(book.database, clock, settings.origins),
        passwords=parts.passwords,
        email_throttle=Throttle(FAILURES_PER_EMAIL),
        address_throttle=Throttle(FAILURES_PER_ADDRESS),
        telemetry=telemetry,
        office=office,
        directory=directory_of(settings),
        storage=storage_of(settings),
        images=Images(),
        catalogue=parts.catalogue,
        is_ready=lambda: house.is_well and server is not None and not server.should_exit,
        sign_ins=parts.sign_ins if settings.demonstration else None,
    )
    keep_figures(telemetry, book, house, presence, edge, live)
    office.show(telemetry.gauges)
    application = _application(doors, live)
    server = uvicorn.Server(_configuration(settings, application, edge))
    await house.open()
    await make_removals_good(house, book.database)
    telemetry.start()
    ticking = await _listen(server, listening)
    await office.open()
    watching = asyncio.create_task(watch_stock(book.database, clock, office.wake))
    try:
        port = settings.port
        yield Running(_url(settings.host, port), port, edge, house, book, presence, doors, application)
    finally:
        server.should_exit = True
        try:
            await ticking
            await server.shutdown(sockets=[listening])
            await _farewell(house, presence, edge)
            await office.close()
        except asyncio.CancelledError:
            office.abandon()
            await _abandon(house, edge)
            raise
        finally:
            for task in (watching, *doors.tasks, *server.server_state.tasks):
                task.cancel()
            telemetry.stop()
            await doors.directory.close()


async def _listen(server: uvicorn.Server, listening: socket.socket) -> "asyncio.Task[None]":
    """Run uvicorn without its own signals and lifespan: both are ours."""
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup(sockets=[listening])
    return asyncio.create_task(server.main_loop())


async def _farewell(house: House, presence: Presence, edge: Edge) -> None:
    """Say all that was taken, tell every client to come back, and wait until they have gone."""
    with suppress(TimeoutError):
        await asyncio.wait_for(house.close(), HOUSE_SECONDS)
    for present in presence:
        after = FIRST_RETURN_SECONDS + RETURN_SPREAD_SECONDS * random.random()  # noqa: S311 - spreads, hides nothing
        present.farewell(CloseCode.GOING_DOWN, "going down", round(after, 1))
    for live_socket in edge:
        live_socket.close(CloseCode.GOING_DOWN, "going down")
    with suppress(TimeoutError):
        await asyncio.wait_for(edge.emptied(), FAREWELL_SECONDS)
    for live_socket in edge:
        live_socket.abort()


async def _abandon(house: House, edge: Edge) -> None:
    """A stop that was given up: what is taken is still written, nobody is waited for."""
    for live_socket in edge:
        live_socket.abort()
    with suppress(TimeoutError):
        await asyncio.wait_for(house.close(), ABANDON_SECONDS)


def _application(doors: HttpDoors, live: Doors) -> Starlette:
    pages = Pages(PAGES)
    return Starlette(
        routes=[
            WebSocketRoute("/live", live_endpoint(live, doors.identification.of_socket)),
            *starlette_routes(doors),
            *document_routes(version("adjuge"), doors.settings.root_path),
            NOTHING_ELSE,
            Route("/{path:path}", pages.serve, methods=None),
        ],
        middleware=[Middleware(Shield)],
    )


def _configuration(settings: Settings, application: Starlette, edge: Edge) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=PatientHttp,
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        root_path=settings.root_path,
        backlog=BACKLOG,
        timeout_graceful_shutdown=REQUESTS_SECONDS,
        **websocket_settings(edge),
    )


def _bound(settings: Settings) -> socket.socket:
    """The port, taken but not yet listening: nobody is let wait while the house is made ready."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as fault:
        bound.close()
        raise StartRefused(
            f"{settings.host}:{settings.port} cannot be listened on: {fault.strerror or fault}"
        ) from fault
    return bound


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - read, not bound
    return f"http://{shown}:{port}"
