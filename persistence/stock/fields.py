"""The fields of a stock list, each declared once: its name, what it is called, and the SQL that reads it (§4.8).

Nothing that a user writes ever becomes SQL: a list, a filter, a sort and an export name fields of this table, and
values travel as parameters.
"""

import enum
from typing import Final

from msgspec import Struct


class Shape(enum.StrEnum):
    """What a field holds, and so how it is filtered."""

    CHOICE = "choice"  # one of several
    TEXT = "text"  # contains
    NUMBER = "number"  # from, to
    AMOUNT = "amount"  # from, to; in cents here
    DATE = "date"  # from, to
    FLAG = "flag"  # is, is not


class Field(Struct, frozen=True):
    """A field: `sql` reads it of a row of `vehicles`, `$2` being today; `french` and `english` head its column."""

    name: str
    shape: Shape
    sql: str
    french: str
    english: str
    may_be_unknown: bool = False


def _own(name: str, shape: Shape, french: str, english: str, *, nullable: bool = False) -> Field:
    column = f"{name}_cents" if shape is Shape.AMOUNT else name
    return Field(name, shape, f"vehicles.{column}", french, english, nullable or shape is Shape.DATE)


# Written so that PostgreSQL reads the few rows beside the stock once, never once for each vehicle.
_HELD: Final = "(vehicles.id IN (SELECT held.vehicle_id FROM auction_lot_vehicles AS held WHERE held.held))"
_SITE: Final = "(SELECT sites.name FROM sites WHERE sites.id = vehicles.{column})"
_DAYS: Final = "(coalesce((vehicles.released_at AT TIME ZONE 'UTC')::date, $2::date) - vehicles.entered_at)"
_FREE: Final = f"""(
    vehicles.trade_price_cents IS NOT NULL AND (vehicles.destination = 'trade' OR vehicles.trade_sale_authorised)
    AND vehicles.reserved_for_trader_id IS NULL AND vehicles.reserved_for_client IS NULL
    AND (vehicles.matched OR vehicles.entity_id IN (SELECT id FROM entities WHERE NOT matching_required))
    AND (vehicles.entity_id, vehicles.destination, vehicles.status) IN (
        SELECT entities.id, destination, split_part(pair, '/', 2)
        FROM entities CROSS JOIN unnest($3::text[]) AS pair CROSS JOIN unnest(ARRAY['private', 'trade']) AS destination
        WHERE entities.saleable_from = split_part(pair, '/', 1)
        UNION ALL
        SELECT added.entity_id, added.destination, added.code
        FROM added_statuses AS added JOIN entities ON entities.id = added.entity_id
        WHERE entities.saleable_from || '/' || added.after || '+' = ANY ($3::text[]))
    AND NOT {_HELD})"""  # noqa: S608 - put together from the texts above
"""§4.3, §4.4 as `engine.stock.missing_conditions` says them; `$3` are the pairs of `engine.stock.is_saleable`."""

