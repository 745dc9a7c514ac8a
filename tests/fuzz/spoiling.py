"""What may come in place of a vendor's answer: anything at all, or that answer with something wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hypothesis import strategies as st

from enrich_cli.providers import errors
from enrich_cli.providers.lookup import Response

Place: TypeAlias = tuple[Any, Any]
"""A list or an object, and where in it."""


@dataclass(frozen=True)
class Copy:
    """What stands at another place of the same body."""

    place: int


class Gone:
    """Nothing: the member is left out."""

    def __repr__(self) -> str:
        return "Gone()"


@dataclass(frozen=True)
class Changed:
    """The vendor's own answer, with other values at some places of its JSON, cut off or with bits turned over."""

    changes: Sequence[tuple[int, Any]] = ()
    """Place, counted through the whole body, and the value that comes there: of JSON, `Copy` or `Gone`."""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    """How many bytes come."""
    flipped: Sequence[int] = ()
    """Bits, counted through the whole body."""
    refusal: str | None = None
    """The vendor turns the question away for this reason."""

    def body(self, own: bytes) -> bytes:
        """What comes in place of the vendor's own bytes."""
        spoilt = bytearray(self._changed(own) if self.changes else own)
        for bit in self.flipped if spoilt else ():
            spoilt[bit // 8 % len(spoilt)] ^= 1 << bit % 8
        return bytes(spoilt[: self.cut])

    def _changed(self, own: bytes) -> bytes:
        try:
            root = [json.loads(own)]
        except ValueError:
            return own
        for place, value in self.changes:
            places = list(_places(root))
            container, where = places[place % len(places)]
            if isinstance(value, Copy):
                source, there = places[value.place % len(places)]
                value = json.loads(json.dumps(source[there]))  # noqa: PLW2901 another of the same
            if isinstance(value, Gone):
                del container[where]
            else:
                container[where] = value
            if not root:
                return b""
        return json.dumps(root[0]).encode()


Thrown: TypeAlias = type[errors.ProviderError]
"""No answer: the gateway throws this."""
Answer: TypeAlias = Response | Changed | Thrown
"""A `Response` comes as it is, whatever the vendor would have said."""


def _places(container: Any) -> Iterator[Place]:
    """Every place of nested lists and objects, the outer before the inner ones."""
    for where in range(len(container)) if isinstance(container, list) else list(container):
        yield container, where
        if isinstance(container[where], list | dict):
            yield from _places(container[where])


NOW = 1_793_000_000.0
"""When every answer comes, epoch seconds."""
_TEXTS = (
    *("", " ", "0", "-1", "+3", "1e999", "nan", "-inf", "1_000", "٣", "²", "9" * 400, "true", "Y", "ok", "null"),
    *("2021-02-30", "0000-00-00", "99999-1-1", "20211301", "2021-6-1T00:00:00Z", "24:00"),
    *("https://", "//", "http://[::1", "https://x.test/%zz?#", "@", "a@", "@b.test", "linkedin.com/in/%ff", "in/"),
    *("\0", "\ud800", "\u202eabc", "\x1b[2J", "=1+1", "<b>&", "ß" * 300, "İ", "ﬀ", "., ,.", "us_", "_", "-"),
    *("100/33", "unauthorized", "SuccessWithoutResult", "endpoint does not exist", "quota"),
)
texts = st.sampled_from(_TEXTS) | st.text(max_size=20)
_numbers = st.sampled_from(
    (0, -1, 1, 2, 100, 190, 368, 613, 2**31, 2**53 + 1, 2**64, -(2**64), 10**400, 0.5, -0.0, 1e16, 1e308, float("inf"))
) | st.floats(allow_nan=True)
_leaves = st.none() | st.booleans() | _numbers | texts
_names = st.sampled_from(("id", "name", "data", "error", "status", "message", "items", "value", "date", "code", "type"))
_flat = _leaves | st.lists(_leaves, max_size=3) | st.dictionaries(_names | texts, _leaves, max_size=3)
json_values = _flat | st.lists(_flat, max_size=2) | st.dictionaries(_names, _flat, max_size=2)
_changes = st.tuples(st.integers(0, 400), json_values | st.builds(Copy, st.integers(0, 400)) | st.builds(Gone))
_statuses = st.sampled_from((200, 201, 202, 204, 222, 302, 400, 401, 402, 403, 404, 408, 422, 429, 451, 500, 503))
_HEADERS = (
    *("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "x-ratelimit-credits-remaining"),
    "x-rapidapi-proxy-response",
)
# Bytes of a header that are no UTF-8 come as surrogates.
_header_texts = texts | st.sampled_from(
    ("Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 1 Jan 1 00:00:00 GMT", "\udcff", "60")
)
_headers = st.dictionaries(st.sampled_from(_HEADERS), _header_texts, max_size=2)
_REFUSALS = ("no key", "401", "402", "403", "404path", "429", "credit", "500", "502", "503", "redirect")
_thrown = st.sampled_from(
    [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, errors.ProviderError)]
)

_spoilt = st.builds(
    Changed,
    changes=st.lists(_changes, max_size=4),
    status=st.none() | _statuses,
    headers=_headers,
    cut=st.none() | st.integers(0, 2000),
    flipped=st.lists(st.integers(0, 20_000), max_size=2),
    refusal=st.none() | st.sampled_from(_REFUSALS),
)
_misread = st.builds(Changed, changes=st.lists(_changes, min_size=1, max_size=6))
_bodies = st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode())
said = st.builds(Response, _statuses, _bodies, _headers, st.just(NOW))
answers = st.lists(st.builds(Changed) | _misread | _misread | _spoilt | said | _thrown, max_size=6)
"""One for each request; those beyond are the vendor's own."""
