"""What each kind of notice carries, and where its link leads: one table for whoever writes, words and tests.

A param that is missing leaves its words out and stops no mail; one that is not in this table is not in the words.
"""

from collections.abc import Mapping
from typing import Final

from engine.notices import NoticeKind

ONLY_BY_MAIL: Final = frozenset({NoticeKind.USER_INVITED, NoticeKind.PASSWORD_RESET, NoticeKind.CONNECTION_INVITED})
"""What is a way in, to be followed from the mail: none of these stands among notifications."""

_AUCTION: Final = frozenset({"auction_id", "number", "entity"})
_LOT: Final = _AUCTION | {"lot", "vehicle"}
_OFFER: Final = frozenset({"offer_id", "number", "entity"})
_VEHICLE: Final = frozenset({"vehicle_id", "vehicle", "plate", "entity"})

PARAMS: Final[Mapping[NoticeKind, frozenset[str]]] = {
    NoticeKind.USER_INVITED: frozenset({"name", "entity", "expires_at", "secret"}),
    NoticeKind.PASSWORD_RESET: frozenset({"name", "expires_at", "secret"}),
    NoticeKind.CONNECTION_INVITED: frozenset({"group", "entities", "company", "expires_at", "secret"}),
    NoticeKind.CONNECTION_ACTIVATED: frozenset({"trader_id", "trader", "entity"}),
    NoticeKind.CONNECTION_REMOVED: frozenset({"entity"}),
    NoticeKind.AUCTION_PUBLISHED: _AUCTION | {"city", "starts_at", "ends_at", "lots", "vehicles"},
    NoticeKind.AUCTION_CHANGED: _AUCTION | {"starts_at", "ends_at"},
    NoticeKind.AUCTION_INVITED: _AUCTION | {"city", "starts_at", "ends_at", "lots", "vehicles"},
    NoticeKind.AUCTION_UNINVITED: _AUCTION,
    NoticeKind.AUCTION_OPENED: _AUCTION | {"ends_at"},
    NoticeKind.AUCTION_CANCELLED: _AUCTION,
    NoticeKind.LOT_RESULT: _LOT | {"outcome", "winner", "amount"},
    NoticeKind.LOT_WON: _LOT | {"amount", "offer"},
    NoticeKind.LOT_NOT_WON: _LOT | {"outcome"},
    NoticeKind.SALE_CANCELLED: _LOT | {"reason", "winner", "amount", "offer"},
    NoticeKind.OFFER_SENT: _OFFER | {"amount", "vehicle", "vehicles"},
    NoticeKind.OFFER_ABANDONED: _OFFER | {"buyer", "reason"},
    NoticeKind.ORDER_PLACED: _OFFER | {"buyer", "amount", "site", "city", "delivery_date"},
    NoticeKind.ORDER_CANCELLED: _OFFER | {"buyer", "reason"},
    NoticeKind.VEHICLE_IN_DELIVERY: _VEHICLE | {"buyer", "site", "city", "delivery_date"},
    NoticeKind.VEHICLE_AVAILABLE: _VEHICLE | {"site", "street", "postcode", "city", "phone", "email"},
    NoticeKind.DELIVERY_SCHEDULED: _VEHICLE | {"site", "street", "postcode", "city", "delivery_date"},
    NoticeKind.DELIVERY_NOT_HONOURED: _VEHICLE | {"buyer", "reason"},
    NoticeKind.VEHICLE_RELEASED: _VEHICLE | {"buyer", "invoice"},
    NoticeKind.TOO_LONG_IN_STOCK: _VEHICLE | {"days"},
}

_PAGES: Final[Mapping[str, str]] = {
    "auction_id": "/auctions/{}",
    "offer_id": "/offers/{}",
    "vehicle_id": "/vehicles/{}",
    "trader_id": "/traders/{}",
}
_WAYS_IN: Final[Mapping[str, str]] = {
    NoticeKind.USER_INVITED: "/password-reset#{}",
    NoticeKind.PASSWORD_RESET: "/password-reset#{}",
    NoticeKind.CONNECTION_INVITED: "/invitation#{}",
}
"""The secret stands behind a `#`: no browser tells it to a server, and no log of ours can hold it."""


def page_of(kind: str, params: Mapping[str, str | int | None]) -> str:
    """The path that the notice's link leads to, or a whole address if that is what the secret is."""
    secret = params.get("secret")
    if secret is not None:
        return str(secret) if "/" in str(secret) else _WAYS_IN.get(kind, "/#{}").format(secret)
    for name, page in _PAGES.items():
        if params.get(name) is not None:
            return page.format(params[name])
    return "/"
