"""Who sells and who buys in the demonstration: a group, its entities and sites, trader companies, people, lists.

All are invented but for three company names of the user guide. SIRETs pass the Luhn check and begin with zeros, as no
company's does; addresses end in `.example`; telephone numbers are of the range kept free for fiction.
"""

from typing import Final

from msgspec import Struct

PASSWORD: Final = "demonstration"  # noqa: S105 - everybody's, of people who do not exist

GROUP_NAME: Final = "Groupe Valserine"
GROUP_PREFIX: Final = "45"
#: So that the auctions of the user guide keep their numbers: 36 with lots 49 to 51, 43 with lot 65.
FIRST_AUCTION_NUMBER: Final = 31
FIRST_LOT_NUMBER: Final = 36
FIRST_OFFER_NUMBER: Final = 3923
APE_CODE: Final = "45.11Z"

SELLER: Final = frozenset({"make_offers"})
FLEET_MANAGER: Final = frozenset({"manage_stock", "manage_mailing_lists", "run_stock_auctions", "cancel_sale"})
ADMINISTRATOR: Final = FLEET_MANAGER | {
    "manage_users",
    "manage_connections",
    "make_offers",
    "declare_deliveries",
    "manage_pricing_rules",
    "run_remarketing",
}


class Site(Struct, frozen=True):
    """Where vehicles stand."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


class Entity(Struct, frozen=True):
    """Who sells."""

    name: str
    siret: str
    vat_number: str
    sites: tuple[Site, ...]


LYON: Final = Entity(
    "Valserine Lyon",
    "00081254500010",
    "FR37000812545",
    (
        Site("Valserine Gerland", "12 quai des Essais", "69007", "Lyon", "04 65 71 00 11", "lyon7@valserine.example"),
        Site("Valserine Part-Dieu", "3 rue de l'Exemple", "69003", "Lyon", "04 65 71 00 12", "lyon3@valserine.example"),
    ),
)
GRENOBLE: Final = Entity(
    "Valserine Utilitaires",
    "00081337800015",
    "FR14000813378",
    (Site("Centre utilitaires", "8 allée du Patron", "38000", "Grenoble", "04 65 71 00 21", "vu@valserine.example"),),
)
ENTITIES: Final = (LYON, GRENOBLE)


class Dealer(Struct, frozen=True):
    """A person who works for entities, with the same rights in each."""

    email: str
    name: str
    language: str
    entities: tuple[Entity, ...]
    rights: frozenset[str]
    validate_trade_ins: str = "none"


DEALER_ADMINISTRATOR: Final = Dealer(
    "direction@valserine.example", "Hélène Valmorin", "fr", ENTITIES, ADMINISTRATOR, "any"
)
FLEET: Final = Dealer("parc@valserine.example", "Yanis Corbelin", "fr", (LYON,), FLEET_MANAGER)
VANS_MANAGER: Final = Dealer("utilitaires@valserine.example", "Moira Ashgrove", "en", (GRENOBLE,), FLEET_MANAGER)
SALES: Final = Dealer("vente@valserine.example", "Tessa Brunel-Roche", "fr", (LYON,), SELLER, "own")
DEALERS: Final = (DEALER_ADMINISTRATOR, FLEET, VANS_MANAGER, SALES)


class Trader(Struct, frozen=True):
    """A trader company and the one person who bids for it. `connected_to`: the entities that may invite it."""

    legal_name: str
    siret: str
    vat_number: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str
    representative: str
    language: str = "fr"
    kind: str = "merchant"
    connected_to: tuple[Entity, ...] = ENTITIES


TOP_USED_CARS: Final = Trader(
    "Top used cars", "00048792600016", "FR60000487926", "40 route du Modèle", "01000", "Bourg-en-Bresse",
    "04 65 71 01 01", "achats@topusedcars.example", "Barnabé Quillet",
)  # fmt: skip
BONNE_OCCAZE: Final = Trader(
    "SARL LA BONNE OCCAZE", "00087725800012", "FR79000877258", "7 place du Spécimen", "69100", "Villeurbanne",
    "04 65 71 01 02", "encheres@bonneoccaze.example", "Mahaut Derville",
)  # fmt: skip
AUTO_71: Final = Trader(
    "AUTO 71", "00055734800018", "FR67000557348", "19 avenue du Gabarit", "71000", "Mâcon",
    "03 53 01 01 03", "contact@auto71.example", "Ferréol Anquetin",
)  # fmt: skip
DEUX_RIVES: Final = Trader(
    "Garage des Deux Rives", "00075708800018", "FR21000757088", "2 quai du Canevas", "26000", "Valence",
    "04 65 71 01 04", "stock@deuxrives.example", "Imogen Fairweather", language="en",
)  # fmt: skip
NEGOCE_SUD: Final = Trader(
    "Négoce Auto Sud", "00099676900014", "FR03000996769", "55 chemin de l'Ébauche", "84000", "Avignon",
    "04 65 71 01 05", "achat@negoceautosud.example", "Lubin Castagnac",
)  # fmt: skip
FAUCIGNY: Final = Trader(
    "Occasions du Faucigny", "00052737400011", "FR64000527374", "31 rue de la Maquette", "74130", "Bonneville",
    "04 65 71 01 06", "vo@faucigny.example", "Odilon Perravex", connected_to=(LYON,),
)  # fmt: skip
BRESSAN: Final = Trader(
    "Dépôt-Vente Bressan", "00032138000016", "FR69000321380", "4 impasse du Croquis", "01440", "Viriat",
    "04 65 71 01 07", "depot@bressan.example", "Clarisse Montvenoux",
)  # fmt: skip
CAP_EXPORT: Final = Trader(
    "Cap Export Utilitaires", "00099542300019", "FR39000995423", "Zone du Prototype", "13015", "Marseille",
    "04 65 71 01 08", "fleet@capexport.example", "Théodule Marchegay", connected_to=(GRENOBLE,),
)  # fmt: skip
LOTARIUM: Final = Trader(
    "Lotarium", "00076978600013", "FR91000769786", "100 boulevard du Calque", "92800", "Puteaux",
    "01 99 00 01 09", "api@lotarium.example", "Solveig Harnois", kind="bidder",
)  # fmt: skip
NOT_CONNECTED: Final = Trader(
    "Négoce du Lac", "00016984700019", "FR12000169847", "6 rue du Brouillon", "74000", "Annecy",
    "04 65 71 01 10", "bonjour@negocedulac.example", "Gontran Vuillermoz", connected_to=(),
)  # fmt: skip

#: Those a visitor signs in as: nobody bids for them.
VISITORS: Final = (BONNE_OCCAZE, AUTO_71, DEUX_RIVES, NOT_CONNECTED)
#: Those that bid by script.
SCRIPTED: Final = (TOP_USED_CARS, NEGOCE_SUD, FAUCIGNY, BRESSAN, CAP_EXPORT, LOTARIUM)
TRADERS: Final = VISITORS + SCRIPTED


class MailingList(Struct, frozen=True):
    """A named subset of an entity's connected traders."""

    entity: Entity
    title: str
    traders: tuple[Trader, ...]


