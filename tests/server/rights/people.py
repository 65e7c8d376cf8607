"""The routes of people."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
