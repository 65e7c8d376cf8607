"""`python -m tests.lists`: how long each list of a full house takes to answer, beside the bare SQL for its page.

The server's own time is what it tells its operators at /metrics: from a request that is there to an answer that is
written, who asks and every statement included. Beside it stands what the reader waits over HTTP, here with an httpx
that takes some milliseconds for itself. The house, its PostgreSQL and the reader share this machine. Ends with 1 if the
median of the server's time of any list is above the target. `--only offers --only q=` measures those lists whose line
holds one of these.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

import uvloop
from msgspec import Struct
from prometheus_client.parser import text_string_to_metric_families

from persistence.embedded import EmbeddedPostgres
from persistence.migrations.migrate import migrate
from server.garbage import collect_seldom
from tests.lists.filling import AUCTIONS, VEHICLES, fill
from tests.server.houses import Persona, World, peopled

TARGET_MILLISECONDS: Final = 50
_STOCK: Final = "FROM vehicles WHERE entity_id = ANY ($1) AND status <> 'released'"
_DEALER_AUCTIONS: Final = "FROM auctions WHERE entity_id = ANY ($1)"
_TRADER_AUCTIONS: Final = "FROM auctions JOIN auction_audience ON auction_id = auctions.id WHERE trader_id = ANY ($1)"
_OFFERS: Final = "FROM offers WHERE entity_id = ANY ($1)"
_BOUGHT: Final = "FROM offers WHERE trader_id = ANY ($1)"
_HISTORY: Final = "FROM audit WHERE entity_id = ANY ($1)"
_TOLD: Final = "FROM notifications WHERE entity_id = ANY ($1)"


class List(Struct, frozen=True):
    """A list, who reads it, and the bare query for its page; `$1` are the reader's entities, or the trader."""

    address: str
    bare: str
    is_traders: bool = False

    @property
    def line(self) -> str:
        """Who reads it, and where."""
        return f"{'trader' if self.is_traders else 'dealer'}: /api/{self.address}"


