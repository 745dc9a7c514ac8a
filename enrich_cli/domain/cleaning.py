"""Raw texts as the fields of a customer hold them, and as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_TWITTER_URL = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com(?:/(?:#!/)?([^/?#]*).*)?", re.IGNORECASE
)
_HOST_STARTS = ("\nhttps://", "\nhttp://", "\nwww.")
_HOST_ENDS = re.compile(r"[/?#:,;]")
_NOT_IN_HOSTS = (":", "?", "#", ",", ";", "\n.", "\n ", ".\n", "./", " /")
_SEVERAL = " ::: "
"""Stands between the values where Google Contacts writes several in one cell."""
_BETWEEN_VALUES = re.compile("[,;]")
_NOT_IN_PHONES = ",;"
_NOT_IN_ADDRESSES = (*":,;<", '\n"')
_QUOTES = "'\""
_WITH_A_NAME = re.compile("[^<]*<([^<>]*)>")
_ADDRESSES = re.compile(r"(?:\n[^@\n]+@[^\n]+)+\n")
_PHONE = re.compile(r"[\d\s+()./-]+(?:(?:;?ext(?:ension)?[.:=]?|x|#)\s*\d+)?", re.IGNORECASE)
_DIGITS_OF_A_PHONE = 7
# fmt: off
_NO_VALUES = frozenset((
    "N/A", "n/a", "#N/A", "N.A.", "n.a.", "NULL", "null", "Null", "(null)", "NONE", "none", "None", "(none)", "NaN",
    "nan", "undefined", "UNKNOWN", "Unknown", "unknown", "(unknown)", "(blank)", "TBD", "tbd", "-", "--", "---", ".",
    "?", "??", "[not provided]", "Not provided", "not provided", "Not available", "not available",
))
# fmt: on
"""What people and programs write where nothing may be left out."""
_NO_VALUES_OF = {
    # An address has to look like one anyway.
    "email": frozenset[str](),
    # There are people called Null.
    "last_name": _NO_VALUES - {"Null"},
}
"""Where it is not all of them."""
_MARKED_AS_TEXT = re.compile(r"'(?=[\d+(@=-])(.*)|=\"([^\"]*)\"")
"""How a spreadsheet is kept from reading a number or a formula: `'02138`, as Shopify writes it, and `="02138"`."""
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
"""What is copied along with a text and is no part of it: places to break, marks of direction, of byte order. Joiners
are none, for some scripts need them."""
_NOT_TIDY = "\x00\t\r\v\f\x1c\x1d\x1e\x1f"
"""Blanks of ASCII, the usual one and line ends apart."""


def normalised(text: str) -> str:
    """Text as it is compared and hashed: NFKC, case folded, runs of white space as one blank."""
    return " ".join(folded(text).split())


def digits(text: str) -> str:
    """The digits of a phone number, however it is written."""
    return "".join(filter(str.isdigit, text))


def phone_spellings(number: str) -> tuple[str, ...]:
    """The digits of a phone number, and how else they are written.

    In North America with the country's 1 or without; in Mexico with the 1 that mobiles had after the country's 52, or
    without: no number there begins with one.
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
    """May it be a phone number? A customer's id may look like one, too."""
    return bool(_PHONE.fullmatch(text)) and len(digits(text)) >= _DIGITS_OF_A_PHONE


