"""The routes of vehicles."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