LISTS: Final = (
    List("vehicles", f"SELECT * {_STOCK} ORDER BY make, model, id LIMIT 100"),
    List("vehicles?limit=500", f"SELECT * {_STOCK} ORDER BY make, model, id LIMIT 500"),
    List("vehicles?page=400", f"SELECT * {_STOCK} ORDER BY make, model, id LIMIT 100 OFFSET 39900"),
    List("vehicles?sort=-trade_price", f"SELECT * {_STOCK} ORDER BY trade_price_cents DESC NULLS LAST, id LIMIT 100"),
    List("vehicles?sort=-days_in_stock", f"SELECT * {_STOCK} ORDER BY entered_at, id LIMIT 100"),
    List("vehicles?sort=mileage_km", f"SELECT * {_STOCK} ORDER BY mileage_km, id LIMIT 100"),
    List("vehicles?sort=colour", f"SELECT * {_STOCK} ORDER BY colour, id LIMIT 100"),
    List("vehicles?q=mokka%20energie", f"SELECT * {_STOCK} AND search_text LIKE '%mokka%' LIMIT 100"),
    List("vehicles?q=P1-012345", f"SELECT * {_STOCK} AND search_text LIKE '%p1012345%' LIMIT 100"),
    List("vehicles?q=c3", f"SELECT * {_STOCK} AND search_text LIKE '%c3%' LIMIT 100"),
    List("vehicles?make=peugeot", f"SELECT * {_STOCK} AND make = 'PEUGEOT' ORDER BY make, model, id LIMIT 100"),
    List(
        "vehicles?energy=diesel&trade_price_max=15000&mileage_km_max=80000",
        f"SELECT * {_STOCK} AND energy = 'diesel' AND trade_price_cents <= 1500000 AND mileage_km <= 80000 LIMIT 100",
    ),
    List("vehicles?status=sales_stock", f"SELECT * {_STOCK} AND status = 'sales_stock' ORDER BY make, model LIMIT 100"),
    List("vehicles?free=true", f"SELECT * {_STOCK} AND status = 'sales_stock' AND trade_price_cents > 0 LIMIT 100"),
    List("vehicles?known=photos", f"SELECT * {_STOCK} AND id IN (SELECT vehicle_id FROM vehicle_photos) LIMIT 100"),
    List("auctions", f"SELECT * {_DEALER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20"),
    List("auctions?page=400", f"SELECT * {_DEALER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20 OFFSET 7980"),
    List("auctions?state=won", f"SELECT * {_DEALER_AUCTIONS} AND result = 'won' ORDER BY ends_at DESC LIMIT 20"),
    List("auctions?q=mokka", f"SELECT * {_DEALER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20"),
    List("auctions", f"SELECT * {_TRADER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20", is_traders=True),
    List("auctions?state=won", f"SELECT * {_TRADER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20", is_traders=True),
    List("auctions?q=mokka", f"SELECT * {_TRADER_AUCTIONS} ORDER BY ends_at DESC LIMIT 20", is_traders=True),
    List("offers", f"SELECT * {_OFFERS} ORDER BY id DESC LIMIT 50"),
    List("offers?q=mokka", f"SELECT * {_OFFERS} ORDER BY id DESC LIMIT 50"),
    List("offers?status=ordered&page=50", f"SELECT * {_OFFERS} AND status = 'ordered' ORDER BY id DESC LIMIT 50"),
    List("deliveries", "SELECT * FROM deliveries WHERE entity_id = ANY ($1) ORDER BY scheduled_at DESC LIMIT 50"),
    List("deliveries/due", "SELECT * FROM orders WHERE entity_id = ANY ($1) ORDER BY delivery_on LIMIT 50"),
    List("purchases", f"SELECT * {_BOUGHT} ORDER BY id DESC LIMIT 50", is_traders=True),
    List("purchases?q=mokka", f"SELECT * {_BOUGHT} ORDER BY id DESC LIMIT 50", is_traders=True),
    List("purchases?state=delivered", f"SELECT * {_BOUGHT} ORDER BY id DESC LIMIT 50", is_traders=True),
    List("history", f"SELECT * {_HISTORY} ORDER BY id DESC LIMIT 50"),
    List("history?subject=offer", f"SELECT * {_HISTORY} AND subject = 'offer' ORDER BY id DESC LIMIT 50"),
    List("history?user=1", f"SELECT * {_HISTORY} AND user_id = 1 ORDER BY id DESC LIMIT 50"),
    List("history?to=2026-01-01T00:00:00Z", f"SELECT * {_HISTORY} AND at < '2026-01-01' ORDER BY id DESC LIMIT 50"),
    List("history", "SELECT * FROM audit WHERE group_id IS NULL ORDER BY id DESC LIMIT 50", is_traders=True),
    List("traders", "SELECT * FROM trader_companies ORDER BY legal_name LIMIT 50"),
    List("traders?q=lefevre", "SELECT * FROM trader_companies WHERE legal_name ILIKE '%lefevre%' LIMIT 50"),
    List("connections", "SELECT * FROM connections WHERE entity_id = ANY ($1) ORDER BY id LIMIT 50"),
    List("connections?q=garage", "SELECT * FROM connections WHERE entity_id = ANY ($1) ORDER BY id LIMIT 50"),
    List("invitations", "SELECT * FROM invitations ORDER BY id DESC LIMIT 50"),
    List("mailing-lists", "SELECT * FROM mailing_lists WHERE entity_id = ANY ($1) ORDER BY title"),
    List("audiences?entity={entity}", "SELECT * FROM connections WHERE entity_id = ANY ($1) LIMIT 50"),
    List("dealers", "SELECT * FROM connections WHERE trader_id = ANY ($1) LIMIT 50", is_traders=True),
    List("notifications", f"SELECT * {_TOLD} ORDER BY notice_id DESC LIMIT 50"),
    List("notifications?unread=true", f"SELECT * {_TOLD} AND read_at IS NULL ORDER BY notice_id DESC LIMIT 50"),
    List("dead-letters", "SELECT * FROM mails WHERE status = 'dead' ORDER BY id DESC LIMIT 50"),
    List("saved-searches", "SELECT * FROM saved_searches ORDER BY name"),
    List("users", "SELECT * FROM users JOIN memberships ON user_id = id WHERE entity_id = ANY ($1) LIMIT 50"),
    List("user-groups", "SELECT * FROM user_groups WHERE entity_id = ANY ($1) LIMIT 50"),
    List("user-invitations", "SELECT * FROM user_invitations WHERE entity_id = ANY ($1) ORDER BY id DESC LIMIT 50"),
    List("sites", "SELECT * FROM sites WHERE entity_id = ANY ($1)"),
    List("entities", "SELECT * FROM entities WHERE id = ANY ($1)"),
    List("groups", "SELECT * FROM groups"),
    List("sessions", "SELECT * FROM sessions"),
    List("tokens", "SELECT * FROM api_tokens"),
    List("vehicles/columns", "SELECT 1"),
    List("catalogue/makes", "SELECT 1"),
    List("catalogue/models?make=renault", "SELECT 1"),
    List("bidders", "SELECT 1"),
    List("vehicles/choices?field=energy", f"SELECT energy, count(*) {_STOCK} GROUP BY energy"),
    List("vehicles/2/photos", "SELECT * FROM vehicle_photos WHERE vehicle_id = 2"),
    List("vehicles/2/files", "SELECT * FROM vehicle_files WHERE vehicle_id = 2"),
    List("traders/{trader}/purchases", "SELECT * FROM offers WHERE entity_id = ANY ($1) ORDER BY id DESC LIMIT 50"),
)


