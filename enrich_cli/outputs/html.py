"""Rows as one self-contained page for people: search, sorting, and a panel for each data type."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.months import iso
from enrich_cli.domain.row import Finished, Row
from enrich_cli.domain.times import LOCAL, Times
from enrich_cli.outputs.columns import Columns, is_link, stands_in_output
from enrich_cli.outputs.writer import Sink, ToSink

_PARTS = ("page.css", "page.js")


class Html(ToSink):
    """A `Writer` of one HTML page. Each customer is written at once, so that memory does not grow with their number."""

    def __init__(self, sink: Sink, columns: Columns, *, synthetic: bool = False, times: Times = LOCAL) -> None:
        """`synthetic`: the page says that its data is the sandbox's."""
        super().__init__(sink)
        self._data_types = columns.data_types
        self._times = times
        page = Environment(
            loader=PackageLoader("enrich_cli.outputs", "page"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        page.tests["link"] = is_link
        # The page itself declares what it may load and run, so that nothing a provider said can add to it.
        style, script = (files("enrich_cli.outputs").joinpath("page", name).read_text("utf-8") for name in _PARTS)
        head = page.get_template("head.html")
        self._customer = page.get_template("customer.html")
        self._foot = page.get_template("foot.html")
        self._script = script
        self._sink.write(
            head.render(
                data_types=self._data_types,
                style=style,
                style_hash=_hash(style),
                script_hash=_hash(script),
                synthetic=synthetic,
            ).encode()
        )

    def write(self, finished: Finished) -> None:
        """Add a customer."""
        if not stands_in_output(finished):
            return
        customer = finished.row.customer if isinstance(finished.row, Row) else None
        fields = customer.values() if customer else {}
        panels = [
            _panel(result.enrichment, self._times)
            for data_type in self._data_types
            if (result := finished.results.get(data_type)) and result.enrichment
        ]
        name = (customer.full_name or customer.company if customer else None) or finished.customer_id
        text = self._customer.render(id=finished.customer_id, name=name, fields=fields, panels=panels)
        self._sink.write(text.encode())

    def close(self) -> None:
        self._sink.write(self._foot.render(script=self._script).encode())
        super().close()


def _panel(known: Enrichment, times: Times) -> dict[str, Any]:
    """What the page shows for one data type; fields without a value are left out."""
    return {
        "data_type": known.data_type.value,
        "status": known.status.value,
        "source": known.source,
        "confidence": known.confidence,
        "sure": known.percent_sure,
        "cached_at": iso(known.cached_at),
        "cached_at_words": times.minute(known.cached_at),
        "reasons": known.reasons,
        "fields": [(name.replace("_", " "), value, said_by) for name, value, said_by in known.fields()],
    }


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy allows an inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
