"""Raw text as the fields of a customer hold it, and in the form in which it is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TWITTER_URL = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com(?:/(?:#!/)?([^/?#]*).*)?", re.IGNORECASE
)
_HOST_ENDS = re.compile(r"[/?#:,;]")
SEVERAL = " ::: "
"""Separates the values where Google Contacts writes several in one cell."""
LONGEST = 10_000
"""In characters. A longer text is no name, address or the like, and would take minutes to compare."""
_BETWEEN_VALUES = re.compile("[,;]")
_QUOTES = "'\""
_WITH_A_NAME = re.compile("[^<]*<([^<>]*)>")
ADDRESSES = re.compile(r"(?:\n[^@\n]+@[^\n]+)+\n")
"""E-mail addresses, with a line end before, between and after them."""
_PHONE = re.compile(r"[\d\s+()./-]+(?:(?:;?ext(?:ension)?[.:=]?|x|#)\s*\d+)?", re.IGNORECASE)
_DIGITS_OF_A_PHONE = 7
# fmt: off
_NO_VALUES = frozenset((
    "N/A", "n/a", "#N/A", "N.A.", "n.a.", "NULL", "null", "Null", "(null)", "NONE", "none", "None", "(none)", "NaN",
    "nan", "undefined", "UNKNOWN", "Unknown", "unknown", "(unknown)", "(blank)", "TBD", "tbd", "-", "--", "---", ".",
    "?", "??", "[not provided]", "Not provided", "not provided", "Not available", "not available",
))
# fmt: on
"""What people and programs write where a field must not be left empty."""
_NO_VALUES_OF = {
    # An address has to look like one anyway.
    "email": frozenset[str](),
    # Some people are called Null.
    "last_name": _NO_VALUES - {"Null"},
}
"""Field → its placeholders, where not all of them count."""
_MARKED_AS_TEXT = re.compile(r"'(?=[\d+(@=-])(.*)|=\"([^\"]*)\"")
"""How spreadsheets keep a text from being read as a number: `'02138`, as Shopify writes it, and `="02138"`."""
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
"""Characters that get copied along with a text without being part of it: soft hyphens, zero-width spaces, marks of
direction and byte order. Joiners are not among them, since some scripts need them.
"""


def normalised(text: str) -> str:
    """Text as it is compared and hashed: NFKC, case folded, runs of white space as one blank."""
    return " ".join(folded(text).split())


def digits(text: str) -> str:
    """The digits of a phone number, however it is written."""
    return "".join(filter(str.isdigit, text))


def phone_spellings(number: str) -> tuple[str, ...]:
    """The digits of a phone number, and the other ways to write the same number.

    In North America the country's 1 may be left out. In Mexico mobile numbers once had a 1 after the country's 52; no
    other number begins so.
    """
    if len(number) == 10 and number[0] not in "01":
        return number, f"1{number}"
    if len(number) == 11 and number[0] == "1" and number[1] not in "01":
        return number, number[1:]
    if len(number) == 13 and number.startswith("521") and number[3] not in "01":
        return number, f"52{number[3:]}"
    if len(number) == 12 and number.startswith("52") and number[2] not in "01":
        return number, f"521{number[2:]}"
    return (number,)


def is_phone(text: str) -> bool:
    """May it be a phone number? A customer's id may look like one too."""
    return bool(_PHONE.fullmatch(text)) and len(digits(text)) >= _DIGITS_OF_A_PHONE


def folded(text: str) -> str:
    """Text without differences of case or Unicode form; white space stays."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def visible(text: str) -> str:
    """Text without invisible characters that got copied along with it."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def no_values_of(field: str) -> frozenset[str]:
    """The placeholders that mean that a field has no value, such as `N/A`."""
    return _NO_VALUES_OF.get(field, _NO_VALUES)


def cleaned(field: str, raw: str) -> str:
    """Raw text as the field holds it: the first of several values; empty if nothing meaningful is left, as of `N/A`, or
    if it is longer than any value.
    """
    value = _value(field, raw)
    return value if len(value) <= LONGEST else ""


def _value(field: str, raw: str) -> str:
    text = " ".join(visible(raw).replace("\x00", " ").split()).partition(SEVERAL)[0]
    if marked := _MARKED_AS_TEXT.fullmatch(text):
        text = (marked[1] or marked[2]).strip()
    if text in no_values_of(field):
        return ""
    if field == "email":
        return _address(text)
    if field == "domain":
        return _host(text)
    if field == "twitter":
        return _twitter_handle(text)
    if field == "phone":
        return _first_phone(text)
    return text


def given_ids(raws: Sequence[str]) -> list[str]:
    """The ids that rows give, trimmed; empty for a placeholder, or many rows would become one customer."""
    ids = [raw.strip() for raw in raws]
    return ids if _NO_VALUES.isdisjoint(ids) else ["" if text in _NO_VALUES else text for text in ids]


def _address(text: str) -> str:
    """The first address of a list, without a name in front; empty for `n/a`, `none` and `@ada`."""
    for part in _BETWEEN_VALUES.split(text.lower()):
        named = _WITH_A_NAME.fullmatch(part.strip())
        address = (named[1] if named else part).strip().removeprefix("mailto:").strip()
        if address[:1] in _QUOTES:
            # Outlook quotes the address where the person has no name.
            address = address.strip(f"{_QUOTES} ")
        if ADDRESSES.fullmatch(f"\n{address}\n"):
            return address
    return ""


def _first_phone(text: str) -> str:
    """The first of several numbers; else the whole text, since a comma may also be part of one number."""
    first = _BETWEEN_VALUES.split(text, maxsplit=1)[0].rstrip()
    return first if is_phone(first) else text


def _host(text: str) -> str:
    start, scheme, rest = text.lower().partition("://")
    return _HOST_ENDS.split(rest if scheme else start, maxsplit=1)[0].removeprefix("www.").strip(". ")


def _twitter_handle(text: str) -> str:
    """The first part of a profile URL's path, since a link to a post or list goes on after it; else the text without
    `@`.
    """
    url = _TWITTER_URL.fullmatch(text)
    handle = (url[1] or "") if url else text.split("?", maxsplit=1)[0].rstrip("/ ").rpartition("/")[2]
    return handle.strip("@ ")