async def _median(times: int, once: Callable[[], Awaitable[object]]) -> float:
    await once()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        await once()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1_000


async def _spent_seconds(world: World) -> float:
    """What the server says that its answers took, all together; that to this question is not among them."""
    figures = (await world.http.get("/metrics")).raise_for_status().text
    return sum(
        sample.value
        for family in text_string_to_metric_families(figures)
        for sample in family.samples
        if sample.name == "adjuge_http_seconds_sum" and sample.labels["route"] != "GET /metrics"
    )


class Timed(Struct, frozen=True):
    """Milliseconds at the median: of the server, of the reader who waits, and of the bare query."""

    server: float
    answer: float
    bare: float


async def _timed(world: World, one: List, times: int) -> Timed:
    reader: Persona = world.anne if one.is_traders else world.dealer
    whose = [reader.company_id] if one.is_traders else [world.entity, world.sister]

    address = f"/api/{one.address.format(entity=world.entity, trader=world.anne.company_id)}"

    async def answer() -> None:
        (await world.http.get(address, headers=reader.bearer)).raise_for_status()

    async with world.database.acquire() as connection:
        bare = await _median(times, lambda: connection.fetch(one.bare, *([whose] if "$1" in one.bare else [])))
    own, answers = [], []
    await answer()
    for _ in range(times):
        before, began = await _spent_seconds(world), time.perf_counter()
        await answer()
        answers.append(time.perf_counter() - began)
        own.append(await _spent_seconds(world) - before)
    return Timed(statistics.median(own) * 1_000, statistics.median(answers) * 1_000, bare)


async def _measured(times: int, lists: Sequence[List]) -> int:
    with tempfile.TemporaryDirectory(prefix="adjuge-lists-") as directory:
        postgres = EmbeddedPostgres(Path(directory, "postgres"))
        await postgres.start()
        try:
            await migrate(postgres.dsn)
            async with peopled(postgres.dsn, data=Path(directory), log_level="error") as world:
                await fill(world, world.running.doors.clock.now())
                collect_seldom()  # as a house does that is opened to serve
                return await _printed(world, times, lists)
        finally:
            await postgres.stop()


async def _printed(world: World, times: int, lists: Sequence[List]) -> int:
    sys.stdout.write(f"{VEHICLES:,} vehicles, {AUCTIONS:,} ended auctions; ms at the median of {times}\n")
    sys.stdout.write(f"{'server':>8} {'answer':>8} {'bare SQL':>9}\n")
    slow = 0
    for one in lists:
        took = await _timed(world, one, times)
        mark = " SLOW" if took.server > TARGET_MILLISECONDS else ""
        slow += bool(mark)
        sys.stdout.write(f"{took.server:8.1f} {took.answer:8.1f} {took.bare:9.1f}  {one.line}{mark}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{slow} of {len(lists)} above the target of {TARGET_MILLISECONDS} ms\n")
    return min(slow, 1)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.lists", description=__doc__)
    parser.add_argument("--times", type=int, default=21, metavar="N", help="requests for each list (default: 21)")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="lists whose line holds it")
    given = parser.parse_args()
    lists = [one for one in LISTS if not given.only or any(text in one.line for text in given.only)]
    return uvloop.run(_measured(given.times, lists))


if __name__ == "__main__":
    sys.exit(main())
