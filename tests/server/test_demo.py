"""The demonstration in a real process: it opens on nothing, lives, ends on Ctrl-C, and goes on another day."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import psutil
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from server.demo.scenery import auctions, people
from server.demo.scenery.stock import VEHICLES
from server.demo.sign_ins import SIGN_INS

PATIENCE_SECONDS = 60
OPEN = "Adjugé is open:"
LAST_LINE = "Adjugé is closed."


class Running:
    """One `adjuge demo`."""

    def __init__(self, data: Path) -> None:
        command = [sys.executable, "-m", "server.cli", "demo", "--port", "0", "--data", str(data)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout is not None
        self.lines: list[str] = []
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith(OPEN):
                break
        assert self.lines[-1].startswith(OPEN), "".join(self.lines)
        self.url = self.lines[-1].removeprefix(OPEN).strip()

    @contextmanager
    def sign_in(self, email: str, password: str = people.PASSWORD) -> Iterator[httpx.Client]:
        """A client of this house with the session's cookie, which a client of plain HTTP would keep to itself."""
        with httpx.Client(base_url=self.url) as client:
            signed = client.post("/api/sessions", json={"email": email, "password": password})
            assert signed.status_code == 201, signed.text
            client.headers["Cookie"] = signed.headers["Set-Cookie"].partition(";")[0]
            yield client

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C; gives the exit code and what was said after the address."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said

    def kill(self) -> None:
        """Whatever a failed test left behind."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def demonstration(data: Path) -> Iterator[Running]:
    running = Running(data)
    yield running
    running.kill()


def listed(client: httpx.Client, **query: str) -> list[dict[str, object]]:
    answer = client.get("/api/auctions", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, object]] = answer.json()["items"]
    return items


def test_every_sign_in_that_is_told_can_sign_in(demonstration: Running) -> None:
    told = httpx.get(f"{demonstration.url}/api/demo").json()["sign_ins"]
    assert [known["email"] for known in told] == [known.email for known in SIGN_INS]
    for known in told:
        with demonstration.sign_in(known["email"], known["password"]) as client:
            me = client.get("/api/me").json()
            assert (me["role"], me["name"]) == (known["role"], known["name"])


def test_something_of_every_kind_is_there(demonstration: Running) -> None:
    with demonstration.sign_in(people.DEALER_ADMINISTRATOR.email) as dealer:
        states = {str(item["state"]) for item in listed(dealer)}
        assert {"open", "scheduled", "won", "partly_won", "not_won", "cancelled"} <= states
        running = listed(dealer, state="open")
        assert {item["kind"] for item in running} == {"unit", "lot"}
        figures = {item["number"]: (item["last_offers_total"], item["gain"]) for item in running}
        assert figures[36] == ("10790.00", "1491.84")
        assert figures[43] == ("20900.00", "306.37")
        assert len(dealer.get("/api/vehicles?limit=500").json()["items"]) >= len(VEHICLES)


def test_what_follows_a_sale_is_there_at_every_step(demonstration: Running) -> None:
    with demonstration.sign_in(people.DEALER_ADMINISTRATOR.email) as dealer:
        offers = dealer.get("/api/offers?limit=200").json()["items"]
        assert {"validated", "ordered", "cancelled"} <= {offer["status"] for offer in offers}
        deliveries = dealer.get("/api/deliveries").json()["items"]
        assert sorted((each["status"], each["invoice"] is not None) for each in deliveries) == [
            ("honoured", True),
            ("scheduled", False),
        ]
        assert dealer.get("/api/invitations").json()["total"] == 2


def test_a_trader_that_is_not_connected_sees_nothing(demonstration: Running) -> None:
    with demonstration.sign_in(people.NOT_CONNECTED.email) as trader:
        assert not listed(trader)


def test_a_scripted_bid_arrives_at_a_watching_socket(demonstration: Running) -> None:
    with demonstration.sign_in(people.BONNE_OCCAZE.email) as trader:
        token = trader.post("/api/tokens", json={"name": "watching"}).json()["token"]
        followed = [item["id"] for item in listed(trader, state="open")]
    live = demonstration.url.replace("http", "ws", 1) + "/live"
    headers = {"Authorization": f"Bearer {token}"}
    with connect(live, additional_headers=headers, subprotocols=[Subprotocol("adjuge.v1")], proxy=None) as line:
        for auction in followed:
            line.send(msgspec.json.encode({"type": "watch", "auction": auction}).decode())
        while True:
            heard = msgspec.json.decode(line.recv(timeout=PATIENCE_SECONDS))
            if any(entry.get("event") == "bid" for entry in [heard, *heard.get("events", ())]):
                break
    assert heard["auction"] in followed


def test_ctrl_c_ends_all_of_it_and_another_day_goes_on(demonstration: Running, data: Path) -> None:
    children = psutil.Process(demonstration.process.pid).children(recursive=True)
    code, said = demonstration.interrupt()
    assert code == 0, said
    assert said.rstrip().splitlines()[-1].startswith(LAST_LINE)
    assert "Traceback" not in said
    _, alive = psutil.wait_procs(children, timeout=PATIENCE_SECONDS)
    assert not alive
    assert not list(data.rglob("postmaster.pid"))

    again = Running(data)
    try:
        with again.sign_in(people.DEALER_ADMINISTRATOR.email) as dealer:
            numbers = [item["number"] for page in "12" for item in listed(dealer, page=page)]
            assert len(set(numbers)) == len(numbers)
            assert len(numbers) >= len(auctions.AUCTIONS)
            plates = [item["card"]["plate"] for item in dealer.get("/api/vehicles?limit=500").json()["items"]]
            assert len(set(plates)) == len(plates)
        assert again.interrupt()[0] == 0
    finally:
        again.kill()
