"""What the live door counts for its operators: answers by code, sockets by how they closed. Numbers only, no names."""

from collections import Counter

from server.live.messages import AcceptedCommand, Bye, FromServer, RefusedCommand


class Figures:
    """The counts of one process."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.farewells: Counter[str] = Counter()
        self.closes: Counter[str] = Counter()

    def said(self, message: FromServer) -> None:
        """A message was said to a client."""
        match message:
            case AcceptedCommand():
                self.answers["accepted"] += 1
            case RefusedCommand():
                self.answers[str(message.code)] += 1
            case Bye():
                self.farewells[str(int(message.code))] += 1
            case _:
                pass

    def closed(self, code: int) -> None:
        """A socket is gone, with this close code."""
        self.closes[str(code)] += 1
