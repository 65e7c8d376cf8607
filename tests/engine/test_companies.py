"""What identifies a company, number by number, and who may write on its card (§2.1)."""

import pytest

from engine.companies import (
    Writer,
    ape_code_of,
    closed_fields,
    french_vat_number,
    is_ape_code,
    is_siret,
    is_vat_number,
    number_faults,
    siret_of,
    vat_number_of,
)

SIRETS = [
    ("73282932000074", True),
    ("73282932000075", False),
    ("7328293200007", False),
    ("732829320000740", False),
    ("7328293200007a", False),
    ("٧3282932000074", False),
    ("", False),
    ("00000000000000", False),
    ("35600000000048", True),  # La Poste's seat passes both checks
    ("35600000049837", True),  # one of its offices, by the sum of its digits alone
    ("35600000049838", False),
    ("55600000049837", False),  # the sum counts for nobody else
]

VAT_NUMBERS = [
    ("FR40303265045", True),
    ("FR23334175221", True),
    ("FR84323140391", False),
    ("FR41303265045", False),
    ("FRK7399859412", True),  # the newer key
    ("FR4Z123456782", True),
    ("FRO7399859412", False),
    ("FR4030326504", False),
    ("DE136695976", True),
    ("BE0403019261", True),
    ("ATU13585627", True),
    ("GB980780684", False),
    ("", False),
    ("FR", False),
]


@pytest.mark.parametrize(("siret", "right"), SIRETS)
def test_a_siret_is_fourteen_digits_that_pass_luhn_or_la_postes_sum(siret: str, right: bool) -> None:  # noqa: FBT001 - a column
    """§2.1."""
    assert is_siret(siret) is right


@pytest.mark.parametrize(("number", "right"), VAT_NUMBERS)
def test_a_vat_number_has_its_countrys_shape_and_a_french_one_its_key(number: str, right: bool) -> None:  # noqa: FBT001 - a column
    """§2.1."""
    assert is_vat_number(number) is right


def test_numbers_are_read_as_people_write_them() -> None:
    assert siret_of(" 732 829 320 00074 ") == "73282932000074"
    assert vat_number_of("fr 40 303.265-045") == "FR40303265045"
    assert ape_code_of("4511z") == ape_code_of("45.11Z") == "45.11Z"
    assert is_ape_code("45.11Z")
    assert not is_ape_code(ape_code_of("451Z"))
    assert french_vat_number("30326504500021") == "FR40303265045"


def test_every_wrong_number_is_named() -> None:
    assert [fault.field for fault in number_faults("1", "2", "3")] == ["siret", "vat_number", "ape_code"]
    assert number_faults("73282932000074", "", "") == ()
    assert number_faults(None, "", "45.11Z") == ()


STORED = {"legal_name": "Anne", "kind": "merchant", "phone": "01", "email": "", "vat_number": "", "siret": "1"}

CHANGES = [
    (Writer.OWN, {"phone": "02", "email": "a@b"}, ()),
    (Writer.OWN, {"vat_number": "FR1"}, ()),  # what was empty
    (Writer.OWN, {"legal_name": "Bruno", "kind": "bidder"}, ("kind", "legal_name")),
    (Writer.OWN, {"legal_name": "Anne"}, ()),  # no change at all
    (Writer.KEEPER, {"legal_name": "Bruno", "phone": "02"}, ()),
    (Writer.KEEPER, {"siret": "2"}, ("siret",)),
    (Writer.DEALER, {"email": "a@b", "vat_number": "FR1"}, ()),
    (Writer.DEALER, {"phone": "02", "legal_name": "Bruno"}, ("legal_name", "phone")),
]


@pytest.mark.parametrize(("writer", "wished", "closed"), CHANGES)
def test_who_may_write_what_on_a_card(writer: Writer, wished: dict[str, str], closed: tuple[str, ...]) -> None:
    """§2.1: what the trader wrote no dealer overwrites; a dealer fills in what is empty."""
    assert closed_fields(STORED, wished, writer) == closed
