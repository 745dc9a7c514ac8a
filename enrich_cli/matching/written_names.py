"""What a written name says: its words in order, a double first name, the generation."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from enrich_cli.matching.name_words import compare_name_words
from enrich_cli.matching.text import REMEMBERED, folded, words
from enrich_cli.matching.vocabulary import GENERATIONS, PARTICLES, SPELT_OUT_GENERATIONS, TITLES

_MOST_WORDS = 8
_INITIALS = re.compile(r"(?!st|ng)[b-df-hj-np-tv-xz]{2}")
"""Two letters that can only be initials: JP."""
_DOUBLE_NAME = re.compile(r"(?:^|,)\s*[^\W\d]{2,}-([^\W\d]{2,})(?=\s|$)")
"""At the beginning, or after the surname and a comma."""

_BEFORE_SURNAMES = frozenset({"de la", "van de", "van den", "van der", "von der"})
"""What begins only a surname told alone, as de la Cruz. Most particles are names as well: Al Di Meola, Le Van Duc."""


@lru_cache(maxsize=REMEMBERED)
def words_of_name(text: str) -> tuple[str, ...]:
    """The words of the name: family name last, without titles and without particles inside."""
    found = _without_titles(text)
    if PARTICLES.isdisjoint(found):
        return tuple(found)
    last = len(found) - 1
    if " ".join(found[:-1]) in _BEFORE_SURNAMES:
        return (found[-1],)
    return tuple(word for at, word in enumerate(found) if at in (0, last) or word not in PARTICLES)


@lru_cache(maxsize=REMEMBERED)
def with_particles_joined(text: str) -> tuple[str, ...]:
    """The same words, but with particles joined to the next word: El Sayed is Elsayed."""
    if PARTICLES.isdisjoint(_in_order(text)):
        return words_of_name(text)
    first, *others = _without_titles(text)
    found, before = [first], ""
    for word in others:
        before += word
        if word not in PARTICLES:
            found.append(before)
            before = ""
    return (*found, before) if before else tuple(found)


def _without_titles(text: str) -> list[str]:
    every = _in_order(text)
    found = list(every) if TITLES.isdisjoint(every) else [word for word in every if word not in TITLES] or list(every)
    if len(found) > 1 and len(found[0]) == 2 and _INITIALS.fullmatch(found[0]):
        return [*found[0], *found[1:]]
    return found


@lru_cache(maxsize=REMEMBERED)
def run_together(text: str) -> str:
    """The words without titles and without blanks."""
    return "".join(word for word in _in_order(text) if word not in TITLES)


def are_two_generations(one: str, other: str) -> bool:
    """Does each name give the bearer's generation, and not the same?"""
    ours, theirs = ({GENERATIONS[word] for word in _in_order(name) if word in GENERATIONS} for name in (one, other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def are_two_double_names(one: str, other: str) -> bool:
    """Is each first name a double one, with different second halves? Jean-Luc is not Jean-Marc."""
    halves = [folded(double[1]) for name in (one, other) if (double := _DOUBLE_NAME.search(name))]
    return len(halves) == 2 and OSA.distance(*halves) > 1 and not compare_name_words(*halves)


@lru_cache(maxsize=REMEMBERED)
def _in_order(text: str) -> tuple[str, ...]:
    """The words, given names first, even if a comma says that the family name was written first."""
    family, comma, given = text.partition(",")
    before = _with_generation_short(words(family), preceding=2)
    after = _with_generation_short(words(given), preceding=0 if len(before) > 1 else 1)
    if not comma or all(word in TITLES for word in after):
        return (before + after)[:_MOST_WORDS]
    return (after + before)[:_MOST_WORDS]


def _with_generation_short(name: tuple[str, ...], preceding: int) -> tuple[str, ...]:
    """Junior at the end is Jr if at least so many words precede it; otherwise it may as well be a name."""
    if len(name) > preceding and name[-1] in SPELT_OUT_GENERATIONS:
        return (*name[:-1], SPELT_OUT_GENERATIONS[name[-1]])
    return name
