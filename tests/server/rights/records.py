"""The routes of records."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