_ALL: Final = (
    _own("make", Shape.CHOICE, "Marque", "Make"),
    _own("model", Shape.CHOICE, "Modèle", "Model"),
    _own("custom_make", Shape.FLAG, "Marque libre", "Custom make"),
    _own("version", Shape.TEXT, "Version", "Version"),
    _own("trim", Shape.TEXT, "Finition", "Trim"),
    _own("kind", Shape.CHOICE, "Genre", "Kind"),
    _own("body", Shape.CHOICE, "Carrosserie", "Body"),
    _own("energy", Shape.CHOICE, "Énergie", "Energy"),
    _own("fiscal_power_cv", Shape.NUMBER, "Puissance fiscale (CV)", "Fiscal power (CV)", nullable=True),
    _own("power_ch", Shape.NUMBER, "Puissance (ch)", "Power (ch)", nullable=True),
    _own("doors", Shape.NUMBER, "Portes", "Doors", nullable=True),
    _own("gearbox", Shape.CHOICE, "Boîte de vitesses", "Gearbox"),
    _own("co2_g_per_km", Shape.NUMBER, "CO₂ (g/km)", "CO₂ (g/km)", nullable=True),
    _own("crit_air", Shape.CHOICE, "Crit’Air", "Crit’Air"),
    _own("colour", Shape.CHOICE, "Couleur", "Colour"),
    _own("interior_colour", Shape.CHOICE, "Couleur intérieure", "Interior colour"),
    _own("plate", Shape.TEXT, "Immatriculation", "Plate", nullable=True),
    _own("vin", Shape.TEXT, "VIN", "VIN", nullable=True),
    _own("internal_number", Shape.TEXT, "Numéro interne", "Internal number", nullable=True),
    _own("police_book_number", Shape.TEXT, "Numéro de police", "Police-book number", nullable=True),
    _own("first_registration", Shape.DATE, "Première mise en circulation", "First registration"),
    Field("year", Shape.NUMBER, "extract(year FROM vehicles.first_registration)::int", "Année", "Year", True),
    _own("mileage_km", Shape.NUMBER, "Kilométrage", "Mileage (km)", nullable=True),
    _own("mileage_guaranteed", Shape.FLAG, "Kilométrage garanti", "Mileage guaranteed"),
    _own("origin", Shape.TEXT, "Origine", "Origin"),
    _own("entered_at", Shape.DATE, "Date d’entrée", "Entered on"),
    Field("days_in_stock", Shape.NUMBER, _DAYS, "Jours de stock", "Days in stock", True),
    _own("status", Shape.CHOICE, "Statut", "Status"),
    _own("destination", Shape.CHOICE, "Destination", "Destination", nullable=True),
    _own("vat", Shape.CHOICE, "TVA", "VAT"),
    _own("market_value", Shape.AMOUNT, "Valeur de marché", "Market value", nullable=True),
    _own("sale_price", Shape.AMOUNT, "Prix de vente", "Sale price", nullable=True),
    _own("trade_price", Shape.AMOUNT, "Prix marchand", "Trade price", nullable=True),
    _own("proposed_market_value", Shape.AMOUNT, "Valeur de marché proposée", "Proposed market value", nullable=True),
    _own("proposed_sale_price", Shape.AMOUNT, "Prix de vente proposé", "Proposed sale price", nullable=True),
    _own("proposed_trade_price", Shape.AMOUNT, "Prix marchand proposé", "Proposed trade price", nullable=True),
    _own("staff_price", Shape.AMOUNT, "Prix collaborateur", "Staff price", nullable=True),
    _own("purchase_price", Shape.AMOUNT, "Prix d’achat", "Purchase price"),
    _own("planned_costs_ht", Shape.AMOUNT, "Frais prévus HT", "Planned costs HT"),
    _own("actual_costs_ht", Shape.AMOUNT, "Frais réels HT", "Actual costs HT"),
    _own("amount_owed", Shape.AMOUNT, "Solde dû", "Amount still owed", nullable=True),
    _own("trade_sale_authorised", Shape.FLAG, "Vente aux professionnels autorisée", "Sale to professionals authorised"),
    _own("matched", Shape.FLAG, "Rapproché du référentiel", "Matched to the reference"),
    _own("accident_damaged", Shape.FLAG, "Accidenté", "Accident-damaged"),
    _own("running", Shape.FLAG, "Roulant", "Running"),
    _own("imported", Shape.FLAG, "Importé", "Imported"),
    _own("first_owner", Shape.FLAG, "Première main", "First owner"),
    _own("service_book", Shape.FLAG, "Carnet d’entretien", "Service book"),
    _own("warranty", Shape.TEXT, "Garantie", "Warranty"),
    _own("warranty_months", Shape.NUMBER, "Garantie (mois)", "Warranty (months)", nullable=True),
    _own("retail_offer", Shape.FLAG, "Offre à un particulier en cours", "Retail offer in progress"),
    _own("reserved_for_client", Shape.TEXT, "Réservé pour le client", "Reserved for the client", nullable=True),
    _own("stock_reason", Shape.TEXT, "Motif de stock long", "Reason of a long stock"),
    _own("stock_muted", Shape.FLAG, "Alerte de durée coupée", "Stock alert muted"),
    _own("battery_health_percent", Shape.NUMBER, "État de la batterie (%)", "Battery health (%)", nullable=True),
    _own("battery_tested_on", Shape.DATE, "Batterie contrôlée le", "Battery tested on"),
    _own("battery_expires_on", Shape.DATE, "Certificat batterie valable jusqu’au", "Battery certificate until"),
    _own("last_inspection_on", Shape.DATE, "Dernier contrôle technique", "Last inspection"),
    _own("next_inspection_on", Shape.DATE, "Prochain contrôle technique", "Next inspection"),
    _own("comments", Shape.TEXT, "Commentaires", "Comments"),
    Field(
        "entity_name",
        Shape.TEXT,
        "(SELECT entities.name FROM entities WHERE entities.id = vehicles.entity_id)",
        "Entité",
        "Entity",
    ),
    Field("site_name", Shape.TEXT, _SITE.format(column="site_id"), "Site", "Site"),
    Field(
        "physical_site_name",
        Shape.TEXT,
        _SITE.format(column="physical_site_id"),
        "Site physique",
        "Physical site",
        True,
    ),
    Field("photos", Shape.NUMBER, "vehicles.photos_count", "Photos", "Photos"),
    Field(
        "reserved",
        Shape.FLAG,
        "(vehicles.reserved_for_trader_id IS NOT NULL OR vehicles.reserved_for_client IS NOT NULL)",
        "Réservé",
        "Reserved",
    ),
    Field(
        "reserved_for_trader",
        Shape.TEXT,
        "(SELECT legal_name FROM trader_companies WHERE trader_companies.id = vehicles.reserved_for_trader_id)",
        "Réservé pour le marchand",
        "Reserved for the trader",
        True,
    ),
    Field("in_auction", Shape.FLAG, _HELD, "En enchère", "In an auction"),
    Field("free", Shape.FLAG, _FREE, "Peut entrer en enchère", "May enter an auction"),
)

FIELDS: Final = {field.name: field for field in _ALL}
USUAL_COLUMNS: Final = (
    "plate", "vin", "internal_number", "make", "model", "version", "trim", "energy", "gearbox", "colour",
    "first_registration", "mileage_km", "status", "destination", "site_name", "entered_at", "days_in_stock", "vat",
    "market_value", "sale_price", "trade_price", "trade_sale_authorised",
)  # fmt: skip
"""What a list shows and a file holds when nobody chose."""

assert set(USUAL_COLUMNS) <= set(FIELDS)
