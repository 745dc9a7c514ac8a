"""Shell completion. It never fails: in case of doubt it offers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.log import Log
from enrich_cli.domain.errors import ShownError

if TYPE_CHECKING:
    from enrich_cli.settings import Settings


def tiers(incomplete: str) -> list[str]:
    from enrich_cli.domain.tier import Tier

    return _begun(incomplete, [tier.value for tier in Tier])


def data_types(incomplete: str) -> list[str]:
    """Completes the last word of a comma list."""
    from enrich_cli.domain.data_type import DataType

    return _listed(incomplete, [kind.value for kind in DataType])


def required_fields(incomplete: str) -> list[str]:
    """Completes the last word of a comma list."""
    from enrich_cli.domain.data_type import DataType
    from enrich_cli.domain.models import model_fields

    return _listed(incomplete, dict.fromkeys(field for kind in DataType for field in model_fields(kind)))


def faults(incomplete: str) -> list[str]:
    """The vendors, each with the `=` that follows."""
    from enrich_cli.sandbox.catalog import NAMES

    return _begun(incomplete, [f"{name}=" for name in NAMES])


def resumable_runs(context: typer.Context, incomplete: str) -> list[str]:
    from enrich_cli.store import names

    found = _of_store(context, lambda path, company, _: names.resumable_runs(path, company, incomplete))
    return [*_begun(incomplete, ["last"]), *found]


def customers(context: typer.Context, incomplete: str) -> list[str]:
    from enrich_cli.store import names

    return _of_store(context, lambda path, company, _: names.customers(path, company, incomplete))


def companies(context: typer.Context, incomplete: str) -> list[str]:
    """With a key for one company, only that company."""
    from enrich_cli.store import names

    def others(path: Path, company: str, settings: Settings) -> list[str]:
        return names.companies(path, incomplete) if settings.company_key is None else _begun(incomplete, [company])

    return _of_store(context, others)


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Completes one of these words."""

    def complete(incomplete: str) -> list[str]:
        return _begun(incomplete, words)

    return complete


def _begun(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def _listed(incomplete: str, words: Iterable[str]) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    taken = before.split(",")
    return [f"{before}{comma}{word}" for word in _begun(last, words) if word not in taken]


def _of_store(context: typer.Context, names: Callable[[Path, str, Settings], list[str]]) -> list[str]:
    from enrich_cli.settings import Settings

    given = context.find_root().params
    db = Path(given["db"]) if given.get("db") else None
    options = Context(db=db, company=given.get("company"), quiet=True, log=Log(quiet=True))
    try:
        settings = Settings.load()
        path, company = options.store_and_company(settings, sandbox=bool(context.params.get("sandbox")))
        return names(path, company, settings)
    except ShownError:
        return []
