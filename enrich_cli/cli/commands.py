"""The commands. Each is built when it is used: building all of them takes longer than a quick command runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from enrich_cli.cli.manual import Manual, ManualCommand

if TYPE_CHECKING:
    from typer._click import Command, Context

SUMMARIES: Mapping[str, str] = {
    "enrich": "Look up every customer of SOURCE that is not fresh in the store, and report.",
    "refresh": "Look customers up again, whether their data is fresh or not.",
    "quota": "How much of the month's quota is used, and how much is left.",
    "stats": "Statistics: usage by month and tier, success, cache hits, latency, and what each provider and "
    "enrichment cost.",
    "set-tier": "Change the company's tier at once; this month's count stays.",
    "show": "One customer: the stored fields, and each enrichment with who said what, how sure it is, and why.",
    "runs": "Past runs: when each began, how it ended, where its customers landed, and what it cost.",
    "export": "The stored enrichments: one row per customer, with the stored fields and what is known.",
    "forget": "Delete everything stored about a person, and never look them up again.",
    "subject-report": "Everything stored about a person, for that person: their fields, data with sources and times, "
    "raw answers, and which of their fields were sent to which provider when.",
    "purge": "Delete the company's enrichments, answers and customers that are older than the retention period.",
    "rotate-key": "Seal the store with a new master key; the old one no longer opens it.",
    "providers": "Every provider: its place in the chain, whether it is configured, what it costs, and how fast it may "
    "be asked.",
    "check": "Check the store: that every rule of the books holds, and that every sealed row opens.",
    "sandbox": "Serve the local vendor simulator until Ctrl-C, and print the lines that point enrich-cli to it.",
    "company-key": "Keys that open only one company (ENRICHMENT_COMPANY_KEY). The master key makes and revokes them.",
}
"""Each command, in the order of the help, with the first sentence of its own help. Its module has the same name."""


class _Commands(Mapping[str, "Command"]):
    def __getitem__(self, name: str) -> Command:
        if name not in SUMMARIES:
            raise KeyError(name)
        return _built(name)

    def __iter__(self) -> Iterator[str]:
        return iter(SUMMARIES)

    def __len__(self) -> int:
        return len(SUMMARIES)


class Program(Manual):
    """The program as a group of commands, each loaded when it is used."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**{**attributes, "commands": _Commands()})

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 typer's
        return list(SUMMARIES)

    def summary(self, name: str) -> str:
        return SUMMARIES[name]


@cache
def _built(name: str) -> Command:
    module = import_module(f"enrich_cli.cli.{name.replace('-', '_')}")
    app: typer.Typer | None = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name, cls=ManualCommand)(module.command)
    return get_command(app)
