"""Two companies of one name are two names (§1.4)."""

import pytest

from engine.namesakes import NamedCompany, told_apart

ANNE_LILLE, ANNE_BREST = NamedCompany("Anne", "Lille", "1"), NamedCompany("Anne", "Brest", "2")


@pytest.mark.parametrize(
    ("companies", "taken", "names"),
    [
        ([ANNE_LILLE, NamedCompany("Bruno", "Lille", "3")], (), ["Anne", "Bruno"]),
        ([ANNE_LILLE, ANNE_BREST], (), ["Anne (Lille)", "Anne (Brest)"]),
        ([ANNE_LILLE, NamedCompany("Anne", "Lille", "3")], (), ["Anne (Lille, 1)", "Anne (Lille, 3)"]),
        ([ANNE_LILLE, NamedCompany("Anne", "", "3")], (), ["Anne (Lille)", "Anne (3)"]),
        ([ANNE_LILLE], ("Anne",), ["Anne (Lille)"]),
        ([ANNE_LILLE], ("Anne", "Anne (Lille)"), ["Anne (Lille, 1)"]),
        ([ANNE_LILLE, NamedCompany("ANNE ", "Brest", "3")], (), ["Anne (Lille)", "ANNE  (Brest)"]),
        ([NamedCompany("Anne  et fils", "Lille", "1")], ("ANNE et Fils",), ["Anne  et fils (Lille)"]),
        (
            [ANNE_LILLE, ANNE_BREST, NamedCompany("Anne (Lille)", "", "3")],
            (),
            ["Anne (Lille, 1)", "Anne (Brest)", "Anne (Lille) (3)"],
        ),
    ],
)
def test_nobody_takes_one_company_for_another(
    companies: list[NamedCompany], taken: tuple[str, ...], names: list[str]
) -> None:
    """§1.4: the dealer sees names, and knows by them whose they are."""
    assert told_apart(companies, taken) == names
