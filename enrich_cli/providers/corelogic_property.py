"""CoreLogic's answers about a property, in four bodies. Any member, or a whole block, may be null or missing."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.property import Permit, Property
from enrich_cli.providers.parcels import newest_first, one_line, positive, square_feet, whole
from enrich_cli.providers.reading import day, flag, items, known, member, number, text

RELATED = 0.5
"""Our maximum certainty if the address is not the parcel's own; the vendor gives no figure."""

_OCCUPIED_BY_OWNER = {"M": True, "O": True, "S": True, "A": False, "T": False}


def clips(body: object) -> list[str | None]:
    """The id of each property of a search, used to ask for its reports."""
    return [text(item, "clip") for item in items(body, "items")]


def found(item: object) -> Property:
    """What a search says about a property: its address."""
    return Property(address=one_line(_place(item)))


def identity(item: object, asked_by: frozenset[str]) -> Identity:
    """The evidence of a search: where the property is, and how sure the vendor is."""
    match = member(item, "addressMatchInformation")
    score = number(match, "propertyMatchScore")
    certainty = None if score is None else min(max(score / 10, 0.0), 1.0)
    if (text(match, "addressType") or "").upper() in ("RELATED", "ALIAS"):
        certainty = RELATED if certainty is None else min(certainty, RELATED)
    return Identity(asked_by=asked_by, places=(_place(item),), certainty=certainty)


def owned(identity: Identity, body: object) -> Identity:
    """The evidence with the owners of the detail report added."""
    people = [owner for owner in _owners(body) if not flag(owner, "isCorporate")]
    companies = [owner for owner in _owners(body) if flag(owner, "isCorporate") is not False]
    return replace(
        identity,
        names=known(*map(_name, people), *(text(owner, "fullName") for owner in people)),
        companies=known(*(text(owner, "fullName") for owner in companies)),
    )


def detailed(place: Property, body: object) -> Property:
    """The property with what the detail report says, which is six reports in one."""
    buildings = member(body, "buildings", "data")
    summary = member(buildings, "allBuildingsSummary")
    # The specification spells it with a capital letter, live answers do not.
    building = _first(buildings, "Buildings") or _first(buildings, "buildings")
    site = member(body, "siteLocation", "data")
    use, lot = member(site, "landUseAndZoningCodes"), member(site, "lot")
    tax = member(_first(body, "taxAssessment", "items"), "assessedValue")
    sale = _first(body, "lastMarketSale", "items")
    deal = member(sale, "transactionDetails")
    assessed = whole(tax, "calculatedTotalValue")
    occupancy = (text(body, "ownership", "data", "currentOwners", "occupancyCode") or "").upper()
    return replace(
        place,
        owners=known(*map(_name, _owners(body))),
        market_value=assessed if text(tax, "calculatedTotalValueSourceCode") == "M" else None,
        assessed_value=assessed,
        last_sale_date=day(deal, "saleDateDerived") or day(deal, "saleRecordingDateDerived"),
        last_sale_price=whole(deal, "saleAmount"),
        owner_occupied=_OCCUPIED_BY_OWNER.get(occupancy),
        type=(
            text(use, "landUseCodeDescription")
            or text(use, "countyLandUseDescription")
            or text(use, "propertyTypeCodeDescription")
        ),
        year_built=(
            whole(building, "constructionDetails", "yearBuilt") or whole(sale, "propertyDetails", "actualYearBuilt")
        ),
        size_sqft=_size(summary, member(building, "interiorArea")),
        beds=whole(summary, "bedroomsCount") or whole(building, "interiorRooms", "bedroomsCount"),
        baths=positive(summary, "bathroomsCount") or positive(building, "interiorRooms", "bathroomsCount"),
        lot_size_sqft=square_feet(positive(lot, "areaSquareFeet"), positive(lot, "areaAcres")),
        zoning=text(use, "zoningCode") or text(use, "zoningCodeDescription"),
    )


def permits(body: object) -> tuple[Permit, ...]:
    """The building permits of a property."""
    return newest_first(_permits(items(body, "items")))


def modelled_value(body: object) -> int | None:
    """The market value of an AVM summary, whole dollars; zeros mean that there is none."""
    return whole(body, "summary", "estimatedValue")


def _place(item: object) -> Place:
    address = member(item, "propertyAddress")
    return Place(
        address=text(address, "streetAddress"),
        city=text(address, "city"),
        state=text(address, "state"),
        postal_code=text(address, "zipCode"),
        country="US",
    )


def _owners(body: object) -> list[object]:
    return items(body, "ownership", "data", "currentOwners", "ownerNames")


def _name(owner: object) -> str | None:
    """`ADA M SAMPLE` where the parts are given, else as in the records: `SAMPLE ADA M`, or a company."""
    parts = [text(owner, part) for part in ("firstName", "middleName", "lastName")]
    person = parts[0] and parts[-1] and not flag(owner, "isCorporate")
    return " ".join(part for part in parts if part) if person else text(owner, "fullName")


def _size(summary: object, interior: object) -> int | None:
    names = ("livingAreaSquareFeet", "universalBuildingAreaSquareFeet", "totalAreaSquareFeet")
    return next((size for name in names for area in (summary, interior) if (size := whole(area, name))), None)


def _permits(entries: Iterable[object]) -> Iterable[Permit]:
    for entry in entries:
        project = member(entry, "project")
        classes = items(project, "buildingPermitClassifications")
        date, status = _latest(items(entry, "permit", "buildingPermitStatus"))
        yield Permit(
            type=text(project, "type") or next(iter(known(*(text(one, "projectType") for one in classes))), None),
            date=date,
            value=whole(project, "jobValue"),
            status=status or text(entry, "permit", "mostRecentStatusSource"),
            description=text(project, "description"),
        )


def _latest(statuses: Iterable[object]) -> tuple[str | None, str | None]:
    """The date of the latest status, and its words."""
    dated = [(date, text(one, "status")) for one in statuses if (date := day(one, "effectiveDate"))]
    return max(dated, key=lambda status: status[0], default=(None, None))


def _first(value: object, *path: str) -> object:
    return next(iter(items(value, *path)), None)
