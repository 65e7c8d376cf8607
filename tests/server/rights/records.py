"""The routes of records."""

from tests.server.rights.case import SIGNED_IN, Case

CASES: dict[str, Case] = {
    "GET /api/history": Case(SIGNED_IN),
}
