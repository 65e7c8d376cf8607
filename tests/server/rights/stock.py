"""The routes of stock lists, saved searches, photos and files, export and import."""

from tests.server.rights.case import DEALERS, Case

CASES: dict[str, Case] = {
    "GET /api/vehicles/columns": Case(DEALERS),
}
