"""The reference catalogue: what is shipped, and a file in its place, which fits or stops the start (§4.3, §4.7)."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.catalogue import read_catalogue, shipped_catalogue
from server.demo.scenery.stock import VEHICLES
from server.settings import SettingRefused, StartRefused, read_settings
from tests.server.houses import Copies, peopled

SMALL = {"makes": [{"name": "BOLLORÉ", "models": {"passenger": ["BLUECAR"], "van": ["BLUEUTILITY"]}}]}


def test_ours_holds_the_makes_of_europe() -> None:
    """§4.3."""
    catalogue = shipped_catalogue()
    assert len(catalogue.makes) >= 45
    assert sum(len(make.models) for make in catalogue.makes) >= 400
    for make in (
        "Renault",
        "Peugeot",
        "Citroën",
        "Dacia",
        "Volkswagen",
        "Mercedes",
        "BMW",
        "Toyota",
        "Tesla",
        "Yamaha",
    ):
        assert catalogue.make(make) is not None, make


def test_ours_knows_nearly_every_vehicle_that_the_demonstration_calls_matched() -> None:
    unknown = {
        (vehicle.make, vehicle.model)
        for vehicle in VEHICLES
        if vehicle.matched and shipped_catalogue().model(vehicle.make, vehicle.model) is None
    }
    assert len(unknown) <= 1, unknown


async def test_a_file_takes_its_place(copies: Copies, tmp_path: Path) -> None:
    """§4.3, §4.7."""
    file = tmp_path / "makes.json"
    file.write_text(json.dumps(SMALL))
    async with peopled(copies(), catalogue=file) as world:
        makes = await world.http.get("/api/catalogue/makes", headers=world.dealer.bearer)
        assert makes.json() == {"items": [{"name": "BOLLORÉ", "models": 2}]}
        card = {"make": "Bolloré", "model": "Blue-Utility", "site": world.site}
        made = await world.http.post("/api/vehicles", json=card, headers=world.dealer.bearer)
        assert (made.json()["matched"], made.json()["kind"]) == (True, "van")
        refused = await world.http.post("/api/vehicles", json={**card, "make": "Renault"}, headers=world.dealer.bearer)
        assert refused.json()["error"]["reasons"][0]["code"] == "not_in_catalogue"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'{"makes": []}',
        b'{"makes": [{"name": "A"}]}',
        b'{"makes": [{"name": "", "models": {}}]}',
        b'{"makes": [{"name": "A", "models": {"boat": ["X"]}}]}',
        b'{"makes": [{"name": "A", "models": {"van": ["X", "x"]}}]}',
        b'{"makes": [{"name": "A", "models": {}}, {"name": "a", "models": {}}]}',
        b'{"makes": [{"name": "A", "models": {}, "more": 1}]}',
    ],
    ids=lambda content: repr(content[:60]),
)
def test_a_file_that_does_not_fit_stops_the_start_with_one_line(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "makes.json"
    file.write_bytes(content)
    with pytest.raises(StartRefused) as refused:
        read_catalogue(file)
    assert str(refused.value).startswith("ADJUGE_CATALOGUE: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("named", ["/nowhere/makes.json", "."])
def test_a_file_that_is_none_is_no_setting(named: str) -> None:
    with pytest.raises(SettingRefused, match="ADJUGE_CATALOGUE: must be a file"):
        read_settings({"ADJUGE_CATALOGUE": named})


def test_a_setting_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "makes.json"
    file.write_text(json.dumps(SMALL))
    settings: Any = read_settings({"ADJUGE_CATALOGUE": str(file)})
    assert read_catalogue(settings.catalogue).model("bolloré", "bluecar") is not None
