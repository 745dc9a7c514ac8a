"""Whatever the rows and whatever the providers say: every row read lands in exactly one count, and the books agree."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.outcomes import Failed, NotFound, Objected, Outcome
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected, SourceRow

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office, Pass

PERSON, BUSINESS = DataType.PERSON, DataType.BUSINESS
LIMIT = 50
NAMES = "abcde"
PROVIDERS = ("clearbit", "hunter", "places")

words = st.sampled_from(["found", "somebody else", "nobody", "broken", "refused", "objects"])


@dataclass(frozen=True)
class Case:
    rows: list[str | None]
    """Names of customers, some several times; None is a row that is rejected."""
    cities: list[bool]
    """Has the row at this place another field than others of the same customer?"""
    says: dict[tuple[str, str], str]
    used: int
    concurrency: int


@dataclass
class Vendors:
    """What the providers say of each customer, in this order of words."""

    make: Make
    says: dict[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, provider: str, customer: Customer) -> Outcome:
        word = self.says.get((provider, customer.id.shown), "nobody")
        answers: dict[str, Outcome] = {
            "found": self.make.found(),
            "somebody else": self.make.found("Bob Other"),
            "nobody": NotFound(),
            "broken": Failed("out of order"),
            "refused": Failed("it does not fit the cost cap", refused=True),
            "objects": Objected(),
        }
        return answers[word]


cases = st.builds(
    Case,
    rows=st.lists(st.one_of(st.none(), st.sampled_from(NAMES)), max_size=12),
    cities=st.lists(st.booleans(), min_size=12, max_size=12),
    says=st.dictionaries(st.tuples(st.sampled_from(PROVIDERS), st.sampled_from(NAMES)), words),
    used=st.integers(LIMIT - 4, LIMIT),
    concurrency=st.integers(1, 3),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases)
async def test_the_counts_add_up_to_the_rows_read_in_the_first_run_and_in_the_next(
    make: Make, open_office: Callable[[Path], Office], case: Case
) -> None:
    rows = [_row(make, line, name, case.cities[line - 2]) for line, name in enumerate(case.rows, 2)]
    chains = make.chains(person="clearbit hunter", business="places")
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder) / "enrichment.db")
        office.use_quota(case.used)
        for _ in range(2):
            run = await office.run(chains, Vendors(make, case.says), rows, concurrency=case.concurrency)
            _adds_up(run, rows)
            _books_agree(office)


def _row(make: Make, line: int, name: str | None, in_paris: bool) -> SourceRow:
    if name is None:
        return Rejected(line, [""], "has nothing to look up by")
    return make.row(line, name, **({"city": "Paris"} if in_paris else {}))


def _adds_up(run: Pass, rows: list[SourceRow]) -> None:
    assert run.complete
    assert run.report.read == sum(run.report.customers.values()) == len(rows)
    assert sorted(run.finished) == list(range(len(rows)))
    assert Counter(row.count for row in run.finished.values()) == Counter(run.counts)
    for row in run.finished.values():
        assert _fits(row), row


def _fits(row: Finished) -> bool:
    """Do the data types look as the count says?"""
    states = {result.state for result in row.results.values()}
    match row.count:
        case Count.REJECTED:
            return isinstance(row.row, Rejected)
        case Count.SUPPRESSED:
            return not row.results
        case Count.ENRICHED:
            return State.FOUND in states and State.FAILED not in states
        case Count.NOT_FOUND:
            return all(one.state in (State.NOT_FOUND, State.SKIPPED) or one.fresh for one in row.results.values())
        case Count.CACHED:
            return State.FAILED not in states and State.SKIPPED not in states
        case _:
            return True


def _books_agree(office: Office) -> None:
    assert office.broken() == []
    ((counted,),) = office.sql("SELECT enrichments_count FROM customer_enrichment_usage")
    assert counted <= LIMIT
    assert office.sql("SELECT COUNT(*) FROM open_lookups") == [(0,)]
    assert office.sql("SELECT COUNT(*) FROM run_customers WHERE outcome IS NULL") == [(0,)]
