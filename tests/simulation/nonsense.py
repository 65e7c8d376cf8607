"""Messages that fit no protocol: each must be refused with its code, and nothing else may come of it."""

from random import Random

NONSENSE = (
    b"",
    b"hello",
    b"{}",
    b"[]",
    b"null",
    b'{"type":"sell"}',
    b'{"type":"bid"}',
    b'{"type":"bid","id":"","auction":1,"lot":1,"amount":"1.00"}',
    b'{"type":"bid","id":"x","auction":"1","lot":1,"amount":"1.00"}',
    b'{"type":"bid","id":"x","auction":1,"lot":1,"amount":1}',
    b'{"type":"bid","id":"x","auction":1,"lot":1,"amount":"1.00","trader":"me"}',
    b'{"type":"watch","auction":1,"after":-1}',
    b'{"type":"watch","auction":999}',
    b'{"type":"decline","id":"x","auction":1e300}',
    b'{"type":"bid","id":"\\ud800","auction":1,"lot":1,"amount":"1.00"}',
    b'{"type":"ping","t":' + b"[" * 5000 + b"]" * 5000 + b"}",
)


def nonsense(dice: Random) -> bytes:
    """Any of them."""
    return dice.choice(NONSENSE)
