"""A dealer with a site, three connected traders and three vehicles, made through the book's own doors."""

from msgspec import Struct

from engine.auction.terms import Kind
from engine.instants import SECOND, Instant
from persistence.auctions.creation import ChosenVehicle, NewAuction
from persistence.database import Database
from persistence.people.registry import Company, Site, add_company, add_entity, add_group, add_site
from persistence.stock.cards import VehicleCard, add_vehicle
from persistence.traders.connections import connect

NOW: Instant = 1_700_000_000 * SECOND
HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaA"


class Dealership(Struct):
    """Ids."""

    group: int
    entity: int
    site: int
    traders: tuple[int, ...]
    vehicles: tuple[int, ...]

    def form(self, kind: Kind = Kind.LOT, *vehicles: int, at: Instant = NOW) -> NewAuction:
        """A dealer's form with these vehicles, or all."""
        return NewAuction(
            entity_id=self.entity,
            site_id=self.site,
            kind=kind,
            vehicles=tuple(ChosenVehicle(vehicle) for vehicle in vehicles or self.vehicles),
            starts_at=at,
            ends_at=at + 600 * SECOND,
            minimum_increment_cents=100_00,
            created_at=at,
        )


def a_card(plate: str, trade_price_cents: int | None, **changes: object) -> VehicleCard:
    """A trade vehicle that may be sold, but for the changes."""
    values: dict[str, object] = {
        "make": "RENAULT",
        "model": "CLIO",
        "plate": plate,
        "status": "sales_stock",
        "destination": "trade",
        "trade_price_cents": trade_price_cents,
        "purchase_price_cents": trade_price_cents or 0,
        "matched": True,
    }
    return VehicleCard(**(values | changes))  # type: ignore[arg-type]  # fields by name


async def a_dealership(database: Database, name: str = "Concession", *, siret: int = 0) -> Dealership:
    """The guide's auction 43: three vehicles, 20,593.63 in all."""
    group = await add_group(database, f"Groupe {name}", prefix="45", next_auction_number=43, next_lot_number=65)
    entity = await add_entity(database, group, name)
    site = await add_site(database, entity, Site(name="Point de vente 2", city="ORLEANS"))
    traders = []
    for place, legal_name in enumerate(("SARL LA BONNE OCCAZE", "Top used cars", "AUTO 71")):
        trader = await add_company(database, Company(legal_name=legal_name, siret=f"{siret + place:014}"))
        await connect(database, entity, trader, NOW)
        traders.append(trader)
    mokka = a_card("GD250GH", 14_185_47, make="OPEL", model="MOKKA", purchase_price_cents=13_618_05)
    cards = (a_card("GD147JH", 3_608_16), mokka, a_card("FG463RT", 2_800_00))
    vehicles = [await add_vehicle(database, entity, site, card) for card in cards]
    return Dealership(group, entity, site, tuple(traders), tuple(vehicles))
