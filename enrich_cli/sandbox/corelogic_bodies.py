"""What CoreLogic says about a property, according to its sheet: one body per call."""

from __future__ import annotations

from typing import Any

from enrich_cli.sandbox.addresses import Address
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.parcels import Owner, Parcel, Permit

CHECK = 41
"""The remainder that its parcel numbers leave."""


def clip(parcel: Parcel) -> str:
    """The vendor's number of a parcel: ten digits, including leading zeros."""
    return f"{parcel.identifier(CHECK):010}"


def matches(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of a search."""
    count = len(items)
    metadata = {"pageNumber": 1, "pageSize": 10, "totalRecords": count, "totalPages": 1 if count else 0}
    return {"metadata": metadata, "items": items, "messages": []}


def match(parcel: Parcel, address: Address, *, own: bool) -> dict[str, Any]:
    """One property of a search; `own`: the address is the parcel's own, not a related one."""
    return {
        "clip": clip(parcel),
        "v1PropertyId": f"{address.state.county}:{parcel.serial}",
        "location": {"latitude": 39.78, "longitude": -89.65},
        "propertyAddress": {
            "streetAddress": address.line1,
            "city": address.city,
            "state": address.state.code,
            "zipCode": address.postal_code,
            "zipPlus4": "1234",
            "propertyStreetAddressParsed": {
                "houseNumber": address.number,
                "streetNamePrefixDir": address.direction or None,
                "streetName": address.street,
                "streetNameSuffix": address.suffix or None,
                "unitType": address.unit_kind or None,
                "unitNumber": address.unit or None,
            },
        },
        "propertyAPN": {
            "fipsCode": address.state.county,
            "apnSequenceNumber": 1,
            "apnParcelNumberUnformatted": parcel.apn.replace("-", ""),
            "apnParcelNumberFormatted": parcel.apn,
            "universalParcelId": str(parcel.serial),
        },
        "addressMatchInformation": {
            "propertyMatchScore": 10 if own else 6,
            "resultCode": "ADDR:MATCH",
            "addressType": "PROPERTY" if own else "RELATED",
        },
    }


def detail(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    """Six reports in one; the body has no address of its own."""
    number = clip(parcel)
    return {
        "buildings": {"data": {"clip": number, **_buildings(parcel, draw)}},
        "ownership": {"data": {"clip": number, **_ownership(parcel, draw)}},
        "siteLocation": {"data": _site(parcel, draw)},
        "taxAssessment": {"items": [{"clip": number, **_tax(parcel)}]},
        "mostRecentOwnerTransfer": {"items": [_transfer(parcel, draw)]},
        "lastMarketSale": {"items": [_sale(parcel)]},
    }


def permits(parcel: Parcel) -> dict[str, Any]:
    """The body of `building-permits`; this one says `meta`."""
    items = [_permit(clip(parcel), permit) for permit in parcel.permits]
    return {"meta": {"totalRecords": len(items)}, "items": items}


def valuation(parcel: Parcel) -> dict[str, Any]:
    """The body of an AVM's summary, all zeros if there is no model for the parcel."""
    value = parcel.estimate or 0
    spread = value * (100 - parcel.score) // 200
    summary = {
        "estimatedValue": value,
        "lowValue": value - spread,
        "highValue": value + spread,
        "processedDate": "2026-10-01",
        "confidenceScore": parcel.score if value else 0,
    }
    return {"summary": summary}


def _buildings(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    # A half bath counts as one.
    baths = float(parcel.full_baths + parcel.half_baths)
    building = {
        "constructionDetails": {"yearBuilt": parcel.year_built, "effectiveYearBuilt": parcel.year_built},
        "interiorArea": {"universalBuildingAreaSquareFeet": parcel.living_area},
        "interiorRooms": {"bedroomsCount": parcel.beds, "bathroomsCount": baths},
    }
    summary = {
        "bedroomsCount": parcel.beds,
        "bathroomsCount": baths,
        "fullBathroomsCount": parcel.full_baths,
        "halfBathroomsCount": parcel.half_baths,
        "livingAreaSquareFeet": float(parcel.living_area),
    }
    return {"allBuildingsSummary": summary, draw.pick(("Buildings", "buildings")): [building]}


def _ownership(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    names = [_owner(owner, number) for number, owner in enumerate(parcel.owners, 1)]
    elsewhere = {"careOfName": None, "streetAddress": "1 ELSEWHERE PLZ", "city": "ALBANY", "state": "NY"}
    occupancy = draw.pick("AT") if parcel.absentee else draw.pick("MOS")
    owners = {"ownerNames": names, "ownerEtalCode": None, "occupancyCode": occupancy}
    mailing = {**elsewhere, "zipCode": "122071234"} if parcel.absentee else None
    return {"currentOwners": owners, "currentOwnerMailingInfo": {"mailingAddress": mailing}}


def _owner(owner: Owner, number: int) -> dict[str, Any]:
    return {
        "sequenceNumber": number,
        "fullName": owner.last_first,
        "lastName": owner.family,
        "firstName": owner.given or None,
        "middleName": owner.initial or None,
        "isCorporate": owner.is_corporate,
    }


def _site(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    office = parcel.owners[0].is_corporate
    known = parcel.full or draw.chance(0.9)
    codes = {
        "propertyTypeCodeDescription": "OFFICE" if office else "SINGLE FAMILY RESIDENCE / TOWNHOUSE",
        "landUseCodeDescription": ("OFFICE BUILDING" if office else "SFR") if known else None,
        "countyLandUseDescription": "COMMERCIAL" if office else "RESIDENTIAL",
        "zoningCode": parcel.zoning if known else None,
        "zoningCodeDescription": None,
    }
    return {
        "coordinatesParcel": {"lat": 39.78, "lng": -89.65},
        "landUseAndZoningCodes": codes,
        "lot": {"areaAcres": parcel.acres, "areaSquareFeet": float(parcel.lot_area) if known else None},
    }


def _tax(parcel: Parcel) -> dict[str, Any]:
    # Counties that assess at a fraction of the value give no market value.
    assessed_only = parcel.assessed_value * 2 < parcel.market_value
    value = {
        "taxAssessedYear": 2025,
        "calculatedTotalValue": float(parcel.assessed_value if assessed_only else parcel.market_value),
        "calculatedTotalValueSourceCode": "A" if assessed_only else "M",
    }
    return {"taxAmount": {"billedYear": 2025, "totalTaxAmount": float(parcel.tax)}, "assessedValue": value}


def _transfer(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    if draw.chance(0.3):
        family = {"saleDateDerived": "2026-02-01", "saleAmount": 0.0, "isInterfamilyRelated": True}
        return {"transactionDetails": family}
    return _sale(parcel)


def _sale(parcel: Parcel) -> dict[str, Any]:
    details = {
        "saleDateDerived": parcel.sale_date,
        "saleRecordingDateDerived": parcel.sale_date,
        "saleAmount": float(parcel.sale_price),
        "isInterfamilyRelated": False,
    }
    buyers = [{"fullName": owner.last_first} for owner in parcel.owners]
    return {
        "transactionDetails": details,
        "propertyDetails": {"actualYearBuilt": parcel.year_built},
        "buyerDetails": {"buyerNames": buyers},
        "sellerDetails": {"sellerNames": [{"fullName": "SELLER PAT"}]},
    }


def _permit(number: str, permit: Permit) -> dict[str, Any]:
    issued = f"{permit.date[:5]}01{permit.date[7:]}"
    statuses = [{"status": "Issued", "effectiveDate": issued}]
    if permit.done:
        statuses.append({"status": "Completed", "effectiveDate": permit.date})
    return {
        "clip": number,
        "permit": {
            "number": permit.number,
            "mostRecentStatusSource": statuses[-1]["status"],
            "buildingPermitStatus": statuses,
        },
        "project": {
            "description": permit.description,
            "jobValue": None if permit.value is None else float(permit.value),
            "type": permit.kind,
            "buildingPermitClassifications": [{"projectType": permit.kind}],
        },
    }
