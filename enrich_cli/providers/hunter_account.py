"""What Hunter says about an account, free of charge: the credits left. Its owner is not read."""

from __future__ import annotations

from enrich_cli.providers.errors import BadAnswer
from enrich_cli.providers.lookup import NOTHING, Probe, Request
from enrich_cli.providers.reading import day, json_object, member, number

USAGE, ACCOUNT = "/v2/usage", "/v2/account"
_BUCKETS = ("credits", "searches", "verifications")
"""Plans sell either one kind of credit, or searches and verifications separately."""


def account_state() -> Probe:
    """The credits from the usage endpoint, which includes extra packs; it is in beta, so else from the account."""
    try:
        response = yield Request(method="GET", path=USAGE, most=NOTHING)
    except BadAnswer:
        response = None
    if response is None or response.status >= 300:
        response = yield Request(method="GET", path=ACCOUNT, most=NOTHING)
    if response.status >= 300:
        raise BadAnswer(f"there is no account information at this address (status {response.status})")
    data = json_object(response, "data")
    left = {bucket: _left(data, bucket) for bucket in _BUCKETS}
    told = [f"{left[bucket]} {bucket}" for bucket in _BUCKETS if left[bucket]]
    if not told:
        return "what is left of the plan is not reported"
    reset = day(data, "reset_date")
    # If there is one bucket, the other two only repeat it.
    return f"{' and '.join(told[:1] if left['credits'] else told)} left{f' until {reset}' if reset else ''}"


def _left(data: object, bucket: str) -> str | None:
    """`49,999.8 of 50,000`; None if it is not given."""
    block = member(data, "requests", bucket)
    available, used, remaining = (number(block, name) for name in ("available", "used", "remaining"))
    if remaining is None and available is not None and used is not None:
        remaining = available - used
    if remaining is None:
        return None
    return f"{_plain(remaining)} of {_plain(available)}" if available is not None else _plain(remaining)


def _plain(amount: float) -> str:
    return f"{amount:,.1f}".removesuffix(".0")
