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

    The legal name alone; where it is another's too, with the city, and else with the SIRET. What differs in case or
    spaces alone is one name.
    """
    forms = [_forms(company) for company in companies]
    known = Counter(read for each in forms for read in {as_read(form) for form in each})
    others = {as_read(name) for name in taken}
    return [
        next((form for form in each if known[as_read(form)] == 1 and as_read(form) not in others), each[-1])
        for each in forms
    ]


def as_read(name: str) -> str:
    """What a reader remembers of a name: neither case nor how many spaces."""
    return " ".join(name.casefold().split())


def _forms(company: NamedCompany) -> tuple[str, ...]:
    place = f"{company.city}, " if company.city else ""
    with_city = (f"{company.legal_name} ({company.city})",) if company.city else ()
    return (company.legal_name, *with_city, f"{company.legal_name} ({place}{company.siret})")
