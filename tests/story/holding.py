"""Act one: a holding of two entities is set up by its administrator, who comes by the command line (§1).

Everybody else is let in by mail. What a colleague may do comes from a preset and a shared user group.
"""

from typing import Final

from server.keeping import NewAccount, add_user
from tests.story.stage import PASSWORD, Stage
from tests.story.traders import secret_of

AGNES: Final = "agnes@lumiere.example"
BASILE: Final = "basile@lumiere.example"
ORLEANS_NORD: Final = {
    "street": "12 avenue des Platanes",
    "postcode": "45000",
    "city": "Orléans",
    "phone": "+33 2 38 00 00 00",
    "email": "parc@lumiere.example",
}
AFTER_THE_SALE: Final = ["cancel_sale", "make_offers", "declare_deliveries"]


async def open_the_holding(stage: Stage) -> None:
    """§1.1, §5.1.3: a group with its prefix, two entities, a site of each."""
    account = NewAccount(
        role="dealer",
        email=AGNES,
        name="Agnès",
        password=PASSWORD,
        language="fr",
        group="Groupe Lumière",
        entity="Lumière Orléans",
        site="Orléans Nord",
        city="Orléans",
    )
    await add_user(stage.settings, account)
    agnes = stage.enter("agnès")
    await agnes.sign_in(AGNES, PASSWORD)
    [group] = (await agnes.get("/api/groups"))["items"]
    await agnes.ask("PATCH", f"/api/groups/{group['id']}", json={"prefix": "45"})
    [orleans] = (await agnes.get("/api/entities"))["items"]
    tours = await agnes.post("/api/entities", {"beside": orleans["id"], "name": "Lumière Tours"})
    assert tours["group"] == group["id"]
    [site] = (await agnes.get("/api/sites"))["items"]
    await agnes.ask("PATCH", f"/api/sites/{site['id']}", json=ORLEANS_NORD)
    other = await agnes.post("/api/sites", {"entity": tours["id"], "name": "Tours Centre", "city": "Tours"})
    stage.ids |= {
        "Lumière Orléans": orleans["id"],
        "Lumière Tours": tours["id"],
        "Orléans Nord": site["id"],
        "Tours Centre": other["id"],
    }
    assert [place["name"] for place in (await agnes.get("/api/me"))["entities"]] == ["Lumière Orléans", "Lumière Tours"]


async def let_basile_in(stage: Stage) -> None:
    """§1.2, §1.3: a fleet manager of Orléans by his preset, who sells by the shared group, here only."""
    agnes, orleans = stage.people["agnès"], stage.ids["Lumière Orléans"]
    await agnes.post(
        "/api/user-invitations",
        {"email": BASILE, "entity": orleans, "language": "en", "preset": "fleet_manager"},
    )
    secret = secret_of((await stage.letters.mail(BASILE, "Lumière Orléans")).link, "/user-invitation")
    basile = stage.enter("basile")
    seen = await basile.post("/api/user-invitations/reading", {"secret": secret}, status=200)
    assert (seen["email"], seen["entity_name"], seen["invited_by"]) == (BASILE, "Lumière Orléans", "Agnès")
    accepted = await basile.raw(
        "POST",
        "/api/user-invitations/acceptance",
        json={"secret": secret, "name": "Basile", "password": PASSWORD},
    )
    assert accepted.status_code == 201, accepted.text
    basile.keep_cookie(accepted)
    me = await basile.get("/api/me")
    assert (me["name"], me["language"]) == ("Basile", "en")
    assert me["entities"] == [
        {
            "id": orleans,
            "name": "Lumière Orléans",
            "rights": ["manage_mailing_lists", "manage_stock", "run_stock_auctions"],
            "validate_trade_ins": "none",
        }
    ]
    await basile.post("/api/entities", {"beside": orleans, "name": "La mienne"}, status=403)
    group = await agnes.post(
        "/api/user-groups", {"entity": orleans, "name": "Après-vente", "shared": True, "rights": AFTER_THE_SALE}
    )
    members = f"/api/user-groups/{group['user_group']['id']}/members"
    member = {"user": me["id"], "entity": orleans}
    asked = await agnes.raw("POST", members, json=member)
    assert asked.json()["error"]["field"] == "every_entity"  # §1.2: to every entity, or to this one?
    await agnes.post(members, {**member, "every_entity": False}, status=200)
    [place] = (await basile.get("/api/me"))["entities"]
    assert place["rights"] == sorted(["manage_mailing_lists", "manage_stock", "run_stock_auctions", *AFTER_THE_SALE])
