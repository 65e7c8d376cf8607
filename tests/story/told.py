"""What everybody was told in the story: each mail and each notification by hand, in its reader's words, once (§2–§6).

A mail says who is told; a notification is the same notice to somebody who has an account. Ways in are mails alone.
"""

from typing import Any, Final

from tests.story.holding import AGNES, BASILE
from tests.story.letterbox import Letterbox, Mail
from tests.story.stage import NEXT_YEAR, PUBLIC_URL, Stage
from tests.story.traders import address_of

AGNES_READS: Final = (
    *("La Bonne Occaze a accepté la connexion",) * 2,  # §2.3: with Orléans and with Tours
    "Top Used Cars a accepté la connexion",
    "Auto 71 a accepté la connexion",
    "Lot 45-1 : vendu 8 700,00 €",
    "Lot 45-2 : vendu 9 600,00 €",
    "Lot 45-3 : prix de réserve non atteint",
    "Lot 45-4 : vendu 20 777,77 €",
    "Lot 45-2 : vente annulée",
    "RENAULT CLIO GA101AA : en livraison",
    "TOYOTA AURIS GD147JH : en livraison",
    "OPEL MOKKA GD250GH : en livraison",
    "FORD FIESTA FG463RT : en livraison",
    "Livraison non honorée : TOYOTA AURIS GD147JH",
    "Livraison non honorée : OPEL MOKKA GD250GH",
    "Livraison non honorée : FORD FIESTA FG463RT",
    "RENAULT CLIO GA101AA : sorti du stock",
    "TOYOTA AURIS GD147JH : sorti du stock",
    "OPEL MOKKA GD250GH : sorti du stock",
    "FORD FIESTA FG463RT : sorti du stock",
)
BASILE_READS: Final = (
    "Your Adjugé account at Lumière Orléans",
    "La Bonne Occaze accepted the connection",
    "Top Used Cars accepted the connection",
    "Auto 71 accepted the connection",
    "Lot 45-1: sold at €8,700.00",
    "Lot 45-2: sold at €9,600.00",
    "Lot 45-3: reserve not reached",
    "Lot 45-4: sold at €20,777.77",
    "Lot 45-2: sale cancelled",
    "RENAULT CLIO GA101AA: in delivery",
    "TOYOTA AURIS GD147JH: in delivery",
    "OPEL MOKKA GD250GH: in delivery",
    "FORD FIESTA FG463RT: in delivery",
    "Delivery not honoured: TOYOTA AURIS GD147JH",
    "Delivery not honoured: OPEL MOKKA GD250GH",
    "Delivery not honoured: FORD FIESTA FG463RT",
    "RENAULT CLIO GA101AA: released",
    "TOYOTA AURIS GD147JH: released",
    "OPEL MOKKA GD250GH: released",
    "FORD FIESTA FG463RT: released",
)
CAMILLE_READS: Final = (
    "Lumière Orléans, Lumière Tours vous invite à ses enchères",
    "Enchère 45-1 : vous êtes invité par Lumière Orléans",
    "Enchère 45-1 : c’est ouvert",
    "Lot 45-1 : vous ne l’emportez pas",
    "Lot 45-2 : vous l’emportez à 9 600,00 €",
    "Enchère 45-2 : c’est ouvert",
    "Lot 45-4 : vous l’emportez à 20 777,77 €",
    "Lot 45-2 : vente annulée",
    "Commande 45-2",
    "Véhicule disponible : TOYOTA AURIS GD147JH",
    "Véhicule disponible : OPEL MOKKA GD250GH",
    "Véhicule disponible : FORD FIESTA FG463RT",
    *(f"Livraison prévue le 15 mars {NEXT_YEAR} : TOYOTA AURIS",) * 2,  # scheduled again after it was not honoured
    *(f"Livraison prévue le 15 mars {NEXT_YEAR} : OPEL MOKKA",) * 2,
    *(f"Livraison prévue le 15 mars {NEXT_YEAR} : FORD FIESTA",) * 2,
    "Livraison non honorée : TOYOTA AURIS GD147JH",
    "Livraison non honorée : OPEL MOKKA GD250GH",
    "Livraison non honorée : FORD FIESTA FG463RT",
)
DAN_READS: Final = (
    "Lumière Orléans invites you to its auctions",
    "Auction 45-1: you are invited by Lumière Orléans",
    "Auction 45-1: it is open",
    "Lot 45-1: you won it at €8,700.00",
    "Lot 45-3: you did not win it",
    "Auction 45-2: it is open",
    "Lot 45-4: you did not win it",
    "Order 45-1",
    "Vehicle available: RENAULT CLIO GA101AA",
    f"Delivery planned on 15 March {NEXT_YEAR}: RENAULT CLIO",
)
ELODIE_READS: Final = ("Lumière Orléans vous invite à ses enchères", "Enchère 45-2 : c’est ouvert")

