"""What standard output can't say in its encoding ends no command: it is written as its code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli


@pytest.fixture
def plain(stocked: Cli) -> Cli:
    """In an interpreter of its own, since it looks at its encoding when it begins."""
    stocked.settings |= {"PYTHONIOENCODING": "ascii"}
    stocked.program = ["env", *stocked.program]
    return stocked


@pytest.mark.parametrize("words", ["stats", "show ada.sample0+hit@pumps0.example"])
def test_a_screen_is_shown_in_a_terminal_of_any_encoding(plain: Cli, words: str) -> None:
    result = plain.run(*words.split())
    assert (result.code, result.err) == (0, "")
    assert result.out.isascii()


def test_a_file_whose_name_is_no_text_is_named(plain: Cli) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    result = plain.run("enrich", "customers.csv", "-o", name)
    assert (result.code, result.err) == (0, "")
    assert "enriched rows: caf\\udce9.csv" in result.out
