"""A real house in demonstration mode, on its own PostgreSQL and port, and real browsers to visit it.

One house and one Chromium for all tests here; every visitor is a browser context of its own, with its own cookies. A
visit fails its test if its page logs an error or a warning.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.e2e.way import Way

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
PASSWORD = "demonstration"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEALER = "direction@valserine.example"
FIRST_TRADER = "encheres@bonneoccaze.example"
SECOND_TRADER = "contact@auto71.example"
DESK = (1280, 860)
PHONE = (390, 844)
PATIENCE_MS = 30_000
READY_SECONDS = 120

#: What a browser logs by itself when a test takes its network away.
_EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED")


class House(Struct, frozen=True):
    """A running demonstration."""

    address: str


@contextmanager
def running(data: Path, **settings: str) -> Iterator[House]:
    """`adjuge demo` on a port of its own with these settings, stopped in order at the end."""
    assert (ROOT / "web/dist/index.html").exists(), "the pages are not built: make build"
    command = [sys.executable, "-m", "server.cli", "demo", "--port", "0", "--data", str(data)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **settings}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        address = None
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://[\w.:]+", line):
                address = found.group()
            if "Ctrl-C" in line:
                break
        assert address is not None, "".join(said)
        yield House(address)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=READY_SECONDS)


@pytest.fixture(scope="package")
def house(passing: Path) -> Iterator[House]:
    """The house that all tests here visit."""
    with running(passing / "house") as opened:
        yield opened


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser that scripts/chromium.sh found or installed. Its loop takes this thread: it ends with the package."""
    named = os.environ.get("CHROMIUM") or next(filter(_starts, filter(None, map(shutil.which, BROWSERS))), None)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])
        yield browser
        browser.close()


def _starts(program: str) -> bool:
    """Not the stub of a package that only asks for another."""
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


class Visitors:
    """Opens browsers, signs people in, and remembers what their pages complained of."""

    def __init__(self, house: House, chromium: Browser) -> None:
        self.house = house
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []
        self._ways = ExitStack()
        self._someone_left = False
        self.complaints: list[str] = []

    def arrive(
        self, *, size: tuple[int, int] = DESK, scheme: str = "light", language: str = "fr", at: str | None = None
    ) -> Page:
        """A new browser at the sign-in page; `at`: another address of the house than its own."""
        page = self._browser(size, scheme, language).new_page()
        self.listen(page)
        page.goto(at or self.house.address)
        return page

    def sign_in(
        self,
        email: str,
        *,
        size: tuple[int, int] = DESK,
        scheme: str = "light",
        language: str = "fr",
        at: str | None = None,
        touch: bool = False,
    ) -> Page:
        """A new browser, signed in at the door, on the first page; `touch`: its screen feels fingers."""
        address = at or self.house.address
        page = self._browser(size, scheme, language, touch=touch).new_page()
        self.listen(page)
        origin = "/".join(address.split("/")[:3])
        credentials = {"email": email, "password": PASSWORD}
        answer = page.request.post(f"{address}/api/sessions", data=credentials, headers={"Origin": origin})
        assert answer.ok, answer.text()
        page.goto(f"{address}/")
        expect(page.locator("main#main")).to_be_visible()
        return page

    def sign_out(self, page: Page) -> None:
        """Sign out through the page. What was still on its way, photos above all, is refused, and browsers log it."""
        self._someone_left = True
        page.locator("header summary").last.click()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page.get_by_role("heading", name="Connexion")).to_be_visible()

    def another_tab(self, page: Page) -> Page:
        """A second tab of the same browser, on the same page."""
        tab = page.context.new_page()
        self.listen(tab)
        tab.goto(page.url)
        return tab

    def listen(self, page: Page) -> None:
        """What this page complains of counts."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _browser(self, size: tuple[int, int], scheme: str, language: str, *, touch: bool = False) -> BrowserContext:
        context = self._chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            color_scheme="dark" if scheme == "dark" else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        context.add_init_script(f"localStorage['adjuge-language'] ??= '{language}'")
        self._contexts.append(context)
        return context

    def forgive(self, *expected: str) -> None:
        """What the test asked for, which browsers log by themselves (`status of 422`); nothing else is forgotten."""
        self.complaints[:] = [one for one in self.complaints if not any(words in one for words in expected)]

    def way(self) -> Way:
        """A way to the house that can be held back; it is there as long as the browsers that may use it."""
        return self._ways.enter_context(Way(self.house.address).opened())

    def close(self) -> None:
        """Everybody goes, and only then the ways that they came."""
        for context in self._contexts:
            context.close()
        self._ways.close()

    def _heard(self, message: ConsoleMessage) -> None:
        text = f"{message.text} {message.location.get('url', '')}"
        if self._someone_left and "status of 401" in text:
            return
        if message.type in {"error", "warning"} and not _EXPECTED.search(text):
            self.complaints.append(text)


@pytest.fixture
def visitors(house: House, chromium: Browser) -> Iterator[Visitors]:
    """Browsers for one test; none of their pages may have complained."""
    opened = Visitors(house, chromium)
    yield opened
    opened.close()
    assert not opened.complaints


class Doors:
    """The HTTP doors for one person, as a program uses them."""

    def __init__(self, house: House, email: str) -> None:
        self._address = house.address
        self._headers = {"Origin": house.address}
        self.published: list[int] = []
        self.ask("POST", "/api/sessions", {"email": email, "password": PASSWORD})

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One request; what the door refuses is raised as `HTTPError`."""
        return self.send(method, path, None if body is None else json.dumps(body).encode(), "application/json")

    def send(self, method: str, path: str, data: bytes | None, media_type: str) -> dict[str, Any]:
        """One request with a file as it is."""
        headers = {**self._headers, "Content-Type": media_type}
        request = Request(self._address + path, data, headers, method=method)  # noqa: S310 - our own house
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own house
            if cookie := answer.headers.get("Set-Cookie"):
                self._headers["Cookie"] = cookie.partition(";")[0]
            told: dict[str, Any] = json.loads(answer.read() or "{}")
        return told


