"""OpenCorporates, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.business import Officer
from enrich_cli.domain.merge import filled
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.errors import (
    AnswerLost,
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import Charge, Request, Response
from enrich_cli.providers.opencorporates import OpenCorporates
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Said, Wire

OPENCORPORATES = OpenCorporates()
ACME = {"company": "Acme Dental Care"}
BODIES = Path(__file__).parent / "bodies"
RECORD: dict[str, object] = orjson.loads((BODIES / "opencorporates.json").read_bytes())
DETAIL = RECORD | orjson.loads((BODIES / "opencorporates_detail.json").read_bytes())
QUESTION = Request(method="GET", path="/v0.4/companies/search")
UNKNOWN: tuple[int, Body] = (404, {"error": {"message": "…"}})
SURE, DOUBTED = Charge(Fraction(1)), Charge(in_doubt=Fraction(1))


def hits(*records: object) -> tuple[int, Body]:
    companies = [{"company": record} for record in records]
    results = {"companies": companies, "page": 1, "per_page": 30, "total_pages": 1, "total_count": len(records)}
    return 200, {"api_version": "0.4.8", "results": results}


def in_full(record: object) -> tuple[int, Body]:
    return 200, {"api_version": "0.4.8", "results": {"company": record}}


def test_a_key_goes_into_its_header_and_nowhere_else() -> None:
    sent = OPENCORPORATES.auth("oc_secret").on(OPENCORPORATES.base_url, {})
    assert sent.headers == {"X-API-TOKEN": "oc_secret"}
    assert "secret" not in sent.url


def test_it_needs_a_key() -> None:
    assert OPENCORPORATES.keys == ("OPENCORPORATES_API_KEY",)


def test_it_asks_for_one_page_by_score(wire: Wire) -> None:
    wire.ask(OPENCORPORATES, ACME, hits())
    (request,) = wire.requests
    assert (request.method, request.path, request.json) == ("GET", "/v0.4/companies/search", None)
    assert request.params == {"q": "Acme Dental Care", "order": "score", "per_page": "30"}
    assert request.fields == {"company"}
    assert request.most == 1


@pytest.mark.parametrize(
    ("company", "query"),
    [
        ("Smith & Sons (Leeds) Ltd.", "Smith Sons Leeds Ltd."),
        ('"Acme" + O\'Brien: [A/B] <x> $5 100% #1 @home!', "Acme O Brien A B x 5 100 1 home"),
        ("Acme*", "Acme"),
        ("a-b~c^d?e;f\\g|h{i}j`k,l", "a b c d e f g h i j k l"),
        ("Æther Søm GmbH", "Æther Søm GmbH"),
        ("東京電力", "東京電力"),
    ],
)
def test_the_name_is_cleaned_of_what_acts_as_syntax(wire: Wire, company: str, query: str) -> None:
    wire.ask(OPENCORPORATES, {"company": company}, hits())
    assert wire.requests[0].params["q"] == query


@pytest.mark.parametrize(
    ("where", "country", "by"),
    [
        ({"country": "United Kingdom"}, "gb", {"country"}),
        ({"country": "uk"}, "gb", {"country"}),
        ({"country": "USA", "state": "IL"}, "us", {"country"}),
        ({"country": "ee"}, "ee", {"country"}),
        ({"state": "Illinois"}, "us", {"state"}),
        ({"state": "CA"}, "us", {"state"}),
        ({"state": "PR"}, "us", {"state"}),
        ({"state": "Ontario"}, "ca", {"state"}),
        ({"state": "BC"}, "ca", {"state"}),
        ({"state": "Bavaria"}, None, set()),
        ({"country": "Atlantis", "state": "IL"}, None, set()),
    ],
)
def test_it_asks_within_the_whole_country(wire: Wire, where: dict[str, str], country: str | None, by: set[str]) -> None:
    wire.ask(OPENCORPORATES, ACME | where, hits())
    assert wire.requests[0].params.get("country_code") == country
    assert "jurisdiction_code" not in wire.requests[0].params
    assert wire.requests[0].fields == {"company"} | by
    assert wire.requests[0].fields <= OPENCORPORATES.reads


@pytest.mark.parametrize(
    "fields",
    [
        {"company": "gmail.com"},
        {"company": "()"},
        {"name": "Ada Sample", "email": "ada@example.com", "domain": "example.com", "phone": "+1 312 555 0142"},
    ],
)
def test_without_a_company_it_is_not_asked(wire: Wire, fields: dict[str, str]) -> None:
    assert not OPENCORPORATES.can_ask(wire.customer(fields))
    assert wire.ask(OPENCORPORATES, fields) == NotFound()


def test_nothing_of_a_person_goes_out(wire: Wire) -> None:
    person = {"name": "Ada Sample", "email": "ada@example.com", "phone": "+1 312 555 0142", "city": "Chicago"}
    wire.ask(OPENCORPORATES, ACME | person, hits())
    assert wire.requests[0].params["q"] == "Acme Dental Care"
    assert wire.requests[0].fields == {"company"}


@pytest.mark.parametrize("companies", [[], None])
def test_whether_a_miss_costs_is_in_doubt(wire: Wire, companies: object) -> None:
    body = {"results": {"companies": companies, "total_count": 0}}
    assert wire.ask(OPENCORPORATES, ACME, (200, body)) == NotFound()
    assert wire.charges == [DOUBTED]


def test_one_call_is_enough_without_officers(wire: Wire) -> None:
    found = wire.find(OPENCORPORATES, ACME | {"country": "US"}, hits(RECORD))
    assert found.data.company_number == "LLC00123456"
    assert found.identity.asked_by == {"company", "country"}
    assert wire.charges == [SURE]


def test_required_officers_are_bought_for_the_one_that_is_believed(wire: Wire) -> None:
    wire.chosen = 1
    other = RECORD | {"company_number": "1", "name": "ACME DENTAL CARE INC"}
    found = wire.find(OPENCORPORATES, ACME, hits(other, RECORD), in_full(DETAIL), wanted="officers")
    assert found.data.officers == (Officer(name="SAM SAMPLE", role="manager"),)
    assert found.data.company_number == "LLC00123456"
    assert [rival.companies[0] for rival in found.rivals] == ["ACME DENTAL CARE INC"]
    assert wire.requests[1].path == "/v0.4/companies/us_il/LLC00123456"
    assert (wire.requests[1].params, wire.requests[1].fields) == ({}, frozenset())
    assert wire.charges == [SURE, SURE]
    assert OPENCORPORATES.most(wire.customer(ACME), frozenset({"officers"})) == 2
    assert OPENCORPORATES.most(wire.customer(ACME), frozenset({"rating"})) == 1


def test_when_none_is_believed_no_officers_are_bought(wire: Wire) -> None:
    wire.chosen = None
    found = wire.find(OPENCORPORATES, ACME, hits(RECORD, RECORD | {"name": "ACME"}), wanted="officers")
    assert (found.data.name, found.data.officers) == ("ACME DENTAL CARE LLC", ())
    assert [rival.companies[0] for rival in found.rivals] == ["ACME"]
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("jurisdiction", "number", "path"),
    [
        ("gb", "00445790", "/v0.4/companies/gb/00445790"),
        ("de", "HRB 12/34_B-1", "/v0.4/companies/de/HRB%2012%2F34_B-1"),
        ("us_de", 4457, "/v0.4/companies/us_de/4457"),
    ],
)
def test_a_number_goes_into_the_path_as_one_part(wire: Wire, jurisdiction: str, number: object, path: str) -> None:
    record = RECORD | {"jurisdiction_code": jurisdiction, "company_number": number}
    wire.find(OPENCORPORATES, ACME, hits(record), in_full({}), wanted="officers")
    assert wire.requests[1].path == path


@pytest.mark.parametrize("missing", ["company_number", "jurisdiction_code"])
def test_a_record_that_can_not_be_named_is_kept_without_officers(wire: Wire, missing: str) -> None:
    found = wire.find(OPENCORPORATES, ACME, hits(RECORD | {missing: None}), wanted="officers")
    assert found.data.name == "ACME DENTAL CARE LLC"


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_the_full_record_leaves_open_stays_as_the_search_said(wire: Wire, nothing: object) -> None:
    detail = dict.fromkeys(RECORD, nothing) | {"officers": None}
    found = wire.find(OPENCORPORATES, ACME, hits(RECORD), in_full(detail), wanted="officers")
    assert found == wire.find(OPENCORPORATES, ACME, hits(RECORD))


def test_a_record_that_is_gone_leaves_the_hit_and_a_charge_in_doubt(wire: Wire) -> None:
    found = wire.find(OPENCORPORATES, ACME, hits(RECORD), UNKNOWN, wanted="officers")
    assert found.data.company_number == "LLC00123456"
    assert wire.charges == [SURE, DOUBTED]


@pytest.mark.parametrize(
    "trouble",
    [AnswerLost(), (403, {"error": {"message": "…"}}), (503, b""), (200, b"<html>"), (404, b"<html>"), (200, {})],
    ids=["lost", "allowance", "down", "captcha", "wrong path", "wrong shape"],
)
def test_trouble_with_the_officers_leaves_what_was_found(wire: Wire, trouble: Said) -> None:
    found = wire.find(OPENCORPORATES, ACME, hits(RECORD), trouble, wanted="officers")
    assert (found.data.company_number, found.data.officers) == ("LLC00123456", ())
    assert {"officers", "categories"} <= found.untold
    assert not found.untold & filled(found.data)
    assert wire.charges == [SURE]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": {"message": "page"}}, NotAccepted),
        (401, {"error": {"message": "Invalid Api Token. oc_secret"}}, InvalidCredentials),
        (403, {"error": {"message": "…"}}, OutOfCredit),
        (403, b"<html>higher than expected rate</html>", OutOfCredit),
        (404, {"error": {"message": "…"}}, BadAnswer),
        (404, b"<html>nothing here</html>", BadAnswer),
        (422, {"error": {"message": "…"}}, NotAccepted),
        (429, {"error": {"message": "…"}}, RateLimited),
        (500, b"", Unavailable),
        (503, b"", Unavailable),
        (200, b"<html><title>HAProxy Challenge</title></html>", BadAnswer),
        (200, b'{"results": {"companies"', BadAnswer),
        (200, b"", BadAnswer),
        (200, {}, BadAnswer),
        (200, {"results": {}}, BadAnswer),
        (200, {"results": {"companies": "none"}}, BadAnswer),
        (200, {"error": {"message": "…"}}, BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.ask(OPENCORPORATES, ACME, (status, body))
    assert wire.charges == []
    assert "oc_secret" not in repr(raised.value)


@pytest.mark.parametrize("hit", ["ACME LLC", {"company": "ACME LLC"}, {"company": {"name": ["ACME LLC"]}}])
def test_hits_of_another_shape_are_no_miss(wire: Wire, hit: object) -> None:
    with pytest.raises(BadAnswer):
        wire.ask(OPENCORPORATES, ACME, (200, {"results": {"companies": [hit]}}))


def test_a_client_that_is_blocked_is_not_told_that_its_key_is_wrong() -> None:
    error = OPENCORPORATES.error(QUESTION, Response(403, b"<html>higher than expected rate</html>"))
    assert str(error) == "a proxy in front of the provider blocks this address or client, not the key (status 403)"


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [(429, {}, 60.0), (429, {"retry-after": "5"}, 5.0), (503, {"retry-after": "2"}, 2.0), (503, {}, None)],
)
def test_it_says_how_long_to_wait(status: int, headers: dict[str, str], seconds: float | None) -> None:
    error = OPENCORPORATES.error(QUESTION, Response(status, headers=headers))
    assert isinstance(error, RateLimited | Unavailable)
    assert error.retry_after == seconds


@pytest.mark.parametrize(("headers", "pause"), [({}, 60.0), ({"retry-after": "5"}, 5.0), ({"retry-after": "90"}, 90.0)])
def test_a_limit_that_a_pause_does_not_end_is_the_plan_s(headers: dict[str, str], pause: float) -> None:
    vendor = OPENCORPORATES.configured(VendorOptions.load())
    times = (1000.0, 999.0 + pause, 1000.5 + pause)
    kinds = [type(vendor.error(QUESTION, Response(429, b"", headers, at))) for at in times]
    assert kinds == [RateLimited, RateLimited, OutOfCredit]


def test_any_other_answer_shows_that_the_limit_was_one_of_speed() -> None:
    vendor = OPENCORPORATES.configured(VendorOptions.load())
    vendor.error(QUESTION, Response(429, at=1000.0))
    vendor.error(QUESTION, Response(503, at=1060.5))
    assert isinstance(vendor.error(QUESTION, Response(429, at=1061.0)), RateLimited)


def test_what_one_run_learns_of_the_limit_is_nothing_to_the_next() -> None:
    one, next_one = (OPENCORPORATES.configured(VendorOptions.load()) for _ in range(2))
    one.error(QUESTION, Response(429, at=1000.0))
    assert isinstance(next_one.error(QUESTION, Response(429, at=2000.0)), RateLimited)


def test_a_call_costs_what_the_smallest_plan_makes_of_it() -> None:
    assert str(OPENCORPORATES.price) == "0.51"


@pytest.mark.parametrize(("wanted", "requests"), [("", 1), ("officers", 2)])
def test_a_hit_takes_one_request_and_the_officers_another(wire: Wire, wanted: str, requests: int) -> None:
    wire.ask(OPENCORPORATES, ACME, *[hits(RECORD), in_full(DETAIL)][:requests], wanted=wanted)
    assert OPENCORPORATES.requests(frozenset(wanted.split())).hit == len(wire.requests) == requests
