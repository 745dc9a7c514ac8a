"""A store that fails in the middle of a run: the run says so, and what was committed is there for the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.report import Count
from enrich_cli.store import books
from enrich_cli.store.connection import transaction
from enrich_cli.store.errors import StoreFull

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office

CUSTOMERS = 4
BOUGHT = "SELECT customer_id, COUNT(*) FROM provider_lookups WHERE cost > 0 GROUP BY customer_id"


class Disk:
    """Takes transactions until it is full. The one that fails first may be on the disk all the same."""

    def __init__(self, good: int, *, takes_the_last: bool) -> None:
        self.good = good
        self.failed = False
        self._takes_the_last = takes_the_last

    @contextmanager
    def transaction(self, connection: sqlite3.Connection) -> Iterator[None]:
        self.good -= 1
        with transaction(connection):
            yield
            if self.good < 0 and not (self._takes_the_last and not self.failed):
                self._fail()
        if self.good < 0:
            self._fail()

    def _fail(self) -> None:
        self.failed = True
        raise sqlite3.OperationalError("database or disk is full")


def is_full(error: BaseException) -> bool:
    return isinstance(error, StoreFull) or (
        isinstance(error, BaseExceptionGroup) and error.subgroup(StoreFull) is not None
    )


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch) -> Callable[[Disk | None], None]:
    """Puts the store on such a disk, or back on a good one."""

    def put(disk: Disk | None) -> None:
        monkeypatch.undo()
        if disk:
            monkeypatch.setattr(books, "transaction", disk.transaction)

    return put


@pytest.mark.parametrize("takes_the_last", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("good", range(8))
async def test_whichever_transaction_fails_the_run_says_so_and_the_next_one_buys_only_what_is_missing(
    make: Make, office: Office, fill: Callable[[Disk | None], None], good: int, takes_the_last: bool
) -> None:
    chains = make.chains(person="clearbit")
    rows = [make.row(line) for line in range(2, 2 + CUSTOMERS)]
    disk = Disk(good, takes_the_last=takes_the_last)
    fill(disk)
    with pytest.raises((StoreFull, ExceptionGroup)) as failure:
        await office.run(chains, {"clearbit": make.found()}, rows, concurrency=1)
    assert is_full(failure.value)
    fill(None)
    assert office.broken() == []
    began = office.sql("SELECT state FROM runs")
    assert began in ([], [("crashed",)], [("done",)])
    saved = office.sql("SELECT COUNT(*) FROM customer_enrichment_data")[0][0]
    resume = "last" if began == [("crashed",)] else None
    again = await office.run(chains, {"clearbit": make.found()}, rows, resume=resume)
    assert (again.counts.get(Count.CACHED, 0), sum(again.counts.values())) == (saved, CUSTOMERS)
    assert all(times == 1 for _, times in office.sql(BOUGHT))
    assert office.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(CUSTOMERS,)]
    assert office.broken() == []
