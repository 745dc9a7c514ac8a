"""The truth about an invented business, the same whichever vendor is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.states import STATES, State, fictional_phone, state_called, state_dialled, state_near
from enrich_cli.sandbox.subject import MARKS, slug
from enrich_cli.sandbox.words import COMPANIES, STREETS, TRADES, Trade

LEGAL_FORMS = {
    "inc": "INC", "incorporated": "INC", "corp": "CORP", "corporation": "CORP", "co": "CO", "company": "CO",
    "llc": "LLC", "lp": "LP", "llp": "LLP", "ltd": "LTD", "limited": "LTD", "plc": "PLC", "gmbh": "GMBH", "ag": "AG",
}  # fmt: skip
"""A word of a name, without its full stops → how registers write it."""
_FIRST_YEAR, _LAST_YEAR = 1985, 2022


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a business is. Unknown parts are empty; `country` is a code of two capital letters."""

    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """A company that does not exist."""

    key: str
    """Identifies a company: the name without case, punctuation and legal form; the phone if no name is asked for."""
    name: str
    """The name on its sign."""
    legal_form: str
    domain: str
    phone: str
    """E.164; empty if no range of numbers is reserved for fiction."""
    place: Place
    trade: Trade
    founded: str
    """ISO date."""
    marks: frozenset[str]

    @property
    def legal_name(self) -> str:
        """The name as registers write it."""
        return f"{self.name} {self.legal_form}".upper()

    @property
    def whole_name(self) -> str:
        """The name with everything that `business_behind` reads from it."""
        return " ".join((self.name, self.legal_form, *sorted(self.marks)))


def business_behind(seed: int, name: str, place: Place | None = None, phone: str = "") -> Business:
    """The company with this name: what the question says about it, and the rest drawn from seed and name.

    A mark as the last word (`Acme Pumps miss`) decides what vendors know about it, and is not part of the name on the
    sign.
    """
    words, marks = _without_marks(name.replace(",", " ").split())
    key = " ".join(words_of(" ".join(words))) or phone
    draw = Draw(seed, "company", key)
    form, home = draw.pick(("LLC", "LLC", "INC", "CORP")), draw.pick(STATES[:20])
    trade, street = draw.pick(TRADES), invented_street(draw)
    founded = draw.day(draw.number(_FIRST_YEAR, _LAST_YEAR))
    invented = draw.pick(COMPANIES)
    known = completed(place or Place(), state_dialled(phone) or home, street)
    said_form = LEGAL_FORMS.get(_plain(words[-1])) if len(words) > 1 else None
    if said_form == "CO":
        # Part of the sign: `Smith & Co`.
        said_form = None
    sign = (" ".join(words[:-1]) if said_form else " ".join(words)) or invented
    return Business(
        key=key,
        name=sign,
        legal_form=said_form or form,
        domain=f"{slug(sign) or 'company'}.example",
        phone=phone or _phone(known, draw.number(0, 99)),
        place=known,
        trade=trade,
        founded=founded,
        marks=marks,
    )


def invented_street(draw: Draw) -> str:
    """A house number and a street."""
    return f"{draw.number(100, 989)} {draw.pick(STREETS)}"


def words_of(name: str) -> list[str]:
    """The words of a company's name that count: lower case, without punctuation, articles and legal form."""
    plain = re.sub(r"[.'’]", "", name.casefold())
    words = [word for word in re.findall(r"\w+", plain) if word not in ("the", "and")]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return words


def completed(asked: Place, home: State, street: str) -> Place:
    """A place with its gaps filled: from the state or ZIP if the question gives one, else from `home`."""
    if asked.country != "US":
        return Place(street=asked.street or street, city=asked.city, state=asked.state,
                     postal_code=asked.postal_code, country=asked.country)  # fmt: skip
    said = state_called(asked.state)
    if said is None and asked.postal_code[:5].isdecimal():
        said = state_near(asked.postal_code)
    state = said or home
    return Place(
        street=asked.street or street,
        city=asked.city or state.city,
        state=state.code,
        postal_code=asked.postal_code or state.postal_code,
    )


def _without_marks(words: list[str]) -> tuple[list[str], frozenset[str]]:
    marks = set()
    while len(words) > 1 and (mark := words[-1].lower().lstrip("+")) in MARKS:
        marks.add(mark)
        words = words[:-1]
    return words, frozenset(marks)


def _phone(place: Place, number: int) -> str:
    """A number from the ranges reserved for fiction."""
    if place.country == "GB":
        return f"+442079460{number:03}"
    state = state_called(place.state)
    return fictional_phone(state.area_code, number) if place.country == "US" and state else ""


def _plain(word: str) -> str:
    return word.casefold().replace(".", "")
