"""Every kind of notice has its words in every language, and uses nothing but what its kind carries."""

from email import message_from_bytes
from email.policy import default

import pytest
from jinja2 import meta

from engine.notices import NoticeKind
from persistence.notices.mail_queue import DueMail
from server.notices.composing import LONGEST_SUBJECT, Composer
from server.notices.kinds import ONLY_BY_MAIL, PARAMS, page_of
from server.notices.words import LANGUAGES, SENTENCES, sentences, words_of

VALUES = {
    "starts_at": "2026-01-01T08:05:00Z",
    "ends_at": "2026-07-14T14:00:00Z",
    "expires_at": "2026-03-29T01:00:00Z",
    "delivery_date": "2026-02-01",
    "amount": "1234567.80",
    "outcome": "won",
}
EVERY = [(kind, language) for kind in NoticeKind for language in LANGUAGES]


def used(kind: str, language: str) -> set[str]:
    trees = (SENTENCES.parse(template) for template in sentences(kind, language))
    return {name for tree in trees for name in meta.find_undeclared_variables(tree)}


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_kind_has_its_own_words_and_they_ask_for_no_param_it_does_not_carry(
    kind: NoticeKind, language: str
) -> None:
    assert len(sentences(kind, language)) >= 2, "a subject and a sentence"
    assert used(kind, language) <= PARAMS[kind] | {"name"}


@pytest.mark.parametrize("kind", NoticeKind)
def test_both_languages_say_the_same_things(kind: NoticeKind) -> None:
    assert used(kind, "fr") == used(kind, "en")
    params = {name: VALUES.get(name, f"<{name}>") for name in PARAMS[kind]}
    french, english = (words_of(kind, language, params, "Anne") for language in LANGUAGES)
    assert (len(french.says), len(french.facts)) == (len(english.says), len(english.facts))


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_notice_without_any_param_still_makes_a_mail(kind: NoticeKind, language: str) -> None:
    worded = words_of(kind, language, {})
    assert worded.subject
    assert worded.says
    assert worded.facts == ()
    assert "Undefined" not in str(worded)


def test_a_kind_that_nobody_knows_still_makes_a_mail() -> None:
    worded = words_of("from_a_newer_house", "de", {"amount": None})
    assert (worded.subject, worded.language, worded.action) == ("Adjugé", "fr", "Ouvrir Adjugé")


NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["1er janvier 2026 à 9 h 05 (heure de Paris)", "14 juillet 2026 à 16 h 00 (heure de Paris)"]),
        ("en", ["1 January 2026 at 9:05 (Paris time)", "14 July 2026 at 16:00 (Paris time)"]),
    ],
)
def test_instants_are_said_in_the_zone_of_the_trade(language: str, said: list[str]) -> None:
    facts = dict(words_of("auction_published", language, VALUES).facts)
    assert [facts["Début" if language == "fr" else "Start"], facts["Fin" if language == "fr" else "End"]] == said


@pytest.mark.parametrize(
    ("language", "date", "amount"),
    [("fr", "1er février 2026", f"1{NB}234{NB}567,80{NB}€"), ("en", "1 February 2026", "€1,234,567.80")],
)
def test_dates_and_amounts_are_said_as_the_language_writes_them(language: str, date: str, amount: str) -> None:
    facts = dict(words_of("order_placed", language, VALUES).facts).values()
    assert {date, amount} <= set(facts)


def test_what_is_no_amount_and_no_date_is_said_as_it_is() -> None:
    worded = words_of("order_placed", "fr", {"amount": "cher", "delivery_date": "bientôt"})
    assert {"cher", "bientôt"} <= {value for _, value in worded.facts}


@pytest.mark.parametrize(
    ("kind", "params", "page"),
    [
        ("lot_won", {"auction": 7, "offer_id": 3}, "/auctions/7"),
        ("order_placed", {"offer_id": 3}, "/offers/3"),
        ("vehicle_available", {"vehicle_id": 9}, "/vehicles/9"),
        ("connection_removed", {}, "/"),
        ("lot_won", {"auction": None}, "/"),
        ("auction_uninvited", {"auction": 7}, "/"),
    ],
)
def test_the_link_leads_to_what_the_notice_is_about(kind: str, params: dict[str, int | None], page: str) -> None:
    assert page_of(kind, params) == page


@pytest.mark.parametrize(
    ("said", "day"),
    [("2026-02-01", "1er février 2026"), ("2026-06-30T22:30:00Z", "1er juillet 2026"), ("bientôt", "bientôt")],
)
def test_a_delivery_is_on_the_day_that_it_is_in_paris(said: str, day: str) -> None:
    facts = dict(words_of("vehicle_available", "fr", {"delivery_date": said, "vehicle": "PEUGEOT 208"}).facts)
    assert facts["Livraison prévue"] == day


@pytest.mark.parametrize(
    ("kind", "params", "page"),
    [
        ("lot_won", {"auction": 7}, "/auctions/7"),
        ("order_placed", {"offer_id": 3}, "/purchases/3"),
        ("vehicle_available", {"offer_id": 3, "vehicle_id": 9}, "/purchases/3"),
        ("connection_removed", {}, "/"),
    ],
)
def test_a_trader_is_led_to_its_own_pages(kind: str, params: dict[str, int | None], page: str) -> None:
    assert page_of(kind, params, to_trader=True) == page


@pytest.mark.parametrize("kind", sorted(ONLY_BY_MAIL))
def test_a_secret_stands_where_no_server_is_told_it(kind: NoticeKind) -> None:
    """A browser keeps what follows `#` to itself."""
    before, mark, secret = page_of(kind, {"secret": "abc", "entity": "x"}).partition("#")
    assert (mark, secret) == ("#", "abc")
    assert before.startswith("/")


@pytest.mark.parametrize("trader", ["é" * 190, "é à" * 60, "Anne " * 40, "x" * 300])
def test_a_long_subject_is_folded_and_read_as_it_was(trader: str) -> None:
    composer = Composer("Adjugé <no-reply@auctions.example>", "https://auctions.example")
    mail = DueMail(
        1,
        1,
        2,
        "k",
        "connection_activated",
        0,
        {"trader": trader},
        "a@b.example",
        "en",
        None,
        is_gone=False,
        to_trader=False,
    )
    raw = composer.compose(mail)
    assert max(map(len, raw.split(b"\r\n"))) < 400
    assert b"\n" not in raw.replace(b"\r\n", b"")
    subject = words_of(mail.kind, "en", mail.params).subject[:LONGEST_SUBJECT]
    assert message_from_bytes(raw, policy=default)["Subject"] == subject.strip()
