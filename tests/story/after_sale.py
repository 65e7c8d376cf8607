"""Act five: a sale is cancelled, the others are ordered, delivered, invoiced, and leave the stock (§5.4.5, §6).

Every amount is reckoned by hand, beside it how.
"""

from datetime import UTC, datetime
from typing import Any, Final

from tests.story.stage import NEXT_YEAR, Stage

DELIVERY_DAY: Final = f"{NEXT_YEAR}-03-15"
DOCUMENTS: Final = ["registration_certificate", "transfer_certificate"]


async def cancel_one_sale(stage: Stage) -> None:
    """§5.4.5: the 208 comes back as it was; its offer is cancelled, and nobody else's."""
    basile, ids = stage.people["basile"], stage.ids
    offers = (await basile.get("/api/offers"))["items"]
    assert [(offer["number"], offer["status"], offer["trader"]["name"]) for offer in reversed(offers)] == [
        (1, "validated", "Top Used Cars"),
        (2, "validated", "La Bonne Occaze"),
        (3, "validated", "La Bonne Occaze"),
    ]
    ids |= {f"offer {offer['number']}": offer["id"] for offer in offers}
    cancelled = await basile.post(
        f"/api/auctions/{ids['unit auction']}/lots/2/sale-cancellation",
        {"reason": "Boîte de vitesses à refaire"},
        status=200,
    )
    assert cancelled["auction"] == ids["unit auction"]
    offer = await basile.get(f"/api/offers/{ids['offer 2']}")
    assert (offer["status"], offer["reason"]) == ("cancelled", "Boîte de vitesses à refaire")
    assert await status_of(stage, "GA102AA") == ("sales_stock", False)
    assert await status_of(stage, "GA103AA") == ("sales_stock", False)  # §5.4.2: its lot was not won
    assert await status_of(stage, "GA101AA") == ("sales_stock", True)


async def status_of(stage: Stage, plate: str) -> tuple[str, bool]:
    """Where a vehicle is in its life, and whether it is kept for somebody."""
    found = (await stage.people["basile"].get("/api/vehicles", q=plate))["items"]
    assert len(found) == 1, found
    return found[0]["status"], found[0]["reserved"]


async def read_the_offers(stage: Stage) -> None:
    """§6.2: totals HT and TTC, and the real margin at the price sold.

    Clio: (8,700.00 − 7,100.00) / 1.20. Auris: 3,640.42 / 1.20 = 3,033.68, − 2,800.00. Mokka: (14,312.31 − 13,618.05)
    / 1.20. Fiesta: (2,825.04 − 2,500.00) / 1.20. Of these only the Auris bears VAT that a paper shows.
    """
    basile, ids = stage.people["basile"], stage.ids
    clio = await basile.get(f"/api/offers/{ids['offer 1']}")
    assert clio["totals"] == sums("8700.00", "8700.00", "0.00", "1333.33")
    three = await basile.get(f"/api/offers/{ids['offer 3']}")
    assert [
        (vehicle["plate"], vehicle["price"], vehicle["price_ht"], vehicle["margin"]) for vehicle in three["vehicles"]
    ] == [
        ("GD147JH", "3640.42", "3033.68", "233.68"),
        ("GD250GH", "14312.31", "14312.31", "578.55"),
        ("FG463RT", "2825.04", "2825.04", "270.87"),
    ]
    assert three["totals"] == sums("20777.77", "20171.03", "606.74", "1083.10")
    priced = {"vehicles": [{"id": ids["GD147JH"], "price": "4000.00"}], "version": three["version"]}
    refused = await basile.raw("PATCH", f"/api/offers/{ids['offer 3']}", json=priced)
    assert (refused.status_code, refused.json()["error"]["reasons"][0]["code"]) == (409, "price_fixed")


def sums(total: str, total_ht: str, vat: str, margin: str) -> dict[str, str]:
    """The totals of an offer that is nothing but its vehicles."""
    return {
        "initial": total,
        "initial_ht": total_ht,
        "vehicles": total,
        "vehicles_ht": total_ht,
        "extras": "0.00",
        "extras_ht": "0.00",
        "total": total,
        "total_ht": total_ht,
        "vat": vat,
        "margin": margin,
        "deposit": "0.00",
        "balance_due": total,
    }


# --------------------------------------------------------------------------------------------------------------- orders


