"""What happens to text on its way: slips, abbreviations, case, swapped and missing parts."""

from __future__ import annotations

import unicodedata
from random import Random

from tests.labelled.pair import Draw
from tests.labelled.words import DIRECTIONS, TYPES

_BESIDE = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "r": "et", "s": "ad", "t": "ry", "l": "k", "m": "n"}
_SOUNDS = (("ph", "f"), ("ck", "k"), ("ei", "ie"), ("ll", "l"), ("th", "t"), ("z", "s"), ("y", "i"))


def slip(text: str, random: Random) -> str:
    """One letter of the longest word left out, doubled, swapped, mistyped, or spelt as it sounds; maybe the first."""
    word = max(text.split(), key=len)
    if len(word) < 4:
        return text
    at = random.randrange(0 if random.random() < 0.08 else 1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    sound = next(((one, other) for one, other in _SOUNDS if one in word[1:]), ("", ""))
    forms = [
        before + after[0] + letter + after[1:],
        before + letter * 2 + after,
        before + after,
        before + random.choice(_BESIDE.get(letter.lower(), "x")) + after,
        word[0] + word[1:].replace(*sound, 1) if sound[0] else before + after,
    ]
    return text.replace(word, random.choice(forms), 1)


def without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def shout(text: str, draw: Draw, often: float = 0.3) -> str:
    return without_accents(text).upper() if draw.often(often) else text


def street_line(house: tuple[str, str, str, str, str], draw: Draw) -> str:
    """Number, direction, name, type and unit, as somebody writes them."""
    number, direction, name, kind, unit = house
    parts = [number]
    if direction and draw.often(0.9):
        parts.append(direction if draw.often(0.4) else DIRECTIONS[direction])
    parts.append(name)
    if draw.often(0.95):
        parts.append(kind if draw.often(0.4) else TYPES[kind])
    line = " ".join(parts)
    if unit and draw.often(0.85):
        line += draw.random.choice((" #{}", ", Suite {}", " Ste {}", " Unit {}", ", Apt {}")).format(unit)
    return shout(line, draw, 0.2)


def phone_text(digits: str, draw: Draw) -> str:
    area, exchange, last = digits[:3], digits[3:6], digits[6:]
    forms = (f"({area}) {exchange}-{last}", f"{area}/{exchange}-{last}", f"+1{digits}", f"{area}-{exchange}-{last}")
    return draw.random.choice(forms)


def kept(draw: Draw, often: float, text: str) -> str | None:
    """The text, or nothing where nobody filled it in."""
    return text if draw.often(often) else None
