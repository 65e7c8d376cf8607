"""A notice in words: the sentences of its kind in the reader's language, with its params in them.

The catalogues (words/*.toml) are made of Jinja templates that give plain text; the layout of a mail escapes it. Nothing
that is missing is an error here: a reader is better served by a shorter mail than by none.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, Template, pass_context, select_autoescape
from jinja2.runtime import Context
from msgspec import Struct

from engine.instants import NotAnInstant, parse_instant
from engine.money import NotAnAmount, parse_amount
from server.trade_zone import ZONE_NAMES, local_day, local_time

HERE: Final = Path(__file__).parent
LANGUAGES: Final = ("fr", "en")
_MONTHS: Final = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_HOLDING: Final = "\N{NO-BREAK SPACE}"


class Worded(Struct, frozen=True):
    """A notice in one language, as plain text; `facts` are labels with their values."""

    language: str
    subject: str
    greeting: str
    says: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    action: str
    footer: str


def words_of(kind: str, language: str, params: Mapping[str, Any], name: str | None = None) -> Worded:
    """The words of a kind; `name` greets, unless the params name somebody. An unknown language is French."""
    spoken = language if language in LANGUAGES else "fr"
    common = _CATALOGUES[spoken]["common"]
    chapter: Mapping[str, Any] = {**common, **_CATALOGUES[spoken].get(kind, {})}
    known = {"name": name, **{key: said for key, said in params.items() if said is not None}, "language": spoken}

    def said(template: str) -> str:
        return _line(_compiled(template).render(known))

    return Worded(
        language=spoken,
        subject=said(chapter.get("subject", "Adjugé")),
        greeting=said(chapter["greeting"]),
        says=tuple(line for template in chapter.get("says", ()) if (line := said(template))),
        facts=tuple((label, value) for label, template in chapter.get("facts", ()) if (value := said(template))),
        action=said(chapter["action"]),
        footer=said(chapter["footer"]),
    )


def _line(text: str) -> str:
    """One line of what can be printed, its spaces joined but for those that hold a number together."""
    joined = re.sub(rf"[^\S{_HOLDING}]+", " ", text).strip()
    return "".join(letter for letter in joined if letter.isprintable() or letter == _HOLDING)


# ------------------------------------------------------------------------------------------- amounts, instants, dates


@pass_context
def _money(context: Context, text: Any) -> str:
    """`20 900,00 €` or `€20,900.00`."""
    if not text:
        return ""
    try:
        euros, cents = divmod(parse_amount(str(text)), 100)
    except NotAnAmount:
        return str(text)
    if context["language"] == "en":
        return f"€{euros:,}.{cents:02}"
    return f"{euros:,}".replace(",", _HOLDING) + f",{cents:02}{_HOLDING}€"


@pass_context
def _instant(context: Context, text: Any) -> str:
    """`22 novembre 2026 à 15 h 05 (heure de Paris)` or `22 November 2026 at 15:05 (Paris time)`."""
    if not text:
        return ""
    try:
        at = local_time(parse_instant(str(text)))
    except (NotAnInstant, OverflowError):
        return str(text)
    language = context["language"]
    time = f"à {at.hour} h {at.minute:02}" if language == "fr" else f"at {at.hour}:{at.minute:02}"
    return f"{_written(at.date(), language)} {time} ({ZONE_NAMES[language]})"


@pass_context
def _day(context: Context, text: Any) -> str:
    """`22 novembre 2026` or `22 November 2026`, of a date, or of an instant the day that it is then in Paris."""
    if not text:
        return ""
    try:
        day = local_day(parse_instant(str(text))) if "T" in str(text) else date.fromisoformat(str(text))
    except (ValueError, OverflowError, NotAnInstant):
        return str(text)
    return _written(day, context["language"])


def _written(day: date, language: str) -> str:
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[language][day.month - 1]} {day.year}"


# ------------------------------------------------------------------------------------------------------- the templates

LAYOUTS: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(("html",)),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
SENTENCES: Final = Environment(autoescape=False)  # noqa: S701 - plain text; the layout that holds it escapes
SENTENCES.filters.update(money=_money, instant=_instant, day=_day)


def _read(language: str) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((HERE / "words" / f"{language}.toml").read_text(encoding="utf-8"))


_CATALOGUES: Final = {language: _read(language) for language in LANGUAGES}
_templates: Final[dict[str, Template]] = {}


def _compiled(template: str) -> Template:
    found = _templates.get(template)
    if found is None:
        found = _templates[template] = SENTENCES.from_string(template)
    return found


def sentences(kind: str, language: str) -> tuple[str, ...]:
    """Every template of a kind in a language, for whoever checks them; empty if there is no such chapter."""
    chapter = _CATALOGUES[language].get(kind, {})
    alone = (chapter[part] for part in ("subject", "greeting", "action", "footer") if part in chapter)
    return (*alone, *chapter.get("says", ()), *(template for _, template in chapter.get("facts", ())))
