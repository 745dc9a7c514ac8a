"""What can go wrong with one request, named by what the gateway does about it.

    ProviderError
    ├── InvalidCredentials    the vendor is closed for the rest of the run, said once
    ├── OutOfCredit           the same
    ├── RateLimited           the whole vendor pauses, then goes on
    ├── Unavailable           nothing was charged; retried with backoff
    ├── AnswerLost            the request had left: its price is in doubt; asked again at most once
    ├── BadAnswer             an answer that can't be read: its price is in doubt; this lookup fails
    ├── NotAccepted           the vendor can't use this input; this lookup fails
    ├── NotInPlan             the plan lacks what was asked for: the lookup goes on without it
    ├── StillPending          the vendor did not get ready in time; this lookup fails
    ├── Withheld              the person objects: no further provider is asked
    ├── LeftAlone             the vendor is closed, paused for too long or broken: it was not asked
    └── OverCap               no cap has room for what the lookup can cost: it was not asked

Texts are for people and never hold a body, a URL, a key or a field of the customer.
"""

from __future__ import annotations


class ProviderError(Exception):
    """Base class; `str()` is free of secrets and personal data."""


class InvalidCredentials(ProviderError):
    """The vendor refuses the key."""


class OutOfCredit(ProviderError):
    """The account has no credit left, or its plan no allowance."""


class RateLimited(ProviderError):
    """The vendor asks to slow down; `retry_after` in seconds, None if it does not say how long."""

    def __init__(self, text: str = "rate limited", retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class Unavailable(ProviderError):
    """The vendor can't answer now (5xx, no connection); `retry_after` in seconds if it says so."""

    def __init__(self, text: str = "unavailable", retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class AnswerLost(ProviderError):
    """Time ran out or the connection broke after the request had left."""


class BadAnswer(ProviderError):
    """The answer is not JSON, has a wrong shape, is too large, or comes from a wrong path."""


def no_such_path(status: int = 404) -> BadAnswer:
    """For an answer that does not come from the vendor's API, as with a wrong `NAME_BASE_URL`."""
    return BadAnswer(f"no such path at this address (status {status}): check the base URL")


class NotAccepted(ProviderError):
    """The vendor can't use this input (400, 422)."""


class NotInPlan(ProviderError):
    """The account's plan lacks an additional report; nothing was charged."""


class StillPending(ProviderError):
    """The vendor was still searching when we stopped waiting; never a miss."""


class Withheld(ProviderError):
    """The person asked the vendor not to process their data."""


class LeftAlone(ProviderError):
    """The vendor was not asked: it is closed, wants too long a pause, or keeps failing."""


class OverCap(ProviderError):
    """The vendor was not asked: what the lookup can cost fits no cost cap."""
