"""What papers say, in French and English, and how they write amounts, days and distances.

One word per thing and language; a paper never says more than its facts. Amounts come in as cents, days as dates.
"""

import unicodedata
from datetime import date
from typing import Final

from engine.instants import Instant
from engine.money import Cents, format_amount
from server.trade_zone import local_day

ENCODING: Final = "cp1252"
"""What the fonts that every PDF reader brings along can show: French, the euro, most of western Europe."""

NO_BREAK: Final = "\xa0"
_STROKES: Final = str.maketrans("ŁłĐđĦħıŊŋŦŧ", "LlDdHhiNnTt")
"""Letters that no decomposition takes their stroke from."""

_FRENCH: Final = {
    "offer": "Offre",
    "order": "Bon de commande",
    "delivery_note": "Bon de livraison",
    "number": "N°",
    "date": "Date",
    "of_offer": "Offre n°",
    "of_order": "Commande n°",
    "auction": "Enchère n°",
    "lot": "Lot n°",
    "cancelled": "ANNULÉ",
    "seller": "Vendeur",
    "buyer": "Acheteur",
    "siret": "SIRET",
    "vat_number": "TVA intracommunautaire",
    "legal_representative": "Représentant légal",
    "vehicle": "Véhicule",
    "plate": "Immatriculation",
    "vin": "VIN",
    "mileage": "Kilométrage",
    "first_registration": "Mise en circulation",
    "ht": "Prix HT",
    "vat": "TVA 20\xa0%",
    "ttc": "Prix TTC",
    "total": "Total",
    "of_which_with_vat": "dont TVA 20\xa0%",
    "of_which_without": "dont sans TVA apparente",
    "vat_unknown": "Régime de TVA non précisé",
    "margin_scheme": "TVA sur marge – art. 297 A du CGI",
    "margin_scheme_whole": (
        "TVA sur marge – art. 297 A du CGI (régime particulier – biens d’occasion)\xa0: la TVA de ces véhicules n’est "
        "ni mentionnée ni récupérable par l’acheteur."
    ),
    "deposit": "Acompte",
    "balance_due": "Reste à payer",
    "trade_in_aid": "Aide à la reprise",
    "amount_owed": "Solde dû sur la reprise",
    "accessories": "Accessoires",
    "delivery_pack": "Pack livraison",
    "fees": "Frais",
    "services": "Prestations",
    "warranty": "Garantie",
    "delivery_date": "Livraison prévue",
    "delivery_place": "Lieu de livraison",
    "payment_method": "Mode de paiement",
    "documents": "Documents remis",
    "delivered_on": "Livré le",
    "sold_by": "Vendu par",
    "for_seller": "Pour le vendeur",
    "for_buyer": "Pour l’acheteur",
    "signature": "Date, nom et signature",
    "page": "Page",
    "transfer": "Virement",
    "bank_cheque": "Chèque de banque",
    "card": "Carte bancaire",
    "cash": "Espèces",
    "financing": "Financement",
    "registration_certificate": "Certificat d’immatriculation",
    "transfer_certificate": "Certificat de cession",
    "administrative_status": "Certificat de situation administrative",
    "inspection_report": "Procès-verbal de contrôle technique",
    "service_book": "Carnet d’entretien",
    "invoice": "Facture",
    "second_key": "Double des clés",
}
_ENGLISH: Final = {
    "offer": "Offer",
    "order": "Order form",
    "delivery_note": "Delivery note",
    "number": "No.",
    "date": "Date",
    "of_offer": "Offer no.",
    "of_order": "Order no.",
    "auction": "Auction no.",
    "lot": "Lot no.",
    "cancelled": "CANCELLED",
    "seller": "Seller",
    "buyer": "Buyer",
    "siret": "SIRET",
    "vat_number": "VAT number",
    "legal_representative": "Legal representative",
    "vehicle": "Vehicle",
    "plate": "Plate",
    "vin": "VIN",
    "mileage": "Mileage",
    "first_registration": "First registration",
    "ht": "Price excl. VAT",
    "vat": "VAT 20%",
    "ttc": "Price incl. VAT",
    "total": "Total",
    "of_which_with_vat": "of which with VAT at 20%",
    "of_which_without": "of which without VAT shown",
    "vat_unknown": "VAT scheme not stated",
    "margin_scheme": "Margin scheme: TVA sur marge – art. 297 A du CGI",
    "margin_scheme_whole": (
        "Margin scheme (TVA sur marge – art. 297 A du CGI, régime particulier – biens d’occasion): the VAT of these "
        "vehicles is neither shown nor recoverable."
    ),
    "deposit": "Deposit",
    "balance_due": "Balance due",
    "trade_in_aid": "Trade-in aid",
    "amount_owed": "Amount owed on the trade-in",
    "accessories": "Accessories",
    "delivery_pack": "Delivery pack",
    "fees": "Fees",
    "services": "Services",
    "warranty": "Warranty",
    "delivery_date": "Delivery planned",
    "delivery_place": "Place of delivery",
    "payment_method": "Payment",
    "documents": "Documents handed over",
    "delivered_on": "Delivered on",
    "sold_by": "Sold by",
    "for_seller": "For the seller",
    "for_buyer": "For the buyer",
    "signature": "Date, name and signature",
    "page": "Page",
    "transfer": "Bank transfer",
    "bank_cheque": "Banker’s draft",
    "card": "Card",
    "cash": "Cash",
    "financing": "Financing",
    "registration_certificate": "Registration certificate",
    "transfer_certificate": "Certificate of transfer",
    "administrative_status": "Certificate of administrative status",
    "inspection_report": "Technical inspection report",
    "service_book": "Service book",
    "invoice": "Invoice",
    "second_key": "Second key",
}
WORDS: Final = {"fr": _FRENCH, "en": _ENGLISH}


