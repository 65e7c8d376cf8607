"""Whom a visitor of the demonstration may sign in as: printed on the terminal, and listed on the sign-in page.

Only a house in demonstration mode tells them; these accounts exist nowhere else.
"""

from typing import Final

from server.demo.scenery import people
from server.http.doors import DemoSignIn


def _dealer(dealer: people.Dealer, hint: str, hint_fr: str) -> DemoSignIn:
    company = people.GROUP_NAME if len(dealer.entities) > 1 else dealer.entities[0].name
    return DemoSignIn(dealer.email, people.PASSWORD, "dealer", dealer.name, company, hint, hint_fr)


def _trader(trader: people.Trader, hint: str, hint_fr: str) -> DemoSignIn:
    return DemoSignIn(trader.email, people.PASSWORD, "trader", trader.representative, trader.legal_name, hint, hint_fr)


SIGN_INS: Final = (
    _dealer(people.DEALER_ADMINISTRATOR, "runs the group, all rights", "dirige le groupe, tous les droits"),
    _dealer(
        people.FLEET,
        "fleet manager, runs the auctions of one entity",
        "gestionnaire de parc, mène les enchères d’une entité",
    ),
    _dealer(
        people.VANS_MANAGER,
        "fleet manager of the vans, in English",
        "gestionnaire de parc des utilitaires, en anglais",
    ),
    _trader(
        people.BONNE_OCCAZE,
        "trader, leads in auctions 45-36 and 45-43",
        "marchand, en tête dans les enchères 45-36 et 45-43",
    ),
    _trader(people.AUTO_71, "trader, to bid against the one above", "marchand, pour surenchérir sur le précédent"),
    _trader(people.DEUX_RIVES, "trader, in English", "marchand, en anglais"),
    _trader(
        people.NOT_CONNECTED,
        "trader without a connection: sees nothing",
        "marchand sans connexion : ne voit aucune enchère",
    ),
)
