"""What a shell may offer: names that are no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich_cli.domain.tier import Tier
from enrich_cli.store.names import companies, customers, resumable_runs

if TYPE_CHECKING:
    from tests.store.conftest import Bench


def test_customers_are_offered_by_plain_ids_alone(bench: Bench) -> None:
    with bench.run() as run:
        for lookup, name in enumerate(("crm-1", "crm-2", "web-1", "not plain"), 1):
            run.enrich(bench.customer(name), lookup=lookup)
        run.end()
    assert customers(bench.path, "acme", "") == ["crm-1", "crm-2", "web-1"]
    assert customers(bench.path, "acme", "crm") == ["crm-1", "crm-2"]
    assert customers(bench.path, "acme", "h_") == []
    assert customers(bench.path, "rival", "") == []


def test_runs_are_offered_that_can_be_resumed_the_newest_first(bench: Bench) -> None:
    for run_id, state in (("1-done", "done"), ("2-stopped", "interrupted"), ("3-stopped", "interrupted")):
        with bench.run(run_id=run_id) as run:
            run.end(state)
        bench.later(hours=1)
    assert resumable_runs(bench.path, "acme", "") == ["3-stopped", "2-stopped"]
    assert resumable_runs(bench.path, "acme", "2") == ["2-stopped"]


def test_companies_are_those_with_a_tier_or_a_run(bench: Bench) -> None:
    bench.set_tier(Tier.PRO, "rival")
    bench.standing()
    assert companies(bench.path, "") == ["acme", "rival"]
    assert companies(bench.path, "r") == ["rival"]


def test_without_a_store_there_are_none(no_store: Bench) -> None:
    assert companies(no_store.path, "") == []
    assert no_store.files() == {}
