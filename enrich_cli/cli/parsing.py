"""Parsing option values; an invalid one raises UsageProblem, with what may be meant or what is allowed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import UsageProblem
from enrich_cli.domain.tier import LONGEST_COMPANY_ID

if TYPE_CHECKING:
    from enrich_cli.domain.money import Money


def company_id(text: str | None) -> str | None:
    """The value of `--company`, under the same rules as ENRICHMENT_COMPANY; None if not given. Raises UsageProblem."""
    if text is None:
        return None
    # Undecodable bytes arrive as surrogates, which no store can keep.
    if 0 < len(text) <= LONGEST_COMPANY_ID and not re.search("[\ud800-\udfff]", text):
        return text
    # Not the default company for an empty text, as from an unset variable: its quota and money are at stake.
    raise UsageProblem(
        f"--company must be a company's id, 1 to {LONGEST_COMPANY_ID} characters; leave it out for the default one"
    )


def choice(what: str, text: str, known: Collection[str]) -> str:
    """The word in lower case; raises UsageProblem if it is not known."""
    word = text.strip().lower()
    if word in known:
        return word
    from enrich_cli.domain.suggestion import may_be

    raise UsageProblem(f"{text!r} is not a valid {what}: {may_be(word, known)}")


def words(text: str) -> list[str]:
    """The words of a comma list, each once, in order."""
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def data_types(text: str | None) -> tuple[DataType, ...] | None:
    """`--types person,business`; None when not given. Raises UsageProblem."""
    if text is None:
        return None
    types = tuple(DataType(choice("data type", word, [known.value for known in DataType])) for word in words(text))
    if not types:
        raise UsageProblem("--types names no data type: give a comma list such as person,business")
    return types


def required_fields(text: str | None, types: Sequence[DataType]) -> dict[DataType, frozenset[str]]:
    """`--require email,job_title`: for each requested data type, which of its fields must be there.

    Raises UsageProblem for a field that no requested data type has.
    """
    from enrich_cli.domain.models import model_fields

    fields = {data_type: model_fields(data_type) for data_type in types}
    known = list(dict.fromkeys(field for names in fields.values() for field in names))
    wanted = {choice("field of the requested data types", word, known) for word in words(text or "")}
    return {data_type: frozenset(wanted & set(fields[data_type])) for data_type in types}


def max_cost(text: str | None) -> Money | None:
    """The value of `--max-cost`; None when not given. Raises UsageProblem."""
    if text is None:
        return None
    from enrich_cli.domain.money import Money

    try:
        return Money.parse(text.removeprefix("$"))
    except ValueError as error:
        raise UsageProblem(f"--max-cost {text}: {error}; give dollars, such as 25 or 0.50") from None


def age(text: str | None) -> timedelta | None:
    """The value of `--older-than`, such as `7d` or `12h`; None when not given. Raises UsageProblem."""
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{1,5})([mhd])", text.strip())
    if match is None:
        raise UsageProblem(f"--older-than {text}: give a number of minutes, hours or days, such as 90m, 12h or 7d")
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[match[2]]: int(match[1])})
