"""The routes of schedule."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