MAILS: Final = {
    AGNES: ("fr", AGNES_READS),
    BASILE: ("en", BASILE_READS),
    address_of("camille"): ("fr", CAMILLE_READS),
    address_of("dan"): ("en", DAN_READS),
    address_of("élodie"): ("fr", ELODIE_READS),
}
WAYS_IN: Final = {"basile": 1, "camille": 1, "dan": 1, "élodie": 1}


async def read_the_mail(stage: Stage) -> None:
    """§5.4.4: which mails there are; wait until they are here, and look at each."""
    letters, expected = stage.letters, sum(len(subjects) for _, subjects in MAILS.values())
    await letters.until(lambda: len(letters.mails) >= expected)
    assert_each_once(letters)
    _look_closer(letters, stage)


def assert_each_once(letters: Letterbox) -> None:
    """Every mail of the story in its reader's language, none twice, none to anybody else."""
    assert {mail.to for mail in letters.mails} == set(MAILS)
    for address, (language, subjects) in MAILS.items():
        mails = letters.to(address)
        assert sorted(plain(mail.subject) for mail in mails) == sorted(subjects), address
        assert {mail.language for mail in mails} == {language}
    ids = [mail.message_id for mail in letters.mails]
    assert len(set(ids)) == len(ids)


def plain(text: str) -> str:
    """With the spaces of a keyboard: French amounts are written with narrow ones."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def _look_closer(letters: Letterbox, stage: Stage) -> None:
    """What some of them say, and where they lead; what none to a trader says (§1.4)."""
    won = _only(letters, address_of("camille"), "45-4 : vous")
    assert won.link == f"{PUBLIC_URL}/auctions/{stage.ids['lot auction']}"
    sold = _only(letters, AGNES, "45-4 : vendu")
    assert "La Bonne Occaze" in sold.text  # §5.4.4: the dealer reads the winner
    assert "20 777,77 €" in plain(sold.text)
    available = _only(letters, address_of("dan"), "Vehicle available").text
    for said in ("12 avenue des Platanes", "45000", "Orléans", "+33 2 38 00 00 00", "parc@lumiere.example"):  # §6.4
        assert said in available
    for side, about in ((address_of("camille"), "vente annulée"), (BASILE, "sale cancelled")):
        assert "Boîte de vitesses à refaire" in _only(letters, side, about).text  # §5.4.5
    for name, others in (
        ("camille", ("Top Used Cars", "Auto 71")),
        ("dan", ("Bonne Occaze", "Auto 71")),
        ("élodie", ("Bonne Occaze", "Top Used Cars")),
    ):
        for mail in letters.to(address_of(name)):
            assert not any(other in mail.text + mail.html + mail.subject for other in others)
            assert not any(reserve in plain(mail.text) for reserve in ("6 000,00", "6,000.00", "20 500", "20,500"))


async def read_the_notifications(stage: Stage) -> None:
    """The same notices stand among the notifications of everybody, but the ways in."""
    for name, reads in (
        ("agnès", AGNES_READS),
        ("basile", BASILE_READS),
        ("camille", CAMILLE_READS),
        ("dan", DAN_READS),
        ("élodie", ELODIE_READS),
    ):
        person = stage.people[name]
        page = await person.get("/api/notifications", limit=200)
        assert page["total"] == page["unread"] == len(reads) - WAYS_IN.get(name, 0), name
        keys = [notice["key"] for notice in page["items"]]
        assert len(set(keys)) == len(keys)
    await _count_kinds(stage)
    dan = stage.people["dan"]
    assert await dan.post("/api/notifications/read", {"all": True}, status=200) == {"unread": 0}


async def _count_kinds(stage: Stage) -> None:
    """Camille's, counted by kind: what happened to her, and nothing else."""
    items: list[dict[str, Any]] = (await stage.people["camille"].get("/api/notifications", limit=200))["items"]
    kinds = [notice["kind"] for notice in items]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "auction_published": 1,
        "auction_opened": 2,
        "lot_not_won": 1,
        "lot_won": 2,
        "sale_cancelled": 1,
        "order_placed": 1,
        "vehicle_available": 3,
        "delivery_scheduled": 6,
        "delivery_not_honoured": 3,
    }


def _only(letters: Letterbox, address: str, about: str) -> Mail:
    """The only mail to this address whose subject says this."""
    [mail] = [mail for mail in letters.to(address) if about in plain(mail.subject)]
    return mail
