"""Rows as a page for people."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, Result, State, content_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.domain.times import IN_UTC
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.html import Html
from enrich_cli.outputs.standard_output import StandardOutput

COLUMNS = Columns(("email", "notes"), (DataType.PERSON, DataType.BUSINESS), has_id=True)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


class Page(HTMLParser):
    """What a browser would see."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def source(*rows: Finished, synthetic: bool = False) -> str:
    out = io.BytesIO()
    writer = Html(StandardOutput(out), COLUMNS, synthetic=synthetic, times=IN_UTC)
    for row in rows:
        writer.write(row)
    writer.close()
    return out.getvalue().decode()


def with_data(jane: Finished, known: Enrichment, **data: object) -> Finished:
    return replace(jane, results={DataType.PERSON: Result(State.FOUND, replace(known, content=content_of(data)))})


def test_a_customer_is_shown_with_all_that_is_known_who_said_it_and_how_sure_we_are(
    jane: Finished, known: Enrichment
) -> None:
    result = Result(
        State.FOUND, replace(known, content=content_of(known.data or {}, known.provenance, ("same e-mail",)))
    )
    page = Page(source(replace(jane, results={DataType.PERSON: result})))
    words = " ".join(page.text.split())
    assert "jane@acme.com" in words
    assert "full name Jane Doe clearbit" in words
    assert "97 % sure · clearbit, hunter · 2026-11-03 09:30 UTC" in words
    assert "because: same e-mail" in words
    assert "company Acme current yes" in words
    assert [meter["value"] for meter in page.of("meter")] == ["0.97"]


def test_a_list_that_is_said_to_be_empty_is_shown_as_none(jane: Finished, known: Enrichment) -> None:
    data = {"properties": [{"address": "12 Oak St", "permits": []}]}
    house = replace(known, data_type=DataType.PROPERTY, content=content_of(data, {"permits": "attom"}))
    out = io.BytesIO()
    writer = Html(StandardOutput(out), Columns(("email", "notes"), (DataType.PROPERTY,), has_id=True), times=IN_UTC)
    writer.write(replace(jane, results={DataType.PROPERTY: Result(State.FOUND, house)}))
    page = Page(out.getvalue().decode())
    assert "permits none attom" in " ".join(page.text.split())


def test_each_data_type_has_a_panel_of_its_own(jane: Finished, known: Enrichment) -> None:
    business = Enrichment(
        data_type=DataType.BUSINESS,
        status=Known.NOT_FOUND,
        cached_at=known.cached_at,
        expires_at=known.expires_at,
    )
    results = {**jane.results, DataType.BUSINESS: Result(State.NOT_FOUND, business)}
    page = Page(source(replace(jane, results=results)))
    assert [section["aria-label"] for section in page.of("section")] == ["person", "business"]
    assert "business not found" in " ".join(page.text.split())


def test_whatever_is_said_is_text_and_no_markup(jane: Finished, known: Enrichment) -> None:
    row = with_data(jane, known, bio=EVIL, full_name=EVIL, employment=[{"company": EVIL}])
    plain, page = Page(source(jane)), Page(source(replace(row, customer_id=EVIL)))
    assert page.text.count(EVIL) >= 4
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert len(page.of("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


@pytest.mark.parametrize(
    ("said", "links"),
    [
        ("https://acme.com/?a=1&b=2", ["https://acme.com/?a=1&b=2"]),
        ('https://acme.com/"onclick="x', ['https://acme.com/"onclick="x']),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        ("see https://acme.com", []),
    ],
)
def test_only_web_addresses_become_links_which_tell_nobody_where_they_were(
    jane: Finished, known: Enrichment, said: str, links: list[str]
) -> None:
    page = Page(source(with_data(jane, known, linkedin_url=said)))
    assert [link["href"] for link in page.of("a")] == links
    assert all(link["rel"] == "noopener noreferrer nofollow" for link in page.of("a"))


def test_the_page_may_load_nothing_and_run_only_what_is_its_own(jane: Finished) -> None:
    text = source(jane)
    (policy,) = (meta["content"] for meta in Page(text).of("meta") if "http-equiv" in meta)
    assert policy
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not {"src", "action", "srcset"} & {name for _, attributes in Page(text).tags for name in attributes}
    assert not Page(text).of("link")


def test_synthetic_data_is_called_so(jane: Finished) -> None:
    assert "synthetic" in Page(source(jane, synthetic=True)).text
    assert not [one for one in Page(source(jane)).of("p") if one.get("class") == "synthetic"]


def test_a_row_that_can_not_be_read_is_left_out() -> None:
    assert not Page(source(Finished(Rejected(2, [], "no", readable=False), Count.REJECTED))).of("details")
