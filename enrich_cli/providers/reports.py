"""The reports that a property lookup buys once the property is found."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from msgspec.structs import replace

from enrich_cli.domain.outcomes import Found
from enrich_cli.providers.errors import NotInPlan, ProviderError
from enrich_cli.providers.lookup import Request, Response


class Reports:
    """The reports that the settings want, less those that the account's plan turns out to lack; one per account and
    run.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._not_in_plan = set[str]()

    def __contains__(self, name: object) -> bool:
        return name in self._names - self._not_in_plan

    def __len__(self) -> int:
        return len(self._names - self._not_in_plan)

    def lack(self, name: str) -> bool:
        """Did this report turn out not to be in the plan?"""
        return name in self._not_in_plan

    def buy(
        self, name: str, request: Request, found: Found, field: str, read: Callable[[Response], object]
    ) -> Generator[Request, Response, Found]:
        """What was found, with the field that this report gives; `read` returns None if the report lacks it.

        What was found is kept whatever goes wrong with the report. A report that is not in the plan is not asked for
        again: what replaces it, such as an assessor's value, is the best that can be had.
        """
        if name not in self._names:
            return found
        if name not in self._not_in_plan:
            try:
                answer = yield request
            except NotInPlan:
                self._not_in_plan.add(name)
            except ProviderError:
                return _without(field, found)
            else:
                told = read(answer)
                return found if told is None else replace(found, data=replace(found.data, **{field: told}))
        return found if getattr(found.data, field) is not None else _without(field, found)


def _without(field: str, found: Found) -> Found:
    return replace(found, untold=found.untold | {field})


def listed(setting: str) -> frozenset[str]:
    """The names of a comma list such as `profile,avm,permits`."""
    return frozenset(name.strip() for name in setting.split(","))
