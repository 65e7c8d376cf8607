"""`python -m loadtests`: open a house, put it under load, print what it carries beside the usual design. Bounded, on
127.0.0.1 alone, and gone when it ends.

Exit code 0 when the run came to its end, 1 when the crowd itself failed or, with --strict, when a target was missed.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Final

import asyncpg

from loadtests.figures import Comparison, heading, said
from loadtests.houses import House, UsualHouse, usual_house
from loadtests.opening import opened_house, usual_database_url
from loadtests.processes import CrowdFault, allow_many_sockets
from loadtests.scenarios import crowd, hot_lot, idle, last_seconds

SCENARIOS: Final = ("idle", "crowd", "hot-lot", "hot-lot-alone", "last-seconds")


def main() -> int:
    """Run the scenarios that are asked for; all of them if none is."""
    asked = _arguments()
    allow_many_sockets()
    try:
        with tempfile.TemporaryDirectory(prefix="adjuge-bench-") as directory:
            place = asked.keep or Path(directory)
            place.mkdir(parents=True, exist_ok=True)
            kept = _run(asked, place)
    except CrowdFault as fault:
        said(f"the run failed: {fault}")
        return 1
    return 0 if kept or not asked.strict else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m loadtests", description=__doc__)
    parser.add_argument("scenario", nargs="*", choices=[*SCENARIOS, []], default=[], help="; ".join(SCENARIOS))
    parser.add_argument("--pairs", type=int, default=3, help="how often the two sides of a comparison take turns (3)")
    parser.add_argument("--readers", type=int, default=crowd.READERS, help="readers of the crowd (2000)")
    parser.add_argument("--keep", metavar="DIR", type=Path, help="leave the book and the server's log in DIR")
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    asked = parser.parse_args()
    asked.scenario = asked.scenario or list(SCENARIOS)
    return asked


def _run(asked: argparse.Namespace, directory: Path) -> bool:
    said("Opening a house on a fresh book, and the usual design on the same PostgreSQL …")
    with opened_house(directory) as house:
        url = usual_database_url(directory)
        asyncio.run(_make_database(url))
        with usual_house(url) as usual:
            comparisons, held = [], []
            for scenario in asked.scenario:
                outcome = _play(scenario, house, usual, asked)
                if isinstance(outcome, bool):
                    held.append((scenario, outcome))
                else:
                    comparisons += outcome
    heading("in short")
    for comparison in comparisons:
        said(f"  {comparison}")
    for scenario, all_held in held:
        said(f"  {scenario}: {'kept' if all_held else 'MISSED'}")
    return all(comparison.kept for comparison in comparisons) and all(all_held for _, all_held in held)


def _play(scenario: str, house: House, usual: UsualHouse, asked: argparse.Namespace) -> bool | list[Comparison]:
    match scenario:
        case "idle":
            return idle.idle(house, connections=asked.readers)
        case "crowd":
            return crowd.crowd(house, readers=asked.readers, pairs=asked.pairs)
        case "hot-lot":
            return hot_lot.hot_lot(house, usual, readers=hot_lot.READERS, pairs=asked.pairs)
        case "hot-lot-alone":
            return hot_lot.hot_lot(house, usual, readers=0, pairs=asked.pairs)
        case _:
            return last_seconds.last_seconds(house, readers=last_seconds.READERS)


async def _make_database(url: str) -> None:
    """An empty database for the usual design."""
    base, _, options = url.partition("?")
    server, _, name = base.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres" + (f"?{options}" if options else ""))
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()


if __name__ == "__main__":
    sys.exit(main())