async def order_both(stage: Stage) -> None:
    """§6.1: everything that an order lacks is named at once; then Dan's company says who stands for it."""
    basile, ids = stage.people["basile"], stage.ids
    refused = await basile.raw("POST", f"/api/offers/{ids['offer 1']}/order", json={})
    assert refused.status_code == 422
    assert [(reason["code"], reason["field"]) for reason in refused.json()["error"]["reasons"]] == [
        ("no_legal_representative", "buyer.legal_representative"),
        ("no_delivery_date", "delivery_date"),
        ("no_delivery_site", "delivery_site"),
        ("no_payment_method", "payment_method"),
        ("no_documents", "documents"),
    ]
    await stage.people["dan"].ask("PATCH", "/api/company", json={"legal_representative": "Dan Baker"})
    form = {
        "delivery_date": DELIVERY_DAY,
        "delivery_site": ids["Orléans Nord"],
        "payment_method": "transfer",
        "documents": DOCUMENTS,
    }
    clio = await basile.post(f"/api/offers/{ids['offer 1']}/order", form)
    assert (clio["number"], clio["legal_representative"], clio["balance_due"]) == (1, "Dan Baker", "8700.00")
    three = await basile.post(f"/api/offers/{ids['offer 3']}/order", {**form, "deposit": "1000.00"})
    assert (three["number"], three["total"], three["total_ht"]) == (2, "20777.77", "20171.03")
    assert three["balance_due"] == "19777.77"
    ids |= {"order 1": clio["id"], "order 2": three["id"]}
    for plate in ("GA101AA", "GD147JH", "GD250GH", "FG463RT"):
        assert (await status_of(stage, plate))[0] == "delivery"
    late = await basile.raw(
        "POST", f"/api/auctions/{ids['unit auction']}/lots/1/sale-cancellation", json={"reason": "too late"}
    )
    assert late.status_code == 409  # §5.4.5: the order is cancelled first


# ----------------------------------------------------------------------------------------------- deliveries, invoices


async def deliver_both(stage: Stage) -> None:
    """§6.1: Camille's delivery is not honoured first and scheduled again; Dan's is honoured at once."""
    basile, ids = stage.people["basile"], stage.ids
    when = {"scheduled_at": f"{DELIVERY_DAY}T09:30:00Z"}
    first = await basile.post(f"/api/orders/{ids['order 2']}/deliveries", when)
    await declared(stage, first, honoured=False, report="Le transporteur n'est pas venu")
    assert (await status_of(stage, "GD250GH"))[0] == "delivery"
    second = await basile.post(f"/api/orders/{ids['order 2']}/deliveries", when)
    await declared(stage, second, honoured=True, report="Trois véhicules remis, clés et papiers")
    clio = await basile.post(f"/api/orders/{ids['order 1']}/deliveries", when)
    await declared(stage, clio, honoured=True, report="Handed over")
    told = (await basile.get("/api/deliveries"))["items"]
    assert sorted((each["order"]["display_number"], each["status"]) for each in told) == [
        ("45-1", "honoured"),
        ("45-2", "honoured"),
        ("45-2", "not_honoured"),
    ]
    assert (await status_of(stage, "GD250GH"))[0] == "delivery"  # delivered, but not invoiced yet


async def declared(stage: Stage, delivery: dict[str, Any], *, honoured: bool, report: str) -> None:
    """What became of a delivery."""
    told = await stage.people["basile"].post(
        f"/api/deliveries/{delivery['id']}/declaration", {"honoured": honoured, "report": report}, status=200
    )
    assert (told["status"], told["report"]) == ("honoured" if honoured else "not_honoured", report)


async def invoice_both(stage: Stage) -> None:
    """§6.1: by hand, and by the dealer's management system with a key: asked twice, it is done once."""
    basile, ids = stage.people["basile"], stage.ids
    today = datetime.now(UTC).date().isoformat()
    clio = await basile.post("/api/invoices", {"order": ids["order 1"], "number": "F-2026-001", "date": today})
    assert (clio["amount"], list(clio["released"])) == ("8700.00", [ids["GA101AA"]])
    system = stage.enter("dms")
    made = await basile.post("/api/tokens", {"name": "DMS"})
    system.headers = {"Authorization": f"Bearer {made['token']}"}
    invoice = {"order": ids["order 2"], "number": "F-2026-002", "date": today, "amount": "20777.77"}
    key = {"Idempotency-Key": "dms-0001"}
    first = await system.post("/api/invoices", invoice, headers=key)
    assert await system.post("/api/invoices", invoice, headers=key) == first
    assert sorted(first["released"]) == sorted([ids["GD147JH"], ids["GD250GH"], ids["FG463RT"]])
    other = await system.raw("POST", "/api/invoices", json={**invoice, "number": "F-2026-003"}, headers=key)
    assert other.status_code == 409
