"""The recordings that the pages' reducer is held to are what the rules write today.

After a change of the rules or of the wire: `python -m tests.e2e.recordings`, and look at what changed.
"""

import pytest

from tests.e2e.recordings import FOLDER, SCENARIOS, written


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_recording_is_what_the_rules_write(name: str) -> None:
    """Law 3 is proved on the page's side over these."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == written(name)
