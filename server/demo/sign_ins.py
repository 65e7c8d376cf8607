"""Whom a visitor of the demonstration may sign in as: printed on the terminal, and listed on the sign-in page.

Only a house in demonstration mode tells them; these accounts exist nowhere else.
"""

from typing import Final

from server.demo.scenery import people
from server.http.doors import DemoSignIn


def _dealer(dealer: people.Dealer, hint: str) -> DemoSignIn:
    company = people.GROUP_NAME if len(dealer.entities) > 1 else dealer.entities[0].name
    return DemoSignIn(dealer.email, people.PASSWORD, "dealer", dealer.name, company, hint)


def _trader(trader: people.Trader, hint: str) -> DemoSignIn:
    return DemoSignIn(trader.email, people.PASSWORD, "trader", trader.representative, trader.legal_name, hint)


SIGN_INS: Final = (
    _dealer(people.DEALER_ADMINISTRATOR, "runs the group, all rights"),
    _dealer(people.FLEET, "fleet manager, runs the auctions of one entity"),
    _dealer(people.VANS_MANAGER, "fleet manager of the vans, in English"),
    _trader(people.BONNE_OCCAZE, "trader, leads in auctions 45-36 and 45-43"),
    _trader(people.AUTO_71, "trader, to bid against the one above"),
    _trader(people.DEUX_RIVES, "trader, in English"),
    _trader(people.NOT_CONNECTED, "trader without a connection: sees nothing"),
)
