"""Names by which a dealer tells the traders of an auction apart, whatever they are called (§1.4).

Pure, and only about names: who is invited is decided elsewhere, and what a trader may read of others is nothing.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct


class NamedCompany(Struct, frozen=True):
    """A company as a list names it."""

    legal_name: str
    city: str
    siret: str


def told_apart(companies: Sequence[NamedCompany], taken: Collection[str] = ()) -> list[str]:
    """Names by which nobody takes one company for another, or for one of `taken`, in their order.

    The legal name alone; where it is another's too, with the city, and else with the SIRET.
    """
    forms = [_forms(company) for company in companies]
    known = Counter(form for each in forms for form in set(each))
    return [next((form for form in each if known[form] == 1 and form not in taken), each[-1]) for each in forms]


def _forms(company: NamedCompany) -> tuple[str, ...]:
    place = f"{company.city}, " if company.city else ""
    with_city = (f"{company.legal_name} ({company.city})",) if company.city else ()
    return (company.legal_name, *with_city, f"{company.legal_name} ({place}{company.siret})")
