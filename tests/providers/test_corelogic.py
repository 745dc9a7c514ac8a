"""CoreLogic, by the facts of its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from enrich_cli.domain.outcomes import NotFound
from enrich_cli.domain.property import Property
from enrich_cli.providers.corelogic import CoreLogic
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Said, Wire

BODIES = Path(__file__).parent / "bodies"
SEARCH_PATH = "/v2/properties/search"
DETAIL_PATH, PERMITS_PATH, AVM_PATH = (
    f"/v2/properties/1000000017/{report}"
    for report in ("property-detail", "building-permits", "avm/thv/thvMarketing/summary")
)
TOWN = {"address": "742 Sample St Apt 2", "city": "Springfield", "state": "Illinois"}
ADDRESS = TOWN | {"postal_code": "62704-1234"}


def body_of(name: str) -> Any:
    return orjson.loads((BODIES / f"corelogic_{name}.json").read_bytes())


SEARCH, DETAIL, PERMITS, AVM = ((200, body_of(name)) for name in ("search", "detail", "permits", "avm"))
NOTHING: Said = (404, {"ErrorResponse": {"httpStatus": 404, "message": "No records returned"}})
EMPTY: Said = (200, {"metadata": {"totalRecords": 0}, "items": [], "messages": [{"message": "none"}]})
EXPIRED = {"fault": {"faultstring": "Access Token expired", "detail": {"errorcode": "oauth.v2.AccessTokenExpired"}}}
NOT_SOLD = {
    "fault": {
        "faultstring": "Invalid API call as no apiproduct match found",
        "detail": {"errorcode": "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound"},
    }
}
NOT_ENTITLED = {"messages": [{"message": "You do not have proper entitlements"}]}


@pytest.fixture
def corelogic() -> CoreLogic:
    return CoreLogic()


def only(reports: str) -> CoreLogic:
    return CoreLogic().configured(VendorOptions.model_construct(corelogic_reports=reports, corelogic_token_url=None))


def test_three_calls_make_a_full_answer(corelogic: CoreLogic, wire: Wire) -> None:
    found = wire.find(corelogic, ADDRESS, SEARCH, DETAIL, PERMITS)
    assert (found.data.address, found.data.owners, found.data.zoning, len(found.data.permits or ())) == (
        "742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704",
        ("ADA M SAMPLE",),
        "R-1",
        1,
    )
    assert found.identity.names == ("ADA M SAMPLE", "SAMPLE ADA M")
    assert [request.path for request in wire.requests] == [SEARCH_PATH, DETAIL_PATH, PERMITS_PATH]
    assert [request.fields for request in wire.requests[1:]] == [frozenset()] * 2
    assert wire.cost == 3
    assert wire.in_doubt == 0
    assert corelogic.most(wire.customer(ADDRESS), frozenset()) == 3


@pytest.mark.parametrize(
    ("fields", "parameters"),
    [
        (ADDRESS, {"city": "Springfield", "state": "IL", "zipCode": "62704"}),
        (TOWN, {"city": "Springfield", "state": "IL"}),
        ({"address": "742 Sample St Apt 2", "postal_code": "62704"}, {"zipCode": "62704"}),
    ],
)
def test_it_is_asked_by_all_of_the_address_that_there_is(
    corelogic: CoreLogic, wire: Wire, fields: dict[str, str], parameters: dict[str, str]
) -> None:
    assert corelogic.can_ask(wire.customer(fields))
    wire.ask(corelogic, fields, EMPTY)
    assert wire.requests[0].params == {"streetAddress": "742 Sample St Apt 2", "bestMatch": "true", **parameters}
    assert wire.requests[0].fields == fields.keys() <= corelogic.reads


@pytest.mark.parametrize("more", [{"country": "Germany"}, {"address": "P.O. Box 12"}, {"state": "Ontario"}])
def test_nobody_abroad_and_no_po_box_is_asked_about(corelogic: CoreLogic, wire: Wire, more: dict[str, str]) -> None:
    assert not corelogic.can_ask(wire.customer(ADDRESS | more))


def test_of_a_property_that_is_not_believed_nothing_more_is_bought(corelogic: CoreLogic, wire: Wire) -> None:
    wire.chosen = None
    found = wire.find(corelogic, ADDRESS, SEARCH)
    assert found.data == Property(address="742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704")
    assert wire.candidates == [[found.identity]]
    assert wire.cost == 1


def test_of_several_properties_the_chosen_one_is_followed_up(corelogic: CoreLogic, wire: Wire) -> None:
    (first,) = body_of("search")["items"]
    second = first | {"clip": "0000000018", "propertyAddress": {"streetAddress": "744 SAMPLE ST"}}
    wire.chosen = 1
    found = wire.find(corelogic, ADDRESS, (200, {"items": [first, second]}), DETAIL, PERMITS)
    assert found.data.address == "744 SAMPLE ST"
    assert [rival.places[0].address for rival in found.rivals] == ["742 SAMPLE ST APT 2"]
    assert wire.requests[1].path == "/v2/properties/0000000018/property-detail"


def test_an_id_can_t_lead_to_another_path(corelogic: CoreLogic, wire: Wire) -> None:
    wire.find(corelogic, ADDRESS, (200, {"items": [{"clip": "../x?y"}]}), DETAIL, PERMITS)
    assert wire.requests[1].path == "/v2/properties/..%2Fx%3Fy/property-detail"


@pytest.mark.parametrize("miss", [EMPTY, NOTHING, (404, b""), (200, {"metadata": {}, "items": None})])
def test_whether_a_miss_costs_is_in_doubt(corelogic: CoreLogic, wire: Wire, miss: Said) -> None:
    assert wire.ask(corelogic, ADDRESS, miss) == NotFound()
    assert wire.cost == 0
    assert wire.in_doubt == 1


def test_a_property_without_a_detail_report_is_not_found(corelogic: CoreLogic, wire: Wire) -> None:
    assert wire.ask(corelogic, ADDRESS, SEARCH, NOTHING) == NotFound()
    assert wire.cost == 1
    assert wire.in_doubt == 1


@pytest.mark.parametrize("nothing", [NOTHING, (200, {"meta": {"totalRecords": 0}, "items": []})])
def test_a_property_may_have_no_permits(corelogic: CoreLogic, wire: Wire, nothing: Said) -> None:
    assert wire.find(corelogic, ADDRESS, SEARCH, DETAIL, nothing).data.permits == ()
    assert wire.cost == 2
    assert wire.in_doubt == 1


def test_a_modelled_value_beats_the_county_s(wire: Wire) -> None:
    corelogic = only("detail,permits,avm")
    assert wire.find(corelogic, ADDRESS, SEARCH, DETAIL, PERMITS, AVM).data.market_value == 243_000
    assert wire.requests[-1].path == AVM_PATH
    assert wire.cost == corelogic.most(wire.customer(ADDRESS), frozenset()) == 4


@pytest.mark.parametrize("nothing", [NOTHING, (200, {"summary": {"estimatedValue": 0, "confidenceScore": 0}})])
def test_without_a_modelled_value_the_county_s_stays(wire: Wire, nothing: Said) -> None:
    read = wire.find(only("detail,avm"), ADDRESS, SEARCH, DETAIL, nothing).data
    assert (read.market_value, read.permits) == (173_580, None)
    assert wire.cost == 2
    assert wire.in_doubt == 1


def test_the_detail_report_need_not_be_bought(wire: Wire) -> None:
    read = wire.find(only("permits"), ADDRESS, SEARCH, PERMITS).data
    assert (read.owners, len(read.permits or ())) == ((), 1)


@pytest.mark.parametrize(
    "refusal", [(401, NOT_SOLD), (401, NOT_ENTITLED), (403, NOT_ENTITLED), (403, b"<error>no</error>")]
)
def test_a_product_that_is_not_sold_closes_the_vendor_only_where_nothing_goes_without_it(
    wire: Wire, refusal: Said
) -> None:
    corelogic = only("detail,permits,avm")
    for before in ((), (SEARCH,)):
        with pytest.raises(InvalidCredentials, match="not in the contract"):
            wire.ask(corelogic, ADDRESS, *before, refusal)
    assert wire.find(corelogic, ADDRESS, SEARCH, DETAIL, refusal, refusal).data.permits is None
    assert wire.find(corelogic, ADDRESS, SEARCH, DETAIL).data.market_value == 173_580
    assert corelogic.most(wire.customer(ADDRESS), frozenset()) == 2
    assert [corelogic.lacks(request) for request in wire.requests[-4:]] == [True, True, False, False]


@pytest.mark.parametrize("trouble", [Unavailable(), RateLimited(), (401, EXPIRED), (500, b""), (200, b"<html>")])
def test_what_is_found_is_kept_when_permits_fail(corelogic: CoreLogic, wire: Wire, trouble: Said) -> None:
    found = wire.find(corelogic, ADDRESS, SEARCH, DETAIL, trouble)
    assert (found.data.owners, found.data.permits, found.untold) == (("ADA M SAMPLE",), None, {"permits"})
    assert corelogic.most(wire.customer(ADDRESS), frozenset()) == 3


def test_a_lookup_without_the_detail_report_fails(corelogic: CoreLogic, wire: Wire) -> None:
    with pytest.raises(Unavailable):
        wire.ask(corelogic, ADDRESS, SEARCH, (503, b""))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"ErrorResponse": {"httpStatus": 400, "message": "742 Sample St is no address"}}, NotAccepted),
        (401, EXPIRED, InvalidCredentials),
        (404, b"<html>", BadAnswer),
        (404, {"fault": {"faultstring": "Unable to identify proxy for host", "detail": {}}}, BadAnswer),
        (405, b"", BadAnswer),
        (429, {"fault": {"faultstring": "Spike arrest"}}, RateLimited),
        (500, b"<xml/>", Unavailable),
        (502, b"<html>", Unavailable),
        (503, b"", Unavailable),
        (504, b"", Unavailable),
        (200, b"<html>", BadAnswer),
        (200, b'{"items": [', BadAnswer),
        (200, [], BadAnswer),
        (200, {"success": True, "data": [], "count": 0}, BadAnswer),
        (200, {"items": [{"propertyAddress": {}}]}, BadAnswer),
        (200, {"items": [None]}, BadAnswer),
        (200, {"metadata": {"totalRecords": 1}, "items": {"clip": "1000000017"}}, BadAnswer),
        (200, {"metadata": {"totalRecords": 1}, "items": "1000000017"}, BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    corelogic: CoreLogic, wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.ask(corelogic, ADDRESS, (status, body))
    assert wire.charges == []
    assert "Sample" not in repr(raised.value)


@pytest.mark.parametrize("body", [{"success": True, "data": []}, {"fault": {"faultstring": "?"}}, {"messages": []}])
def test_a_detail_report_of_another_shape_is_no_hit(corelogic: CoreLogic, wire: Wire, body: Body) -> None:
    with pytest.raises(BadAnswer):
        wire.ask(corelogic, ADDRESS, SEARCH, (200, body))
    assert wire.cost == 1


@pytest.mark.parametrize(
    "said",
    [
        {"success": True, "data": []},
        {"meta": {"totalRecords": 1}, "items": "fence"},
        {"meta": {"totalRecords": 1}, "items": ["fence"]},
        {"items": [{"permit": "p1", "project": "fence"}]},
    ],
)
def test_permits_of_another_shape_spoil_nothing_and_are_no_answer(corelogic: CoreLogic, wire: Wire, said: Body) -> None:
    found = wire.find(corelogic, ADDRESS, SEARCH, DETAIL, (200, said))
    assert (found.data.owners, found.data.permits) == (("ADA M SAMPLE",), None)
    assert wire.cost == 2
    assert wire.in_doubt == 0


@pytest.mark.parametrize("summary", ["243000", [243_000], {"estimatedValue": {"usd": 243_000}}])
def test_a_modelled_value_of_another_shape_spoils_nothing_and_is_no_answer(wire: Wire, summary: object) -> None:
    read = wire.find(only("detail,avm"), ADDRESS, SEARCH, DETAIL, (200, {"summary": summary})).data
    assert read.market_value == 173_580
    assert wire.cost == 2
    assert wire.in_doubt == 0


def test_its_price_is_not_known(corelogic: CoreLogic) -> None:
    assert corelogic.price is None


def test_a_hit_takes_the_search_and_a_request_for_each_report_and_a_miss_the_search(
    corelogic: CoreLogic, wire: Wire
) -> None:
    wire.ask(corelogic, ADDRESS, SEARCH, DETAIL, PERMITS)
    assert corelogic.requests(frozenset()).hit == len(wire.requests)
    assert only("detail").requests(frozenset()).hit == 2
    wire.requests.clear()
    wire.ask(corelogic, ADDRESS, EMPTY)
    assert corelogic.requests(frozenset()).miss == len(wire.requests)
