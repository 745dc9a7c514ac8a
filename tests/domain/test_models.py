"""Each data type's form as JSON, its flat columns, and the names of its fields."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from enrich_cli.domain.business import Business, Officer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import MODELS, WANTED, as_data, columns, flat, model_fields, values_of
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Permit, Property
from enrich_cli.domain.social import Profile, Social

FOUND: dict[DataType, Model] = {
    DataType.PERSON: Person(full_name="Ada Sample"),
    DataType.BUSINESS: Business(name="Example Pumps", officers=(Officer(name="Ada Sample"),)),
    DataType.SOCIAL: Social(twitter=Profile(handle="ada", followers=7)),
    DataType.PROPERTY: Property(address="12 Oak St", market_value=250_000, beds=3, permits=(Permit(type="Roof"),)),
}


def values(data_type: DataType) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(FOUND[data_type]))
    return plain


@pytest.mark.parametrize("data_type", DataType)
def test_the_values_come_back_from_the_contract_s_form(data_type: DataType) -> None:
    data = as_data(data_type, values(data_type))
    given = {name: value for name, value in values(data_type).items() if value}
    assert {name: value for name in model_fields(data_type) if (value := values_of(data_type, data).get(name))} == given


@pytest.mark.parametrize("data_type", DataType)
def test_what_nobody_gave_is_none_lists_and_maps_included(data_type: DataType) -> None:
    nothing: dict[str, Any] = dict(zip(model_fields(data_type), itertools.cycle(([], {}, None)), strict=False))
    data = values_of(data_type, as_data(data_type, nothing))
    assert {data.get(name) for name in model_fields(data_type)} == {None}
    assert as_data(data_type, {**nothing, model_fields(data_type)[0]: 0}) != as_data(data_type, nothing)


@pytest.mark.parametrize("data_type", DataType)
def test_every_flat_column_stands_in_the_data(data_type: DataType) -> None:
    full = as_data(data_type, {**values(data_type)})
    assert set(flat(data_type, full)) - {"ownership", "building"} <= set(columns(data_type))


def test_profiles_stand_under_their_network() -> None:
    data = as_data(DataType.SOCIAL, values(DataType.SOCIAL))
    assert data["profiles"]["twitter"]["handle"] == "ada"
    assert data["profiles"]["linkedin"] is None
    assert flat(DataType.SOCIAL, data)["twitter_followers"] == 7


def test_a_property_is_one_of_a_list_with_ownership_and_building() -> None:
    (first,) = as_data(DataType.PROPERTY, values(DataType.PROPERTY))["properties"]
    assert first["address"] == "12 Oak St"
    assert (first["ownership"]["market_value"], first["building"]["beds"]) == (250_000, 3)
    assert first["permits"] == [{"type": "Roof", "date": None, "value": None, "status": None, "description": None}]


@pytest.mark.parametrize(("told", "shown"), [((), []), (None, None)])
def test_that_there_are_no_permits_is_something_else_than_that_nobody_told(
    told: tuple[Permit, ...] | None, shown: list[Any] | None
) -> None:
    found = msgspec.to_builtins(Property(address="12 Oak St", permits=told))
    (first,) = msgspec.json.decode(msgspec.json.encode(as_data(DataType.PROPERTY, found)))["properties"]
    assert (first["permits"], first["ownership"]["owners"]) == (shown, None)


def test_data_without_anything_has_no_values() -> None:
    for data_type in DataType:
        assert not any(flat(data_type, {}).values())


@pytest.mark.parametrize("data_type", DataType)
def test_a_chain_wants_nothing_that_its_model_does_not_have(data_type: DataType) -> None:
    assert WANTED[data_type] <= set(model_fields(data_type))
    assert isinstance(FOUND[data_type], MODELS[data_type])
