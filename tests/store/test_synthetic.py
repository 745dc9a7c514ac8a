"""Real and synthetic data never stand in one store."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from enrich_cli.store.connection import open_for_reading
from enrich_cli.store.errors import StoreError
from enrich_cli.store.reading import read_quota
from enrich_cli.store.synthetic import is_synthetic

if TYPE_CHECKING:
    from tests.store.conftest import Bench


def enrich(bench: Bench, *, sandbox: bool) -> None:
    with bench.run(sandbox=sandbox) as run:
        run.enrich(bench.customer())
        run.end()


def test_a_sandbox_run_marks_the_store_and_every_surface_can_say_so(bench: Bench) -> None:
    enrich(bench, sandbox=True)
    assert read_quota(bench.path, "acme", bench.now)[1] is True
    connection = open_for_reading(bench.path)
    assert connection is not None
    with closing(connection):
        assert is_synthetic(connection)


def test_a_real_run_does_not(bench: Bench) -> None:
    enrich(bench, sandbox=False)
    assert read_quota(bench.path, "acme", bench.now)[1] is False


def test_a_real_run_on_a_synthetic_store_is_refused(bench: Bench) -> None:
    enrich(bench, sandbox=True)
    with pytest.raises(StoreError, match="holds synthetic data") as refused:
        bench.standing(sandbox=False)
    assert refused.value.exit_code == 2


def test_a_sandbox_run_on_a_real_store_is_refused_and_leaves_no_mark(bench: Bench) -> None:
    enrich(bench, sandbox=False)
    with pytest.raises(StoreError, match="holds real data"):
        bench.standing(sandbox=True)
    assert bench.sql("SELECT * FROM store_marks") == []
    assert bench.sql("SELECT COUNT(*) FROM runs") == [(1,)]


def test_a_store_without_enrichments_yet_may_become_synthetic(bench: Bench) -> None:
    bench.standing(sandbox=False)
    bench.standing(sandbox=True)
    assert read_quota(bench.path, "acme", bench.now)[1] is True


def test_a_synthetic_store_takes_further_sandbox_runs(bench: Bench) -> None:
    enrich(bench, sandbox=True)
    bench.standing("bob", sandbox=True)
    assert bench.sql("SELECT sandbox, COUNT(*) FROM runs GROUP BY sandbox") == [(1, 2)]
