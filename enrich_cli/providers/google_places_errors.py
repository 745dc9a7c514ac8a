"""What Google's errors mean. The reason among their details decides, since a bad key is a 400; never the message."""

from __future__ import annotations

import re

from enrich_cli.providers.errors import InvalidCredentials, OutOfCredit, ProviderError, RateLimited
from enrich_cli.providers.lookup import Response
from enrich_cli.providers.reading import items, json_or_none, number, text

PAUSE = 60.0
"""Seconds to pause if the vendor does not say how long: its quota counts by the minute."""

_DELAY = re.compile(r"(\d{1,9}(?:\.\d+)?)s")


def refusal(response: Response) -> ProviderError | None:
    """What a reason says about key and project, whatever the status: a bad key is a 400 here. None: it is about
    neither.
    """
    reason = text(_detail(response, "ErrorInfo"), "reason") or ""
    if reason == "BILLING_DISABLED":
        return OutOfCredit("the key's project has no active billing account")
    if reason == "SERVICE_DISABLED":
        return InvalidCredentials("Places API (New) is not enabled in the key's project")
    if reason.startswith("CONSUMER_"):
        return InvalidCredentials("the key's project is suspended or gone")
    if reason == "API_KEY_INVALID":
        return InvalidCredentials(f"the key was refused (status {response.status})")
    if reason.startswith("API_KEY_"):
        return InvalidCredentials("the key is restricted to other APIs, sites, addresses or apps")
    return None


def exhausted(response: Response) -> ProviderError:
    """A quota by the minute is soon available again; one by the day, which the owner set, only at midnight."""
    if "PerDay" in (text(_detail(response, "ErrorInfo"), "metadata", "quota_limit") or ""):
        return OutOfCredit("the quota of the day is used up (status 429)")
    asked = delay(response)
    return RateLimited("too many requests (status 429)", PAUSE if asked is None else asked)


def delay(response: Response) -> float | None:
    """Seconds to wait, from the header or the body."""
    asked = response.retry_after()
    told = _DELAY.fullmatch(text(_detail(response, "RetryInfo"), "retryDelay") or "")
    return number(told[1]) if asked is None and told else asked


def _detail(response: Response, kind: str) -> object:
    details = items(json_or_none(response), "error", "details")
    return next((one for one in details if (text(one, "@type") or "").endswith(f"google.rpc.{kind}")), None)
