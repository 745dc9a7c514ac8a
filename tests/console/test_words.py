"""Words that many screens say alike."""

from __future__ import annotations

import pytest

from enrich_cli.console.words import counted


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (0, ("row",), "0 rows"),
        (1, ("row",), "1 row"),
        (1_234, ("row",), "1,234 rows"),
        (1, ("person", "people"), "1 person"),
        (2, ("person", "people"), "2 people"),
    ],
)
def test_one_is_told_from_several(number: int, words: tuple[str, ...], text: str) -> None:
    assert counted(number, *words) == text
