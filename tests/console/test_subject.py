"""The report for a person, as JSON and as a page in which nothing that is quoted runs or hides."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec.structs import replace

from enrich_cli.console.subject import subject_html, subject_json
from enrich_cli.domain.customer import customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, content_of
from enrich_cli.domain.times import IN_UTC
from enrich_cli.store.subject import Disclosure, RunEntry, StoredAnswer, StoredRecord, SubjectReport

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202egnp\x00'\"&"

ELEMENTS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "table", "tr", "th", "td", "pre"}


def report(**changes: Any) -> SubjectReport:
    customer = customer_from({"email": "ada@example.com", "name": HOSTILE}, "ada")
    assert customer is not None
    known = Enrichment(
        data_type=DataType.PERSON,
        status=Known.FOUND,
        cached_at=AT,
        expires_at=AT,
        source="clearbit",
        confidence=0.9,
        content=content_of(
            {"job_title": "Countess", "bio": HOSTILE, "employment": [{"company": HOSTILE}], "phone": None},
            {"job_title": "clearbit", "bio": "clearbit"},
            ("name agrees",),
        ),
    )
    whole = SubjectReport(
        company="acme",
        at=AT,
        synthetic=False,
        objected_at=None,
        records=[StoredRecord(customer, AT, [known])],
        answers=[StoredAnswer("clearbit", AT, 200, b'{"title": "Countess"}')],
        disclosures=[Disclosure(AT, "clearbit", "person", ["email", "name"], "found")],
        runs=[RunEntry("run-1", "enriched", True, AT)],
    )
    return replace(whole, **changes)


class Page(HTMLParser):
    """What a browser makes of it: elements, and the texts of cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_json_says_all_of_it() -> None:
    document = json.loads(subject_json(report()))
    (record,) = document["records"]
    assert record["fields"] == {"email": "ada@example.com", "name": report().records[0].customer.name}
    assert record["enrichments"][0]["data"]["job_title"] == "Countess"
    assert record["enrichments"][0]["cached_at"] == "2026-11-03T09:30:00Z"
    assert document["disclosures"][0]["fields"] == ["email", "name"]
    assert document["answers"][0]["body"] == {"title": "Countess"}
    assert document["runs"] == [
        {"run_id": "run-1", "outcome": "enriched", "counted": True, "at": "2026-11-03T09:30:00Z"}
    ]


@pytest.mark.parametrize(
    "body", [b"", b"<html>no JSON</html>", b"\xff\xfe", b"[" * 500 + b"]" * 500, b"[" * 100_000], ids=len
)
def test_an_answer_that_is_no_json_is_told_as_text(body: bytes) -> None:
    odd = report(answers=[StoredAnswer("clearbit", AT, 200, body)])
    assert json.loads(subject_json(odd))["answers"][0]["body"] == body.decode("utf-8", "replace")
    assert subject_html(odd, IN_UTC).endswith("</html>")


def test_the_page_says_all_of_it() -> None:
    page = Page(subject_html(report(), IN_UTC))
    for text in ("ada@example.com", "Countess", "clearbit", "email, name", "2026-11-03 09:30 UTC", "run-1"):
        assert any(text in one for one in page.texts), text
    assert "SANDBOX" not in "".join(page.texts)
    assert "SANDBOX" in "".join(Page(subject_html(report(synthetic=True), IN_UTC)).texts)


def test_the_page_names_the_provider_of_what_is_nested_too() -> None:
    social = Enrichment(
        data_type=DataType.SOCIAL,
        status=Known.FOUND,
        cached_at=AT,
        expires_at=AT,
        content=content_of({"profiles": {"twitter": {"handle": "ada", "verified": False}}}, {"twitter": "x.example"}),
    )
    (record,) = report().records
    page = Page(subject_html(report(records=[replace(record, enrichments=[social])]), IN_UTC))
    place = page.texts.index("twitter_handle")
    assert page.texts[place : place + 6] == [
        "twitter_handle",
        "ada",
        "x.example",
        "twitter_verified",
        "false",
        "x.example",
    ]


def test_nothing_that_is_quoted_becomes_an_element_or_a_control_character() -> None:
    source = subject_html(report(answers=[StoredAnswer("clearbit", AT, 200, HOSTILE.encode())]), IN_UTC)
    assert Page(source).elements <= ELEMENTS
    assert not set(source) & set("\x00\x1b\u202e")
    assert "<script>alert(1)</script>" in "".join(Page(source).texts)


def test_the_page_fetches_and_runs_nothing() -> None:
    assert "default-src 'none'" in subject_html(report(), IN_UTC)


def test_of_somebody_forgotten_it_says_when_they_objected() -> None:
    gone = report(records=[], answers=[], disclosures=[], runs=[], objected_at=AT)
    assert "You objected on 2026-11-03" in "".join(Page(subject_html(gone, IN_UTC)).texts)
    assert json.loads(subject_json(gone))["objected_at"] == "2026-11-03T09:30:00Z"
