"""Hunter, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.outcomes import Identity, NotFound, Place
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
    Withheld,
)
from enrich_cli.providers.hunter import Hunter
from enrich_cli.providers.lookup import FREE, Charge, Request, Response
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

HUNTER = Hunter()
PEOPLE, FINDER = "/v2/people/find", "/v2/email-finder"
ADA = {"email": "ada@example.com"}
LINKEDIN = {"linkedin_url": "https://www.linkedin.com/in/ada-sample/"}
NAMED = {"first_name": "Ada", "last_name": "Sample", "domain": "example.com"}
UNKNOWN = (404, {"errors": [{"id": "not_found", "code": 404, "details": "…"}]})
RUNNING = (202, b"")
VALID = (200, {"data": {"status": "valid"}})
DATA: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "hunter_person.json").read_bytes())
PERSON = (200, {"data": DATA, "meta": {"email": "ada@example.com"}})
ADDRESS: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "hunter_address.json").read_bytes())
FULL = Person(
    full_name="Ada Sample",
    first_name="Ada",
    last_name="Sample",
    job_title="Head of Sales",
    seniority="executive",
    company="Example Pumps",
    company_domain="example.com",
    email="ada@example.com",
    location="Springfield, Illinois, United States",
    city="Springfield",
    state="Illinois",
    country="United States",
    linkedin_url="https://www.linkedin.com/in/ada-sample",
    twitter="adasample",
    employment=(Employment(company="Example Pumps", title="Head of Sales", current=True),),
)


def address(**changes: object) -> tuple[int, Body]:
    return 200, {"data": ADDRESS | changes, "meta": {"params": {}}}


def test_a_key_goes_into_a_header_and_never_into_the_url() -> None:
    sent = HUNTER.auth("hu_secret").on("https://api.hunter.io/v2/people/find", {})
    assert sent.headers == {"X-API-KEY": "hu_secret"}
    assert "secret" not in sent.url


@pytest.mark.parametrize(
    ("fields", "path", "params"),
    [
        (ADA, PEOPLE, {"email": "ada@example.com"}),
        (LINKEDIN, PEOPLE, {"linkedin_handle": "ada-sample"}),
        ({"linkedin_url": "LinkedIn.com/in/jos%C3%A9?trk=x"}, PEOPLE, {"linkedin_handle": "josé"}),
        (ADA | LINKEDIN | NAMED, PEOPLE, {"email": "ada@example.com"}),
        (NAMED, FINDER, NAMED),
        (NAMED | {"company": "Example Pumps", "name": "A. S."}, FINDER, NAMED),
        ({"name": "Ada Sample", "domain": "example.com"}, FINDER, {"full_name": "Ada Sample", "domain": "example.com"}),
        (
            {"first_name": "Ada", "last_name": "Sample", "company": "Example Pumps"},
            FINDER,
            {"first_name": "Ada", "last_name": "Sample", "company": "Example Pumps"},
        ),
        (
            {"name": "Ada Sample", "company": "Example Pumps"},
            FINDER,
            {"full_name": "Ada Sample", "company": "Example Pumps"},
        ),
    ],
)
def test_each_set_of_fields_is_enough_for_one_question(
    wire: Wire, fields: dict[str, str], path: str, params: dict[str, str]
) -> None:
    assert HUNTER.can_ask(wire.customer(fields))
    wire.ask(HUNTER, fields, UNKNOWN)
    (request,) = wire.requests
    assert (request.method, request.path, request.params, request.json) == ("GET", path, params, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ada Sample"},
        {"first_name": "Ada", "domain": "example.com"},
        {"company": "Example Pumps", "domain": "example.com"},
        {"phone": "+12125550123", "twitter": "adasample"},
        {"linkedin_url": "https://www.linkedin.com/company/example-pumps"},
        {"name": "Ada S*****", "domain": "example.com"},
        {"name": "Ada\u0007Sample", "domain": "example.com"},
        {"first_name": "Ada", "last_name": "S" * 101, "domain": "example.com"},
    ],
)
def test_less_than_that_is_worth_no_credit(wire: Wire, fields: dict[str, str]) -> None:
    assert not HUNTER.can_ask(wire.customer(fields))


@pytest.mark.parametrize(
    ("fields", "carried"),
    [
        (ADA | LINKEDIN, {"email"}),
        (LINKEDIN, {"linkedin_url"}),
        (NAMED, {"first_name", "last_name", "domain"}),
        ({"name": "Ada Sample", "company": "Example Pumps"}, {"name", "company"}),
    ],
)
def test_a_question_tells_which_fields_it_carries(wire: Wire, fields: dict[str, str], carried: set[str]) -> None:
    wire.ask(HUNTER, fields, UNKNOWN)
    assert wire.requests[0].fields == carried
    assert carried <= HUNTER.reads


def test_a_person_is_found_by_email(wire: Wire) -> None:
    found = wire.find(HUNTER, ADA, PERSON)
    assert found.data == FULL
    assert found.identity == Identity(
        asked_by=frozenset({"email"}),
        names=("Ada Sample",),
        companies=("Example Pumps",),
        domains=("example.com",),
        places=(Place(city="Springfield", state="Illinois", country="United States"),),
        linkedin=("https://www.linkedin.com/in/ada-sample",),
        twitter=("adasample",),
    )


def test_asked_by_handle_the_email_is_evidence_and_the_handle_is_not(wire: Wire) -> None:
    found = wire.find(HUNTER, LINKEDIN, PERSON)
    assert found.data == FULL
    assert found.identity.asked_by == {"linkedin_url"}
    assert found.identity.emails == ("ada@example.com",)
    assert found.identity.linkedin == ()


@pytest.mark.parametrize("nothing", [None, "", {}, []])
def test_any_block_may_say_nothing(wire: Wire, nothing: object) -> None:
    data = dict.fromkeys(DATA, nothing) | {"name": {"fullName": "Ada Sample"}}
    assert wire.find(HUNTER, ADA, (200, {"data": data})).data == Person(full_name="Ada Sample")


@pytest.mark.parametrize("data", [dict.fromkeys(DATA), {"name": {"fullName": None}}, {"id": "b3ae14fb"}])
def test_a_record_that_tells_nothing_is_nobody_and_costs_what_a_hit_costs(wire: Wire, data: Body) -> None:
    assert wire.ask(HUNTER, ADA, (200, {"data": data, "meta": {}})) == NotFound()
    assert wire.cost == Fraction(1, 5)


@pytest.mark.parametrize("data", [None, {}])
def test_no_record_at_all_is_a_free_miss(wire: Wire, data: object) -> None:
    assert wire.ask(HUNTER, ADA, (200, {"data": data})) == NotFound()
    assert wire.charges == [FREE]


@pytest.mark.parametrize("handle", ["ada-sample", "in/ada-sample"])
def test_a_handle_may_come_with_its_path(wire: Wire, handle: str) -> None:
    body = {"data": DATA | {"linkedin": {"handle": handle}}}
    assert wire.find(HUNTER, ADA, (200, body)).data.linkedin_url == "https://www.linkedin.com/in/ada-sample"


def test_a_fuzzy_match_is_half_certain(wire: Wire) -> None:
    assert wire.find(HUNTER, ADA, (200, {"data": DATA | {"fuzzy": True}})).identity.certainty == 0.5


@pytest.mark.parametrize("miss", [UNKNOWN, (404, b"")])
def test_an_unknown_email_is_a_free_miss_and_no_address_is_guessed(wire: Wire, miss: tuple[int, Body]) -> None:
    assert wire.ask(HUNTER, ADA | LINKEDIN | NAMED, miss) == NotFound()
    assert [request.path for request in wire.requests] == [PEOPLE]
    assert wire.charges == [FREE]


def test_an_unknown_handle_is_followed_by_the_finder(wire: Wire) -> None:
    found = wire.find(HUNTER, LINKEDIN | NAMED, UNKNOWN, address())
    assert [request.path for request in wire.requests] == [PEOPLE, FINDER]
    assert found.identity.asked_by == NAMED.keys()
    assert wire.charges == [FREE, Charge(Fraction(1))]


def test_a_known_handle_is_enough(wire: Wire) -> None:
    assert wire.find(HUNTER, LINKEDIN | NAMED, PERSON).data == FULL
    assert wire.cost == Fraction(1, 5)


def test_the_address_of_somebody_else_is_not_verified(wire: Wire) -> None:
    wire.chosen = None
    assert wire.find(HUNTER, ADA, PERSON, wanted="email_status").data == FULL
    assert wire.charges == [Charge(Fraction(1, 5))]


OBJECTION = (451, {"errors": [{"id": "claimed_email", "code": 451, "details": "ada@example.com asked…"}]})


@pytest.mark.parametrize(
    ("fields", "before"),
    [(ADA, []), (LINKEDIN, []), (NAMED, []), (ADA, [PERSON]), (ADA, [PERSON, RUNNING])],
    ids=["by e-mail", "by handle", "finder", "verifier", "poll"],
)
def test_an_objection_ends_everything_at_every_endpoint(
    wire: Wire, fields: dict[str, str], before: list[tuple[int, Body]]
) -> None:
    with pytest.raises(Withheld) as raised:
        wire.ask(HUNTER, fields, *before, OBJECTION, wanted="email_status")
    assert "ada" not in str(raised.value)
    assert len(wire.charges) == len(before)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"errors": [{"id": "wrong_params", "code": 400}]}, NotAccepted),
        (400, {"errors": [{"id": "invalid_domain", "code": 400}]}, NotAccepted),
        (400, {"errors": []}, NotAccepted),
        (401, {"errors": [{"id": "authentication_failed", "code": 401}]}, InvalidCredentials),
        (402, b"", OutOfCredit),
        (403, {"errors": [{"id": "too_many_requests", "code": 403}]}, RateLimited),
        (403, b"<html>slow down</html>", RateLimited),
        (404, b"<html>nothing here</html>", BadAnswer),
        (422, {"errors": []}, NotAccepted),
        (429, {"errors": [{"id": "too_many_requests", "code": 429}]}, OutOfCredit),
        (500, b"", Unavailable),
        (503, b"", Unavailable),
        (200, b"<html>hello</html>", BadAnswer),
        (200, b'{"data": {"name": {"fullNa', BadAnswer),
        (200, ["Ada"], BadAnswer),
        (200, {"person": {}}, BadAnswer),
        (200, {"data": "Ada"}, BadAnswer),
        (202, b"", BadAnswer),
        (222, b"", BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind):
        wire.ask(HUNTER, ADA, (status, body))
    assert wire.charges == []


@pytest.mark.parametrize(("headers", "seconds"), [({}, None), ({"retry-after": "3"}, 3.0)])
def test_a_403_is_a_pause_as_long_as_it_says(headers: dict[str, str], seconds: float | None) -> None:
    error = HUNTER.error(Request(method="GET", path=PEOPLE), Response(403, headers=headers))
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


HTML, JSON = b"<html>slow down</html>", b'{"errors": []}'


def refused(vendor: Hunter, *bodies: bytes, status: int = 403) -> list[type]:
    return [type(vendor.error(Request(method="GET", path=PEOPLE), Response(status, body))) for body in bodies]


def test_a_proxy_that_refuses_more_than_five_times_in_a_row_is_trouble_and_no_limit() -> None:
    vendor = HUNTER.configured(VendorOptions.load())
    assert refused(vendor, *[HTML] * 7) == [*[RateLimited] * 5, Unavailable, Unavailable]


@pytest.mark.parametrize(("status", "body"), [(403, JSON), (200, b'{"data": {}}'), (404, JSON), (503, b"")])
def test_any_other_answer_shows_that_the_proxy_lets_through(status: int, body: bytes) -> None:
    vendor = HUNTER.configured(VendorOptions.load())
    refused(vendor, *[HTML] * 5)
    refused(vendor, body, status=status)
    assert refused(vendor, HTML) == [RateLimited]


def test_the_vendor_s_own_limit_never_turns_into_trouble() -> None:
    assert refused(HUNTER.configured(VendorOptions.load()), *[JSON] * 9) == [RateLimited] * 9


@pytest.mark.parametrize(
    ("fields", "wanted", "credits_"),
    [
        (ADA, "", Fraction(1, 5)),
        (ADA | NAMED, "email_status", Fraction(7, 10)),
        (LINKEDIN, "", Fraction(1, 5)),
        (LINKEDIN | NAMED, "", Fraction(6, 5)),
        (NAMED, "", Fraction(1)),
        (NAMED, "email_status", Fraction(3, 2)),
    ],
)
def test_a_whole_lookup_costs_at_most_the_sum_of_its_questions(
    wire: Wire, fields: dict[str, str], wanted: str, credits_: Fraction
) -> None:
    assert HUNTER.most(wire.customer(fields), frozenset(wanted.split())) == credits_


def test_fractions_of_a_credit_are_exact_dollars() -> None:
    prices = [str(HUNTER.price.times(credits_)) for credits_ in (Fraction(1, 5), Fraction(1), Fraction(1, 2))]
    assert prices == ["0.0049", "0.0245", "0.01225"]


@pytest.mark.parametrize(("wanted", "answers"), [("", [PERSON]), ("email_status", [PERSON, VALID])])
def test_a_hit_takes_one_request_and_a_verification_another(
    wire: Wire, wanted: str, answers: list[tuple[int, Body]]
) -> None:
    wire.ask(HUNTER, ADA, *answers, wanted=wanted)
    assert HUNTER.requests(frozenset(wanted.split())).hit == len(wire.requests)
