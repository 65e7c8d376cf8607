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
    _dealer(people.DEALER_ADMINISTRATOR, "administratrice du groupe, tous les droits"),
    _dealer(people.FLEET, "gestionnaire de parc, lance les enchères"),
    _dealer(people.VANS_MANAGER, "fleet manager (vans), in English"),
    _trader(people.BONNE_OCCAZE, "marchand, invité partout"),
    _trader(people.AUTO_71, "marchand, pour enchérir contre le premier"),
    _trader(people.DEUX_RIVES, "trader, in English"),
    _trader(people.NOT_CONNECTED, "marchand sans connexion, ne voit rien"),
)
