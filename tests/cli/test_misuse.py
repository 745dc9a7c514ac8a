"""A command line that is not understood: one line that says what is wrong and what may be meant."""

from __future__ import annotations

import pytest

from enrich_cli.cli.app import run


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("enrch c.csv", "there is no command 'enrch'; did you mean enrich? See enrich-cli --help"),
        ("frobnicate", "there is no command 'frobnicate'; see enrich-cli --help"),
        ("company-key lst", "there is no command 'lst'; did you mean list? See enrich-cli company-key --help"),
        (
            "stats --mnths 3",
            "enrich-cli stats has no option --mnths; did you mean --months? See enrich-cli stats --help",
        ),
        ("quota --qqq", "enrich-cli quota has no option --qqq; see enrich-cli quota --help"),
        ("--compny acme quota", "enrich-cli has no option --compny; did you mean --company? See enrich-cli --help"),
        ("quota --db", "--db needs a value; see enrich-cli quota --help"),
        ("quota --version", "--version stands before any command; see enrich-cli quota --help"),
        ("show", "Missing argument 'CUSTOMER'; see enrich-cli show --help"),
    ],
)
def test_it_is_told_with_the_help_to_read(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line.split()) == 2
    assert capsys.readouterr().err == f"enrich-cli: error: {said}\n"
