"""ATTOM, by the facts of its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from msgspec.structs import replace

from enrich_cli.domain.outcomes import NotFound
from enrich_cli.domain.property import Permit, Property
from enrich_cli.providers.attom import Attom
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    NotInPlan,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import FREE, Request, Response
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Said, Wire

BODIES = Path(__file__).parent / "bodies"
PROFILE_PATH = "/propertyapi/v1.0.0/property/expandedprofile"
AVM_PATH = "/propertyapi/v1.0.0/attomavm/detail"
PERMITS_PATH = "/propertyapi/v1.0.0/property/buildingpermits"
TOWN = {"address": "742 Sample St Apt 2", "city": "Springfield", "state": "Illinois"}
ADDRESS = TOWN | {"postal_code": "62704-1234"}
NO_RESULT = {"status": {"version": "1.0.0", "code": 400, "msg": "SuccessWithoutResult", "total": 0}}
MISS: Said = (400, NO_RESULT)


def body(name: str) -> Any:
    return orjson.loads((BODIES / f"attom_{name}.json").read_bytes())


def answer(**blocks: object) -> Said:
    return 200, {"status": {"code": 0, "msg": "SuccessWithResult", "total": 1}, "property": [blocks]}


PROFILE: Said = (200, body("profile"))
AVM = answer(avm=body("avm"))
PERMITS = answer(buildingPermits=body("permits"))
WITHOUT_FOLLOW_UPS = Property(
    address="742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704",
    owners=("ADA M SAMPLE",),
    market_value=173_580,
    assessed_value=14_346,
    last_sale_date="2021-06-01",
    last_sale_price=216_500,
    owner_occupied=True,
    type="SINGLE FAMILY RESIDENCE",
    year_built=1961,
    size_sqft=1931,
    beds=3,
    baths=2.0,
    lot_size_sqft=8002,
    zoning="R-1",
)


@pytest.fixture
def attom() -> Attom:
    return Attom()


def only(reports: str) -> Attom:
    return Attom().configured(VendorOptions.model_construct(attom_reports=reports))


def test_a_key_goes_into_a_header_and_never_into_the_url(attom: Attom) -> None:
    sent = attom.auth("at_secret").on("https://api.gateway.attomdata.com/", {})
    assert sent.headers == {"apikey": "at_secret"}
    assert "secret" not in sent.url


def test_three_reports_make_a_full_answer(attom: Attom, wire: Wire) -> None:
    read = wire.find(attom, ADDRESS, PROFILE, AVM, PERMITS).data
    assert read.market_value == 243_000
    assert read.permits == (
        Permit(type="Electrical permit", date="2017-05-17", value=4000, status="final", description="200 amp service"),
        Permit(date="2013-04-04"),
    )
    assert [request.path for request in wire.requests] == [PROFILE_PATH, AVM_PATH, PERMITS_PATH]
    assert [dict(request.params) for request in wire.requests[1:]] == [{"attomid": "51000001"}] * 2
    assert wire.cost == 3
    assert wire.in_doubt == 0
    assert attom.most(wire.customer(ADDRESS), frozenset()) == 3


def test_the_property_is_judged_by_its_place_before_more_is_bought(attom: Attom, wire: Wire) -> None:
    found = wire.find(attom, ADDRESS, PROFILE, AVM, PERMITS)
    assert wire.candidates == [[found.identity]]
    assert found.identity.asked_by == {"address", "city", "state", "postal_code"}
    assert (found.identity.names, found.rivals) == (("ADA M SAMPLE",), ())


def test_of_a_property_that_is_not_believed_nothing_more_is_bought(attom: Attom, wire: Wire) -> None:
    wire.chosen = None
    assert wire.find(attom, ADDRESS, PROFILE).data == WITHOUT_FOLLOW_UPS
    assert wire.cost == 1


@pytest.mark.parametrize("elsewhere", [{"postal1": "62703"}, {"countrySubd": "MO"}], ids=["ZIP", "state"])
def test_of_a_property_with_another_zip_or_state_nothing_more_is_bought(
    attom: Attom, wire: Wire, elsewhere: dict[str, str]
) -> None:
    parcel = body("profile")["property"][0]
    parcel["address"] |= elsewhere
    assert wire.find(attom, ADDRESS, (200, {"property": [parcel]})).data.market_value == 173_580
    assert wire.cost == 1


@pytest.mark.parametrize("untold", ["postal1", "countrySubd"])
def test_a_zip_or_a_state_that_is_not_told_is_no_disagreement(attom: Attom, wire: Wire, untold: str) -> None:
    parcel = body("profile")["property"][0]
    parcel["address"][untold] = None
    assert wire.find(attom, ADDRESS, (200, {"property": [parcel]}), AVM, PERMITS).data.market_value == 243_000


def test_of_several_properties_the_chosen_one_is_followed_up(attom: Attom, wire: Wire) -> None:
    first, second = body("profile")["property"][0], body("profile")["property"][0]
    second["identifier"]["attomId"], second["address"]["line1"] = 52, "744 SAMPLE ST"
    wire.chosen = 1
    found = wire.find(attom, ADDRESS, (200, {"property": [first, second]}), AVM, PERMITS)
    assert found.identity.places[0].address == "744 SAMPLE ST"
    assert [rival.places[0].address for rival in found.rivals] == ["742 SAMPLE ST APT 2"]
    assert wire.requests[1].params == {"attomid": "52"}


def test_without_an_id_nothing_more_can_be_asked(attom: Attom, wire: Wire) -> None:
    parcel = body("profile")["property"][0] | {"identifier": None}
    assert wire.find(attom, ADDRESS, (200, {"property": [parcel]})).data == WITHOUT_FOLLOW_UPS


@pytest.mark.parametrize(
    ("reports", "said", "market_value", "permits"),
    [
        ("profile", (), 173_580, 0),
        ("profile,avm", (AVM,), 243_000, 0),
        ("permits , profile", (PERMITS,), 173_580, 2),
        ("avm", (AVM,), 243_000, 0),
    ],
)
def test_the_settings_say_what_is_bought(
    wire: Wire, reports: str, said: tuple[Said, ...], market_value: int, permits: int
) -> None:
    attom = only(reports)
    assert attom.most(wire.customer(ADDRESS), frozenset()) == 1 + len(said)
    read = wire.find(attom, ADDRESS, PROFILE, *said).data
    assert (read.market_value, len(read.permits or ())) == (market_value, permits)
    assert wire.cost == 1 + len(said)


@pytest.mark.parametrize(
    ("fields", "town", "sent"),
    [
        (ADDRESS, "Springfield, IL 62704", ADDRESS.keys()),
        (TOWN, "Springfield, IL", TOWN.keys()),
        ({"address": "742 Sample St Apt 2", "postal_code": "62704"}, "62704", {"address", "postal_code"}),
        (
            {"address": "742 Sample St Apt 2", "city": "Springfield", "postal_code": "62704"},
            "62704",
            {"address", "postal_code"},
        ),
    ],
)
def test_it_is_asked_by_street_and_town(
    attom: Attom, wire: Wire, fields: dict[str, str], town: str, sent: frozenset[str]
) -> None:
    assert attom.can_ask(wire.customer(fields))
    wire.find(attom, fields, PROFILE, AVM, PERMITS)
    assert wire.requests[0].params == {"address1": "742 Sample St Apt 2", "address2": town}
    assert wire.requests[0].fields == sent <= attom.reads
    assert [request.fields for request in wire.requests[1:]] == [frozenset()] * 2


@pytest.mark.parametrize("more", [{"country": "Germany"}, {"address": "PO Box 12"}, {"state": "Ontario"}])
def test_nobody_abroad_and_no_po_box_is_asked_about(attom: Attom, wire: Wire, more: dict[str, str]) -> None:
    assert not attom.can_ask(wire.customer(ADDRESS | more))


def test_a_miss_is_asked_again_without_its_zip_and_costs_nothing(attom: Attom, wire: Wire) -> None:
    found = wire.find(attom, ADDRESS, MISS, PROFILE, AVM, PERMITS)
    assert [request.params["address2"] for request in wire.requests[:2]] == ["Springfield, IL 62704", "Springfield, IL"]
    assert found.identity.asked_by == TOWN.keys()
    assert wire.charges[0] == FREE
    assert wire.cost == 3


@pytest.mark.parametrize(
    "miss",
    [
        MISS,
        (404, NO_RESULT),
        (200, NO_RESULT),
        (200, {"status": {"code": 0, "msg": "SuccessWithResult", "total": 0}, "property": []}),
        (200, {"status": {"code": 0, "msg": "SuccessWithResult", "total": 0}}),
        (400, {"Response": {"status": {"code": "400", "msg": "SuccessWithoutResult", "total": "0"}}}),
    ],
)
def test_a_miss_is_free_however_it_is_written(attom: Attom, wire: Wire, miss: Said) -> None:
    assert wire.ask(attom, TOWN, miss) == NotFound()
    assert wire.charges == [FREE]


@pytest.mark.parametrize("nothing", [MISS, answer(), answer(buildingPermits=[], avm=None)])
def test_a_property_may_have_no_model_and_no_permits(attom: Attom, wire: Wire, nothing: Said) -> None:
    read = wire.find(attom, ADDRESS, PROFILE, nothing, nothing).data
    assert read == replace(WITHOUT_FOLLOW_UPS, permits=())
    assert WITHOUT_FOLLOW_UPS.permits is None


@pytest.mark.parametrize(
    "trouble", [Unavailable(), RateLimited(), (401, b""), (200, b"<html>"), (400, {"status": {"code": -4}}), (500, b"")]
)
def test_what_is_found_is_kept_when_a_follow_up_fails(attom: Attom, wire: Wire, trouble: Said) -> None:
    found = wire.find(attom, ADDRESS, PROFILE, trouble, trouble)
    assert (found.data, found.untold) == (WITHOUT_FOLLOW_UPS, {"market_value", "permits"})
    assert wire.cost == 1


@pytest.mark.parametrize(
    ("avm", "permits"),
    [
        ((200, {"status": {"code": 0}, "property": {"avm": {}}}), (200, {"property": "none"})),
        ((200, {"property": ["243000"]}), (200, {"property": ["fence"]})),
        (answer(avm=243_000), answer(buildingPermits="none")),
        (answer(avm={"amount": {"value": [243_000]}}), answer(buildingPermits=["fence"])),
    ],
    ids=["no list", "no properties", "no block", "no values"],
)
def test_a_follow_up_that_can_not_be_read_spoils_nothing_and_is_no_answer(
    attom: Attom, wire: Wire, avm: Said, permits: Said
) -> None:
    assert wire.find(attom, ADDRESS, PROFILE, avm, permits).data == WITHOUT_FOLLOW_UPS
    assert len(wire.requests) == 3
    assert [charge.sure for charge in wire.charges] == [1]


def test_a_report_that_is_not_in_the_plan_is_not_asked_for_again_in_this_run(wire: Wire) -> None:
    attom = only("profile,avm,permits")
    assert wire.find(attom, ADDRESS, PROFILE, AVM, (403, {})).data.market_value == 243_000
    assert wire.find(attom, ADDRESS, PROFILE, AVM).data.market_value == 243_000
    assert attom.most(wire.customer(ADDRESS), frozenset()) == 2
    assert only("profile,avm,permits").most(wire.customer(ADDRESS), frozenset()) == 3


def test_a_plan_without_profiles_closes_the_vendor(attom: Attom, wire: Wire) -> None:
    with pytest.raises(InvalidCredentials, match="not in the plan"):
        wire.ask(attom, ADDRESS, (403, {}))


REFUSED = {"Response": {"status": {"version": "1.0.0", "code": "401", "msg": "Unauthorized", "total": "0"}}}


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (401, REFUSED, InvalidCredentials),
        (200, REFUSED, InvalidCredentials),
        (400, {"status": {"code": -4, "msg": "Invalid Parameter Combination"}}, NotAccepted),
        (200, {"status": {"code": "-4", "msg": "Invalid Parameter Combination"}}, NotAccepted),
        (200, {"status": {"code": 429, "msg": "Quota Exceeded"}}, RateLimited),
        (200, {"status": {"code": 7, "msg": "Internal"}}, Unavailable),
        (400, b"<h1>Bad Request</h1>", BadAnswer),
        (404, {"status": {"code": 404, "msg": "Not Found"}}, BadAnswer),
        (404, b"<html>", BadAnswer),
        (405, b"", BadAnswer),
        (408, b"", Unavailable),
        (500, b"", Unavailable),
        (502, b"<html><h1>Bad Gateway</h1></html>", Unavailable),
        (503, b"<Response/>", Unavailable),
        (504, b"", Unavailable),
        (200, b"<Response><status/></Response>", BadAnswer),
        (200, b'{"status": ', BadAnswer),
        (200, [], BadAnswer),
        (200, {"hello": "world"}, BadAnswer),
        (200, {"status": {"code": 0, "msg": "SuccessWithResult"}, "property": {"lot": {}}}, BadAnswer),
        (200, {"property": "742 Sample St"}, BadAnswer),
        (200, {"property": ["742 Sample St"]}, BadAnswer),
        (200, {"property": [{"address": "742 Sample St"}]}, BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    attom: Attom, wire: Wire, status: int, said: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.ask(attom, ADDRESS, (status, said))
    assert wire.charges == []
    assert "Sample" not in repr(raised.value)


QUESTION = Request(method="GET", path=PROFILE_PATH)
LIMIT = orjson.dumps({"status": {"code": 429, "msg": "Quota Exceeded"}})
MINUTE_START = 1_793_700_000.0


def limited(attom: Attom, at: float, **headers: str) -> ProviderError | None:
    return attom.error(QUESTION, Response(429, LIMIT, headers, MINUTE_START + at))


@pytest.mark.parametrize(("second", "wait"), [(55.0, 5.0), (0.0, 60.0), (59.5, 0.5)])
def test_the_limit_is_over_with_the_minute(attom: Attom, second: float, wait: float) -> None:
    error = limited(attom, second)
    assert isinstance(error, RateLimited)
    assert error.retry_after == wait


def test_a_time_that_it_names_counts(attom: Attom) -> None:
    error = limited(attom, 55, **{"retry-after": "30"})
    assert isinstance(error, RateLimited)
    assert error.retry_after == 30


def test_a_limit_that_outlasts_a_whole_minute_is_the_plan_s(attom: Attom) -> None:
    assert isinstance(limited(attom, 55), RateLimited)
    assert isinstance(limited(attom, 60), RateLimited)
    assert isinstance(limited(attom, 120), OutOfCredit)


def test_any_other_answer_shows_that_the_limit_was_the_minute_s(attom: Attom) -> None:
    limited(attom, 55)
    assert attom.error(QUESTION, Response(400, orjson.dumps(NO_RESULT), {}, MINUTE_START + 61)) is None
    assert isinstance(limited(attom, 119), RateLimited)


def test_a_follow_up_beyond_the_plan_is_no_reason_to_close_the_vendor(attom: Attom) -> None:
    for path in (AVM_PATH, PERMITS_PATH):
        assert isinstance(attom.error(Request(method="GET", path=path), Response(403, b"")), NotInPlan)


def test_a_follow_up_beyond_the_plan_is_lacking_for_the_others_that_wait_to_ask_for_it(
    attom: Attom, wire: Wire
) -> None:
    follow_ups = [Request(method="GET", path=path) for path in (AVM_PATH, PERMITS_PATH)]
    assert not any(map(attom.lacks, follow_ups))
    wire.find(attom, ADDRESS, PROFILE, AVM, (403, {}))
    assert [attom.lacks(request) for request in (QUESTION, *follow_ups)] == [False, False, True]


def test_its_price_is_the_report_s(attom: Attom) -> None:
    assert str(attom.price) == "0.10"


def test_a_hit_takes_a_request_for_each_report_and_a_miss_another_without_the_zip(attom: Attom, wire: Wire) -> None:
    wire.ask(attom, ADDRESS, PROFILE, AVM, PERMITS)
    assert attom.requests(frozenset()).hit == len(wire.requests)
    assert only("profile").requests(frozenset()).hit == 1
    wire.requests.clear()
    wire.ask(attom, ADDRESS, (400, NO_RESULT), (400, NO_RESULT))
    assert attom.requests(frozenset()).miss == len(wire.requests)
