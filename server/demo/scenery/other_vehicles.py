"""Electric cars with their battery certificates, vans, motorcycles, and cars that may not be sold to traders yet.

The last ones show what §4.3 refuses: not matched, or of no saleable status. All of them are invented.
"""

from typing import Final

from server.demo.scenery.vehicle import AUTOMATIC, DIESEL, ELECTRIC, ESSENCE, MANUAL, Vehicle

# fmt: off
ELECTRIC_CARS: Final = (
    Vehicle("FE830LC", "RENAULT", "ZOE", "R110 41 kWh", "2019-04-09", 62_350, ELECTRIC, AUTOMATIC, (4, 108), 0, 5,
            "Citadine", "Blanc", 9300_00, 7400_00, 6900_00, trim="Intens", battery_health_percent=88,
            battery_tested_on="2026-09-14", battery_expires_on="2027-03-14"),
    Vehicle("GA157PV", "RENAULT", "ZOE", "R135 52 kWh", "2021-04-20", 48_120, ELECTRIC, AUTOMATIC, (4, 135), 0, 5,
            "Citadine", "Bleu", 13400_00, 11100_00, 10500_00, trim="Exception", battery_health_percent=93,
            battery_tested_on="2026-10-02", battery_expires_on="2027-04-02", first_owner=True),
    Vehicle("FZ694DR", "PEUGEOT", "E-208", "136 50 kWh", "2021-06-17", 57_890, ELECTRIC, AUTOMATIC, (4, 136), 0, 5,
            "Citadine", "Jaune", 14200_00, 11900_00, 11200_00, trim="GT", battery_health_percent=91,
            battery_tested_on="2026-08-27", battery_expires_on="2027-02-27"),
    Vehicle("GL028NJ", "MG", "MG4", "64 kWh", "2023-03-30", 41_760, ELECTRIC, AUTOMATIC, (5, 204), 0, 5,
            "Berline", "Orange", 20600_00, 17500_00, 14080_00, trim="Luxury", battery_health_percent=97,
            battery_tested_on="2026-10-19", battery_expires_on="2027-04-19", vat="recoverable", first_owner=True),
    Vehicle("GD941KW", "TESLA", "MODEL 3", "Propulsion 283", "2022-01-13", 92_480, ELECTRIC, AUTOMATIC, (6, 283), 0, 4,
            "Berline", "Blanc", 23900_00, 20400_00, 16420_00, battery_health_percent=90, vat="recoverable",
            battery_tested_on="2026-09-30", battery_expires_on="2027-03-30", site="Valserine Gerland"),
    Vehicle("DV505SB", "NISSAN", "LEAF", "24 kWh", "2015-09-08", 98_640, ELECTRIC, AUTOMATIC, (3, 109), 0, 5,
            "Berline", "Rouge", 5200_00, 3700_00, 3400_00, trim="Acenta", battery_health_percent=71,
            battery_tested_on="2026-07-21", battery_expires_on="2027-01-21"),
)

