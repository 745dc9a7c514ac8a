"""The data model of each data type: the fields its chain wants, its JSON form, and its flat columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_type_hints

from enrich_cli.domain.business import Business
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.domain.social import Profile, Social

MODELS: Mapping[DataType, type[Model]] = MappingProxyType(
    {DataType.PERSON: Person, DataType.BUSINESS: Business, DataType.SOCIAL: Social, DataType.PROPERTY: Property}
)

WANTED: Mapping[DataType, frozenset[str]] = MappingProxyType(
    {
        DataType.PERSON: frozenset(),
        DataType.BUSINESS: frozenset({"rating", "hours", "phone", "website", "company_number", "registration_status"}),
        DataType.SOCIAL: frozenset(Social.__struct_fields__),
        DataType.PROPERTY: frozenset(),
    }
)
"""The fields for which a chain goes on if nothing is required explicitly; empty: any accepted answer is enough."""

_OWNERSHIP = ("owners", "market_value", "assessed_value", "last_sale_date", "last_sale_price", "owner_occupied")
_BUILDING = ("type", "year_built", "size_sqft", "beds", "baths")

FLAT = frozenset({DataType.PERSON, DataType.BUSINESS})
"""The data types whose data, in the contract's form, are their flat columns."""


@cache
def model_fields(data_type: DataType) -> tuple[str, ...]:
    """The names by which the fields of a model are required, merged and credited (`provenance`)."""
    return MODELS[data_type].__struct_fields__


@cache
def columns(data_type: DataType) -> tuple[str, ...]:
    """The names of the flat columns, without the data type in front, in display order."""
    return tuple(column_types(data_type))


@cache
def column_types(data_type: DataType) -> Mapping[str, Any]:
    """Flat column → the type of its values, as the data model declares it; each may also be None."""
    if data_type is DataType.SOCIAL:
        profile = field_types(Profile)
        return {f"{network}_{name}": kind for network in model_fields(data_type) for name, kind in profile.items()}
    return field_types(MODELS[data_type])


def field_types(model: type) -> Mapping[str, Any]:
    """Field → its type without None, of any structure in the data models."""
    return {name: _without_none(hint) for name, hint in get_type_hints(model).items()}


def as_data(data_type: DataType, values: Mapping[str, Any]) -> dict[str, Any]:
    """A model's values in the contract's form (*Enriched data*), with every field present.

    A value that nobody gave is None, also for lists and maps; only an empty list of permits means something (there are
    none).
    """
    whole = {name: _given(values.get(name)) for name in model_fields(data_type)}
    if data_type is DataType.SOCIAL:
        return {"profiles": whole}
    if data_type is DataType.PROPERTY:
        return {"properties": [_nested({**whole, "permits": values.get("permits")})]}
    return whole


def flat(data_type: DataType, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of the flat columns, from data in the contract's form; of several properties, the first one's."""
    if data_type is DataType.SOCIAL:
        profiles = data.get("profiles") or {}
        return {
            f"{network}_{name}": value
            for network, profile in profiles.items()
            for name, value in (profile or {}).items()
        }
    if data_type is DataType.PROPERTY:
        first: Mapping[str, Any] = next(iter(data.get("properties") or ()), {})
        return {**first, **(first.get("ownership") or {}), **(first.get("building") or {})}
    return data


def values_of(data_type: DataType, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The model's values by field name, from data in the contract's form: the reverse of `as_data`."""
    return data.get("profiles") or {} if data_type is DataType.SOCIAL else flat(data_type, data)


def _given(value: Any) -> Any:
    return None if value in ((), [], {}) else value


def _without_none(hint: Any) -> Any:
    return get_args(hint)[0] if NoneType in get_args(hint) else hint


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "address": values["address"],
        "ownership": {name: values[name] for name in _OWNERSHIP},
        "building": {name: values[name] for name in _BUILDING},
        **{name: values[name] for name in ("lot_size_sqft", "zoning", "permits")},
    }
