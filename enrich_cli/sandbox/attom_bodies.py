"""What ATTOM says about a property, according to its sheet: a block of reports per endpoint."""

from __future__ import annotations

from typing import Any

from enrich_cli.sandbox.addresses import Address
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.parcels import Owner, Parcel

CHECK = 7
"""The remainder that its parcel numbers leave."""
_OPTIONAL = ("zoningType", "siteZoningIdent", "lotSize2", "yearBuilt", "absenteeInd", "propertyType", "bathsTotal")


def envelope(msg: str, code: int, properties: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The body around every answer except a refused key."""
    body: dict[str, Any] = {"status": status(msg, code, len(properties or ()))}
    return body if properties is None else {**body, "property": properties}


def status(msg: str, code: int, total: int) -> dict[str, Any]:
    """The block that tells answers apart."""
    return {"version": "1.0.0", "code": code, "msg": msg, "total": total, "page": 1, "pagesize": 10}


def profile(parcel: Parcel, address: Address, draw: Draw) -> dict[str, Any]:
    """A property of `expandedprofile`."""
    blocks = {
        **_identifier(parcel, address),
        "address": address_block(address),
        "location": {"accuracy": "Rooftop", "latitude": "39.780000", "longitude": "-89.650000", "distance": 0.0},
        **_facts(parcel, draw),
        "vintage": {"lastModified": "2026-06-02", "pubDate": "2026-06-02"},
    }
    assessment = blocks["assessment"]
    mailing = f"{address.one_line}-1234" if not parcel.absentee else "1 ELSEWHERE PLZ, ALBANY, NY 12207"
    assessment["owner"] = {**_owners(parcel), "mailingAddressOneLine": mailing}
    return blocks


def valuation(parcel: Parcel, address: Address | None, draw: Draw) -> dict[str, Any]:
    """A property of `attomavm/detail`: much of the profile again, with lower-case names."""
    value = parcel.estimate or 0
    spread = value * (100 - parcel.score) // 200
    avm = {
        "eventDate": "2026-10-01",
        "amount": {
            "scr": parcel.score,
            "value": value,
            "high": value + spread,
            "low": value - spread,
            "valueRange": 2 * spread,
        },
        "calculations": {"perSizeUnit": round(value / parcel.living_area, 2)},
        "AVMChange": {"avmlastmonthvalue": value * 99 // 100},
    }
    return {**_identifier(parcel, address), **_placed(address), **_lower(_facts(parcel, draw)), "avm": avm}


def permits(parcel: Parcel, address: Address | None, draw: Draw) -> dict[str, Any]:
    """A property of `buildingpermits`, unordered."""
    found = []
    for permit in parcel.permits:
        noted: dict[str, Any] = {"effectiveDate": permit.date, "permitNumber": permit.number}
        if parcel.full or draw.chance(0.8):
            noted |= {
                "status": "final" if permit.done else "issued",
                "description": permit.description,
                "type": f"{permit.kind} permit",
                "projectName": f"{permit.kind} Permit",
                "classifiers": [permit.kind],
            }
        if permit.value is not None:
            noted["jobValue"] = permit.value
        found.append({**noted, "fees": draw.number(20, 90)})
    return {**_identifier(parcel, address), **_placed(address), "buildingPermits": found}


def address_block(address: Address) -> dict[str, Any]:
    """The standardised address."""
    return {
        "bldgName": None,
        "country": "US",
        "countrySubd": address.state.code,
        "line1": address.line1,
        "line2": address.line2,
        "locality": address.city,
        "matchCode": "ExaStr",
        "oneLine": address.one_line,
        "postal1": address.postal_code,
        "postal2": "1234",
        "unitNumberIdent": address.unit or None,
        "situsHouseNumber": address.number,
        "situsDirection": address.direction or None,
        "situsStreetName": address.street,
        "situsAddressSuffix": address.suffix or None,
        "situsPostDirection": None,
        "situsUnitPrefix": address.unit_kind or None,
        "situsUnitValue": address.unit or None,
    }


def _identifier(parcel: Parcel, address: Address | None) -> dict[str, Any]:
    number = parcel.identifier(CHECK)
    fips = address.state.county if address else None
    return {"identifier": {"Id": number, "fips": fips, "apn": parcel.apn, "multiApn": None, "attomId": number}}


def _placed(address: Address | None) -> dict[str, Any]:
    """The address, if the question gives it: a number alone does not reveal it."""
    return {"address": address_block(address)} if address else {}


def _facts(parcel: Parcel, draw: Draw) -> dict[str, Any]:
    owned_by_company = parcel.owners[0].is_corporate
    kind = "OFFICE BUILDING" if owned_by_company else "SINGLE FAMILY RESIDENCE"
    baths = parcel.full_baths + parcel.half_baths / 2
    lot = {
        "lotSize1": parcel.acres,
        "lotSize2": float(parcel.lot_area),
        "zoningType": "Commercial" if parcel.zoning[0] == "C" else "Residential",
        "siteZoningIdent": parcel.zoning,
    }
    summary = {
        "absenteeInd": "ABSENTEE(MAIL AND SITUS NOT =)" if parcel.absentee else "OWNER OCCUPIED",
        "propClass": "Office" if owned_by_company else "Single Family Residence / Townhouse",
        "propType": "OFC" if owned_by_company else "SFR",
        "propertyType": kind,
        "yearBuilt": parcel.year_built,
        "quitClaimFlag": "False",
    }
    sale = {
        "sequenceSaleHistory": 1,
        "sellerName": "PAT SELLER",
        "saleSearchDate": parcel.sale_date,
        "saleTransDate": parcel.sale_date,
        "amount": {"saleAmt": float(parcel.sale_price), "saleRecDate": parcel.sale_date, "saleTransType": "Resale"},
    }
    size = {"livingSize": float(parcel.living_area), "universalSize": float(parcel.living_area)}
    rooms = {"bathsFull": parcel.full_baths, "bathsTotal": baths, "beds": parcel.beds, "roomsTotal": None}
    market = parcel.market_value
    return {
        "lot": _thinned(lot, parcel, draw),
        "summary": _thinned(summary, parcel, draw),
        "sale": sale,
        "building": {"size": {**size, "sizeInd": "LIVING SQFT"}, "rooms": _thinned(rooms, parcel, draw)},
        "assessment": {
            "appraised": {"apprTtlValue": None},
            "assessed": {"assdTtlValue": float(parcel.assessed_value)},
            "market": {"mktImprValue": market * 0.8, "mktLandValue": market * 0.2, "mktTtlValue": float(market)},
            "tax": {"taxAmt": float(parcel.tax), "taxYear": 2025.0},
        },
    }


def _owners(parcel: Parcel) -> dict[str, Any]:
    owners = [*parcel.owners, None, None, None, None][:4]
    return {
        "corporateIndicator": "Y" if parcel.owners[0].is_corporate else "N",
        **{f"owner{number}": _owner(owner) for number, owner in enumerate(owners, 1)},
        "absenteeOwnerStatus": "A" if parcel.absentee else "O",
    }


def _owner(owner: Owner | None) -> dict[str, Any]:
    if owner is None:
        return {"fullName": None, "lastName": None, "firstNameAndMi": None}
    given = " ".join(filter(None, (owner.given, owner.initial)))
    return {"fullName": owner.first_last, "lastName": f"{owner.family} ", "firstNameAndMi": given or None}


def _thinned(block: dict[str, Any], parcel: Parcel, draw: Draw) -> dict[str, Any]:
    """Leave something out now and then, or make it null."""
    if not parcel.full:
        for name in _OPTIONAL:
            if name in block and draw.chance(0.06):
                block[name] = None
    return block


def _lower(value: Any) -> Any:
    return {name.lower(): _lower(part) for name, part in value.items()} if isinstance(value, dict) else value
