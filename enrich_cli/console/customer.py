"""One stored customer: what is known, who said it, how sure we are and why; as a panel, as a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from enrich_cli.domain.enrichment import Known
from enrich_cli.domain.merge import EMPTY
from enrich_cli.domain.models import columns, flat
from enrich_cli.domain.months import iso
from enrich_cli.store.showing import Shown, StoredCustomer

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}


def customers_json(customers: Sequence[StoredCustomer], *, sandbox: bool) -> str:
    """One JSON document: the customer, or `matches` when several are called so."""
    found = [_as_json(customer) for customer in customers]
    document = found[0] if len(found) == 1 else {"matches": found}
    return json.dumps({**document, "sandbox": sandbox}, ensure_ascii=False)


def print_customer(customer: StoredCustomer, console: Console, now: datetime) -> None:
    """A panel: the fields, and under each data type what is known, with the provider of each field."""
    fields = ", ".join(f"{field} {text}" for field, text in customer.customer.values().items())
    parts: list[Text | Table] = [Text(fields, style="dim")]
    for shown in customer.enrichments:
        parts += [Text(), _headline(shown, now)]
        if shown.enrichment.reasons:
            parts.append(Text(f"because: {', '.join(shown.enrichment.reasons)}", style="dim"))
        if shown.enrichment.data:
            parts.append(_fields(shown))
    if not customer.enrichments:
        parts.append(Text("nothing is known yet"))
    console.print(Panel(Group(*parts), title=Text(customer.customer.id.shown), title_align="left"))


def customer_line(customer: StoredCustomer) -> str:
    """The customer in one line, for lists."""
    known = (
        f"{shown.enrichment.data_type} {_state(shown)}"
        + (f" {shown.enrichment.confidence:.2f}" if shown.enrichment.confidence is not None else "")
        for shown in customer.enrichments
    )
    name = customer.customer.full_name
    return " · ".join([customer.customer.id.shown, *([name] if name else []), *known])


def _as_json(customer: StoredCustomer) -> dict[str, Any]:
    return {
        "customer_id": customer.customer.id.shown,
        "fields": customer.customer.values(),
        "enrichments": [
            {
                "id": shown.id,
                "data_type": shown.enrichment.data_type.value,
                "status": shown.enrichment.status.value,
                "source": shown.enrichment.source or None,
                "confidence": shown.enrichment.confidence,
                "reasons": list(shown.enrichment.reasons),
                "cached_at": iso(shown.enrichment.cached_at),
                "expires_at": iso(shown.enrichment.expires_at),
                "fresh": shown.in_time,
                "data": shown.enrichment.data,
                "provenance": shown.enrichment.provenance,
            }
            for shown in customer.enrichments
        ],
    }


def _headline(shown: Shown, now: datetime) -> Text:
    enrichment = shown.enrichment
    text = Text(f"{enrichment.data_type} ", style="bold").append(_state(shown), style="green" if shown.in_time else "")
    if enrichment.confidence is not None:
        # Rounded down: nothing is ever 100 % sure.
        text.append(f" · {int(100 * enrichment.confidence)}% sure", style="not bold")
    age = "" if shown.in_time else ", no longer fresh"
    return text.append(f" · {_ago(now - enrichment.cached_at)}{age} · id {shown.id}", style="not bold")


def _state(shown: Shown) -> str:
    found = shown.enrichment.status is Known.FOUND
    return f"found by {shown.enrichment.source.replace(',', ', ')}" if found else "not found"


def _fields(shown: Shown) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    enrichment = shown.enrichment
    data = flat(enrichment.data_type, enrichment.data or {})
    provenance = enrichment.provenance or {}
    for name in columns(enrichment.data_type):
        value = data.get(name)
        if value not in (*EMPTY, []):
            said = provenance.get(name) or provenance.get(name.partition("_")[0], "")
            words = _week(value) if name == "hours" and isinstance(value, dict) else _words(value)
            table.add_row(name.replace("_", " "), Text(words), said)
    return table


def _week(hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
    return "\n".join(f"{day} {', '.join('–'.join(span) for span in spans) or 'closed'}" for day, spans in hours.items())


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key} {_words(one)}" for key, one in value.items() if one not in (*EMPTY, []))
    if isinstance(value, list):
        return "\n".join(_words(one) for one in value)
    return str(value)


def _ago(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    for unit, length in _SECONDS.items():
        if seconds >= length:
            number = seconds // length
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"
