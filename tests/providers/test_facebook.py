"""Facebook Pages, by the facts of its sheet: searching, reading, choosing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest

from enrich_cli.domain.money import ZERO
from enrich_cli.domain.outcomes import Identity, NotFound, Place
from enrich_cli.domain.social import Profile, Social
from enrich_cli.providers.errors import BadAnswer, InvalidCredentials
from enrich_cli.providers.facebook import Facebook
from enrich_cli.providers.lookup import FREE, Response
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.providers.conftest import Body, Said, Wire

FACEBOOK = Facebook()
PUMPS = {"company": "Example Pumps", "domain": "example.com", "city": "Springfield", "state": "IL"}
PAGE: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "facebook.json").read_bytes())
ID = "109876543210987654321"
SPRINGFIELD = {"street": "1 Main St", "city": "Springfield", "state": "IL", "country": "United States", "zip": "62701"}
LISTED: dict[str, object] = {
    "id": ID,
    "name": "Example Pumps",
    "link": "https://www.facebook.com/examplepumps/",
    "verification_status": "blue_verified",
    "location": SPRINGFIELD,
}
NO_PAGE = (400, {"error": {"message": "Unsupported get request…", "code": 100, "error_subcode": 33}})


def search(*listed: object) -> tuple[int, Body]:
    return 200, {"data": list(listed), "paging": {"cursors": {"before": "QVFI", "after": "QVFI"}}}


def page(**changes: object) -> tuple[int, Body]:
    return 200, PAGE | changes


def other(number: str, **changes: object) -> dict[str, object]:
    return LISTED | {"id": number} | changes


def test_the_app_token_goes_into_a_parameter_beside_the_question() -> None:
    question = "https://graph.facebook.com/v25.0/pages/search?q=Example+Pumps&fields=id%2Cname"
    sent = FACEBOOK.auth("123", "s3cret").on(question, {})
    assert dict(parse_qsl(urlsplit(sent.url).query)) == {
        "q": "Example Pumps",
        "fields": "id,name",
        "access_token": "123|s3cret",
    }
    assert "access_token=123%7Cs3cret" in sent.url
    assert "s3cret" not in repr(FACEBOOK.auth("123", "s3cret"))


def test_a_company_is_searched_for_and_its_page_read(wire: Wire) -> None:
    assert FACEBOOK.can_ask(wire.customer({"company": "Example Pumps"}))
    wire.ask(FACEBOOK, PUMPS, search(LISTED), page())
    assert [(request.method, request.path) for request in wire.requests] == [
        ("GET", "/v25.0/pages/search"),
        ("GET", f"/v25.0/{ID}"),
    ]
    searched, read = wire.requests
    assert (searched.params["q"], searched.params["limit"]) == ("Example Pumps", "5")
    assert "website" not in searched.params["fields"].split(",")
    assert {"website", "followers_count", "fan_count", "emails", "location"} <= set(read.params["fields"].split(","))
    assert [request.fields for request in wire.requests] == [{"company"}, set()]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ada Sample", "email": "ada@example.com"},
        {"domain": "example.com"},
        {"company": "ada@example.com"},
        {"company": "gmail.com"},
        {"twitter": "examplepumps", "linkedin_url": "https://www.linkedin.com/in/ada-sample"},
    ],
)
def test_without_a_company_nobody_is_asked_about(wire: Wire, fields: dict[str, str]) -> None:
    assert not FACEBOOK.can_ask(wire.customer(fields))


def test_a_page_fills_a_profile_at_no_cost(wire: Wire) -> None:
    assert wire.find(FACEBOOK, PUMPS, search(LISTED), page()).data == Social(
        facebook=Profile(
            url="https://www.facebook.com/examplepumps/",
            handle="examplepumps",
            display_name="Example Pumps",
            headline="Industrial Company",
            bio="Pumps since 1999",
            company="Example Pumps",
            website="http://www.example.com/",
            followers=2043,
            verified=False,
            location="1 Main St, Springfield, IL, United States",
        )
    )
    assert wire.charges == [FREE, FREE]
    assert FACEBOOK.most(wire.customer(PUMPS), frozenset()) == 0
    assert FACEBOOK.price == ZERO


def test_name_website_phone_and_place_are_evidence(wire: Wire) -> None:
    assert wire.find(FACEBOOK, PUMPS, search(LISTED), page()).identity == Identity(
        asked_by=frozenset({"company"}),
        names=("Example Pumps",),
        phones=("+1 217-555-0100",),
        domains=("http://www.example.com/", "info@example.com"),
        places=(
            Place(address="1 Main St", city="Springfield", state="IL", postal_code="62701", country="United States"),
        ),
    )


@pytest.mark.parametrize("nothing", [None, "", {}, [], 7])
def test_all_but_id_and_name_may_say_nothing(wire: Wire, nothing: object) -> None:
    bare = dict.fromkeys(PAGE, nothing) | {"id": ID, "name": "Example Pumps", "link": None, "username": None}
    profile = wire.find(FACEBOOK, PUMPS, search(LISTED), (200, bare)).data.facebook
    assert (profile.url, profile.handle) == (f"https://www.facebook.com/{ID}", ID)
    assert (profile.verified, profile.display_name) == (None, "Example Pumps")


def test_all_but_an_id_may_be_missing(wire: Wire) -> None:
    found = wire.find(FACEBOOK, PUMPS, search(LISTED), (200, {"id": int(ID[:15])}))
    assert found.data.facebook == Profile(url=f"https://www.facebook.com/{ID[:15]}", handle=ID[:15])
    assert found.identity == Identity(asked_by=frozenset({"company"}))


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"link": None}, "url", "https://www.facebook.com/examplepumps"),
        ({"about": None, "bio": "We pump."}, "bio", "We pump."),
        ({"followers_count": None}, "followers", 1980),
        ({"followers_count": "2043"}, "followers", 2043),
        ({"followers_count": None, "fan_count": None}, "followers", None),
        ({"verification_status": "blue_verified"}, "verified", True),
        ({"verification_status": "gray_verified"}, "verified", True),
        ({"verification_status": None}, "verified", None),
        ({"single_line_address": ""}, "location", "1 Main St, Springfield, IL, 62701, United States"),
        ({"website": "example.com  http://shop.example.com"}, "website", "example.com"),
    ],
)
def test_a_value_may_come_in_another_way(wire: Wire, changes: dict[str, object], field: str, value: object) -> None:
    assert getattr(wire.find(FACEBOOK, PUMPS, search(LISTED), page(**changes)).data.facebook, field) == value


def test_several_websites_in_one_field_are_all_evidence(wire: Wire) -> None:
    found = wire.find(FACEBOOK, PUMPS, search(LISTED), page(website="pumps.test, http://example.com", emails=None))
    assert found.identity.domains == ("pumps.test", "http://example.com")


def test_an_unclaimed_page_is_half_certain(wire: Wire) -> None:
    assert wire.find(FACEBOOK, PUMPS, search(LISTED), page(is_unclaimed=True)).identity.certainty == 0.5


@pytest.mark.parametrize("empty", [search(), (200, {"data": []}), (200, {"data": None}), search({"id": "x"}, "?")])
def test_a_search_that_lists_nobody_is_a_free_miss(wire: Wire, empty: tuple[int, Body]) -> None:
    assert wire.ask(FACEBOOK, PUMPS, empty) == NotFound()
    assert wire.charges == [FREE]


def test_a_namesake_elsewhere_is_not_read_and_told_for_the_judgement(wire: Wire) -> None:
    elsewhere = other("2", location={"city": "Portland", "state": "OR", "country": "United States"})
    found = wire.find(FACEBOOK, PUMPS, search(elsewhere))
    assert found.data.facebook.handle == "2"
    assert found.identity.places == (Place(city="Portland", state="OR", country="United States"),)


def test_a_page_in_the_right_place_is_read_before_a_namesake_elsewhere(wire: Wire) -> None:
    elsewhere = other("2", location={"city": "Portland", "state": "OR"})
    found = wire.find(FACEBOOK, PUMPS, search(elsewhere, LISTED), page())
    assert found.data.facebook.handle == "examplepumps"
    assert [rival.places for rival in found.rivals] == [(Place(city="Portland", state="OR"),)]


def test_a_page_of_the_same_city_is_read_whatever_its_postal_code(wire: Wire) -> None:
    found = wire.find(FACEBOOK, PUMPS | {"postal_code": "10000"}, search(LISTED), page())
    assert found.data.facebook.handle == "examplepumps"
    assert len(wire.requests) == 2


def test_a_page_of_the_same_postal_code_is_read_whatever_its_city_is_called(wire: Wire) -> None:
    wire.find(FACEBOOK, PUMPS | {"city": "Lakeside", "postal_code": "62701"}, search(LISTED), page())
    assert len(wire.requests) == 2


def test_a_page_whose_postal_code_is_far_away_is_not_read(wire: Wire) -> None:
    wire.find(FACEBOOK, {"company": "Example Pumps", "postal_code": "10000"}, search(LISTED))
    assert len(wire.requests) == 1


def test_a_page_of_another_name_is_not_read(wire: Wire) -> None:
    found = wire.find(FACEBOOK, PUMPS, search(other("2", name="Zebra Tools"), LISTED), page())
    assert found.data.facebook.handle == "examplepumps"
    assert wire.candidates[0] == [
        Identity(asked_by=frozenset({"company"}), names=("Example Pumps",), places=found.identity.places)
    ]


def test_the_candidate_that_is_believed_most_is_read_first(wire: Wire) -> None:
    wire.chosen = 1
    lookup = FACEBOOK.lookup(wire.customer(PUMPS), frozenset(), wire.choose)
    next(lookup)
    assert lookup.send(Response(200, orjson.dumps({"data": [LISTED, other("2")]}))).path == "/v25.0/2"


def test_when_no_page_can_be_believed_two_are_read_and_the_first_is_told(wire: Wire) -> None:
    wire.chosen = None
    pages: list[Said] = [page(id=number, username=f"pumps{number}") for number in ("1", "2")]
    found = wire.find(FACEBOOK, PUMPS, search(other("1"), other("2"), other("3")), *pages)
    assert [request.path for request in wire.requests[1:]] == ["/v25.0/1", "/v25.0/2"]
    assert found.data.facebook.handle == "pumps1"
    assert [len(rival.domains) for rival in found.rivals] == [2, 0]


def test_a_page_is_believed_beside_all_others_that_were_listed(wire: Wire) -> None:
    """A namesake of another website may be believed only until the Page that is meant was read."""

    def fit(candidate: Identity) -> int:
        return 0 if not candidate.domains else 1 if "http://www.example.com/" in candidate.domains else -1

    def choose(candidates: Sequence[Identity]) -> int:
        fits = [fit(candidate) for candidate in candidates]
        return fits.index(max(fits))

    wire.choose = choose  # type: ignore[method-assign]
    pages: list[Said] = [page(id="1", username="namesake", website="else.example", emails=[]), page(id="2")]
    found = wire.find(FACEBOOK, PUMPS, search(other("1"), other("2")), *pages)
    assert found.data.facebook.handle == "examplepumps"


@pytest.mark.parametrize("gone", [NO_PAGE, (200, {})])
def test_a_page_that_is_not_public_gives_its_place_to_the_next(wire: Wire, gone: tuple[int, Body]) -> None:
    found = wire.find(FACEBOOK, PUMPS, search(other("1"), LISTED), gone, page())
    assert found.data.facebook.handle == "examplepumps"


def test_when_no_page_is_public_there_is_none(wire: Wire) -> None:
    assert wire.ask(FACEBOOK, PUMPS, search(other("1"), other("2"), other("3")), NO_PAGE, NO_PAGE) == NotFound()


@pytest.mark.parametrize(
    "body", [{}, {"data": {}}, [LISTED], b"<html>hello</html>", b"", {"id": ID}], ids=lambda body: str(body)[:12]
)
def test_a_search_of_another_shape_is_a_bad_answer(wire: Wire, body: Body) -> None:
    with pytest.raises(BadAnswer):
        wire.ask(FACEBOOK, PUMPS, (200, body))


@pytest.mark.parametrize("body", [[PAGE], b"<html>hello</html>", b""], ids=lambda body: str(body)[:12])
def test_a_page_of_another_shape_is_a_bad_answer(wire: Wire, body: Body) -> None:
    with pytest.raises(BadAnswer):
        wire.ask(FACEBOOK, PUMPS, search(LISTED), (200, body))


def test_a_link_that_holds_the_token_is_not_kept() -> None:
    body = {"data": [LISTED], "paging": {"next": "https://graph.facebook.com/v25.0/pages/search?access_token=s3cret"}}
    answer = Response(200, orjson.dumps(body), {"facebook-api-version": "v25.0"}, 7.0)
    kept = FACEBOOK.kept(answer)
    assert kept.json() == {"data": [LISTED]}
    assert (kept.status, kept.headers, kept.at) == (200, answer.headers, 7.0)


@pytest.mark.parametrize("body", [b"<html>", b"[]", orjson.dumps(PAGE)])
def test_any_other_answer_is_kept_as_it_came(body: bytes) -> None:
    assert FACEBOOK.kept(Response(200, body)).body == body


def test_the_version_is_a_setting(wire: Wire) -> None:
    chosen = FACEBOOK.configured(VendorOptions.load(facebook_graph_version="v26.0"))
    wire.ask(chosen, PUMPS, search(LISTED), page())
    assert [request.path for request in wire.requests] == ["/v26.0/pages/search", f"/v26.0/{ID}"]


def test_the_default_version_is_that_of_the_settings(wire: Wire) -> None:
    for facebook in (FACEBOOK, FACEBOOK.configured(VendorOptions.load())):
        wire.ask(facebook, PUMPS, search())
    assert wire.requests[0] == wire.requests[1]


def test_a_refused_search_closes_the_vendor(wire: Wire) -> None:
    with pytest.raises(InvalidCredentials, match="Page Public Metadata Access"):
        wire.ask(FACEBOOK, PUMPS, (400, {"error": {"message": "(#10) …", "code": 10}}))


def test_a_hit_takes_the_search_and_its_page_and_a_miss_the_search(wire: Wire) -> None:
    wire.ask(FACEBOOK, PUMPS, search(LISTED), page())
    assert FACEBOOK.requests(frozenset()).hit == len(wire.requests)
    wire.requests.clear()
    wire.ask(FACEBOOK, PUMPS, search())
    assert FACEBOOK.requests(frozenset()).miss == len(wire.requests)
