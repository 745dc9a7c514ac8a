"""Every provider, as a table for people and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from enrich_cli.console.money import dollars
from enrich_cli.domain.rate import rate_text
from enrich_cli.engine.roster import Entry
from enrich_cli.gateway.late_keys import LateKey
from enrich_cli.gateway.probing import Standing, State

_STYLES = {
    State.ACCEPTED: "green",
    State.REFUSED: "red",
    State.OUT_OF_CREDIT: "red",
    State.NO_ANSWER: "yellow",
    State.NOT_CHECKED: "dim",
}


def providers_json(entries: Sequence[Entry], standings: Mapping[str, Standing], *, sandbox: bool) -> str:
    """One JSON document. `standings`: provider → how its account stands, if that was asked."""
    return json.dumps(
        {"sandbox": sandbox, "providers": [_as_json(entry, standings.get(entry.provider.name)) for entry in entries]},
        ensure_ascii=False,
    )


def print_providers(
    entries: Sequence[Entry], standings: Mapping[str, Standing], console: Console, *, sandbox: bool
) -> None:
    """A table, and below it what some vendors' terms demand of users of their answers."""
    if sandbox:
        console.print(Text("SANDBOX: the simulator plays all of these providers", style="bold yellow"))
    table = Table(box=None, padding=(0, 0, 0, 1), header_style="dim", pad_edge=False)
    table.add_column("", justify="right")
    table.add_column("provider", no_wrap=True)
    for name in ("state", "price", "rate"):
        table.add_column(name, overflow="fold")
    for data_type, chain in groupby(entries, key=lambda entry: entry.provider.data_type):
        table.add_row("", Text(data_type.value, style="bold"))
        for entry in chain:
            table.add_row(
                str(entry.position or "-"),
                entry.provider.name,
                _state(entry, standings.get(entry.provider.name)),
                _price(entry),
                rate_text(entry.rate).replace(",", "\n"),
            )
    console.print(table)
    for provider in (entry.provider for entry in entries if entry.provider.terms):
        console.print()
        console.print(Text.assemble((f"{provider.name}: ", "bold"), provider.terms or ""))


def _as_json(entry: Entry, standing: Standing | None) -> dict[str, object]:
    provider = entry.provider
    return {
        "provider": provider.name,
        "data_type": provider.data_type.value,
        "position": entry.position,
        "configured": entry.account is not None,
        "key_from_command": _key_comes_from_command(entry),
        "disabled": entry.disabled,
        "unit": provider.unit,
        "unit_price_usd": None if entry.price is None else str(entry.price),
        "hit": provider.hit_price,
        "miss": provider.miss_price,
        "rate": rate_text(entry.rate),
        "terms": provider.terms,
        "check": None if standing is None else {"state": standing.state.value, "detail": standing.words},
    }


def _state(entry: Entry, standing: Standing | None) -> Text:
    if standing is not None:
        accepted = "accepted: " if standing.state is State.ACCEPTED else ""
        return Text(f"{accepted}{standing.words}", style=_STYLES[standing.state])
    if entry.disabled:
        return Text(entry.disabled, style="dim")
    return Text("configured: a command prints the key" if _key_comes_from_command(entry) else "configured")


def _key_comes_from_command(entry: Entry) -> bool:
    """The command need not have run."""
    return entry.account is not None and isinstance(entry.account.auth, LateKey)


def _price(entry: Entry) -> str:
    """Price of the unit, of a hit and of a miss, each on a line of its own."""
    provider = entry.provider
    if entry.price is None:
        unit_price = f"not known, set {provider.name.upper()}_COST_USD (a {provider.unit})"
    else:
        unit_price = f"{dollars(entry.price)} a {provider.unit}"
    return f"{unit_price}\nhit: {provider.hit_price}\nmiss: {provider.miss_price}"