GENERALISTS: Final = MailingList(LYON, "Marchands GÉNÉRALISTES", (TOP_USED_CARS, BONNE_OCCAZE, AUTO_71))
WHOLE_LOTS: Final = MailingList(LYON, "Acheteurs de lots", (TOP_USED_CARS, BONNE_OCCAZE))
ELECTRIC: Final = MailingList(LYON, "Véhicules électriques", (BONNE_OCCAZE, DEUX_RIVES, AUTO_71, NEGOCE_SUD, LOTARIUM))
VANS: Final = MailingList(GRENOBLE, "Utilitaires", (BONNE_OCCAZE, AUTO_71, DEUX_RIVES, CAP_EXPORT, TOP_USED_CARS))
REGION: Final = MailingList(
    LYON,
    "Marchands de la région",
    (BONNE_OCCAZE, AUTO_71, DEUX_RIVES, TOP_USED_CARS, NEGOCE_SUD, FAUCIGNY, BRESSAN, LOTARIUM),
)
MAILING_LISTS: Final = (GENERALISTS, WHOLE_LOTS, ELECTRIC, REGION, VANS)
#: The lists that the scripted dealer uses: enough scripted traders are on them for a sale to come alive.
LISTS_IN_USE: Final = (REGION.title, VANS.title)
