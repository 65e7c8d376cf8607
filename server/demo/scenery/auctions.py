"""Auctions that the demonstration's book holds when it is first opened: some are over, some are going on.

In the order of their numbers, from 31 with lot 36 on. 36 and 43 are the user guide's, to the cent; 42 ends within
minutes of the first start. Minutes count from an auction's own start, or back from the moment the book is opened.
"""

from typing import Final

from msgspec import Struct

from engine.auction.terms import Kind
from engine.money import Cents
from server.demo.scenery.people import (
    AUTO_71,
    BONNE_OCCAZE,
    BRESSAN,
    CAP_EXPORT,
    DEUX_RIVES,
    ELECTRIC,
    FAUCIGNY,
    FIRST_AUCTION_NUMBER,
    FIRST_LOT_NUMBER,
    GENERALISTS,
    GRENOBLE,
    LOTARIUM,
    LYON,
    NEGOCE_SUD,
    TOP_USED_CARS,
    VANS,
    WHOLE_LOTS,
    Entity,
    MailingList,
    Trader,
)

HOUR: Final = 60.0
DAY: Final = 24 * HOUR


class Offer(Struct, frozen=True):
    """A bid, so many minutes after the start. `below_minimum`: it is refused, and that is meant."""

    minute: float
    trader: Trader
    amount_cents: Cents
    below_minimum: bool = False


class Lot(Struct, frozen=True):
    """Vehicles by their plates, each at its trade price; what was bid on them so far."""

    plates: tuple[str, ...]
    reserve_cents: Cents | None
    offers: tuple[Offer, ...] = ()
    #: The minute in which the dealer cancelled the sale, and why.
    sale_cancelled: tuple[float, str] | None = None


class Auction(Struct, frozen=True):
    """One auction. `is_still`: the crowd leaves its lots alone until a visitor bids."""

    entity: Entity
    site: str
    audience: MailingList | None
    began_minutes_ago: float
    lasts_minutes: float
    increment_cents: Cents
    lots: tuple[Lot, ...]
    kind: Kind = Kind.UNIT
    declined: tuple[tuple[float, Trader], ...] = ()
    cancelled_minute: float | None = None
    is_still: bool = False


# fmt: off
OVER: Final = (
    Auction(LYON, "Valserine Part-Dieu", GENERALISTS, 3 * DAY + 2 * HOUR, 120, 50_00, (
        Lot(("CW907HD",), 3100_00, (
            Offer(4, AUTO_71, 2950_00), Offer(31, TOP_USED_CARS, 3050_00), Offer(86, AUTO_71, 3250_00))),
        Lot(("AM538VL",), 3500_00, (
            Offer(12, BONNE_OCCAZE, 3400_00), Offer(13.5, TOP_USED_CARS, 3500_00), Offer(118.4, BONNE_OCCAZE, 3600_00),
            Offer(120.7, TOP_USED_CARS, 3700_00))),
        Lot(("DK416ZR",), 5400_00, (Offer(44, AUTO_71, 4900_00), Offer(97, BONNE_OCCAZE, 5100_00))),
        Lot(("BJ856QA",), 3900_00),
    )),
    Auction(LYON, "Valserine Part-Dieu", WHOLE_LOTS, 2 * DAY + 5 * HOUR, 30, 100_00, (
        Lot(("DN390FK", "CJ294BT", "DG179EM"), 13000_00, (
            Offer(3, TOP_USED_CARS, 12700_00), Offer(9, BONNE_OCCAZE, 12900_00), Offer(21, TOP_USED_CARS, 13200_00),
            Offer(28.2, BONNE_OCCAZE, 13350_00))),
    ), Kind.LOT),
    Auction(LYON, "Valserine Gerland", None, 2 * DAY + 1 * HOUR, 90, 50_00, (
        Lot(("CT748EB",), 5600_00, (Offer(15, NEGOCE_SUD, 5200_00), Offer(58, BRESSAN, 5350_00))),
        Lot(("DZ487LK",), 6800_00),
        Lot(("DW834RP",), 7500_00),
    ), declined=((22, DEUX_RIVES), (40, AUTO_71))),
    Auction(GRENOBLE, "Centre utilitaires", VANS, 1 * DAY + 6 * HOUR, 60, 100_00, (
        Lot(("DJ283MX",), 5300_00, (
            Offer(6, CAP_EXPORT, 5200_00), Offer(19, BONNE_OCCAZE, 5400_00), Offer(41, CAP_EXPORT, 5600_00))),
        Lot(("EB677JG",), None, (Offer(11, CAP_EXPORT, 10300_00), Offer(25, TOP_USED_CARS, 10500_00))),
        Lot(("FN050VP",), 9900_00, (
            Offer(8, DEUX_RIVES, 9700_00), Offer(33, CAP_EXPORT, 10000_00), Offer(59, DEUX_RIVES, 10150_00))),
    )),
    Auction(LYON, "Valserine Part-Dieu", None, 1 * DAY + 1 * HOUR, 60, 50_00, (
        Lot(("EP340RX",), 9300_00, (
            Offer(5, LOTARIUM, 9100_00), Offer(16, AUTO_71, 9250_00), Offer(37, LOTARIUM, 9500_00))),
        Lot(("EL765VG",), None, (Offer(9, NEGOCE_SUD, 7050_00), Offer(30, BRESSAN, 7200_00)),
            sale_cancelled=(HOUR + 45, "Le client a repris son véhicule")),
    )),
)

