"""Keys printed by commands, which run only once something is about to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import anyio
import anyio.to_thread

from enrich_cli.domain.errors import ShownError
from enrich_cli.providers.auth import Auth

_SIGNAL_SECONDS = 0.1
"""How long a failure is held back: Ctrl-C also ends the command, and its failure must not be shown instead of the
interrupt.
"""


class LateKey:
    """The auth of requests whose key does not exist yet."""

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
    """The late keys of all vendors that may be asked; if one can't be had, the error comes before anybody is asked."""

    def __init__(self, auths: Iterable[Auth | LateKey] = ()) -> None:
        self._to_make = [auth for auth in auths if isinstance(auth, LateKey)]
        self._lock = anyio.Lock()
        self._failure: ShownError | None = None

    def lack(self, auth: Auth | LateKey) -> bool:
        """Is one of them still to be made, or is this one, of a vendor that was not expected to be asked?"""
        return bool(self._to_make) or (isinstance(auth, LateKey) and not auth.is_made)

    async def made(self, *others: Auth | LateKey) -> None:
        """Make them all, and these as well, which takes time only once. Raises what making one raises, and never tries
        it again.
        """
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
