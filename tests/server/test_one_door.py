"""One door for bids (§0.5): merchants on the page and bidders on the protocol get the same rules, notice and delay.

What holds this up is that there is no second way in, and that nobody who decides could tell the two apart.
"""

import msgspec

from engine.auction.terms import Invited
from server.caller import Caller
from server.http.routes import ROUTES
from server.live.messages import FromClient


def test_nothing_is_bid_or_declined_over_http() -> None:
    """§0.5: the JSON routes that change an auction are the dealer's."""
    changing = {(route.method, route.path) for route in ROUTES if "/auctions" in route.path and route.method != "GET"}
    assert changing == {
        ("POST", "/api/auctions"),
        ("PATCH", "/api/auctions/{id}"),
        ("POST", "/api/auctions/{id}/cancellation"),
        ("POST", "/api/auctions/{id}/lots/{number}/sale-cancellation"),
    }


def test_nobody_who_decides_knows_a_merchant_from_a_bidder() -> None:
    """§0.5."""
    for value in (Caller, Invited):
        assert "kind" not in {field.name for field in msgspec.structs.fields(value)}


def test_a_bid_is_the_same_message_for_everybody() -> None:
    """§0.5."""
    bids = [kind for kind in FromClient.__args__ if kind.__struct_config__.tag == "bid"]
    assert [[field.name for field in msgspec.structs.fields(kind)] for kind in bids] == [
        ["id", "auction", "lot", "amount"]
    ]
