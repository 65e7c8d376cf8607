"""Refusals in the reader's language: the English sentences of the doors, and the same in French (french.json).

Sentence by sentence, `{}` for what is filled in; `{1}` where the French leaves something out. A field's name before a
sentence stays as it is: it is the document's. tests/server/test_french.py finds whatever is said and is not there.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

SENTENCES: Final = msgspec.json.decode(Path(__file__).with_suffix(".json").read_bytes(), type=dict[str, str])
_FIELD: Final = re.compile(r"([A-Za-z_][\w.\[\]-]*(?:, [a-z_][\w.\[\]-]*)*): (.+)", re.DOTALL)
_GAP: Final = re.compile(r"{\d?}")
_HOLDING: Final = "\N{NARROW NO-BREAK SPACE}"
"""Before a colon and a semicolon, as the French write them."""


def in_language(message: str, language: str) -> str:
    """The message in `fr` or `en`; as it is, if there is no French for it."""
    return (in_french(message) if language == "fr" else None) or message


def in_french(message: str) -> str | None:
    """The message, of one sentence or several, in French; `None` if the catalogue does not know it."""
    whole = message.strip().removesuffix(".")
    # Part by part first: what fills a gap does not reach into the next sentence. One may hold a semicolon itself.
    known = [said for said in map(_said, whole.split("; ")) if said is not None]
    if len(known) == whole.count("; ") + 1:
        return f"{_HOLDING}; ".join(known) + "."
    said = _said(whole)
    return None if said is None else said + "."


def preferred_language(accepted: str | None) -> str:
    """`fr` or `en`, whichever an Accept-Language header prefers; English for whoever says nothing, as programs do."""
    best, most = "en", 0.0
    for part in (accepted or "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.strip().lower()[:2]
        weight = float(quality) if re.fullmatch(r"[01](\.\d{1,3})?", quality) else float(not quality)
        if language in {"fr", "en"} and weight > most:
            best, most = language, weight
    return best


def _said(sentence: str) -> str | None:
    worded = _worded(sentence)
    if worded is not None:
        return worded
    field = _FIELD.fullmatch(sentence)
    said = None if field is None else _worded(field[2])
    return None if field is None or said is None else f"{field[1]}{_HOLDING}: {said}"


def _worded(sentence: str) -> str | None:
    exact = SENTENCES.get(sentence)
    if exact is not None:
        return exact
    for pattern, french in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return french.format(*found.groups())
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with gaps; those that say most first, so that none is taken for one that says less."""
    gapped = sorted((english for english in SENTENCES if _GAP.search(english)), key=len, reverse=True)
    return [
        (re.compile("(.+?)".join(map(re.escape, _GAP.split(english))), re.DOTALL), SENTENCES[english])
        for english in gapped
    ]
