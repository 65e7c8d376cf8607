"""The routes of traders."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
