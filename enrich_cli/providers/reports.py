"""The reports that a property lookup buys once the property is found."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from enrich_cli.providers.errors import NotInPlan, ProviderError
from enrich_cli.providers.lookup import Request, Response


class Reports:
    """The reports that the settings want, less those that the account's plan turns out to lack; one per account and
    run.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = set(names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return len(self._names)

    def buy(self, name: str, request: Request) -> Generator[Request, Response, Response | None]:
        """The answer to one report; None if it is not bought or fails: what was found already is kept.

        A report that is not in the plan is not asked for again.
        """
        if name not in self._names:
            return None
        try:
            return (yield request)
        except NotInPlan:
            self._names.discard(name)
        except ProviderError:
            pass
        return None


def listed(setting: str) -> frozenset[str]:
    """The names of a comma list such as `profile,avm,permits`."""
    return frozenset(name.strip() for name in setting.split(","))
