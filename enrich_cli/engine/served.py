"""The result of a data type that was not looked up."""

from __future__ import annotations

from enrich_cli.domain.enrichment import Enrichment, Known, Result, State


def served(fresh: Enrichment | None, stored: Enrichment | None) -> Result:
    """What is fresh, as saved; else skipped, with whatever is stored to show."""
    if fresh is None:
        return Result(State.SKIPPED, stored)
    return Result(State.FOUND if fresh.status is Known.FOUND else State.NOT_FOUND, fresh, fresh=True)
