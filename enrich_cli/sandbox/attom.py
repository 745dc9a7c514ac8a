"""ATTOM's property API, as its sheet describes it: a profile by address, then value and permits by the property's
number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeAlias

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.addresses import Address, read_address, read_line2
from enrich_cli.sandbox.attom_bodies import CHECK, envelope, permits, profile, status, valuation
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.parcels import Parcel, parcel_at, parcel_of
from enrich_cli.sandbox.vendor import NOTHING, ONE, About, Call, Refusals, Refused, Reply, Route, Vendor, as_json

_ROOT = "/propertyapi/v1.0.0"
_NOTHING_FOUND = "SuccessWithoutResult"
_ALONE = ("address1", "address", "attomid", "apn")
"""Parameters that name a property; only one of these combinations may be used."""


@dataclass(frozen=True, slots=True)
class Found:
    """A property, and its address if the question gives it."""

    parcel: Parcel
    address: Address | None


Report: TypeAlias = Callable[[Found], dict[str, Any] | None]


class Attom(Vendor):
    """Charges each report that it answers with. A miss is a 400, and free."""

    name = "attom"
    price = Money.parse("0.10")
    knows = 0.75
    refusals: ClassVar[Refusals] = {
        "no key": (401, "Unauthorized"),
        "401": (401, "Unauthorized"),
        "403": (403, "Forbidden"),
        "404path": (404, "Not Found"),
        "429": (429, "Quota Exceeded"),
        "credit": (429, "Quota Exceeded"),
        "500": (500, "Internal Server Error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {
            ("GET", f"{_ROOT}/property/expandedprofile"): lambda call: self._report(call, self._profile),
            ("GET", f"{_ROOT}/attomavm/detail"): lambda call: self._report(call, self._valuation),
            ("GET", f"{_ROOT}/property/buildingpermits"): lambda call: self._report(call, self._permits),
        }

    def key_of(self, call: Call) -> str:
        return call.headers.get("apikey", "")

    def error(self, status_code: int, words: str) -> Reply:
        """The gateway's own errors wrap the block, and write its numbers as text."""
        wrapped = {name: str(value) for name, value in status(words, status_code, 0).items()}
        return as_json(status_code, {"Response": {"status": wrapped}})

    def _report(self, call: Call, report: Report) -> Reply:
        query = {name.lower(): value.strip() for name, value in call.query.items()}
        found = self._found(query)
        body = report(found) if found else None
        question = f"{call.path} {sorted(query.items())}"
        self.account.book(question, body is not None, ONE if body else NOTHING)
        if body is None:
            return as_json(400, envelope(_NOTHING_FOUND, 400, [] if Draw(self.seed, question).chance(0.3) else None))
        return as_json(200, envelope("SuccessWithResult", 0, [body]))

    def _found(self, query: Mapping[str, str]) -> Found | None:
        """The property that a question names. Raises Refused if it names none, or names it in two ways."""
        number = query.get("attomid") or query.get("id", "")
        ways = [name for name in _ALONE if query.get(name)] + (["id"] if query.get("id") else [])
        if len(ways) > 1 or ("address1" in ways and query.get("postalcode")):
            raise Refused(_refused(-4, "Invalid parameter combination in the request"))
        if not ways or ("address1" in ways and not query.get("address2")):
            raise Refused(_refused(-1, "Missing parameter in the request"))
        if number:
            parcel = parcel_of(self.seed, number, CHECK)
            return Found(parcel, None) if parcel else None
        address = _address(query)
        return self._at(address) if address else None

    def _at(self, address: Address) -> Found | None:
        draw, marks = Draw(self.seed, self.name, address.key), address.marks
        about = self.about(draw, marks)
        if about is About.NOTHING:
            return None
        if about is About.ANOTHER:
            address = address.next_door
        elif not marks and draw.chance(0.08):
            address = replace(address, unit_kind="", unit="")
        return Found(parcel_at(self.seed, address), address)

    def _profile(self, found: Found) -> dict[str, Any] | None:
        # By number, the profile would need the address, which a number does not reveal.
        return profile(found.parcel, found.address, self._draw(found)) if found.address else None

    def _valuation(self, found: Found) -> dict[str, Any] | None:
        return valuation(found.parcel, found.address, self._draw(found)) if found.parcel.estimate else None

    def _permits(self, found: Found) -> dict[str, Any] | None:
        return permits(found.parcel, found.address, self._draw(found)) if found.parcel.permits else None

    def _draw(self, found: Found) -> Draw:
        return Draw(self.seed, self.name, found.parcel.serial)


def _refused(code: int, msg: str) -> Reply:
    return as_json(400, envelope(msg, code))


def _address(query: Mapping[str, str]) -> Address | None:
    if line := query.get("address"):
        street, _, place = line.partition(",")
        return read_address(street, **read_line2(place))
    if "address1" in query:
        return read_address(query["address1"], **read_line2(query["address2"]))
    return None
