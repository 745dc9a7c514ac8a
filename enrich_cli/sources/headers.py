"""Which column holds which customer field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.suggestion import closest
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.spellings import ID, MAPPABLE, fields_of, normal, whose_address, without_question

_OF_ADDRESSES = frozenset({"city", "state", "postal_code", "country"})
_NOUNS = frozenset({"name", "number", "address"})
"""Words that change nothing after a field's own name."""
_OFTEN_TWO = frozenset({"email", "phone"})
"""Fields of which people have one at work and one at home."""
_PRIVATE = ("home", "personal", "private")
_SHOWN_COLUMNS = 20
_SHOWN_LETTERS = 40


class HeaderMap(msgspec.Struct, frozen=True):
    """Which column holds which field; columns are counted from 0."""

    fields: Mapping[str, int]
    """Customer field → column, without the id."""
    id_column: int | None
    warnings: tuple[str, ...]

    def named(self, columns: Sequence[str]) -> dict[str, str]:
        """Customer field, including `customer_id` → the column it is read from, for reports."""
        places = dict(self.fields) if self.id_column is None else {ID: self.id_column, **self.fields}
        return {field: columns[places[field]] for field in MAPPABLE if field in places}


def known_columns(columns: Sequence[str], overrides: Sequence[str]) -> int:
    """How many columns are recognised, or named with `--map`."""
    mapped = {override.partition("=")[2] for override in overrides}
    alike = set(map(normal, mapped)) - {""}
    return sum(
        field is not None or column in mapped or normal(column) in alike
        for column, field in zip(columns, fields_of(columns), strict=True)
    )


def map_headers(columns: Sequence[str], overrides: Sequence[str] = ()) -> HeaderMap:
    """Find the customer fields among the columns.

    `overrides` are texts `FIELD=COLUMN`, as given to `--map`; they take precedence over what is recognised. Of several
    columns for one field, one with the field's own name is used, else, with a warning, a plain one (`Phone Number`),
    else the first, but a private phone or e-mail (`Home Phone`) only if there is no other. And city, state, postal code
    and country are taken from the address that is read, if it has them.
    Raises SourceError for an override that can't be followed, for the same header twice for one field, and if no column
    is usable.
    """
    chosen = _overridden(columns, overrides)
    taken = frozenset(chosen.values())
    named = fields_of(columns)
    warnings = []
    for field in MAPPABLE:
        candidates = [place for place, name in enumerate(named) if name == field and place not in taken]
        if field in chosen or not candidates:
            continue
        _refuse_twins(columns, candidates, field)
        if field in _OF_ADDRESSES and "address" in chosen:
            whose = whose_address(columns[chosen["address"]])
            candidates = [place for place in candidates if whose_address(columns[place]) == whose] or candidates
        candidates.sort(key=lambda place: _plainness(columns[place], field))
        chosen[field] = candidates[0]
        if len(candidates) > 1 and normal(columns[candidates[0]]) != normal(field):
            warnings.append(_ambiguity(columns, candidates, field))
    fields = {field: chosen[field] for field in FIELDS if field in chosen}
    if not fields:
        raise SourceError(_nothing_usable(columns))
    return HeaderMap(fields, chosen.get(ID), tuple(warnings))


def _overridden(columns: Sequence[str], overrides: Sequence[str]) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for override in overrides:
        name, equals, column = override.partition("=")
        if not equals:
            raise SourceError(f"--map {override}: write it as FIELD=COLUMN, for example --map email=Mail")
        field = _field_called(name, override)
        place = _column_called(column, columns, override)
        if field in chosen:
            raise SourceError(f"--map is given twice for {field}: keep one of the two")
        if place in chosen.values():
            raise SourceError(f"--map {override}: column {columns[place]!r} is mapped to another field already")
        chosen[field] = place
    return chosen


def _field_called(name: str, override: str) -> str:
    by_name = {normal(field): field for field in MAPPABLE}
    if field := by_name.get(normal(name)):
        return field
    meant = closest(normal(name), by_name)
    advice = f"did you mean {by_name[meant]}?" if meant else f"choose from {', '.join(MAPPABLE)}"
    raise SourceError(f"--map {override}: there is no field {name.strip()!r}; {advice}")


def _column_called(name: str, columns: Sequence[str], override: str) -> int:
    same = [place for place, column in enumerate(columns) if column == name]
    alike = same or [place for place, column in enumerate(columns) if normal(column) == normal(name) != ""]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise SourceError(f"--map {override}: columns {_positions(alike)} both have this name; rename one of them")
    by_name = {} if _looks_like_a_customer(columns) else {normal(column): column for column in columns}
    meant = closest(normal(name), by_name)
    advice = f"did you mean {by_name[meant]!r}?" if meant else _seen(columns)
    raise SourceError(f"--map {override}: there is no column {name!r}; {advice}")


def _plainness(column: str, field: str) -> int:
    """How plain a column's name for its field is: less is plainer."""
    asked = without_question(column)
    if field in _OFTEN_TWO and (asked.startswith(_PRIVATE) or asked.endswith(_PRIVATE)):
        return 3
    name = normal(column).removeprefix(normal(field))
    return 0 if not name else 1 if name in _NOUNS else 2


def _refuse_twins(columns: Sequence[str], candidates: Sequence[int], field: str) -> None:
    seen: dict[str, int] = {}
    for place in candidates:
        first = seen.setdefault(normal(columns[place]), place)
        if first != place:
            one, other = columns[first], columns[place]
            called = (
                f"both called {one!r}, which stands for {field}"
                if one == other
                else f"called {one!r} and {other!r}, the same name for {field}"
            )
            raise SourceError(
                f"columns {_positions((first, place))} are {called}: "
                f"rename one of them, or choose another column with --map {field}=COLUMN"
            )


def _ambiguity(columns: Sequence[str], candidates: Sequence[int], field: str) -> str:
    used, *others = (f"{columns[place]!r} (column {place + 1})" for place in candidates)
    return f"{field} is read from {used}, not from {', '.join(others)}; choose with --map {field}=COLUMN"


def _nothing_usable(columns: Sequence[str]) -> str:
    return (
        f"no column is recognised that a customer could be looked up by; {_seen(columns)}. "
        "Name one with --map FIELD=COLUMN, for example --map email=COLUMN"
    )


def _seen(columns: Sequence[str]) -> str:
    if _looks_like_a_customer(columns):
        return "the first line looks like a customer, not like column names: put a header line above it"
    shown = ", ".join(repr(column[:_SHOWN_LETTERS]) for column in columns[:_SHOWN_COLUMNS])
    hidden = len(columns) - _SHOWN_COLUMNS
    return f"the columns are {shown}{f' and {hidden} more' if hidden > 0 else ''}"


def _looks_like_a_customer(columns: Sequence[str]) -> bool:
    """Without a header line the columns are somebody's data, which no message may show."""
    return any("@" in column or sum(map(str.isdigit, column)) > max(4, len(column) // 2) for column in columns)


def _positions(places: Sequence[int]) -> str:
    return " and ".join(str(place + 1) for place in places)
