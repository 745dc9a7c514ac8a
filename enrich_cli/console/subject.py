"""The report for a person about themselves: as JSON, and as a self-contained page."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from enrich_cli.console.enrichment_json import enrichment_json
from enrich_cli.domain.months import iso
from enrich_cli.domain.times import Times
from enrich_cli.store.subject import StoredAnswer, StoredRecord, SubjectReport

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;unicode-bidi:isolate}"
    "pre{background:#f5f5f5;padding:.6rem;overflow-x:auto;white-space:pre-wrap;unicode-bidi:isolate}"
)
_UNSEEN = {"Cc", "Cf", "Cs"}
"""Unicode categories of characters that change how others look, or show nothing at all."""


def subject_json(report: SubjectReport) -> str:
    """One JSON document."""
    document = {
        "company": report.company,
        "generated_at": iso(report.at),
        "sandbox": report.synthetic,
        "objected_at": iso(report.objected_at) if report.objected_at else None,
        "records": [_record(record) for record in report.records],
        "disclosures": [
            {
                "at": iso(one.at),
                "provider": one.provider,
                "data_type": one.data_type,
                "fields": list(one.fields),
                "outcome": one.outcome,
            }
            for one in report.disclosures
        ],
        "answers": [
            {"provider": one.provider, "at": iso(one.at), "status": one.status, "body": _body(one)}
            for one in report.answers
        ],
        "runs": [
            {
                "run_id": one.run_id,
                "outcome": one.outcome,
                "counted": one.counted,
                "at": iso(one.at) if one.at else None,
            }
            for one in report.runs
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def subject_html(report: SubjectReport, times: Times) -> str:
    """A complete page. Whatever it quotes is plain text, which neither runs nor hides anything."""
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>What is stored about you</title><style>{_STYLE}</style></head><body>",
            *_page(report, times),
            "</body></html>",
        ]
    )


def _page(report: SubjectReport, times: Times) -> Iterator[str]:
    yield f"<h1>What {_text(report.company)} has stored about you</h1>"
    yield f"<p>As of {times.minute(report.at)}.{' SANDBOX: all of this is synthetic.' if report.synthetic else ''}</p>"
    if report.objected_at:
        when = times.minute(report.objected_at)
        yield f"<p>You objected on {when}: everything stored was deleted, except for keyed hashes.</p>"
    for record in report.records:
        yield f"<h2>Record {_text(record.customer.id.shown)}</h2><p>Last looked up {times.minute(record.seen_at)}.</p>"
        yield _table(("field", "value"), record.customer.values().items())
        for known in record.enrichments:
            yield f"<h3>{_text(known.data_type)}: {_text(known.status.value.replace('_', ' '))}</h3><p>"
            yield f"Saved {times.minute(known.cached_at)}, fresh until {times.minute(known.expires_at)}."
            if known.confidence is not None:
                yield f" {known.confidence:.2f} sure that it is you: {_text(', '.join(known.reasons))}."
            yield "</p>"
            yield _table(("field", "value", "said by"), known.fields())
    yield "<h2>What was sent to whom</h2>"
    rows = (
        (times.minute(one.at), one.provider, one.data_type, ", ".join(one.fields), one.outcome)
        for one in report.disclosures
    )
    yield _table(("when", "to", "about", "which of your fields", "outcome"), rows)
    yield "<h2>Answers as they came</h2>"
    for answer in report.answers:
        yield f"<h3>{_text(answer.provider)}, {times.minute(answer.at)}, status {answer.status}</h3>"
        yield f"<pre>{_text(_body(answer))}</pre>"
    yield "<h2>Runs that were about you</h2>"
    runs = ((one.run_id, one.outcome or "under way", times.minute(one.at) if one.at else "") for one in report.runs)
    yield _table(("run", "outcome", "data first saved"), runs)


def _record(record: StoredRecord) -> dict[str, Any]:
    return {
        "customer_id": record.customer.id.shown,
        "fields": record.customer.values(),
        "seen_at": iso(record.seen_at),
        "enrichments": [enrichment_json(known) for known in record.enrichments],
    }


def _body(answer: StoredAnswer) -> Any:
    """The JSON that was received, else its text."""
    try:
        body = orjson.loads(answer.body)
        orjson.dumps(body)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return answer.body.decode("utf-8", "replace")
    return body


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows]
    if not lines:
        return "<p>Nothing.</p>"
    titles = "".join(f"<th>{title}</th>" for title in head)
    return f"<table><tr>{titles}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    seen = (
        character if character == "\n" or unicodedata.category(character) not in _UNSEEN else "�" for character in text
    )
    return html.escape("".join(seen))
