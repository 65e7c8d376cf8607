"""Act two: traders are invited by mail, sign up from the link in it, and an entity makes a list of them (§2, §3)."""

from typing import Any, Final
from urllib.parse import urlsplit

from tests.story.stage import PASSWORD, PUBLIC_URL, Stage

LA_BONNE_OCCAZE: Final = {
    "legal_name": "La Bonne Occaze",
    "siret": "83123456700012",
    "street": "3 rue du Pont",
    "postcode": "37000",
    "city": "Tours",
    "legal_representative": "Camille Petit",
}
TOP_USED_CARS: Final = {"legal_name": "Top Used Cars", "siret": "84123456700011", "city": "Lille"}
AUTO_71: Final = {"legal_name": "Auto 71", "siret": "85123456700010", "city": "Mâcon"}


async def sign_up(stage: Stage) -> None:
    """§2.2, §2.3: Camille is invited by both entities in one mail, Dan and Élodie by Orléans."""
    both = ["Lumière Orléans", "Lumière Tours"]
    await invited(stage, "camille", both, LA_BONNE_OCCAZE, language="fr")
    await invited(stage, "dan", both[:1], TOP_USED_CARS, language="en")
    await invited(stage, "élodie", both[:1], AUTO_71, language="fr")
    cards = await stage.people["agnès"].get("/api/connections", entity=stage.ids["Lumière Orléans"])
    assert [card["name"] for card in cards["items"]] == ["Auto 71", "La Bonne Occaze", "Top Used Cars"]
    cards = await stage.people["agnès"].get("/api/connections", entity=stage.ids["Lumière Tours"])
    assert [card["name"] for card in cards["items"]] == ["La Bonne Occaze"]


def address_of(name: str) -> str:
    """Where a trader's person reads mail."""
    return {"camille": "camille@occaze.example", "dan": "dan@topused.example", "élodie": "elodie@auto71.example"}[name]


async def invited(stage: Stage, name: str, entities: list[str], company: dict[str, Any], *, language: str) -> None:
    """From the dealer's click to the trader at the door, signed in."""
    agnes, address = stage.people["agnès"], address_of(name)
    known = {field: company[field] for field in ("legal_name", "siret")}
    await agnes.post(
        "/api/invitations",
        {
            "entities": [stage.ids[entity] for entity in entities],
            "email": address,
            "language": language,
            "company": known,
        },
    )
    mail = await stage.letters.mail(address, "")
    assert all(entity in mail.subject for entity in entities)
    secret = secret_of(mail.link, "/invitation")
    newcomer = stage.enter(name)
    followed = await newcomer.post("/api/invitation-links", {"token": secret}, status=200)
    assert (followed["entities"], followed["email"], followed["sign_in"]) == (entities, address, False)
    assert followed["company"] == known
    accepted = await newcomer.post(
        "/api/invitation-links/acceptance",
        {
            "token": secret,
            "account": {"name": name.capitalize(), "password": PASSWORD, "language": language},
            "company": company,
        },
        status=200,
    )
    stage.ids[company["legal_name"]] = accepted["trader"]
    again = await newcomer.raw("POST", "/api/invitation-links", json={"token": secret})
    assert again.json()["error"]["code"] == "dead_link"  # §2.2: it works once
    me = await newcomer.sign_in(address, PASSWORD)
    assert (me["role"], me["company"], me["language"]) == ("trader", company["legal_name"], language)


def secret_of(link: str, page: str) -> str:
    """What the link holds behind its `#`, which no server is told."""
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == PUBLIC_URL + page
    assert parts.fragment
    return parts.fragment


async def make_the_list(stage: Stage) -> None:
    """§3.1, §3.2: two of the three are on it, and the form says how many would be told."""
    basile, orleans = stage.people["basile"], stage.ids["Lumière Orléans"]
    made = await basile.post(
        "/api/mailing-lists",
        {
            "entity": orleans,
            "title": "Marchands du Loiret",
            "traders": [stage.ids["La Bonne Occaze"], stage.ids["Top Used Cars"]],
        },
    )
    stage.ids["Marchands du Loiret"] = made["id"]
    told = await basile.get("/api/audiences", entity=orleans, mailing_list=made["id"])
    assert (told["count"], [each["name"] for each in told["items"]]) == (2, ["La Bonne Occaze", "Top Used Cars"])
    everybody = await basile.get("/api/audiences", entity=orleans)
    assert everybody["count"] == 3


async def bid_by_program(stage: Stage) -> None:
    """Dan's company buys through the protocol: from here on he is a token (§2.1, issue 3)."""
    dan = stage.people["dan"]
    made = await dan.post("/api/tokens", {"name": "acheteur automatique"})
    dan.headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await dan.get("/api/me"))["company"] == "Top Used Cars"
