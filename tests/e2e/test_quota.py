"""`quota`, `set-tier` and `check`: what a company may still do, and whether its store is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess


def test_quota_is_one_document(stocked: Cli) -> None:
    result = stocked.run("quota", "--json")
    quota = result.report
    assert (result.code, result.err) == (0, "")
    assert (quota["company"], quota["tier"], quota["used"], quota["reserved"]) == ("default", "free", 3, 0)
    assert (quota["limit"], quota["remaining"], quota["can_enrich"]) == (50, 47, True)
    assert quota["resets_at"].endswith("-01T00:00:00Z")


def test_quota_of_a_company_that_did_nothing_yet_makes_no_store(cli: Cli) -> None:
    result = cli.run("--company", "acme", "quota", "--json")
    assert (result.report["used"], result.report["remaining"]) == (0, 50)
    assert not cli.store.exists()


def test_the_sandbox_has_a_tier_and_a_quota_of_its_own_and_can_be_checked(cli: Cli) -> None:
    assert cli.run("set-tier", "pro", "--sandbox", "--json").report["limit"] == 500
    assert cli.run("quota", "--sandbox", "--json").report["limit"] == 500
    assert "sandbox.db is whole" in cli.run("check", "--sandbox").out
    assert cli.run("quota", "--json").report["limit"] == 50


@pytest.mark.parametrize(("wanted", "code"), [("47", 0), ("48", 4)])
def test_check_n_tells_a_script_whether_n_are_left(stocked: Cli, wanted: str, code: int) -> None:
    assert stocked.run("quota", "--check", wanted).code == code


def test_quota_reached_serves_what_is_fresh_and_counts_the_rest(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    cli.run("enrich", cli.source(hits(50)))
    result = cli.run("enrich", cli.source(hits(53)), "--types", "person", "--json")
    assert (result.code, result.counts) == (4, {"cached": 50, "over_quota": 3})
    assert sandbox.asked() == 50


def test_a_higher_tier_holds_at_once_and_the_count_stays(stocked: Cli) -> None:
    assert stocked.run("set-tier", "pro", "--json").report["limit"] == 500
    quota = stocked.run("quota", "--json").report
    assert (quota["tier"], quota["used"], quota["remaining"]) == ("pro", 3, 497)
    assert stocked.run("set-tier", "enterprise").code == 0
    assert stocked.run("quota", "--json").report["remaining"] is None
    assert stocked.run("quota", "--check", "1000000").code == 0


def test_a_lower_tier_holds_at_once_and_who_fits_no_longer_is_over_quota(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    source = cli.source(hits(52))
    cli.run("set-tier", "pro")
    command = ("enrich", source, "--types", "person", "--concurrency", "52", "--json")
    with sandbox.stopped():
        run = cli.start(*command)
        cli.until_in_the_air(52)
        cli.run("set-tier", "free")
    result = run.wait()
    assert (result.code, result.counts) == (4, {"enriched": 50, "over_quota": 2})
    assert (result.report["tier"], result.report["quota"]["remaining"]) == ("free", 0)
    cli.assert_whole(sandbox.bill())
    cli.run("set-tier", "pro")
    assert cli.run(*command).counts == {"cached": 50, "enriched": 2}
    assert sandbox.asked() == 52


def test_enterprise_is_always_fresh(stocked: Cli, sandbox: SandboxProcess) -> None:
    stocked.run("set-tier", "enterprise")
    assert stocked.run("enrich", "customers.csv", "--json").counts == {"enriched": 3}
    assert sandbox.asked() == 3


def test_an_unknown_tier_is_exit_2_with_those_there_are(stocked: Cli) -> None:
    before = stocked.files()
    result = stocked.run("set-tier", "por")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "did you mean pro?" in result.err
    assert stocked.files() == before


def test_types_beyond_the_tier_are_skipped_and_named(cli: Cli, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(1)), "--types", "person,property", "--json")
    assert (result.code, result.report["skipped_types"]) == (0, {"property": "needs tier pro"})


def test_quota_names_the_tier_that_has_what_was_skipped(cli: Cli, hits: Hits) -> None:
    cli.run("enrich", cli.source(hits(1)), "--types", "person")
    assert "/mo" not in cli.run("quota").out
    cli.run("enrich", cli.source(hits(1)), "--types", "person,property")
    assert "skipped this month: property\npro: 500 a month" in cli.run("quota").out


def test_types_beyond_the_tier_alone_are_exit_5(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(1)), "--types", "property", "--json")
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)
    assert "property needs tier pro" in result.err
    assert sandbox.asked() == 0


def test_companies_share_a_store_and_nothing_else(stocked: Cli, sandbox: SandboxProcess) -> None:
    result = stocked.run("--company", "other", "enrich", "customers.csv", "--json")
    assert (result.counts, result.report["quota"]["used"]) == ({"enriched": 3}, 3)
    assert sandbox.asked() == 3


def test_a_whole_store_passes(stocked: Cli) -> None:
    result = stocked.run("check", "--json")
    assert (result.code, result.report) == (0, {"whole": True, "broken": [], "sandbox": False})


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        ("UPDATE customer_enrichment_usage SET enrichments_count = enrichments_count - 1", "count of default"),
        ("UPDATE customer_enrichment_usage SET api_costs = api_costs + 1", "costs of default"),
        ("DELETE FROM provider_lookups WHERE id = 1", "costs of default"),
        ("DELETE FROM customer_enrichment_data WHERE id = 1", "nothing is saved"),
        ("UPDATE customer_enrichment_data SET customer_id = 'moved' WHERE id = 1", "does not open"),
        ("UPDATE answers SET body = zeroblob(40) WHERE id = 1", "does not open"),
    ],
)
def test_a_store_that_breaks_a_rule_is_exit_1_and_a_list(stocked: Cli, damage: str, word: str) -> None:
    with closing(sqlite3.connect(stocked.store)) as store:
        store.execute(damage)
        store.commit()
    result = stocked.run("check", "--json")
    assert (result.code, result.report["whole"]) == (1, False)
    assert word in " ".join(result.report["broken"])


def test_there_is_nothing_to_check_without_a_store(cli: Cli) -> None:
    result = cli.run("check")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert not cli.store.exists()