class Wording:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in WORDS else "fr"
        self._words = WORDS[self.language]

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def pair(self, name: str, value: str) -> str:
        """`Date : 02/03/2026`, or `Date: 2026-03-02`; nothing without a value."""
        colon = f"{NO_BREAK}:" if self.language == "fr" else ":"
        return f"{name}{colon} {value}" if value else ""

    def money(self, cents: Cents) -> str:
        """`20 900,00 €`, or `€20,900.00`."""
        sign, text = ("-" if cents < 0 else ""), format_amount(abs(cents))
        euros, _, decimals = text.partition(".")
        grouped = f"{int(euros):,}"
        if self.language == "en":
            return f"{sign}€{grouped}.{decimals}"
        return f"{sign}{grouped.replace(',', NO_BREAK)},{decimals}{NO_BREAK}€"

    def day(self, day: date) -> str:
        """`02/03/2026`, or `2026-03-02`, which nobody reads as February."""
        return day.strftime("%d/%m/%Y") if self.language == "fr" else day.isoformat()

    def day_of(self, at: Instant) -> str:
        """The day of an instant, where the trade is."""
        return self.day(local_day(at))

    def kilometres(self, mileage_km: int) -> str:
        """`84 000 km`, or `84,000 km`."""
        grouped = f"{mileage_km:,}"
        return (grouped if self.language == "en" else grouped.replace(",", NO_BREAK)) + f"{NO_BREAK}km"


def printable(text: str) -> str:
    """The text as the fonts can show it: other letters lose their accents, and what is left becomes a question mark."""
    shown: list[str] = []
    for letter in unicodedata.normalize("NFC", text.translate(_STROKES)):
        if _shows(letter):
            shown.append(letter)
            continue
        plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if _shows(part))
        shown.append(plain or ("" if unicodedata.category(letter).startswith(("C", "M")) else "?"))
    return "".join(shown)


def _shows(letter: str) -> bool:
    if unicodedata.category(letter).startswith("C"):
        return False
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
