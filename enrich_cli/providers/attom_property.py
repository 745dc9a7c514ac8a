"""ATTOM's answer about a property. Any member, or a whole block, may be null or missing.

Upper and lower case differ between endpoints, so every body is read `folded`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.property import Permit, Property
from enrich_cli.providers.errors import BadAnswer
from enrich_cli.providers.lookup import Response
from enrich_cli.providers.parcels import newest_first, one_line, positive, square_feet, whole
from enrich_cli.providers.reading import day, flag, items, json_object, known, member, text


def envelope(response: Response) -> object:
    """The answer's envelope; None if it is not JSON."""
    try:
        return response.folded
    except BadAnswer:
        return None


def entries(response: Response) -> Iterator[object]:
    """The entries of an answer; none if it is a miss."""
    json_object(response)
    yield from items(envelope(response), "property")


def properties(response: Response) -> list[Mapping[str, object]]:
    """The properties of an answer; none if it is a miss."""
    return [one for one in entries(response) if isinstance(one, dict)]


def attom_id(body: object) -> str | None:
    """The id used by the follow-ups, so that all reports are about one parcel."""
    number = whole(body, "identifier", "attomid") or whole(body, "identifier", "id")
    return str(number) if number else None


def profile(body: object) -> Property:
    """The property of an expanded profile; its market value is the assessor's."""
    sale, summary, building = member(body, "sale"), member(body, "summary"), member(body, "building")
    size, lot = member(building, "size"), member(body, "lot")
    return Property(
        address=text(body, "address", "oneline") or one_line(_place(body)),
        owners=known(*(text(owner, "fullname") for owner in _owners(body))),
        market_value=whole(body, "assessment", "market", "mktttlvalue"),
        assessed_value=whole(body, "assessment", "assessed", "assdttlvalue"),
        last_sale_date=day(sale, "saletransdate") or day(sale, "amount", "salerecdate") or day(sale, "salesearchdate"),
        last_sale_price=whole(sale, "amount", "saleamt") or whole(sale, "saleamountdata", "saleamt"),
        owner_occupied=_owner_occupied(body),
        type=text(summary, "propertytype") or text(summary, "propclass") or text(summary, "proptype"),
        year_built=whole(summary, "yearbuilt"),
        size_sqft=whole(size, "universalsize") or whole(size, "livingsize") or whole(size, "bldgsize"),
        beds=whole(building, "rooms", "beds"),
        baths=positive(building, "rooms", "bathstotal"),
        lot_size_sqft=square_feet(positive(lot, "lotsize2"), positive(lot, "lotsize1")),
        zoning=text(lot, "sitezoningident") or text(lot, "zoningtype"),
    )


def identity(body: object, asked_by: frozenset[str]) -> Identity:
    """The evidence of a profile: where it is, and who owns it. The owner's mailing address is none, since it may be
    anywhere.
    """
    names = known(
        *(text(owner, "fullname") for owner in _owners(body)),
        *(
            " ".join(known(text(owner, "firstnameandmi"), text(owner, "lastname")))
            for owner in _owners(body)
            if text(owner, "firstnameandmi")
        ),
    )
    corporate = flag(_ownership(body), "corporateindicator")
    return Identity(
        asked_by=asked_by,
        names=() if corporate else names,
        companies=() if corporate is False else names,
        places=(_place(body),),
    )


def modelled_value(body: object) -> int | None:
    """The market value of a property's AVM, whole dollars."""
    return whole(body, "avm", "amount", "value")


def permits(body: object) -> tuple[Permit, ...]:
    """A property's building permits; they come unordered and with duplicates."""
    return newest_first(_permits(items(body, "buildingpermits")))


def _permits(listed: Iterable[object]) -> Iterable[Permit]:
    for entry in listed:
        classifier = next((text(one) for one in items(entry, "classifiers") if text(one)), None)
        yield Permit(
            type=text(entry, "type") or classifier or text(entry, "projectname"),
            date=day(entry, "effectivedate"),
            value=whole(entry, "jobvalue"),
            status=text(entry, "status"),
            description=text(entry, "description"),
        )


def _place(body: object) -> Place:
    address = member(body, "address")
    return Place(
        address=text(address, "line1"),
        city=text(address, "locality"),
        state=text(address, "countrysubd"),
        postal_code=text(address, "postal1"),
        country=text(address, "country") or "US",
    )


def _ownership(body: object) -> object:
    return member(body, "assessment", "owner") or member(body, "owner")


def _owners(body: object) -> Iterable[object]:
    return (member(_ownership(body), f"owner{number}") for number in (1, 2, 3, 4))


def _owner_occupied(body: object) -> bool | None:
    status = (text(_ownership(body), "absenteeownerstatus") or "").upper()
    if status in ("O", "A"):
        return status == "O"
    said = (text(body, "summary", "absenteeind") or "").upper()
    if said == "OWNER OCCUPIED":
        return True
    return False if said.startswith("ABSENTEE") else None