GUIDE_36: Final = Auction(LYON, "Valserine Part-Dieu", GENERALISTS, 28, 300, 50_00, (
    Lot(("BC125DF",), 5900_00, (Offer(6, AUTO_71, 6000_00), Offer(12, TOP_USED_CARS, 6190_00))),
    Lot(("BX815QK",), 3600_00, (Offer(13, BONNE_OCCAZE, 4600_00),)),
    Lot(("EZ785RE",), 3500_00),
), is_still=True)

UNDER_WAY: Final = (
    Auction(LYON, "Valserine Part-Dieu", ELECTRIC, 20, 75, 100_00, (
        Lot(("FE830LC",), 7900_00, (Offer(2, DEUX_RIVES, 7500_00), Offer(7, NEGOCE_SUD, 7600_00))),
        Lot(("FZ694DR",), 12400_00, (Offer(5, LOTARIUM, 11900_00),)),
        Lot(("GL028NJ",), 18200_00, (Offer(9, LOTARIUM, 17500_00), Offer(14, NEGOCE_SUD, 17700_00))),
        Lot(("DV505SB",), None),
    ), declined=((11, AUTO_71),)),
    Auction(GRENOBLE, "Centre utilitaires", VANS, 15, 50, 200_00, (
        Lot(("EY412FA", "FP736CQ", "GB462RV"), 45500_00, (
            Offer(4, TOP_USED_CARS, 44400_00), Offer(10, CAP_EXPORT, 44800_00))),
    ), Kind.LOT),
    Auction(LYON, "Valserine Gerland", None, 14, 6, 50_00, (
        Lot(("EV331GT",), 7500_00, (Offer(1, BRESSAN, 7350_00), Offer(2.5, BONNE_OCCAZE, 7600_00))),
        Lot(("FB647SE",), 10600_00, (Offer(2, FAUCIGNY, 10000_00), Offer(4.5, NEGOCE_SUD, 10250_00))),
        Lot(("EN953JL",), 8000_00),
    )),
    Auction(LYON, "Valserine Part-Dieu", None, 10, 40, 50_00, (
        Lot(("FJ319TR",), 4700_00, (Offer(3, FAUCIGNY, 4500_00), Offer(8, AUTO_71, 4550_00))),
        Lot(("GM862AH",), None, (Offer(6, BRESSAN, 4000_00),)),
    )),
    Auction(LYON, "Valserine Gerland", ELECTRIC, 9, 60, 100_00, (
        Lot(("GD941KW",), 21000_00),
    ), cancelled_minute=3),
    Auction(LYON, "Valserine Part-Dieu", GENERALISTS, 8, 10, 50_00, (
        Lot(("EE152CW",), None, (Offer(1.5, TOP_USED_CARS, 6950_00), Offer(4, BONNE_OCCAZE, 7100_00))),
        Lot(("DS720MA",), 5400_00, (Offer(2, BONNE_OCCAZE, 5250_00), Offer(5.5, TOP_USED_CARS, 5450_00))),
    ), is_still=True),
)

GUIDE_43: Final = Auction(LYON, "Valserine Part-Dieu", WHOLE_LOTS, 5, 10, 100_00, (
    Lot(("GD147JH", "GD250GH", "FG463RT"), 20799_00, (
        Offer(2 + 10 / 60, TOP_USED_CARS, 20700_00),
        Offer(4 + 2 / 60, BONNE_OCCAZE, 20750_00, below_minimum=True),
        Offer(4 + 40 / 60, BONNE_OCCAZE, 20900_00))),
), Kind.LOT, is_still=True)
# fmt: on

AUCTIONS: Final = (*OVER, GUIDE_36, *UNDER_WAY, GUIDE_43)


def still() -> dict[int, dict[int, int]]:
    """The auctions that are still, by number: how many bids each of their lots holds."""
    held: dict[int, dict[int, int]] = {}
    lot_number = FIRST_LOT_NUMBER
    for number, auction in enumerate(AUCTIONS, FIRST_AUCTION_NUMBER):
        for lot in auction.lots:
            if auction.is_still:
                held.setdefault(number, {})[lot_number] = sum(not offer.below_minimum for offer in lot.offers)
            lot_number += 1
    return held
