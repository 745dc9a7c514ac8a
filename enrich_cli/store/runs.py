"""Past runs, and which of them a run may resume."""

from __future__ import annotations

import sqlite3

from enrich_cli.store.errors import StoreError

_RESUMABLE = ("interrupted", "crashed")


def resumed_runs(
    connection: sqlite3.Connection, company: str, resume: str | None, dead: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The run that `--resume` names, and all that it resumed itself. `dead`: runs that crashed, not booked so yet.

    Raises StoreError when there is no such run, or it ended by itself or is still going on.
    """
    if resume is None:
        return frozenset()
    which = "ORDER BY started_at DESC, rowid DESC LIMIT 1" if resume == "last" else "AND run_id = :run"
    row = connection.execute(
        f"SELECT run_id, state, resumes FROM runs WHERE company_id = :company {which}",  # noqa: S608 one of two texts
        {"company": company, "run": resume},
    ).fetchone()
    if row is None:
        named = "no run yet" if resume == "last" else f"no run {resume}"
        raise StoreError(f"--resume: company {company} has {named}")
    run_id, state, resumes = row
    if state not in _RESUMABLE and run_id not in dead:
        reason = "is still going on" if state == "running" else "ended by itself: there is nothing to resume"
        raise StoreError(f"--resume: run {run_id} {reason}")
    return frozenset({run_id, *filter(None, (resumes or "").split(","))})
