"""Past runs, and which of them a run may resume."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

import msgspec

from enrich_cli.domain.money import Money
from enrich_cli.store.errors import StoreError

_RESUMABLE = ("interrupted", "crashed")
_NEWEST_FIRST = """
SELECT run_id, command, state, sandbox, resumes, started_at, ended_at, counts,
    cost + (SELECT COALESCE(SUM(o.cost), 0) FROM open_lookups o WHERE o.run_id = runs.run_id),
    in_doubt + (SELECT COALESCE(SUM(o.in_doubt), 0) FROM open_lookups o WHERE o.run_id = runs.run_id),
    (SELECT COALESCE(SUM(o.in_air), 0) FROM open_lookups o WHERE o.run_id = runs.run_id)
FROM runs WHERE company_id = ? ORDER BY rowid DESC LIMIT ?
"""
_LANDED = """
SELECT outcome, COUNT(*) FROM run_customers
WHERE company_id = ? AND run_id = ? AND outcome IS NOT NULL AND outcome <> 'crashed' GROUP BY outcome
"""


class PastRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run in the books. Times are ISO-8601, UTC."""

    run_id: str
    command: str
    state: str
    """running, done, interrupted or crashed."""
    sandbox: bool
    resumes: tuple[str, ...]
    """The runs that it continued."""
    started_at: str
    ended_at: str | None
    """None while it goes on, and for a crash that is not booked yet."""
    counts: Mapping[str, int]
    """Count → customers. If the run did not end properly, only those that it finished looking up."""
    cost: Money
    in_doubt: Money

    @property
    def can_be_resumed(self) -> bool:
        """Can `--resume` continue it?"""
        return self.state in _RESUMABLE


def past_runs(connection: sqlite3.Connection, company: str, *, most: int, dead: frozenset[str]) -> list[PastRun]:
    """The company's runs, newest first. `dead`: crashed runs that are not booked as such yet.

    Ordered by when they began in the books, as for `--resume last`: a clock may be set back.
    """
    runs = []
    for run_id, command, state, sandbox, resumes, began, ended, counts, cost, in_doubt, in_air in connection.execute(
        _NEWEST_FIRST, (company, most)
    ).fetchall():
        landed = json.loads(counts) if counts else dict(connection.execute(_LANDED, (company, run_id)).fetchall())
        runs.append(
            PastRun(
                run_id=run_id,
                command=command,
                state="crashed" if run_id in dead else state,
                sandbox=bool(sandbox),
                resumes=tuple(sorted(run_ids(resumes))),
                started_at=began,
                ended_at=ended,
                counts={count: number for count, number in landed.items() if number},
                cost=Money(cost),
                # Nothing that a running run has in flight is in doubt yet.
                in_doubt=Money(in_doubt + (in_air if run_id in dead else 0)),
            )
        )
    return runs


def resumed_runs(
    connection: sqlite3.Connection, company: str, resume: str | None, dead: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The run that `--resume` names, and all that it resumed itself. `dead`: crashed runs that are not booked as such
    yet.

    Raises StoreError if there is no such run, or it ended properly or is still going on.
    """
    if resume is None:
        return frozenset()
    which = "ORDER BY rowid DESC LIMIT 1" if resume == "last" else "AND run_id = :run"
    row = connection.execute(
        f"SELECT run_id, state, resumes FROM runs WHERE company_id = :company {which}",  # noqa: S608 one of two texts
        {"company": company, "run": resume},
    ).fetchone()
    if row is None:
        named = "no run yet" if resume == "last" else f"no run {resume}: the command runs lists them"
        raise StoreError(f"--resume: company {company} has {named}")
    run_id, state, resumes = row
    if state not in _RESUMABLE and run_id not in dead:
        reason = "is still going on" if state == "running" else "ended by itself: there is nothing to resume"
        raise StoreError(f"--resume: run {run_id} {reason}")
    return frozenset({run_id, *run_ids(resumes)})


def run_ids(resumes: str | None) -> list[str]:
    """The ids in a value of the column `resumes`."""
    return resumes.split(",") if resumes else []
