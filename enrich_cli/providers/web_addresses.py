"""What vendors' web addresses tell: hosts, and the handles of profiles."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_LINKEDIN_PERSON = re.compile(r"linkedin\.com/in/([^/?#\s]+)", re.IGNORECASE)


def linkedin_handle(url: str | None) -> str | None:
    """`ada-sample` of `https://www.linkedin.com/in/ada-sample/`, decoded; None if it is not a person's address."""
    match = _LINKEDIN_PERSON.search(url or "")
    return unquote(match[1]) if match else None


def linkedin_url(handle: str) -> str:
    """The address of the profile with a handle, which may have `in/` or `pub/` in front."""
    path = quote(handle.rpartition("linkedin.com/")[2].strip("/"), safe="/%")
    return f"https://www.linkedin.com/{path if path.startswith(('in/', 'pub/')) else f'in/{path}'}"


def host(url: str | None) -> str | None:
    """The host of a URL without `www.`; a bare host stays as it is."""
    found = re.split(r"[/?#:]", (url or "").lower().rpartition("://")[2], maxsplit=1)[0]
    return found.rpartition("@")[2].removeprefix("www.").strip(". ") or None


def last_part(url: str | None) -> str | None:
    """The last part of a URL's path, without `@`, query and fragment: its user's handle. A bare handle
    stays as it is.
    """
    before, _, last = re.split(r"[?#]", url or "", maxsplit=1)[0].rstrip("/").rpartition("/")
    return None if before.endswith(":/") else last.lstrip("@") or None
