"""Which figures the house shows its operators, and where each is read. Reads only; what it reads was counted anyway."""

from persistence.live.postgres import PostgresBook
from server.live.edge import Edge
from server.live.house import House
from server.live.presence import Presence
from server.live.session import Doors
from server.telemetry import Telemetry


def keep_figures(
    telemetry: Telemetry, book: PostgresBook, house: House, presence: Presence, edge: Edge, live: Doors
) -> None:
    """Show them all."""
    gauges, journal = telemetry.gauges, book.journal
    gauges.gauge("adjuge_sockets", "Live sockets, those that are closing included.", lambda: len(edge))
    gauges.gauge("adjuge_sessions", "Live sessions of signed-in clients.", lambda: len(presence))
    gauges.gauge("adjuge_auctions", "Auctions that are here.", lambda: len(house.auctioneers))
    gauges.gauge("adjuge_house_is_well", "Whether the book answers and the house is open.", lambda: house.is_well)
    gauges.gauge("adjuge_journal_queued", "Entries that await their writing.", lambda: journal.queued)
    figures = live.figures
    gauges.totals_by(
        "code", "adjuge_answers", "Answers to commands: accepted, or refused by code.", lambda: figures.answers
    )
    gauges.totals_by("code", "adjuge_farewells", "Sockets that the house closed, by code.", lambda: figures.farewells)
    gauges.totals_by("code", "adjuge_closes", "Sockets that are gone, by close code.", lambda: figures.closes)
    gauges.total("adjuge_journal_batches", "Batches written.", lambda: journal.batches_written)
    gauges.total(
        "adjuge_journal_entries", "Entries written; by batches, their mean size.", lambda: journal.entries_written
    )
