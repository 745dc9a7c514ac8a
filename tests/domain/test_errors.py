"""Errors that are meant for the user end the program with the contract's exit codes."""

from __future__ import annotations

import pytest

from enrich_cli.domain.errors import NotConfigured, ShownError, UsageProblem


@pytest.mark.parametrize(("error", "code"), [(ShownError, 1), (UsageProblem, 2), (NotConfigured, 5)])
def test_exit_codes(error: type[ShownError], code: int) -> None:
    assert error.exit_code == code
