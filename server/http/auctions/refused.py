"""Why an auction cannot be made or changed so, in words: every reason, with its field and its vehicle (§4.3, §5.1).

The codes are the engine's and the book's; pages have words of their own for them, readers of the API have these.
"""

from typing import Final

from engine.stock import Missing
from persistence.auctions.creation import CreationRefused
from server.errors import DoorCode, Reason, Refusal

NOBODY: Final = "nobody_invited"
_SENTENCES: Final[dict[str, str]] = {
    "module_off": "the group has switched stock auctions off",
    "no_vehicles": "choose at least one vehicle",
    "not_positive": "must be more than nothing",
    "invalid_amount": "must be more than nothing",
    "only_for_lots": "is for lot auctions: here each vehicle has its own",
    "unknown_site": "is not a site of the entity",
    "unknown_list": "the entity has no such list",
    NOBODY: "nobody would be invited",
    "not_connected": "are not all connected to the entity",
}
_VEHICLE_SENTENCES: Final[dict[str, str]] = {
    "unknown_vehicle": "vehicle {} is not in the stock of the entity",
    "twice": "vehicle {} is named twice",
    "invalid_amount": "vehicle {} needs an amount of more than nothing",
    "only_for_units": "vehicle {} has no reserve of its own in a lot auction",
    Missing.WRONG_DESTINATION: "vehicle {} is neither for private nor for trade sale",
    Missing.NOT_SALEABLE: "vehicle {} is not saleable yet",
    Missing.NOT_AUTHORISED: "vehicle {} is not authorised for sale to professionals",
    Missing.NO_TRADE_PRICE: "vehicle {} has no trade price",
    Missing.NOT_MATCHED: "vehicle {} is not matched to the catalogue",
    Missing.RESERVED: "vehicle {} is reserved already",
    Missing.IN_ANOTHER_AUCTION: "vehicle {} is in another auction",
}


def refusal_of(refused: CreationRefused, *, by_name: bool) -> Refusal:
    """Every reason; `by_name`: the traders were named one by one."""
    reasons = tuple(
        Reason(reason.code, "traders" if by_name and reason.code == NOBODY else reason.field, reason.vehicle_id)
        for reason in refused.reasons
    )
    told = (f"{reason.field}: {_sentence(reason)}" for reason in reasons)
    return Refusal(DoorCode.INVALID, "; ".join(dict.fromkeys(told)) + ".", reasons[0].field, reasons=reasons)


def _sentence(reason: Reason) -> str:
    if reason.vehicle is None:
        return _SENTENCES[reason.code]
    return _VEHICLE_SENTENCES[reason.code].format(reason.vehicle)
