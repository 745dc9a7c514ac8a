"""`show`: one customer, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess


def test_show_tells_who_said_what_and_why_it_is_believed(stocked: Cli, hits: Hits) -> None:
    mail = hits(1)[0]
    result = stocked.run("show", mail, "--json")
    person = next(one for one in result.report["enrichments"] if one["data_type"] == "person")
    assert (result.code, result.err, result.report["customer_id"]) == (0, "", mail)
    assert (person["status"], person["source"], bool(person["reasons"])) == ("found", "clearbit", True)
    assert person["provenance"]["full_name"] == "clearbit"
    panel = stocked.run("show", mail)
    assert "because: " in panel.out
    assert stocked.run("show", mail, "--compact").out.count("\n") == 1


@pytest.mark.parametrize("name", ["nobody@example.com", "bytes that are no text: \udcff"])
def test_who_is_not_stored_is_exit_2_in_one_line(stocked: Cli, name: str) -> None:
    result = stocked.run("show", name)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_enrich_looks_up_first_what_is_missing_and_only_that(stocked: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    mail = hits(1)[0]
    stocked.settings |= {"GOOGLE_PLACES_API_KEY": "secret-of-GOOGLE_PLACES"}
    before = stocked.run("show", mail, "--json").report["enrichments"]
    result = stocked.run("show", mail, "--enrich", "--json")
    assert (result.code, result.err) == (0, "")
    assert result.report["enrichments"][: len(before)] == before
    asked = sandbox.asked()
    assert stocked.run("show", mail, "--enrich").code == 0
    assert sandbox.asked() == asked


def test_what_is_no_longer_fresh_is_looked_up_again(stocked: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    stocked.run("set-tier", "enterprise")
    mail = hits(1)[0]
    before = stocked.run("show", mail, "--json").report["enrichments"][0]
    after = stocked.run("show", mail, "--enrich", "--json").report["enrichments"][0]
    assert (before["fresh"], sandbox.asked()) == (False, 1)
    assert after["cached_at"] >= before["cached_at"]
    assert stocked.run("check").code == 0


def test_of_several_called_so_none_is_looked_up(stocked: Cli, sandbox: SandboxProcess) -> None:
    stocked.run("set-tier", "enterprise")
    result = stocked.run("show", "Ada Sample", "--enrich")
    assert (result.code, result.out.count("\n"), result.err.count("\n")) == (2, 3, 1)
    assert sandbox.asked() == 0


def test_without_anybody_to_ask_what_is_stored_is_shown_and_the_code_says_so(stocked: Cli, hits: Hits) -> None:
    stocked.run("set-tier", "enterprise")
    stocked.settings = {name: value for name, value in stocked.settings.items() if not name.endswith("_API_KEY")}
    result = stocked.run("show", hits(1)[0], "--enrich", "--json")
    assert (result.code, result.err.count("\n")) == (5, 1)
    assert result.report["enrichments"]


def test_what_a_budget_does_not_let_be_looked_up_is_said_beside_what_is_stored(stocked: Cli, hits: Hits) -> None:
    stocked.run("set-tier", "enterprise")
    stocked.settings |= {"ENRICHMENT_MONTHLY_BUDGET_USD": "0"}
    result = stocked.run("show", hits(1)[0], "--enrich", "--json")
    assert (result.code, result.err.count("\n")) == (4, 1)
    assert "budget" in result.err
    assert result.report["enrichments"]


def test_that_providers_failed_is_said_where_nothing_is_known(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    cli.asks(sandbox)
    cli.settings |= {"ENRICHMENT_TIMEOUT": "0.3"}
    (mail,) = hits(1)
    with sandbox.stopped():
        assert cli.run("enrich", cli.source([mail]), "--types", "person").code == 3
        result = cli.run("show", mail, "--enrich", "--json")
    assert (result.code, result.err.count("\n")) == (3, 1)
    assert "clearbit: " in result.err
