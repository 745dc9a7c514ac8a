"""The property in ATTOM's bodies, by its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from enrich_cli.domain.outcomes import Place
from enrich_cli.domain.property import Permit
from enrich_cli.providers import attom_property
from enrich_cli.providers.attom_property import attom_id, modelled_value, permits
from enrich_cli.providers.lookup import Response

BODY = (Path(__file__).parent / "bodies" / "attom_profile.json").read_bytes()


def folded(value: Any) -> Any:
    return Response(200, orjson.dumps(value)).folded


def parcel(**changes: Any) -> Any:
    """The property of the body as an adapter reads it; `assessment__owner=None` replaces a member."""
    one = orjson.loads(BODY)["property"][0]
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = one
        for name in way:
            inner = inner[name]
        inner[last] = value
    return folded(one)


def profile(**changes: Any) -> Any:
    return attom_property.profile(parcel(**changes))


def identity(**changes: Any) -> Any:
    return attom_property.identity(parcel(**changes), frozenset({"address", "postal_code"}))


def owners(**names: str | None) -> dict[str, Any]:
    return {f"assessment__owner__{owner}": {"fullName": name} for owner, name in names.items()}


def test_names_are_read_in_any_case() -> None:
    lower, upper = orjson.loads(BODY.lower()), orjson.loads(BODY.replace(b'"lot', b'"LOT'))
    for body in (lower, upper):
        read = attom_property.profile(folded(body["property"][0]))
        assert (read.lot_size_sqft, read.year_built, read.assessed_value, read.baths) == (8002, 1961, 14346, 2.0)


@pytest.mark.parametrize("block", list(orjson.loads(BODY)["property"][0]))
@pytest.mark.parametrize("value", [None, [], "none", 0])
def test_any_block_may_be_of_another_shape(block: str, value: object) -> None:
    whole = profile()
    read = profile(**{block: value})
    changed = {name for name in read.__slots__ if getattr(read, name) != getattr(whole, name)}
    assert all(not getattr(read, name) for name in changed)
    assert identity(**{block: value}).asked_by == {"address", "postal_code"}


def test_a_price_that_is_not_disclosed_is_unknown() -> None:
    assert profile(sale__amount__saleAmt=0).last_sale_price is None
    assert profile(assessment__assessed__assdTtlValue=0).assessed_value is None
    assert profile(assessment__market__mktTtlValue=0.0).market_value is None


def test_a_price_may_stand_elsewhere() -> None:
    assert profile(sale__amount=None, sale__saleAmountData={"saleAmt": 1000}).last_sale_price == 1000


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({}, "2021-06-01"),
        ({"sale__saleTransDate": None, "sale__amount__saleRecDate": "2021-06-07"}, "2021-06-07"),
        ({"sale__saleTransDate": None, "sale__amount": None}, "2021-06-08"),
    ],
)
def test_the_day_of_a_sale_is_the_contract_s_else_the_record_s(dates: dict[str, Any], day: str) -> None:
    assert profile(**dates).last_sale_date == day


@pytest.mark.parametrize(
    ("status", "said", "occupied"),
    [
        ("O", None, True),
        ("A", "OWNER OCCUPIED", False),
        (None, "OWNER OCCUPIED", True),
        (None, "ABSENTEE(MAIL AND SITUS NOT =)", False),
        (None, "UNKNOWN", None),
        ("X", None, None),
    ],
)
def test_who_lives_there(status: str | None, said: str | None, occupied: bool | None) -> None:
    read = profile(assessment__owner__absenteeOwnerStatus=status, summary__absenteeInd=said)
    assert read.owner_occupied is occupied


def test_each_value_has_its_second_choice() -> None:
    read = profile(
        address__oneLine=None,
        summary__propertyType=None,
        building__size={"livingSize": 1900, "bldgSize": 1},
        building__rooms={"beds": None},
        lot={"lotSize1": 0.5, "zoningType": "Residential"},
    )
    assert read.address == "742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704"
    assert read.type == "Single Family Residence / Townhouse"
    assert (read.size_sqft, read.beds, read.baths) == (1900, None, None)
    assert (read.lot_size_sqft, read.zoning) == (21_780, "Residential")


def test_owners_are_named_as_they_are_written_without_gaps() -> None:
    assert profile().owners == ("ADA M SAMPLE",)
    read = profile(**owners(owner1="SAMPLE ADA M ", owner2=None, owner3="LI SAMPLE WEI"))
    assert read.owners == ("SAMPLE ADA M", "LI SAMPLE WEI")
    assert profile(**owners(owner1=None)).owners == ()


def test_the_property_s_place_is_evidence_and_the_owner_s_mailing_address_is_none() -> None:
    evidence = identity(assessment__owner__mailingAddressOneLine="1 ELSEWHERE RD, CHICAGO, IL 60601")
    address = "742 SAMPLE ST APT 2"
    assert evidence.places == (
        Place(address=address, city="SPRINGFIELD", state="IL", postal_code="62704", country="US"),
    )


@pytest.mark.parametrize(
    ("corporate", "names", "companies"),
    [
        ("N", ("ADA M SAMPLE",), ()),
        ("Y", (), ("ADA M SAMPLE",)),
        (None, ("ADA M SAMPLE",), ("ADA M SAMPLE",)),
    ],
)
def test_owners_are_people_or_companies(
    corporate: str | None, names: tuple[str, ...], companies: tuple[str, ...]
) -> None:
    evidence = identity(assessment__owner__corporateIndicator=corporate)
    assert (evidence.names, evidence.companies) == (names, companies)


def test_a_shuffled_name_is_also_put_in_order() -> None:
    shuffled = {"fullName": "LI SAMPLE WEI", "firstNameAndMi": "LI SAMPLE", "lastName": "WEI "}
    assert identity(assessment__owner__owner1=shuffled).names == ("LI SAMPLE WEI",)
    last_first = {"fullName": "SAMPLE ADA M", "firstNameAndMi": "ADA M", "lastName": "SAMPLE "}
    assert identity(assessment__owner__owner1=last_first).names == ("SAMPLE ADA M", "ADA M SAMPLE")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"attomId": 51, "Id": 7}, "51"),
        ({"attomId": "51"}, "51"),
        ({"attomId": 51.0}, "51"),
        ({"Id": 7}, "7"),
        ({"attomId": 0}, None),
        (None, None),
    ],
)
def test_a_parcel_is_known_by_its_attom_id(given: object, read: str | None) -> None:
    assert attom_id(parcel(identifier=given)) == read


def test_a_modelled_value_of_zero_is_none() -> None:
    assert modelled_value({"avm": {"amount": {"value": "243000"}}}) == 243_000
    assert modelled_value({"avm": {"amount": {"value": 0}}}) is None


def test_sparse_permits_are_read_as_far_as_they_go() -> None:
    listed = [
        {"effectiveDate": "2013-04-04", "permitNumber": "1", "fees": 35},
        {"effectiveDate": "2017-05-17", "type": {"name": "x"}, "status": {}, "classifiers": [None, "Electrical"]},
        {"effectiveDate": "2015-01-02", "projectName": "Roof", "jobValue": 0},
    ]
    assert permits(folded({"buildingPermits": listed})) == (
        Permit(date="2017-05-17", type="Electrical"),
        Permit(date="2015-01-02", type="Roof"),
        Permit(date="2013-04-04"),
    )


def test_a_list_that_holds_no_objects_is_a_miss() -> None:
    assert attom_property.properties(Response(200, b'{"property": [null, "x"]}')) == []
