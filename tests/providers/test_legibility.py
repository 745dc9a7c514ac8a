"""An answer of which nothing can be read is no miss; a field that can't be read, among others, is just missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
import pytest

from enrich_cli.domain.outcomes import Answered, Found, NotFound
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.providers.errors import BadAnswer

if TYPE_CHECKING:
    from tests.providers.conftest import Said, Wire

Record: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A customer, and a vendor's record of it within the answer to the last question."""

    fields: Mapping[str, str]
    body: str
    answer: Callable[[object], Any]
    telling: str
    """A member of the record that is worth something alone."""
    before: tuple[Said, ...] = ()
    chosen: int | None = None


def body(name: str) -> Record:
    read: Record = orjson.loads((Path(__file__).parent / "bodies" / f"{name}.json").read_bytes())
    return read


ADDRESS = {"address": "742 Sample St", "city": "Springfield", "state": "IL", "postal_code": "62704"}
FIRM = {"company": "Example Pumps", "city": "Springfield"}
CASES = {
    "clearbit": Case({"email": "ada@example.com"}, "clearbit", lambda record: record, "name"),
    "fullcontact": Case({"email": "ada@example.com"}, "fullcontact", lambda record: record, "fullName"),
    "hunter": Case(
        {"name": "Ada Sample", "domain": "example.com"}, "hunter_address", lambda record: {"data": record}, "email"
    ),
    "google_places": Case(FIRM, "google_places", lambda record: {"places": [record]}, "displayName"),
    "opencorporates": Case(
        FIRM, "opencorporates", lambda record: {"results": {"companies": [{"company": record}]}}, "name"
    ),
    "linkedin": Case(
        {"linkedin_url": "https://linkedin.com/in/ada"}, "linkedin", lambda record: {"data": record}, "full_name"
    ),
    "twitter": Case({"twitter": "adasample"}, "twitter", lambda record: {"data": record}, "name"),
    "facebook": Case(FIRM, "facebook", lambda record: {"data": [record]}, "id"),
    "attom": Case(ADDRESS, "attom_profile", lambda record: {"status": {}, "property": [record]}, "address"),
    "corelogic": Case(
        ADDRESS,
        "corelogic_detail",
        lambda record: record,
        "ownership",
        before=((200, {"items": [{"clip": "1"}]}),),
        chosen=0,
    ),
}
UNBOUGHT = {"corelogic": ((404, b""),)}
"""Answers to what is asked after the record."""

every_vendor = pytest.mark.parametrize("vendor", PROVIDERS, ids=lambda vendor: str(vendor.name))


def record_of(vendor: Provider) -> Record:
    """Attom's is kept with the answer around it."""
    kept = body(CASES[vendor.name].body)
    record: Record = kept["property"][0] if "property" in kept else kept
    return record


def leaves_of_other_types(value: object) -> Any:
    """The structure stays; a text is an object, all else a list."""
    match value:
        case dict():
            return {name: leaves_of_other_types(part) for name, part in value.items()}
        case list():
            return [leaves_of_other_types(part) for part in value]
        case str():
            return {"unexpected": len(value)}
        case _:
            return ["unexpected"]


def members_of_other_types(record: Record) -> Any:
    """An object or a list is a number, all else a list."""
    return {name: 17 if isinstance(part, dict | list) else ["unexpected"] for name, part in record.items()}


def ask(wire: Wire, vendor: Provider, record: object, *after: Said) -> Answered:
    case = CASES[vendor.name]
    wire.chosen = case.chosen
    return wire.ask(vendor, case.fields, *case.before, (200, case.answer(record)), *after)


@every_vendor
@pytest.mark.parametrize("spoilt", [leaves_of_other_types, members_of_other_types])
def test_an_answer_whose_values_are_all_of_wrong_types_is_a_bad_one(
    wire: Wire, vendor: Provider, spoilt: Callable[[Record], Any]
) -> None:
    with pytest.raises(BadAnswer):
        ask(wire, vendor, spoilt(record_of(vendor)))


@every_vendor
@pytest.mark.parametrize("spoilt", [leaves_of_other_types, members_of_other_types])
def test_beside_one_that_can_be_read_values_of_wrong_types_are_just_missing(
    wire: Wire, vendor: Provider, spoilt: Callable[[Record], Any]
) -> None:
    record, telling = record_of(vendor), CASES[vendor.name].telling
    mixed = spoilt(record) | {telling: record[telling]}
    assert isinstance(ask(wire, vendor, mixed, *UNBOUGHT.get(vendor.name, ())), Found)


@every_vendor
@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_an_answer_that_says_nothing_is_no_bad_one(wire: Wire, vendor: Provider, nothing: object) -> None:
    silent = dict.fromkeys(record_of(vendor), nothing)
    assert isinstance(ask(wire, vendor, silent, *UNBOUGHT.get(vendor.name, ())), Found | NotFound)


def test_hunter_s_person_by_email_is_held_to_the_same(wire: Wire) -> None:
    hunter = next(vendor for vendor in PROVIDERS if vendor.name == "hunter")
    with pytest.raises(BadAnswer):
        wire.ask(hunter, {"email": "ada@example.com"}, (200, {"data": leaves_of_other_types(body("hunter_person"))}))


def test_a_page_that_is_read_in_full_is_held_to_the_same(wire: Wire) -> None:
    facebook = next(vendor for vendor in PROVIDERS if vendor.name == "facebook")
    page = body("facebook")
    with pytest.raises(BadAnswer):
        wire.ask(facebook, FIRM, (200, {"data": [page]}), (200, leaves_of_other_types(page)))
