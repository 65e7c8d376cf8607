"""Every vehicle of the demonstration's first stock, in the order in which it is taken in.

Only gathers the tables beside it.
"""

from typing import Final

from server.demo.scenery.cars import CITY_CARS, FAMILY_CARS, SUVS
from server.demo.scenery.golden import OF_AUCTION_36, OF_AUCTION_43
from server.demo.scenery.other_vehicles import ELECTRIC_CARS, MOTORCYCLES, NOT_READY, VANS
from server.demo.scenery.vehicle import Vehicle

VEHICLES: Final[tuple[Vehicle, ...]] = (
    *OF_AUCTION_36,
    *OF_AUCTION_43,
    *CITY_CARS,
    *FAMILY_CARS,
    *SUVS,
    *ELECTRIC_CARS,
    *VANS,
    *MOTORCYCLES,
    *NOT_READY,
)
BY_PLATE: Final = {vehicle.plate: vehicle for vehicle in VEHICLES}