VANS: Final = (
    Vehicle("EY412FA", "RENAULT", "TRAFIC III", "1.6 dCi 125 L1H1", "2018-09-27", 141_200, DIESEL, MANUAL, (7, 125),
            170, 4, "Fourgon", "Blanc", 16800_00, 13900_00, 11080_00, trim="Grand Confort", kind="van",
            vat="recoverable", site="Centre utilitaires", origin="Fin de location"),
    Vehicle("FP736CQ", "PEUGEOT", "EXPERT", "2.0 BlueHDi 120 Standard", "2020-02-06", 118_530, DIESEL, MANUAL, (7, 122),
            160, 5, "Fourgon", "Blanc", 18400_00, 15500_00, 12420_00, trim="Premium", kind="van", vat="recoverable",
            site="Centre utilitaires", origin="Fin de location"),
    Vehicle("DJ283MX", "CITROËN", "BERLINGO", "1.6 HDi 90 M", "2014-09-11", 163_440, DIESEL, MANUAL, (5, 92), 126, 4,
            "Fourgonnette", "Blanc", 6900_00, 5100_00, 4000_00, trim="Business", kind="van", vat="recoverable",
            site="Centre utilitaires"),
    Vehicle("FN050VP", "RENAULT", "KANGOO", "1.5 Blue dCi 95", "2019-12-18", 87_960, DIESEL, MANUAL, (5, 95), 132, 4,
            "Fourgonnette", "Gris", 11900_00, 9700_00, 7670_00, trim="Extra R-Link", kind="van", vat="recoverable",
            site="Centre utilitaires", first_owner=True),
    Vehicle("EB677JG", "FORD", "TRANSIT CUSTOM", "2.0 TDCi 130 L2", "2016-01-21", 176_310, DIESEL, MANUAL, (8, 130),
            178, 5, "Fourgon", "Bleu", 12900_00, 10200_00, 8080_00, trim="Trend", kind="van", vat="recoverable",
            site="Centre utilitaires", planned_costs_ht_cents=890_00),
    Vehicle("GB462RV", "CITROËN", "JUMPY", "1.5 BlueHDi 120 M", "2021-08-26", 96_720, DIESEL, MANUAL, (6, 120), 152, 5,
            "Fourgon", "Blanc", 17900_00, 15000_00, 11980_00, trim="Driver", kind="van", vat="recoverable",
            site="Centre utilitaires", origin="Fin de location", first_owner=True),
    Vehicle("ES815XL", "VOLKSWAGEN", "CADDY", "2.0 TDI 102", "2018-03-29", 132_080, DIESEL, MANUAL, (6, 102), 128, 4,
            "Fourgonnette", "Gris", 11200_00, 9000_00, 7150_00, kind="van", vat="recoverable",
            site="Centre utilitaires"),
    Vehicle("FH594GE", "RENAULT", "MASTER", "2.3 dCi 130 L2H2", "2019-07-02", 159_870, DIESEL, MANUAL, (8, 130), 199, 4,
            "Fourgon", "Blanc", 18900_00, 15900_00, 12700_00, trim="Confort", kind="van", vat="recoverable",
            site="Centre utilitaires", planned_costs_ht_cents=540_00),
)

MOTORCYCLES: Final = (
    Vehicle("FJ319TR", "YAMAHA", "MT-07", "689 A2", "2019-08-01", 21_480, ESSENCE, MANUAL, (7, 75), 98, 0,
            "Roadster", "Gris", 5600_00, 4500_00, 4200_00, kind="motorcycle", last_inspection_on="2025-06-12",
            next_inspection_on="2028-06-12"),
    Vehicle("GM862AH", "HONDA", "FORZA 350", "330 ABS", "2023-05-16", 9_870, ESSENCE, AUTOMATIC, (3, 29), 84, 0,
            "Scooter", "Noir", 4900_00, 4000_00, 3750_00, kind="scooter", first_owner=True),
)

NOT_READY: Final = (
    Vehicle("GN534BS", "PEUGEOT", "408", "Hybrid 136 e-DCS6", "2024-02-29", 22_300, ESSENCE, AUTOMATIC, (6, 136), 112,
            5, "Berline", "Gris", 30900_00, 27200_00, 26500_00, trim="Allure", status="physical_entry",
            comments="En préparation"),
    Vehicle("AB902XE", "LADA", "NIVA", "1.7i 83", "2009-05-13", 88_700, ESSENCE, MANUAL, (7, 83), 225, 3,
            "4x4", "Beige", 5900_00, 4300_00, 3900_00, kind="4x4", matched=False,
            comments="Sans correspondance au référentiel"),
    Vehicle("FX571QD", "CITROËN", "C5 AIRCROSS", "1.5 BlueHDi 130", "2021-03-04", 69_940, DIESEL, AUTOMATIC, (6, 131),
            129, 5, "SUV", "Blanc", 19900_00, 16900_00, 16300_00, trim="Shine", destination="private",
            status="pre_arrival"),
)
