"""How long something will take, in words."""

from __future__ import annotations

import pytest

from enrich_cli.console.durations import about


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.3, "under a second"),
        (1, "about 1 s"),
        (119, "about 119 s"),
        (120, "about 2 min"),
        (7_199, "about 120 min"),
        (7_200, "about 2 h"),
        (172_799, "about 48 h"),
        (172_800, "about 2 days"),
        (1e8, "about 1,157 days"),
    ],
)
def test_it_is_told_in_a_unit_of_which_there_are_some(seconds: float, words: str) -> None:
    assert about(seconds) == words
