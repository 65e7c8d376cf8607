"""Pages of every list: one after the other they hold all that one long page holds, in its order, and tell one total.

What a list finds and who may read it, its own tests say; here only that its pages are those of one list.
"""

from collections.abc import AsyncIterator

import pytest

from server.http.door import Route, Who
from server.http.routes import ROUTES
from tests.server.houses import Copies, Persona, World, peopled
from tests.server.sales import ask, done, ordered, represented, scheduled, validated, won

PAGED = [
    route
    for route in ROUTES
    if route.method == "GET"
    and not route.ids
    and {"items", "total"} <= set(getattr(route.gives, "__struct_fields__", ()))
]
WORDS = {
    "/api/auctions": ("state=won", "q=clio"),
    "/api/vehicles": ("q=clio", "energy=diesel", "free=true", "known=trade_price", "make=renault&mileage_km_max=90000"),
    "/api/traders": ("q=a", "state=active", "sort=since"),
    "/api/connections": ("q=a", "state=active,invited,removed"),
    "/api/invitations": ("q=invited", "state=pending"),
    "/api/offers": ("q=clio", "status=ordered"),
    "/api/purchases": ("q=clio", "state=delivered", "state=reserved"),
}


@pytest.fixture(scope="module")
async def world(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A house with two or more of nearly everything that lists show."""
    async with peopled(copies(), data=tmp_path_factory.mktemp("data")) as it:
        await represented(it)
        for energy, mileage in (("diesel", 10_000), ("petrol", 95_000), ("diesel", 80_000)):
            await it.vehicle(energy=energy, mileage_km=mileage)
        for _ in range(2):
            await won(it)
            order = await ordered(it, await validated(it))
            delivery = await scheduled(it, order)
            report = {"honoured": True, "report": "ok"}
            await done(it, "POST", f"/api/deliveries/{delivery['id']}/declaration", report)
        await ordered(it, await validated(it, "1200.00", "1300.00"))
        for number, members in ((1, [it.anne]), (2, [it.bruno, it.anne])):
            traders = [member.company_id for member in members]
            await done(
                it, "POST", "/api/mailing-lists", {"entity": it.entity, "title": f"{number}", "traders": traders}
            )
            await done(it, "POST", "/api/invitations", {"entities": [it.entity], "email": f"{number}@invited.test"})
        gone = await ask(it, "DELETE", f"/api/connections/{await _connection(it, it.bruno)}")
        assert gone.status_code < 300, gone.text
        yield it


async def _connection(world: World, trader: Persona) -> int:
    lines = (await done(world, "GET", "/api/connections"))["items"]
    return next(int(line["id"]) for line in lines if line["trader"] == trader.company_id)


@pytest.mark.parametrize(
    ("route", "asked"),
    [(route, asked) for route in PAGED for asked in ("", *WORDS.get(route.path, ()))],
    ids=lambda value: value.path if isinstance(value, Route) else value or "all",
)
async def test_pages_are_those_of_one_list(world: World, route: Route, asked: str) -> None:
    """Whoever reads page after page reads each thing once; behind the last there is nothing, and the total stays."""
    for reader in (world.dealer, world.anne):
        if route.who is (Who.TRADER if reader is world.dealer else Who.DEALER):
            continue
        whole = await done(world, "GET", f"{route.path}?{asked}&limit=100", who=reader)
        assert whole["total"] == len(whole["items"]), "one page holds all"
        read = []
        for page in range(1, whole["total"] + 1):
            answer = await done(world, "GET", f"{route.path}?{asked}&limit=1&page={page}", who=reader)
            assert (answer["total"], answer["pages"]) == (whole["total"], max(1, whole["total"]))
            read += answer["items"]
        assert read == whole["items"]
        behind = await done(world, "GET", f"{route.path}?{asked}&limit=1&page={whole['total'] + 9}", who=reader)
        assert (behind["items"], behind["total"]) == ([], whole["total"])


async def test_the_house_has_something_on_its_lists(world: World) -> None:
    """Else the pages above would agree on nothing."""
    for path, words in WORDS.items():
        reader = world.anne if path == "/api/purchases" else world.dealer
        for asked in ("", *words):
            answer = await ask(world, "GET", f"{path}?{asked}", who=reader)
            assert answer.json()["total"] > 0, (path, asked)
