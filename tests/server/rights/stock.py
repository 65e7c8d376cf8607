"""The routes of stock."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
