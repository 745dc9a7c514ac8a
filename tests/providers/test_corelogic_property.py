"""The property in CoreLogic's bodies, by its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.property import Permit, Property
from enrich_cli.providers import corelogic_property
from enrich_cli.providers.corelogic_property import modelled_value, owned, permits

BODIES = Path(__file__).parent / "bodies"
PLACE = Property(address="742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704")


def body(name: str, **changes: object) -> Any:
    """A body; `ownership__data=None` replaces a member, and a number in a path is a place in a list."""
    whole = orjson.loads((BODIES / f"corelogic_{name}.json").read_bytes())
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = whole
        for step in way:
            inner = inner[int(step) if step.isdecimal() else step]
        inner[last] = value
    return whole


def detailed(**changes: object) -> Property:
    return corelogic_property.detailed(PLACE, body("detail", **changes))


def identity(**changes: object) -> Identity:
    return corelogic_property.identity(body("search", **changes)["items"][0], frozenset({"address", "postal_code"}))


def test_a_detail_report_is_read_whole() -> None:
    assert detailed() == Property(
        address=PLACE.address,
        owners=("ADA M SAMPLE",),
        market_value=173_580,
        assessed_value=173_580,
        last_sale_date="2021-06-01",
        last_sale_price=216_500,
        owner_occupied=True,
        type="SFR",
        year_built=1961,
        size_sqft=1931,
        beds=3,
        baths=2.0,
        lot_size_sqft=8002,
        zoning="R-1",
    )


@pytest.mark.parametrize(
    "block",
    ["buildings", "ownership", "siteLocation", "taxAssessment", "mostRecentOwnerTransfer", "lastMarketSale"],
)
@pytest.mark.parametrize("value", [None, {}, [], {"data": None, "items": None}, {"data": [], "items": [None]}])
def test_any_block_may_be_missing_or_of_another_shape(block: str, value: object) -> None:
    whole, read = detailed(), detailed(**{block: value})
    changed = {name for name in read.__struct_fields__ if getattr(read, name) != getattr(whole, name)}
    assert all(not getattr(read, name) for name in changed)
    assert read.address == PLACE.address


@pytest.mark.parametrize(("source", "market_value"), [("M", 173_580), ("A", None), ("P", None), (None, None)])
def test_only_a_market_value_of_the_county_is_one(source: str | None, market_value: int | None) -> None:
    read = detailed(taxAssessment__items__0__assessedValue__calculatedTotalValueSourceCode=source)
    assert (read.assessed_value, read.market_value) == (173_580, market_value)


def test_buildings_may_be_written_with_a_small_letter() -> None:
    buildings = body("detail")["buildings"]["data"]
    assert detailed(buildings__data={"buildings": buildings["Buildings"]}).year_built == 1961
    assert detailed(buildings__data={"Buildings": [], "buildings": buildings["Buildings"]}).beds == 3


def test_each_value_has_its_second_choice() -> None:
    interior = {"universalBuildingAreaSquareFeet": 1900, "livingAreaSquareFeet": 0}
    rooms = {"bedroomsCount": 4, "bathroomsCount": 2.5}
    read = detailed(
        buildings__data={
            "allBuildingsSummary": {"totalAreaSquareFeet": 2393.0},
            "Buildings": [{"interiorArea": interior, "interiorRooms": rooms}],
        },
        siteLocation__data={
            "landUseAndZoningCodes": {"countyLandUseDescription": "RESIDENTIAL", "zoningCodeDescription": "Single"},
            "lot": {"areaAcres": "0.5"},
        },
        lastMarketSale__items__0__transactionDetails={"saleRecordingDateDerived": 20210608, "saleAmount": 0.0},
    )
    assert (read.size_sqft, read.beds, read.baths, read.year_built) == (1900, 4, 2.5, 1961)
    assert (read.type, read.zoning, read.lot_size_sqft) == ("RESIDENTIAL", "Single", 21_780)
    assert (read.last_sale_date, read.last_sale_price) == ("2021-06-08", None)


def test_a_transfer_within_a_family_is_no_sale() -> None:
    transfer = body("detail")["mostRecentOwnerTransfer"]["items"][0]["transactionDetails"]
    assert transfer["saleDateDerived"] > (detailed().last_sale_date or "")
    assert detailed(lastMarketSale=None).last_sale_date is None


@pytest.mark.parametrize(
    ("code", "occupied"),
    [("M", True), ("O", True), ("s", True), ("A", False), ("T", False), ("X", None), (None, None), (7, None)],
)
def test_who_lives_there(code: object, occupied: bool | None) -> None:
    assert detailed(ownership__data__currentOwners__occupancyCode=code).owner_occupied is occupied


ADA = {"fullName": "SAMPLE ADA M", "lastName": "SAMPLE", "firstName": "ADA", "middleName": "M"}
TRUST = {"fullName": "SAMPLE FAMILY TRUST", "lastName": "SAMPLE FAMILY TRUST", "firstName": None}


@pytest.mark.parametrize(
    ("owner", "shown", "names", "companies"),
    [
        (ADA | {"isCorporate": False}, "ADA M SAMPLE", ("ADA M SAMPLE", "SAMPLE ADA M"), ()),
        (ADA | {"isCorporate": "N", "middleName": None}, "ADA SAMPLE", ("ADA SAMPLE", "SAMPLE ADA M"), ()),
        ({"fullName": "SAMPLE ADA M"}, "SAMPLE ADA M", ("SAMPLE ADA M",), ("SAMPLE ADA M",)),
        (TRUST | {"isCorporate": True}, "SAMPLE FAMILY TRUST", (), ("SAMPLE FAMILY TRUST",)),
        (TRUST | {"isCorporate": "Y"}, "SAMPLE FAMILY TRUST", (), ("SAMPLE FAMILY TRUST",)),
    ],
)
def test_owners_are_people_or_companies(
    owner: dict[str, object], shown: str, names: tuple[str, ...], companies: tuple[str, ...]
) -> None:
    owners = {"ownership__data__currentOwners": {"ownerNames": [owner], "ownerEtalCode": "A"}}
    evidence = owned(identity(), body("detail", **owners))
    assert detailed(**owners).owners == (shown,)
    assert (evidence.names, evidence.companies) == (names, companies)


def test_without_owners_the_place_is_all_the_evidence() -> None:
    assert owned(identity(), body("detail", ownership=None)) == identity()


def test_the_property_s_place_is_evidence() -> None:
    evidence = identity()
    assert evidence.places == (
        Place(address="742 SAMPLE ST APT 2", city="SPRINGFIELD", state="IL", postal_code="62704", country="US"),
    )
    assert evidence.asked_by == {"address", "postal_code"}


@pytest.mark.parametrize(
    ("match", "certainty"),
    [
        ({"propertyMatchScore": 10, "addressType": "PROPERTY"}, 1.0),
        ({"propertyMatchScore": "7"}, 0.7),
        ({"propertyMatchScore": 99}, 1.0),
        ({"propertyMatchScore": 10, "addressType": "RELATED"}, 0.5),
        ({"propertyMatchScore": 2, "addressType": "ALIAS"}, 0.2),
        ({"addressType": "alias"}, 0.5),
        ({}, None),
        (None, None),
    ],
)
def test_the_vendor_s_score_is_its_certainty(match: object, certainty: float | None) -> None:
    assert identity(items__0__addressMatchInformation=match).certainty == certainty


def test_a_search_tells_the_address() -> None:
    assert corelogic_property.found(body("search")["items"][0]) == PLACE


def test_a_permit_bears_its_latest_status() -> None:
    assert permits(body("permits")) == (
        Permit(type="Electrical", date="2017-08-02", value=4000, status="Completed", description="200 amp service"),
    )


def test_sparse_permits_are_read_as_far_as_they_go() -> None:
    listed = [
        {"permit": {"mostRecentStatusSource": "Final"}, "project": {"jobValue": 0, "type": None}},
        {"project": {"buildingPermitClassifications": [None, {"projectType": "Roof"}]}},
        {"permit": {"buildingPermitStatus": [{"status": "Issued"}, {"effectiveDate": "20150102"}]}},
        None,
    ]
    assert permits({"items": listed}) == (Permit(date="2015-01-02"), Permit(status="Final"), Permit(type="Roof"))


def test_zeros_are_no_modelled_value() -> None:
    assert modelled_value(body("avm")) == 243_000
    assert modelled_value({"summary": {"estimatedValue": 0, "lowValue": 0, "highValue": 0}}) is None
