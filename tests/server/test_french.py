"""Every sentence that a door can say has its French: the source is searched for what is said."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from persistence.stock.fields import FIELDS
from server.errors import TABLE
from server.http.french import SENTENCES, in_french, preferred_language
from server.papers.words import WORDS
from tests.server.houses import World

DOORS = Path(__file__).parents[2] / "server"
SPOKEN = {"told", "says", "sentence", "reason", "message"}
SAYING = {"NotRead", "Unreadable", "NotAPhoto", "RefusedLine"}
"""What says in one of its members what a file or a cell of it lacks."""
NNB = "\N{NARROW NO-BREAK SPACE}"
TORN = re.compile("[ \N{NO-BREAK SPACE}][:;?!»]|«[ \N{NO-BREAK SPACE}]|[\\d}][ \N{NO-BREAK SPACE}][%€](?!})")
"""A French mark that a line could begin with."""
PREFIX = re.compile(r"^(\{\}|[a-z_.\[\]{}]+): ")


def template(node: ast.expr | None) -> str | None:
    """The text of a literal, `{}` for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
        case _:
            return None


def spoken(tree: ast.AST) -> Iterator[str]:
    """Every sentence of a module: a refusal's, a table's, one that is worked out first."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Refusal")):
                named = [keyword.value for keyword in node.keywords if keyword.arg == "message"]
                yield from filter(None, map(template, [*node.args[1:2], *named]))
            case ast.Call(func=ast.Name(id=name), args=args) if name in SAYING:
                yield from filter(None, map(template, args))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in SPOKEN:
                yield from filter(None, [template(value)])
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) if name.endswith("SENTENCES"):
                yield from filter(None, map(template, values))
            case _:
                pass


def sentences() -> list[str]:
    """All of the doors', without the field before them."""
    found = {line.sentence for line in TABLE.values()}
    for path in sorted([*(DOORS / "http").rglob("*.py"), DOORS / "images.py"]):
        found |= set(spoken(ast.parse(path.read_text(encoding="utf-8"))))
    bare = {PREFIX.sub("", each).removesuffix(".") for each in found}
    return sorted(each for each in bare if re.search("[a-z]{2}", each.replace("{}", "")))


def test_every_sentence_of_the_doors_has_its_french() -> None:
    unknown = [each for each in sentences() if in_french(each) is None]
    assert unknown == []


def test_french_fills_in_as_many_gaps_as_it_is_given() -> None:
    for english, french in SENTENCES.items():
        given = english.count("{}")
        assert all(int(place or 0) < given for place in re.findall(r"{(\d?)}", french)), english
        assert french.count("{}") in {0, given}, english


def test_french_marks_stand_after_a_narrow_no_break_space() -> None:
    mails = tomllib.loads((DOORS / "notices/words/fr.toml").read_text(encoding="utf-8"))
    said = [*SENTENCES.values(), *literals(mails)]
    assert len(said) > len(SENTENCES)
    assert [each for each in said if TORN.search(each)] == []
    # The fonts of papers have no narrow one.
    assert [each for each in WORDS["fr"].values() if re.search("« | [:;?!»%€]", each)] == []


def test_french_has_no_typewriter_apostrophe() -> None:
    mails = tomllib.loads((DOORS / "notices/words/fr.toml").read_text(encoding="utf-8"))
    mail = [re.sub(r"{{.*?}}|{%.*?%}", "", each) for each in literals(mails)]
    papers, heads = WORDS["fr"].values(), [field.french for field in FIELDS.values()]
    assert all((mail, papers, heads))
    assert [each for each in (*SENTENCES.values(), *mail, *papers, *heads) if "'" in each] == []


def literals(words: object) -> Iterator[str]:
    """Every string of a catalogue of mail."""
    match words:
        case str(text):
            yield text
        case dict():
            for inner in words.values():
                yield from literals(inner)
        case list():
            for inner in words:
                yield from literals(inner)
        case _:
            pass


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("site: is not one of yours.", f"site{NNB}: n’est pas à vous."),
        ("make: is needed; vin: lies in the past.", f"make{NNB}: est nécessaire{NNB}; vin{NNB}: est passé."),
        ("limit: must be at most 200.", f"limit{NNB}: doit être au plus 200."),
        ("doors: must be between 0 and 9.", f"doors{NNB}: doit être entre 0 et 9."),
        (
            "filters.site: is no field here; filters.q: is needed.",
            f"filters.site{NNB}: n’est pas un champ d’ici{NNB}; filters.q{NNB}: est nécessaire.",
        ),
        ("Sign in first.", "Connectez-vous d’abord."),
    ],
)
def test_a_sentence_in_french(english: str, french: str) -> None:
    assert in_french(english) == french


def test_what_nobody_knows_is_not_made_up() -> None:
    assert in_french("make: is purple; vin: lies in the past.") is None


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("de, fr-FR;q=0.8, en;q=0.5", "fr"),
        ("fr;q=0.3, en-GB;q=0.9", "en"),
        ("*;q=1", "en"),
        ("fr;q=much", "en"),
    ],
)
def test_the_language_that_a_browser_prefers(accepted: str | None, language: str) -> None:
    assert preferred_language(accepted) == language


async def test_a_refusal_comes_in_the_language_of_who_is_signed_in_or_of_the_browser(world: World) -> None:
    asked = {"email": "nobody@example.test", "password": "wrong"}
    for language, message in (("fr", "L’adresse ou le mot de passe est faux."), ("en", "E-mail or password is wrong.")):
        refused = await world.http.post("/api/sessions", json=asked, headers={"Accept-Language": language})
        assert refused.json()["error"]["message"] == message
    page = await world.http.get("/api/auctions?page=0", headers={**world.dealer.bearer, "Accept-Language": "en"})
    assert page.json()["error"]["message"] == f"page{NNB}: doit être au moins 1."  # the account is a French reader's
    english = {**world.dealer.bearer, "Adjuge-Language": "en"}  # but the page is being read in English
    page = await world.http.get("/api/auctions?page=0", headers=english)
    assert page.json()["error"]["message"].startswith("page: ")
