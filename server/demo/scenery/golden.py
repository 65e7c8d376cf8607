"""The vehicles of the two auctions whose every figure is known: numbers 36 and 43 of the user guide.

Trade prices are the guide's starting prices; purchase prices are such that the initial margins come out to the cent.
"""

from typing import Final

from server.demo.scenery.vehicle import AUTOMATIC, DIESEL, ESSENCE, MANUAL, Vehicle

# fmt: off
OF_AUCTION_36: Final = (
    Vehicle("BC125DF", "CHEVROLET", "CRUZE", "1.8 16V 141", "2012-05-15", 108_963, ESSENCE, MANUAL, (8, 141), 155, 4,
            "Berline", "Gris", 7300_00, 5798_16, 5392_28, trim="LTZ"),
    Vehicle("BX815QK", "FIAT", "PUNTO EVO", "1.3 Multijet 75", "2011-11-15", 95_000, DIESEL, MANUAL, (4, 75), 110, 5,
            "Citadine", "Blanc", 4700_00, 3500_00, 3500_00, trim="Dynamic"),
    Vehicle("EZ785RE", "CITROËN", "C2", "1.4i", "2007-08-12", 82_386, ESSENCE, MANUAL, (5, 75), 143, 3,
            "Citadine", "Noir", 4300_00, 3440_25, 2645_29, trim="VTR"),
)

OF_AUCTION_43: Final = (
    Vehicle("GD147JH", "CITROËN", "XSARA PICASSO", "1.6i 16V 110", "2007-04-10", 45_163, ESSENCE, MANUAL, (7, 110),
            172, 5, "Monospace", "Bleu", 4600_00, 3608_16, 3608_16, trim="Génération 2007", first_owner=True),
    Vehicle("GD250GH", "OPEL", "MOKKA", "1.2 Turbo 130 ch BVA8", "2021-11-30", 87_456, ESSENCE, AUTOMATIC, (7, 130),
            134, 5, "SUV", "Vert", 16900_00, 14185_47, 13618_05, trim="Edition", first_owner=True),
    Vehicle("FG463RT", "CHEVROLET", "AVEO", "1.2 16v 86 ch", "2012-12-19", 109_661, ESSENCE, MANUAL, (5, 86), 125, 5,
            "Citadine", "Rouge", 3900_00, 2800_00, 2800_00, trim="LT"),
)
