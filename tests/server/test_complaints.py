"""What a form's shape lacks is told of every field at once, in words that say what to do, in the reader's language."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from msgspec import UNSET, Meta, Struct, UnsetType

from engine.stock import Missing
from persistence.auctions import creation
from persistence.auctions.creation import CreationRefused
from server.errors import Refusal
from server.http.auctions.refused import refusal_of
from server.http.complaints import MOST_TOLD, complaints
from server.http.french import in_french
from server.http.reading import read_query, shaped
from server.http.routes import ROUTES
from server.http.values import EMAIL, LINE, AmountText, Id
from tests.server.houses import World


class Car(Struct, frozen=True, forbid_unknown_fields=True):
    """A member of a form."""

    id: Id
    price: AmountText | None = None


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of everything."""

    title: Annotated[str, Meta(max_length=10, pattern=LINE)]
    cars: Annotated[tuple[Car, ...], Meta(min_length=1, max_length=3)]
    kind: Literal["unit", "lot"] = "unit"
    email: Annotated[str, Meta(min_length=3, pattern=EMAIL)] | None = None
    day: date | UnsetType | None = UNSET
    count: Annotated[int, Meta(ge=1, le=9)] = 1
    sudden: bool = False
    words: dict[str, str] = {}


NO_EMAIL = "must be an e-mail address like achats@example.fr"
NO_EMAILS = (
    "anne", "x@y", "x@y.", "x@.fr", "x@y..fr", "x@y.z", "x y@z.fr", "x@y .fr", "x@y.fr ", "x@y.fr\n", "x@@y.fr",
    "x@y@z.fr", "<x@y.fr>", "x@y.fr,z@y.fr", "x" * 65 + "@y.fr", "x@" + "y" * 64 + ".fr",
)  # fmt: skip
EMAILS = (
    "a@b.fr",
    "achats+vo@sous.domaine.example.fr",
    "jean-rené.d'arc@société.fr",
    "x" * 64 + "@" + "y" * 63 + ".fr",
)
GOOD: dict[str, Any] = {"title": "Nord", "cars": [{"id": 1}]}


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({}, ()),
        ({"title": ""}, ("title: is needed",)),
        ({"title": " \t"}, ("title: is needed",)),
        ({"title": "\u200b \ufeff"}, ("title: is needed",)),
        ({"title": "\u202eNord"}, ()),
        ({"title": None}, ("title: is needed",)),
        ({"title": 7}, ("title: must be a text",)),
        ({"title": "a\nb"}, ("title: must be one line of text",)),
        ({"title": "Nord et Ouest"}, ("title: is too long: at most 10 characters",)),
        ({"cars": []}, ("cars: must hold at least 1",)),
        ({"cars": [{"id": 1}] * 4}, ("cars: must hold at most 3",)),
        ({"cars": {"id": 1}}, ("cars: must be a list",)),
        ({"cars": [1]}, ("cars[0]: must be an object",)),
        ({"cars": [{"id": 1}, {}, {"id": 0}]}, ("cars[1].id: is needed", "cars[2].id: must be at least 1")),
        ({"cars": [{"id": "x", "price": "1,50"}]}, (
            "cars[0].id: must be a whole number", "cars[0].price: must be an amount like 20900.00")),
        ({"kind": "both"}, ("kind: must be among unit, lot",)),
        *(({"email": email}, (f"email: {NO_EMAIL}",)) for email in NO_EMAILS),
        *(({"email": email}, ()) for email in EMAILS),
        ({"email": "a"}, ("email: is too short: at least 3 characters",)),
        ({"day": "31/01/2026"}, ("day: must be a day like 2026-01-31",)),
        ({"day": 20260131}, ("day: must be a day like 2026-01-31",)),
        ({"day": None}, ()),
        ({"count": 10}, ("count: must be between 1 and 9",)),
        ({"count": 1.5}, ("count: must be a whole number",)),
        ({"sudden": "yes"}, ("sudden: must be true or false",)),
        ({"words": {"a": 1}}, ("words[...]: must be a text",)),
        ({"colour": "red", "count": 0, "title": ""}, (
            "title: is needed", "count: must be between 1 and 9", "colour: is no field here")),
    ],
)  # fmt: skip
def test_each_field_that_does_not_fit_is_told(wish: dict[str, Any], told: tuple[str, ...]) -> None:
    found = [f"{each.field}: {each.sentence}" for each in complaints(GOOD | wish, Form)]
    assert found == list(told)
    answer = shaped(GOOD | wish, Form)
    if not told:
        assert isinstance(answer, Form)
        return
    assert isinstance(answer, Refusal)
    assert answer.message == "; ".join(told) + "."
    assert answer.field == told[0].partition(":")[0]
    assert [reason.field for reason in answer.reasons] == (
        [each.partition(":")[0] for each in told] if told[1:] else []
    )
    assert all(in_french(each) for each in told)


