"""Tests that need something that this machine lacks."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

SETTING = "TEST_NOTHING_LEFT_OUT"
"""Set in CI: a test that can't be run fails there."""


def left_out(what: str, how: str) -> NoReturn:
    """Skip the test, saying what it needs and how to get it; or fail, if nothing may be left out."""
    text = f"left out for want of {what}: {how}"
    if os.environ.get(SETTING):
        pytest.fail(text)
    pytest.skip(text)
