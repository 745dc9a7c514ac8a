"""A command line that is not understood: one line that says what is wrong and what may be meant."""

from __future__ import annotations

import json

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
        ("quota --version", "--version goes before the command; see enrich-cli quota --help"),
        ("--json quota", "--json goes after the command: enrich-cli quota --json"),
        ("--max-cost 5 enrich c.csv", "--max-cost goes after the command: enrich-cli enrich --max-cost"),
        ("--months 3 quota", "enrich-cli has no option --months; see enrich-cli --help"),
        ("enrich a.csv b.csv", "enrich-cli enrich takes no further argument: b.csv; see enrich-cli enrich --help"),
        ("show", "Missing argument 'CUSTOMER'; see enrich-cli show --help"),
        ("enrich c.csv --types", "Option '--types' requires an argument; see enrich-cli enrich --help"),
        ("quota --check ten", "Invalid value for '--check': 'ten' is not a whole number; see enrich-cli quota --help"),
        ("sandbox --seed s", "Invalid value for '--seed': 's' is not a whole number; see enrich-cli sandbox --help"),
        (
            "sandbox --latency slow",
            "Invalid value for '--latency': 'slow' is not a number; see enrich-cli sandbox --help",
        ),
        (
            f"enrich c.csv --limit {10**20}",
            f"Invalid value for '--limit': {10**20} is not in the range 0<=x<={10**12}; see enrich-cli enrich --help",
        ),
        (
            f"runs --limit {10**20}",
            f"Invalid value for '--limit': {10**20} is not in the range 1<=x<={10**12}; see enrich-cli runs --help",
        ),
        ("sandbox --latency nan", "Invalid value for '--latency': nan is not a number; see enrich-cli sandbox --help"),
        ("sandbox --latency inf", "Invalid value for '--latency': inf is not a number; see enrich-cli sandbox --help"),
        (
            "sandbox --wrong-person nan",
            "Invalid value for '--wrong-person': nan is not a number; see enrich-cli sandbox --help",
        ),
        (
            "export --min-confidence nan",
            "Invalid value for '--min-confidence': nan is not a number; see enrich-cli export --help",
        ),
    ],
)
def test_it_is_told_with_the_help_to_read(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line.split()) == 2
    assert capsys.readouterr().err == f"enrich-cli: error: {said}\n"


@pytest.mark.parametrize("words", [["--log-format", "json"], ["--log-format=json"]])
@pytest.mark.parametrize("wrong", ["enrch", "quota --qqq", "--qqq quota"])
def test_it_is_told_in_the_form_that_was_asked_for(
    words: list[str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, *wrong.split()]) == 2
    told = json.loads(capsys.readouterr().err)
    assert told["event"] == "error"
    assert "; see enrich-cli" in told["message"] or "? See enrich-cli" in told["message"]


@pytest.mark.parametrize("option", ["--types", "--map", "--encoding", "--table", "--require", "--rejects", "-o"])
def test_an_empty_value_as_of_a_variable_that_is_not_set_is_not_passed_over(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["enrich", "customers.csv", option, ""]) == 2
    said = capsys.readouterr().err
    assert option in said
    assert "the value is empty; see enrich-cli enrich --help" in said


def test_an_empty_source_is_not_the_folder_that_one_is_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["enrich", ""]) == 2
    assert "'SOURCE': the value is empty" in capsys.readouterr().err


def test_an_empty_company_is_no_company(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--company", "", "quota"]) == 2
    assert "1 to 200 characters" in capsys.readouterr().err
