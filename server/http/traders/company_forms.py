"""Traders' companies as forms write them and answers show them (§2.1): read, normalised, their numbers checked.

Whose card may be read or written is asked by the routes; nothing here asks the book.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from engine.companies import CompanyFault, ape_code_of, number_faults, siret_of, vat_number_of
from persistence.people.registry import Company
from server.errors import DoorCode, Reason, Refusal
from server.http.values import COUNTRY, EMAIL, EMPTY_OR_EMAIL, EMPTY_OR_LINE, LINE
from server.http.words import CompanyKindWord

Words: TypeAlias = Annotated[str, Meta(max_length=200, pattern=EMPTY_OR_LINE)]
LegalName: TypeAlias = Annotated[str, Meta(max_length=200, pattern=LINE)]
Email: TypeAlias = Annotated[str, Meta(min_length=3, max_length=254, pattern=EMAIL, examples=["achats@example.fr"])]
NoOrEmail: TypeAlias = Annotated[str, Meta(max_length=254, pattern=EMPTY_OR_EMAIL)]
Country: TypeAlias = Annotated[str, Meta(pattern=COUNTRY, description="ISO 3166-1 alpha-2")]
Siret: TypeAlias = Annotated[str, Meta(min_length=14, max_length=30, pattern=LINE, examples=["73282932000074"])]
VatNumber: TypeAlias = Annotated[str, Meta(max_length=30, pattern=LINE, examples=["FR44732829320"])]
Code: TypeAlias = Annotated[str, Meta(max_length=30, pattern=EMPTY_OR_LINE)]
Kind: TypeAlias = Literal["merchant", "bidder"]


class CompanyForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole card (§2.1)."""

    legal_name: LegalName
    siret: Siret
    vat_number: Code = ""
    ape_code: Code = ""
    street: Words = ""
    postcode: Annotated[str, Meta(max_length=20, pattern=EMPTY_OR_LINE)] = ""
    city: Words = ""
    country: Country = "FR"
    email: NoOrEmail = ""
    phone: Annotated[str, Meta(max_length=40, pattern=EMPTY_OR_LINE)] = ""
    legal_representative: Words = ""
    kind: Kind = "merchant"


class CompanyChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes on a card; what is not named stays. A SIRET never changes."""

    legal_name: LegalName | UnsetType = UNSET
    vat_number: Code | UnsetType = UNSET
    ape_code: Code | UnsetType = UNSET
    street: Words | UnsetType = UNSET
    postcode: Annotated[str, Meta(max_length=20, pattern=EMPTY_OR_LINE)] | UnsetType = UNSET
    city: Words | UnsetType = UNSET
    country: Country | UnsetType = UNSET
    email: NoOrEmail | UnsetType = UNSET
    phone: Annotated[str, Meta(max_length=40, pattern=EMPTY_OR_LINE)] | UnsetType = UNSET
    legal_representative: Words | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET


class KnownOfCompany(CompanyChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a dealer knows of a company that it invites: anything, or nothing."""

    siret: Siret | UnsetType = UNSET


class CompanyCard(Struct, frozen=True, kw_only=True):
    """A card as it is shown."""

    legal_name: str
    siret: str
    vat_number: str
    ape_code: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str
    legal_representative: str
    kind: CompanyKindWord


def card_of(company: Company) -> CompanyCard:
    """A stored company as it is shown."""
    return CompanyCard(**structs.asdict(company))


def read_company(form: CompanyForm, at: str = "") -> Company | Refusal:
    """The company of a whole form; `at` is where the form stands in the request (`company.`)."""
    fields = read_fields(form, at)
    return fields if isinstance(fields, Refusal) else Company(**fields)


def read_fields(form: CompanyForm | CompanyChange, at: str = "") -> dict[str, str] | Refusal:
    """The fields that a form names, normalised; refused with every number that fails its check."""
    given: dict[str, Any] = structs.asdict(form)
    fields = {field: text.strip() for field, text in given.items() if text is not UNSET}
    for field, normalised in (("siret", siret_of), ("vat_number", vat_number_of), ("ape_code", ape_code_of)):
        if field in fields:
            fields[field] = normalised(fields[field])
    faults = number_faults(fields.get("siret"), fields.get("vat_number", ""), fields.get("ape_code", ""))
    return faults_refused(faults, at) if faults else fields


def faults_refused(faults: Sequence[CompanyFault], at: str = "") -> Refusal:
    """Every number that fails its check, each by its field."""
    told = "; ".join(f"{at}{fault.field}: {fault.says}" for fault in faults)
    reasons = tuple(Reason("invalid", at + fault.field) for fault in faults)
    return Refusal(DoorCode.INVALID, f"{told}.", reasons[0].field, reasons=reasons)


def known_fields(stored: Mapping[str, str]) -> dict[str, str]:
    """The fields of a card that are known, of what was stored with an invitation."""
    return {field: stored[field] for field in CompanyCard.__struct_fields__ if stored.get(field)}