def test_what_is_no_form_at_all_says_so() -> None:
    for value in ([GOOD], "Nord", None, 7):
        answer = shaped(value, Form)
        assert isinstance(answer, Refusal)
        assert (answer.message, answer.field) == ("The request must be a JSON object.", None)


def test_a_query_is_told_alike() -> None:
    class Query(Struct, frozen=True, forbid_unknown_fields=True):
        page: Annotated[int, Meta(ge=1)] = 1
        open: bool = False

    answer = read_query([("page", "0"), ("open", "perhaps"), ("q", "x")], Query)
    assert isinstance(answer, Refusal)
    assert answer.message == "page: must be at least 1; open: must be true or false; q: is no field here."


def test_nobody_reads_a_thousand_complaints() -> None:
    answer = shaped(GOOD | {f"field{number}": 1 for number in range(1000)}, Form)
    assert isinstance(answer, Refusal)
    assert len(answer.reasons) == MOST_TOLD


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if isinstance(route.body, type)], ids=lambda route: route.name
)
def test_no_form_of_the_house_speaks_of_types_and_patterns(route: Any) -> None:
    """Whatever is sent in each of its fields, what is said is said in words, in both languages."""
    values: tuple[Any, ...] = (
        "",
        "\x07",
        "x" * 20_000,
        -1,
        10**30,
        1.5,
        True,
        [],
        ["x"],
        [{}],
        [-1],
        {},
        {"x": 1},
        None,
    )
    for field in route.body.__struct_fields__:
        for value in values:
            for told in complaints({field: value}, route.body):
                assert not any(mark in told.sentence for mark in ("`", "regex", "xpected", "nvalid", "RFC")), told
                assert in_french(f"{told.field}: {told.sentence}") is not None, told


async def test_a_form_is_told_field_by_field_over_http(world: World) -> None:
    body = {"kind": "both", "vehicles": [{"id": 1, "reserve_price": "x"}], "duration_seconds": -1}
    english = world.dealer.bearer | {"Adjuge-Language": "en"}
    refused = await world.http.post("/api/auctions", json=body, headers=english)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["field"]) == (422, "invalid", "kind")
    assert error["message"] == (
        "kind: must be among unit, lot; vehicles[0].reserve_price: must be an amount like 20900.00; "
        "duration_seconds: must be at least 1; minimum_increment: is needed."
    )
    french = await world.http.post("/api/auctions", json=body, headers=world.dealer.bearer)
    assert "doit être un montant" in french.json()["error"]["message"]


def test_every_reason_against_an_auction_has_its_words() -> None:
    """§4.3, §5.1: whatever the book finds wrong with a form, of the form or of a vehicle in it."""
    source = Path(creation.__file__).read_text(encoding="utf-8")
    said = re.findall(
        r'Reason\("(\w+)", [^,()]+(?:"\s*if [^,]+ else "\w+")?(, (?:chosen\.vehicle_id|twice))?\)', source
    )
    assert len(said) == source.count('Reason("')
    codes = {(code, bool(vehicle)) for code, vehicle in said} | {(code.value, True) for code in Missing}
    for code, of_vehicle in codes:
        refused = CreationRefused((creation.Reason(code, "field", 7 if of_vehicle else None),))
        message = refusal_of(refused, by_name=False).message
        assert message is not None
        assert "_" not in message
        assert ("7" in message) is of_vehicle
        assert in_french(message) is not None, message


async def test_an_auction_that_cannot_be_made_is_refused_in_sentences(world: World) -> None:
    """§4.3: each condition of each vehicle, in the reader's language."""
    bare, double = await world.vehicle(trade_price_cents=None, matched=False), await world.vehicle()
    body = {
        "kind": "unit",
        "vehicles": [{"id": bare, "starting_price": "0"}, {"id": double}, {"id": double}],
        "duration_seconds": 60,
        "minimum_increment": "100",
    }
    english = world.dealer.bearer | {"Adjuge-Language": "en"}
    form = (await world.http.post("/api/auctions", json=body, headers=english)).json()["error"]["message"]
    assert form == (
        f"vehicles: vehicle {double} is named twice; "
        f"starting_price: vehicle {bare} needs an amount of more than nothing."
    )
    body["vehicles"] = [{"id": bare, "starting_price": "900"}]
    stored = await world.http.post("/api/auctions", json=body, headers=world.dealer.bearer)
    assert stored.json()["error"]["message"] == (
        f"vehicles\N{NARROW NO-BREAK SPACE}: le véhicule {bare} n’a pas de prix marchand\N{NARROW NO-BREAK SPACE}; "
        f"vehicles\N{NARROW NO-BREAK SPACE}: le véhicule {bare} n’est pas rapproché du référentiel."
    )
