"""One stored customer: what is known, who said it, how sure it is and why; as a panel and as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from enrich_cli.console.durations import ago
from enrich_cli.console.layout import Phrases
from enrich_cli.console.printable import printable
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import NOTHING, Known
from enrich_cli.store.showing import Shown, StoredCustomer

_ADDRESS = r"https?://[^\s;]+"
_WIDE = 120
_NARROW = 64
"""Columns. With fewer there is no room for a column of providers beside the values."""


def print_customer(customer: StoredCustomer, console: Console, now: datetime) -> None:
    """A panel: the fields, and for each data type what is known, with the provider of each field.

    In a wide console two data types are side by side; in a narrow one each provider follows its value.
    """
    fields = [f"{field} {printable(text)}" for field, text in customer.customer.values().items()]
    parts: list[RenderableType] = [Phrases([Text(field, style="dim") for field in fields], " · ")]
    blocks = [_block(shown, now, narrow=console.width < _NARROW) for shown in customer.enrichments]
    a_row = 2 if console.width >= _WIDE else 1
    for start in range(0, len(blocks), a_row):
        parts += [Text(), _side_by_side(blocks[start : start + a_row], a_row)]
    known = {shown.enrichment.data_type for shown in customer.enrichments}
    if missing := [kind.value for kind in DataType if kind not in known]:
        parts += [Text(), Text(f"not looked up yet: {', '.join(missing)}", style="dim")]
    console.print(Panel(Group(*parts), title=Text(printable(customer.customer.id.shown)), title_align="left"))


def customer_line(customer: StoredCustomer) -> str:
    """The customer in one line, for lists."""
    known = (f"{shown.enrichment.data_type} {_sure(shown) or 'not found'}" for shown in customer.enrichments)
    name = customer.customer.full_name
    return printable(" · ".join([customer.customer.id.shown, *([name] if name else []), *known]))


def _side_by_side(blocks: Sequence[RenderableType], columns: int) -> RenderableType:
    grid = Table.grid(padding=(0, 2), expand=True)
    for _ in range(columns):
        grid.add_column(ratio=1)
    grid.add_row(*blocks)
    return grid


def _block(shown: Shown, now: datetime, *, narrow: bool) -> RenderableType:
    parts: list[RenderableType] = [_headline(shown, now)]
    if shown.enrichment.reasons:
        parts.append(Text(f"because: {', '.join(shown.enrichment.reasons)}", style="dim"))
    if shown.enrichment.data:
        parts.append(_fields(shown, narrow=narrow))
    return Group(*parts)


def _headline(shown: Shown, now: datetime) -> Phrases:
    enrichment = shown.enrichment
    phrases = [Text(f"{enrichment.data_type} ", style="bold").append(_state(shown), "green" if shown.in_time else "")]
    if sure := _sure(shown):
        phrases.append(Text(f"{sure} sure"))
    phrases.append(Text(f"{ago(now - enrichment.cached_at)}{'' if shown.in_time else ', no longer fresh'}"))
    return Phrases([*phrases, Text(f"id {shown.id}")], " · ")


def _sure(shown: Shown) -> str:
    """`93%`; empty where nothing was found."""
    sure = shown.enrichment.percent_sure
    return "" if sure is None else f"{sure}%"


def _state(shown: Shown) -> str:
    found = shown.enrichment.status is Known.FOUND
    return f"found by {shown.enrichment.source.replace(',', ', ')}" if found else "not found"


def _fields(shown: Shown, *, narrow: bool) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    if not narrow:
        table.add_column(style="dim", no_wrap=True)
    for name, value, said_by in shown.enrichment.fields():
        words = _week(value) if name == "hours" and isinstance(value, dict) else _words(value, name)
        text = _linked(printable(words))
        if narrow:
            table.add_row(name.replace("_", " "), text.append(f" · {said_by}", style="dim"))
        else:
            table.add_row(name.replace("_", " "), text, said_by)
    return table


def _linked(words: str) -> Text:
    """Makes addresses clickable in terminals that support it (OSC 8)."""
    text = Text(words)
    text.highlight_regex(_ADDRESS, lambda address: Style(link=address))
    return text


def _week(hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
    return "\n".join(f"{day} {', '.join('–'.join(span) for span in spans) or 'closed'}" for day, spans in hours.items())


def _words(value: Any, name: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith(("value", "price")):
        return f"${value:,}"
    if isinstance(value, int) and not name.endswith("built"):
        return f"{value:,}"
    if isinstance(value, dict):
        return "; ".join(f"{key} {_words(one, key)}" for key, one in value.items() if one not in NOTHING)
    if isinstance(value, list):
        return "\n".join(_words(one, name) for one in value) or "none"
    return str(value)
