"""`forget` and `subject-report`: by a person, by a script, in the middle of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.pseudo_terminal import seen

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess

STORED = "SELECT customer_id FROM customers"


def test_a_receipt_says_what_is_gone_and_the_person_is_left_alone_from_then_on(stocked: Cli, hits: Hits) -> None:
    mail = hits(1)[0]
    forgotten = stocked.run("forget", mail, "--yes", "--json")
    assert (forgotten.code, forgotten.err) == (0, "")
    assert all(forgotten.report["deleted"].values())
    assert (forgotten.report["people_stored"], forgotten.report["erased_from_disk"]) == (1, True)
    assert mail not in forgotten.out
    again = stocked.run("enrich", "customers.csv", "--json")
    assert again.counts == {"cached": 2, "suppressed": 1}
    assert stocked.run("show", mail).code == 2
    assert stocked.run("check").code == 0


def test_without_a_terminal_it_takes_yes_and_nothing_is_done_before(stocked: Cli, hits: Hits) -> None:
    refused = stocked.run("forget", hits(1)[0])
    assert (refused.code, "give --yes" in refused.err) == (2, True)
    assert len(stocked.rows(STORED)) == 3


@pytest.mark.parametrize(
    ("answer", "code", "left"), [(b"n\n", 130, 3), (b"\n", 130, 3), (b"\x04", 130, 3), (b"y\n", 0, 2)]
)
def test_in_a_terminal_it_asks_and_takes_no_for_no(
    stocked: Cli, hits: Hits, answer: bytes, code: int, left: int
) -> None:
    ended, drawn = seen([*stocked.program, "forget", hits(1)[0]], stocked, answer)
    assert (ended, len(stocked.rows(STORED))) == (code, left)
    assert ("not started: nothing was deleted" in drawn, "interrupted" in drawn) == (left == 3, False)
    assert "Forget 1 person (1 stored customer) for good? [y/N]" in drawn


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("objections.csv", "Name,E-mail\nAda Sample,{0}\nZoe Zander,zoe@example.com\n"),
        ("objections.txt", "{0}\n\nzoe@example.com\n"),
        ("ids.txt", "customer_id\n{0}\nzoe@example.com\n"),
    ],
)
def test_a_list_may_be_a_table_or_a_line_for_each(stocked: Cli, hits: Hits, name: str, content: str) -> None:
    stocked.write(name, content.format(hits(1)[0]))
    result = stocked.run("forget", "--from", name, "--yes", "--json")
    assert (result.report["people"], result.report["people_stored"]) == (2, 1)
    assert len(stocked.rows(STORED)) == 2
    stocked.source([*hits(3), "zoe@example.com"])
    assert stocked.run("enrich", "customers.csv", "--json").counts == {"cached": 2, "suppressed": 2}


@pytest.mark.parametrize("text", ["{}\n", "Email,Name\n{},Ada Sample\n"])
def test_a_list_may_come_by_standard_input(stocked: Cli, hits: Hits, text: str) -> None:
    result = stocked.run("forget", "--from", "-", "--yes", "--json", stdin=text.format(hits(3)[1]))
    assert (result.code, result.report["people_stored"]) == (0, 1)
    assert stocked.rows("SELECT COUNT(*) FROM customers") == [(2,)]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("forget", "--yes"), "needs a CUSTOMER"),
        (("forget", "ada", "--from", "customers.csv", "--yes"), "needs a CUSTOMER"),
        (("forget", "nobody", "--yes"), "no stored customer has this id"),
        (("forget", "Ada Sample", "--yes"), "several people"),
        (("forget", "--from", "absent.csv", "--yes"), "absent.csv"),
        (("forget", "--from", "bad.csv", "--yes"), "bad.csv, line 3"),
        (("forget", "--from", "no_id.csv", "--yes"), "no_id.csv, line 3"),
        (("forget", "--from", "binary.csv", "--yes"), "binary.csv"),
        (("forget", "--from", "pairs.txt", "--yes"), "pairs.txt, line 2: holds more than an e-mail address"),
        (("forget", "--from", "titled.csv", "--yes"), "titled.csv: line 1 was taken for a title above the header"),
        (("purge",), "ENRICHMENT_RETENTION_DAYS"),
        (("subject-report", "nobody"), "no stored customer has this id"),
    ],
)
def test_what_is_not_clear_is_exit_2_in_one_line_and_changes_nothing(
    stocked: Cli, words: tuple[str, ...], says: str
) -> None:
    stocked.write("bad.csv", "Name,Email\nAda Sample,a@example.com\nBen\n")
    stocked.write("no_id.csv", "Customer ID,Email\n7,a@example.com\nNULL,\n")
    stocked.write("pairs.txt", "ben@example.com\nada@example.com,Ada Sample\n")
    stocked.write("titled.csv", "Ben Sample\nName,Email\nAda Sample,a@example.com\n")
    stocked.write("binary.csv", b"\x00\xff\xfe\x00" * 9)
    result = stocked.run(*words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert says in result.err
    assert len(stocked.rows(STORED)) == 3


def test_a_run_that_is_looking_them_up_lands_them_in_suppressed_and_keeps_nothing(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    with sandbox.stopped():
        running = cli.start("enrich", cli.source(hits(3)), "--types", "person", "--json")
        cli.until_in_the_air(3)
        forgotten = cli.run("forget", hits(1)[0], "--yes", "--json")
    assert (forgotten.code, forgotten.report["deleted"]["customers"]) == (0, 1)
    result = running.wait()
    assert (result.code, result.counts) == (0, {"enriched": 2, "suppressed": 1})
    assert result.report["quota"]["used"] == 2
    cli.assert_whole(sandbox.bill())
    for table in ("customers", "customer_enrichment_data", "answers"):
        assert len(cli.rows(f"SELECT * FROM {table}")) == 2


def test_a_report_is_for_the_person_as_json_and_as_a_page(stocked: Cli, hits: Hits) -> None:
    mail = hits(1)[0]
    report = stocked.run("subject-report", mail)
    assert stocked.run("subject-report", mail, "--json").report.keys() == report.report.keys()
    assert report.report["records"][0]["fields"]["email"] == mail
    assert ("clearbit", ["email", "name"]) in [(one["provider"], one["fields"]) for one in report.report["disclosures"]]
    page = stocked.run("subject-report", mail, "--format", "html")
    assert (page.code, page.out.startswith("<!doctype html>"), mail in page.out) == (0, True, True)
    assert stocked.run("subject-report", mail, "--format", "html", "--json").code == 2


def test_what_is_older_than_the_retention_is_purged(stocked: Cli) -> None:
    stocked.settings["ENRICHMENT_RETENTION_DAYS"] = "30"
    assert stocked.run("purge", "--json").report["deleted"]["customers"] == 0
    result = stocked.run("purge", "--older-than", "0d", "--json")
    assert (result.report["deleted"]["customers"], stocked.rows(STORED)) == (3, [])
    assert stocked.run("check").code == 0
    assert stocked.run("quota", "--json").report["used"] == 3
