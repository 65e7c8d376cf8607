"""From an empty directory to a house under load: stock and a dealer from the demonstration, traders from the command
line.

The demonstration fills the book and is closed again; `adjuge serve` opens on what it left. Traders are added with
`adjuge user add` and make their own API tokens. No table is touched and nothing of ours is imported.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from loadtests.doors import Door
from loadtests.houses import House, Tokens, free_port, may_be_sold, running
from loadtests.processes import CrowdFault

BIDDING_TRADERS: Final = 16
READING_TRADERS: Final = 12
"""Each may have 200 sockets: enough for 2,000 readers and those that warm the house up."""

COMMANDS_PER_SECOND: Final = 1_000
"""What the house allows a connection here, instead of 20: 64 people cannot make a storm, 64 programs can."""

_PASSWORD: Final = "the crowd's own"  # noqa: S105 - of accounts that live as long as the run
_COMMAND: Final = str(Path(sys.executable).parent / "adjuge")
_USUAL_DATABASE: Final = "adjuge_usual_design"
_HANDS: Final = 4
_SIRET_DIGITS: Final = 14


@dataclass(frozen=True, slots=True)
class _Trader:
    email: str
    siret: str


@contextmanager
def opened_house(directory: Path) -> Iterator[House]:
    """The real house on a fresh book in `directory` (or in the database of DATABASE_URL), with its traders."""
    count = BIDDING_TRADERS + READING_TRADERS
    traders = [_Trader(f"trader{n}@crowd.example", siret(n)) for n in range(1, count + 1)]
    port = free_port()
    log = directory / "adjuge.log"
    data = ("--data", str(directory))
    with running([_COMMAND, "demo", *data, "--port", str(port)], port, log):
        dealer, group = _sign_in_dealer(port)
        entities = dealer.get("/api/me")["entities"]
        stock = Counter(
            one["entity"] for one in dealer.get("/api/vehicles?free=true&limit=500")["items"] if may_be_sold(one)
        )
        entity = max(entities, key=lambda one: stock[one["id"]])
        site = dealer.get(f"/api/sites?entity={entity['id']}")["items"][0]
        place = ("--group", group["company"], "--entity", entity["name"], "--site", site["name"])
        with ThreadPoolExecutor(_HANDS) as hands:
            list(hands.map(lambda trader: _add(trader, (*place, "--city", site["city"], *data)), traders))
    limits = {f"ADJUGE_COMMANDS_{limit}": str(COMMANDS_PER_SECOND) for limit in ("PER_SECOND", "BURST")}
    with running([_COMMAND, "serve", *data, "--port", str(port)], port, log, limits) as pid:
        dealer = Door(port)
        dealer.sign_in(group["email"], group["password"])
        with ThreadPoolExecutor(_HANDS) as hands:
            tokens = list(hands.map(lambda trader: _token(port, trader), traders))
        yield House(
            port, pid, dealer, entity["id"], Tokens(tuple(tokens[:BIDDING_TRADERS]), tuple(tokens[BIDDING_TRADERS:]))
        )


def usual_database_url(directory: Path) -> str:
    """The address of a database for the usual design, on the very PostgreSQL that the house runs on."""
    if url := os.environ.get("DATABASE_URL"):
        return urlunsplit(urlsplit(url)._replace(path=f"/{_USUAL_DATABASE}"))
    # What PostgreSQL itself notes of a running server: the port in line 4, the socket's directory in line 5.
    noted = (directory / "postgres" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://adjuge@/{_USUAL_DATABASE}?host={noted[4]}&port={noted[3]}"


def siret(number: int) -> str:
    """A number of 14 digits that checks (Luhn), of a company that does not exist."""
    for check in range(10):
        digits = f"{number:0{_SIRET_DIGITS - 1}d}{check}"
        doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
        if sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0:
            return digits
    raise AssertionError(number)


def _sign_in_dealer(port: int) -> tuple[Door, dict[str, Any]]:
    door = Door(port)
    shown = door.get("/api/demo")["sign_ins"]
    dealer = next(one for one in shown if one["role"] == "dealer")
    door.sign_in(dealer["email"], dealer["password"])
    return door, dealer


def _add(trader: _Trader, arguments: tuple[str, ...]) -> None:
    name = trader.email.partition("@")[0]
    command = [
        _COMMAND, "user", "add", "--role", "trader", "--email", trader.email, "--name", name, "--company", name,
        "--siret", trader.siret, *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, check=False, input=_PASSWORD, capture_output=True, text=True)  # noqa: S603 - ours
    if done.returncode != 0 and "has an account" not in done.stderr:
        raise CrowdFault(f"adjuge user add: {done.stderr.strip()}")


def _token(port: int, trader: _Trader) -> str:
    door = Door(port)
    door.sign_in(trader.email, _PASSWORD)
    return str(door.post("/api/tokens", {"name": "crowd"})["token"])
