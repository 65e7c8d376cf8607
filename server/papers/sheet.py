"""Papers laid out on A4: who sells, who buys, what, for how much; from facts alone, in one language.

Pure work, slow enough for a thread of its own: nothing here asks the book or the loop. The fonts are the ones that
every PDF reader has (no font file travels with us): they show cp1252, which holds French and the euro.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

from fpdf import FPDF
from fpdf.enums import VAlign, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Table

from engine.instants import SECOND, Instant
from engine.money import Cents, Vat
from persistence.sales.delivery_papers import NoteFacts
from persistence.sales.paper_facts import Paper, PaperBuyer, PaperExtra, PaperSeller, PaperVehicle
from server.papers.words import ENCODING, Wording, printable

FONT: Final = "Helvetica"
MARGIN_MM: Final = 15
WIDTH_MM: Final = 210 - 2 * MARGIN_MM
LINE_MM: Final = 4.6
PADDING_MM: Final = (1, 1.5)
SIGNATURE_MM: Final = 28
HOME_COUNTRY: Final = "FR"
_SHADE: Final = (232, 236, 240)
_RULE: Final = (190, 196, 204)
_GREY: Final = (90, 96, 104)


class _Sheet(FPDF):
    """An A4 sheet that speaks one language."""

    def __init__(self, wording: Wording, title: str, at: Instant, digits: int) -> None:
        super().__init__(format="A4", unit="mm")
        self.digits = digits
        self.core_fonts_encoding = ENCODING
        self.wording = wording
        self.set_lang("fr-FR" if wording.language == "fr" else "en-GB")
        self.named = printable(title)
        self.set_title(self.named)
        self.set_producer("Adjugé")
        self.set_creation_date(datetime.fromtimestamp(at // SECOND, UTC))
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.c_margin = 0  # words begin and end where tables do
        self.set_auto_page_break(auto=True, margin=20)
        self.set_draw_color(*_RULE)
        self.set_font(FONT, size=9)
        self.add_page()

    def footer(self) -> None:
        """Which paper it is, and the page's number: pages get apart."""
        self.set_y(-14)
        self.set_font(FONT, size=8)
        self.set_text_color(*_GREY)
        self.cell(WIDTH_MM / 2, 5, self.named)
        # The count of pages is filled in at the end, and is narrower than what stands for it.
        spare = self.get_string_width("{nb}") - self.get_string_width("0" * self.digits)
        self.cell(WIDTH_MM / 2 + spare, 5, f"{self.wording['page']} {self.page_no()}/{{nb}}", align="R")
        self.set_text_color(0)

    def line_of(self, text: str, *, size: float = 9, bold: bool = False, align: str = "L") -> None:
        """One paragraph over the whole width."""
        self.set_font(FONT, "B" if bold else "", size)
        self.multi_cell(
            0, size * 0.51, printable(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )  # a line is a bit higher than its letters
        self.set_font(FONT, size=9)

    def columns(self, widths: tuple[float, ...], align: tuple[str, ...] = ()) -> AbstractContextManager[Table]:
        """A table whose first row is its head, repeated on every page; texts begin at the top of their cells."""
        return self.table(
            col_widths=widths,
            text_align=align or "LEFT",
            v_align=VAlign.T,
            headings_style=FontFace(emphasis="BOLD", fill_color=_SHADE),
            line_height=LINE_MM,
            padding=PADDING_MM,
        )

    def gap(self, millimetres: float = 4) -> None:
        """Some room."""
        self.ln(millimetres)


def _drawn(draw: Callable[[int], _Sheet]) -> bytes:
    """The PDF. How many digits its count of pages has is known at the end: of ten pages and more it is drawn again."""
    sheet = draw(1)
    digits = len(str(sheet.pages_count))
    return bytes((sheet if digits == 1 else draw(digits)).output())


def offer_sheet(paper: Paper, language: str) -> bytes:
    """An offer, as PDF."""
    return _drawn(partial(_offer, paper, Wording(language)))


def _offer(paper: Paper, wording: Wording, digits: int) -> _Sheet:
    sheet = _head(wording, "offer", paper.offer_display_number, paper.made_at, digits)
    _subject(sheet, paper)
    _parties(sheet, paper.seller, paper.buyer)
    _prices(sheet, paper)
    _closing(sheet, [])
    return sheet


def order_sheet(paper: Paper, language: str, *, cancelled: bool) -> bytes:
    """An order form, as PDF: what was agreed when it was placed."""
    return _drawn(partial(_order, paper, Wording(language), "cancelled" if cancelled else None))


def _order(paper: Paper, wording: Wording, state: str | None, digits: int) -> _Sheet:
    assert paper.order is not None, "an order's paper says it"
    order = paper.order
    sheet = _head(wording, "order", order.display_number, order.placed_at, digits, state)
    sheet.line_of(f"{wording['of_offer']} {paper.offer_display_number}")
    _subject(sheet, paper)
    _parties(sheet, paper.seller, paper.buyer)
    _prices(sheet, paper)
    _closing(
        sheet,
        [
            ("delivery_date", wording.day(order.delivery_on)),
            ("delivery_place", order.delivery_place),
            ("payment_method", wording[order.payment_method]),
            ("documents", ", ".join(wording[document] for document in order.documents)),
            ("legal_representative", paper.buyer.legal_representative),
        ],
    )
    return sheet


def note_sheet(note: NoteFacts, language: str) -> bytes:
    """A delivery note, as PDF: no prices."""
    return _drawn(partial(_note, note, Wording(language)))


def _note(note: NoteFacts, wording: Wording, digits: int) -> _Sheet:
    dated = note.scheduled_at if note.delivered_at is None else note.delivered_at
    sheet = _head(wording, "delivery_note", str(note.number), dated, digits)
    if note.order_display_number is not None:
        sheet.line_of(f"{wording['of_order']} {note.order_display_number}")
    _parties(sheet, note.seller, note.buyer)
    with sheet.columns((1,)) as table:
        table.row((wording["vehicle"],))
        for vehicle in note.vehicles:
            named, *told = _described(wording, vehicle)
            table.row((_lines([named, " · ".join(told)]),))
    sheet.gap()
    facts = [("delivery_date", wording.day_of(note.scheduled_at)), ("delivery_place", note.place)]
    if note.delivered_at is not None:
        facts.append(("delivered_on", wording.day_of(note.delivered_at)))
    if note.seller_name is not None:
        facts.append(("sold_by", note.seller_name))
    if note.documents:
        facts.append(("documents", ", ".join(wording[document] for document in note.documents)))
    _closing(sheet, facts)
    return sheet


# ------------------------------------------------------------------------------------------------------------- parts


def _head(wording: Wording, kind: str, number: str, at: Instant, digits: int, state: str | None = None) -> _Sheet:
    title = f"{wording[kind]} {wording['number']} {number}"
    if state is not None:
        title = f"{title} – {wording[state]}"
    sheet = _Sheet(wording, title, at, digits)
    sheet.line_of(title, size=17, bold=True)
    sheet.line_of(wording.pair(wording["date"], wording.day_of(at)))
    return sheet


def _subject(sheet: _Sheet, paper: Paper) -> None:
    wording = sheet.wording
    if paper.auction_display_number is not None:
        text = f"{wording['auction']} {paper.auction_display_number}"
        sheet.line_of(f"{text} · {wording['lot']} {paper.lot_display_number}")


def _parties(sheet: _Sheet, seller: PaperSeller, buyer: PaperBuyer) -> None:
    wording = sheet.wording
    sheet.gap()
    sells = [
        seller.entity,
        seller.group if seller.group != seller.entity else "",
        seller.site,
        seller.street,
        f"{seller.postcode} {seller.city}".strip(),
        *_numbers(wording, seller),
        seller.phone,
        seller.email,
    ]
    buys = [
        buyer.legal_name,
        buyer.street,
        f"{buyer.postcode} {buyer.city}".strip(),
        buyer.country if buyer.country != HOME_COUNTRY else "",
        *_numbers(wording, buyer),
        wording.pair(wording["legal_representative"], buyer.legal_representative),
        buyer.phone,
        buyer.email,
    ]
    with sheet.columns((1, 1)) as table:
        table.row((wording["seller"], wording["buyer"]))
        table.row(tuple(_lines(side) for side in (sells, buys)))
    sheet.gap()


def _numbers(wording: Wording, side: PaperSeller | PaperBuyer) -> list[str]:
    return [f"{wording[name]} {getattr(side, name)}" for name in ("siret", "vat_number") if getattr(side, name)]


def _lines(lines: list[str]) -> str:
    """Lines that say something, one below the other."""
    return "\n".join(printable(line) for line in lines if line)


def _prices(sheet: _Sheet, paper: Paper) -> None:
    wording = sheet.wording
    bold = FontFace(emphasis="BOLD")
    with sheet.columns((94, 29, 26, 31), ("LEFT", "RIGHT", "RIGHT", "RIGHT")) as table:
        table.row((wording["vehicle"], wording["ht"], wording["vat"], wording["ttc"]))
        for vehicle in paper.vehicles:
            described = [*_described(wording, vehicle), wording[_SCHEMES[vehicle.vat]] if _is_bare(vehicle) else ""]
            table.row((_lines(described), *_sums(wording, vehicle.price_ht_cents, vehicle.price_cents)))
        for extra in paper.extras:
            if not extra.settled:
                named = wording.pair(wording[extra.kind], extra.label) or wording[extra.kind]
                table.row((printable(named), *_sums(wording, extra.amount_ht_cents, extra.amount_cents)))
        table.row((wording["total"], *_sums(wording, paper.total_ht_cents, paper.total_cents)), style=bold)
        bare_cents = sum(vehicle.price_cents for vehicle in paper.vehicles if _is_bare(vehicle))
        if 0 < bare_cents < paper.total_cents:
            taxed = _sums(wording, paper.total_ht_cents - bare_cents, paper.total_cents - bare_cents)
            table.row((wording["of_which_with_vat"], *taxed))
            table.row((wording["of_which_without"], *_sums(wording, bare_cents, bare_cents)))
    sheet.gap(2)
    _settlement(sheet, paper)
    if any(vehicle.vat == Vat.MARGIN for vehicle in paper.vehicles):
        sheet.line_of(wording["margin_scheme_whole"], size=8)
    sheet.gap()


_SCHEMES: Final[Mapping[str, str]] = {Vat.MARGIN: "margin_scheme", Vat.UNKNOWN: "vat_unknown"}


def _is_bare(vehicle: PaperVehicle) -> bool:
    """Whether its price shows no VAT: all but recoverable VAT is reckoned as the margin scheme (domain §0)."""
    return vehicle.vat != Vat.RECOVERABLE


def _sums(wording: Wording, ht_cents: Cents, ttc_cents: Cents) -> tuple[str, str, str]:
    """HT, VAT, TTC; a dash where no VAT is shown."""
    vat_cents = ttc_cents - ht_cents
    return wording.money(ht_cents), wording.money(vat_cents) if vat_cents else "–", wording.money(ttc_cents)


def _settlement(sheet: _Sheet, paper: Paper) -> None:
    """How the total becomes what is due."""
    wording = sheet.wording
    lines = [
        (_named(wording, extra), -extra.amount_cents if extra.kind == "trade_in_aid" else extra.amount_cents)
        for extra in paper.extras
        if extra.settled
    ]
    if paper.order is not None and paper.order.deposit_cents:
        lines.append((wording["deposit"], -paper.order.deposit_cents))
    for name, cents in (*lines, (wording["balance_due"], paper.balance_due_cents)):
        sheet.line_of(wording.pair(name, wording.money(cents)), align="R", bold=name == wording["balance_due"])
    sheet.gap(2)


def _named(wording: Wording, extra: PaperExtra) -> str:
    return printable(f"{wording[extra.kind]} – {extra.label}" if extra.label else wording[extra.kind])


def _described(wording: Wording, vehicle: PaperVehicle) -> list[str]:
    """Its name, what identifies it, how far and since when it has been driven: a line each."""
    named = " ".join(word for word in (vehicle.make, vehicle.model, vehicle.version) if word)
    driven = None if vehicle.mileage_km is None else wording.kilometres(vehicle.mileage_km)
    return [
        named,
        _told(wording, plate=vehicle.plate, vin=vehicle.vin),
        _told(wording, mileage=driven, first_registration=_day(wording, vehicle.first_registration)),
    ]


def _told(wording: Wording, **facts: str | None) -> str:
    return " · ".join(f"{wording[name]} {value}" for name, value in facts.items() if value)


def _day(wording: Wording, day: date | None) -> str | None:
    return None if day is None else wording.day(day)


def _closing(sheet: _Sheet, facts: list[tuple[str, str]]) -> None:
    """The last facts and the places to sign, on one page: nobody signs an empty one."""
    wording = sheet.wording
    told = "\n".join(wording.pair(wording[name], value) for name, value in facts if value)
    signing_mm = SIGNATURE_MM + LINE_MM + 4 * PADDING_MM[0]
    lines = sheet.multi_cell(0, LINE_MM, _lines(told.splitlines()), dry_run=True, output="LINES")
    assert isinstance(lines, list), "it was asked for lines"
    if sheet.will_page_break(len(lines) * LINE_MM + 4 + signing_mm):
        sheet.add_page()
    for line in told.splitlines():
        sheet.line_of(line)
    sheet.gap()
    with sheet.columns((1, 1)) as table:
        table.row((wording["for_seller"], wording["for_buyer"]))
        table.row((wording["signature"], wording["signature"]), min_height=SIGNATURE_MM)