@pytest.fixture(scope="package")
def dealers_own(house: House) -> Doors:
    """The dealer, signed in once for all tests."""
    return Doors(house, DEALER)


@pytest.fixture
def dealer_doors(dealers_own: Doors) -> Iterator[Doors]:
    """The dealer's HTTP doors. What a test published and nobody bid on goes with it: vehicles are few, lists short."""
    yield dealers_own
    while dealers_own.published:
        with suppress(HTTPError):  # somebody has bid, or it is over
            dealers_own.ask("POST", f"/api/auctions/{dealers_own.published.pop()}/cancellation")


def fill_in_sign_in(page: Page, email: str) -> None:
    """Sign in through the page."""
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("main#main")).to_be_visible()


def free_vehicles(doors: Doors) -> list[dict[str, Any]]:
    """Vehicles that can be sold now (§4.3, §4.4). The demonstration's own dealer chooses among them too."""
    return [
        vehicle
        for vehicle in doors.ask("GET", "/api/vehicles?free=true&limit=500")["items"]
        if vehicle["status"] == "sales_stock"
        and vehicle["destination"] == "trade"
        and vehicle["matched"]
        and not vehicle["reserved"]
        and vehicle["auction"] is None
        and vehicle["card"]["trade_price"] is not None
    ]


SALEABLE = {
    "make": "RENAULT",
    "model": "CLIO",
    "colour": "Gris",
    "interior_colour": "Noir",
    "origin": "Reprise",
    "entered_at": "2026-01-05",
    "first_registration": "2019-03-14",
    "mileage_km": 64_200,
    "co2_g_km": 112,
    "destination": "trade",
    "trade_sale_authorised": True,
    "purchase_price": "4000.00",
    "trade_price": "5000.00",
}


def _entered(doors: Doors) -> dict[str, Any]:
    """One more vehicle that can be sold (§4.2, §4.3), where others stand already."""
    site = doors.ask("GET", "/api/vehicles?limit=1&status=sales_stock")["items"][0]["site"]
    number = 100 + len(doors.ask("GET", "/api/vehicles?limit=500")["items"])
    own = {"plate": f"ZZ{number}ZZ", "vin": f"VF1ZZZZZ500000{number}", "police_book_number": f"Z{number}"}
    made = doors.ask("POST", "/api/vehicles", {**SALEABLE, **own, "site": site})
    doors.ask("POST", f"/api/vehicles/{made['id']}/status", {"status": "sales_stock"})
    return next(vehicle for vehicle in free_vehicles(doors) if vehicle["id"] == made["id"])


def publish(doors: Doors, traders: tuple[str, ...], *, duration_seconds: int, **terms: object) -> int:
    """Publishes a vehicle at 5,000.00, reserve 5,150.00, to these traders alone, by company name; gives the id.

    Where none is left that can be sold, one more is entered first.
    """
    for vehicle in free_vehicles(doors):
        with suppress(HTTPError):  # taken by the demonstration's dealer in this very moment: the next
            return _published(doors, vehicle, traders, {"duration_seconds": duration_seconds, **terms})
    return _published(doors, _entered(doors), traders, {"duration_seconds": duration_seconds, **terms})


def _published(doors: Doors, vehicle: dict[str, Any], traders: tuple[str, ...], terms: dict[str, Any]) -> int:
    connections = doors.ask("GET", "/api/connections")["items"]
    connected = [one for one in connections if one["entity"] == vehicle["entity"]]
    form = {
        "kind": "unit",
        "entity": vehicle["entity"],
        "site": vehicle["site"],
        "vehicles": [{"id": vehicle["id"], "starting_price": "5000.00", "reserve_price": "5150.00"}],
        "traders": [one["trader"] for one in connected if one["name"] in traders],
        "minimum_increment": "100.00",
    }
    made: int = doors.ask("POST", "/api/auctions", form | terms)["id"]
    doors.published.append(made)
    return made


def bids_of(doors: Doors, auction: int) -> list[str]:
    """The bids that stand in the book, as the dealer reads them: their amounts, in order."""
    items = doors.ask("GET", f"/api/auctions/{auction}/history?limit=1000")["items"]
    return [one["amount"] for one in items if one["event"] == "bid"]
