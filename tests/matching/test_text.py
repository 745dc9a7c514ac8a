"""Text as it is compared."""

from __future__ import annotations

import pytest

from enrich_cli.matching.text import comparable, folded, words


@pytest.mark.parametrize(
    ("text", "plain"), [("Café", "cafe"), ("STRASSE Straße", "strasse strasse"), ("Søren Łódź", "soren lodz")]
)
def test_case_and_accents_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_apostrophes_join_and_everything_else_parts() -> None:
    assert words("O'Brien-Smith, J.R. & Co_2") == ("obrien", "smith", "j", "r", "co", "2")


def test_only_texts_of_like_script_are_compared() -> None:
    assert comparable("ada", "bob")
    assert comparable("山田", "太郎")
    assert not comparable("ada", "山田")
