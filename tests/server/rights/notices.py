"""The routes of notices."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}