def folded(text: str) -> str:
    """Text without differences of case and of spelling forms; white space stays."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def all_folded(texts: Sequence[str]) -> Sequence[str]:
    """`folded` of each, and none of them with a line end."""
    together = "\n".join(texts)
    if not together.isascii():
        return list(map(folded, texts))
    lower = together.lower()
    return texts if lower == together else lower.split("\n")


def cleaned(field: str, raw: str) -> str:
    """A raw text as the field holds it, of several values the first; empty when nothing is left of it, as of `N/A`."""
    seen = raw if raw.isascii() else raw.translate(_INVISIBLE)
    text = " ".join(seen.replace("\x00", " ").split()).partition(_SEVERAL)[0]
    if marked := _MARKED_AS_TEXT.fullmatch(text):
        text = (marked[1] or marked[2]).strip()
    if text in _NO_VALUES_OF.get(field, _NO_VALUES):
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
    """The ids that rows give, trimmed; empty where one says that there is none, or many would be one customer."""
    ids = [raw.strip() for raw in raws]
    return ids if _NO_VALUES.isdisjoint(ids) else ["" if text in _NO_VALUES else text for text in ids]


def cleaned_all(field: str, raws: Sequence[str]) -> Sequence[str]:
    """`cleaned` of each: of all at once where they are tidy, as most are, which is several times as fast."""
    no_values = _NO_VALUES_OF.get(field, _NO_VALUES)
    if not no_values.isdisjoint(raws):
        raws = ["" if raw in no_values else raw for raw in raws]
    together = "\n".join(("", *raws, ""))
    tidied = _tidied(field, raws, together) if _is_tidy(together, len(raws)) else None
    return [cleaned(field, raw) for raw in raws] if tidied is None else tidied


def _tidied(field: str, raws: Sequence[str], together: str) -> Sequence[str] | None:
    """`cleaned` of each tidy text; None where each has to be looked at."""
    if field == "email":
        emails = together.lower()
        if _holds_any(emails, _NOT_IN_ADDRESSES) or not _ADDRESSES.fullmatch(emails):
            return None
        return raws if emails == together else emails[1:-1].split("\n")
    if field == "domain":
        hosts = together.lower()
        if "://http" in hosts:
            return None
        for start in _HOST_STARTS:
            hosts = hosts.replace(start, "\n")
        if _holds_any(hosts, _NOT_IN_HOSTS):
            return None
        parts = hosts[1:-1].split("\n")
        return [host.partition("/")[0] for host in parts] if "/" in hosts else parts
    if field == "twitter":
        return None if _holds_any(together, "/?.") else [raw.strip("@ ") for raw in raws]
    return None if field == "phone" and _holds_any(together, _NOT_IN_PHONES) else raws


def _is_tidy(together: str, number: int) -> bool:
    """Do texts, each on a line, need no cleaning: no marks, no white space but single blanks between others?"""
    if together.count("\n") != number + 1:
        return False
    # A single character is found several times as fast as two.
    if " " in together and _holds_any(together, ("  ", " \n", "\n ")):
        return False
    if (":" in together and _SEVERAL in together) or ("'" in together and "\n'" in together):
        return False
    if "=" in together and "\n=" in together:
        return False
    if together.isascii():
        return not _holds_any(together, _NOT_TIDY)
    # No other white space is printable.
    return together.replace("\n", "").isprintable()


def _holds_any(text: str, parts: Iterable[str]) -> bool:
    return any(map(text.__contains__, parts))


def _address(text: str) -> str:
    """The first address of a list, without the name before it; `n/a`, `none` and `@ada` are none."""
    for part in _BETWEEN_VALUES.split(text.lower()):
        named = _WITH_A_NAME.fullmatch(part.strip())
        address = (named[1] if named else part).strip().removeprefix("mailto:").strip()
        if address[:1] in _QUOTES:
            # Outlook quotes the address of who has no name.
            address = address.strip(f"{_QUOTES} ")
        if _ADDRESSES.fullmatch(f"\n{address}\n"):
            return address
    return ""


def _first_phone(text: str) -> str:
    """Of several the first; else the text, for a comma may stand in one, too."""
    first = _BETWEEN_VALUES.split(text, maxsplit=1)[0].rstrip()
    return first if is_phone(first) else text


def _host(text: str) -> str:
    start, scheme, rest = text.lower().partition("://")
    return _HOST_ENDS.split(rest if scheme else start, maxsplit=1)[0].removeprefix("www.").strip(". ")


def _twitter_handle(text: str) -> str:
    """The first part of a profile URL's path, since a link to a post or a list goes on; else the text without `@`."""
    url = _TWITTER_URL.fullmatch(text)
    handle = (url[1] or "") if url else text.split("?", maxsplit=1)[0].rstrip("/ ").rpartition("/")[2]
    return handle.strip("@ ")
