"""Keys that commands print: these are run when something is to be sent, and not for a run that sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import anyio
import anyio.to_thread

from enrich_cli.domain.errors import ShownError
from enrich_cli.providers.auth import Auth

_SIGNAL_SECONDS = 0.1
"""How long a failure is kept back: Ctrl-C ends the command, too, and whoever pressed it shall hear of that alone."""


class LateKey:
    """How requests bear a key that is not there yet."""

    def __init__(self, make: Callable[[], Auth]) -> None:
        """`make` runs the command; it may raise a ShownError."""
        self._make = make
        self.is_made = False

    @cached_property
    def made(self) -> Auth:
        auth = self._make()
        self.is_made = True
        return auth


class LateKeys:
    """Those of all vendors that may be asked: one that can't be had is told of before anybody is asked."""

    def __init__(self, auths: Iterable[Auth | LateKey] = ()) -> None:
        self._to_make = [auth for auth in auths if isinstance(auth, LateKey)]
        self._lock = anyio.Lock()
        self._failure: ShownError | None = None

    def lack(self, auth: Auth | LateKey) -> bool:
        """Is one of them still to be made, or this one, of a vendor that nobody thought would be asked?"""
        return bool(self._to_make) or (isinstance(auth, LateKey) and not auth.is_made)

    async def made(self, *others: Auth | LateKey) -> None:
        """Have them all, and others, which takes time once. Raises what making one raises, which is not tried again."""
        async with self._lock:
            if self._failure:
                raise self._failure
            self._to_make += [other for other in others if isinstance(other, LateKey) and not other.is_made]
            try:
                while self._to_make:
                    await anyio.to_thread.run_sync(_make, self._to_make[-1], abandon_on_cancel=True)
                    self._to_make.pop()
            except ShownError as failure:
                self._failure = failure
                await anyio.sleep(_SIGNAL_SECONDS)
                raise


def _make(key: LateKey) -> Auth:
    return key.made
