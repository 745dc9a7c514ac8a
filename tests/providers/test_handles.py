"""Which handles an account of X can have."""

from __future__ import annotations

import pytest

from enrich_cli.providers.handles import twitter_handle


@pytest.mark.parametrize("text", ["AdaSample", "a", "_15_characters_"])
def test_a_handle_stays_as_it_is(text: str) -> None:
    assert twitter_handle(text) == text


@pytest.mark.parametrize("text", [None, "", "i", "Intent", "home", "ada.sample", "sixteen_letters_", "ada sample"])
def test_what_no_account_can_have_is_none(text: str | None) -> None:
    assert twitter_handle(text) is None
