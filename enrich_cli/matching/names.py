"""Does the name agree?

Providers give names as one text, so both sides are lists of words, and the question is which words of one side have a
partner on the other, in any order: the same word, its short form, a misspelling, or its initial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.name_words import compare_name_words
from enrich_cli.matching.nicknames import known
from enrich_cli.matching.text import REMEMBERED, comparable
from enrich_cli.matching.vocabulary import SURNAMES_TOLD_FIRST
from enrich_cli.matching.weights import Evidence, best, weakest
from enrich_cli.matching.written_names import (
    are_two_double_names,
    are_two_generations,
    run_together,
    with_particles_joined,
    words_of_name,
)

_Pair = tuple[int, int, Evidence]


class _Part(Enum):
    """Which part a single name is."""

    FIRST = "first"
    LAST = "last"
    EITHER = "either"


def compare_names(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's name, or its known part, with every name of the identity."""
    if customer.full_name:
        return best(_compare(customer.full_name, name, _Part.EITHER) for name in identity.names)
    if customer.first_name:
        return best(_compare(customer.first_name, name, _Part.FIRST) for name in identity.names)
    if customer.last_name:
        return best(_compare(customer.last_name, name, _Part.LAST) for name in identity.names)
    return None


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str, part: _Part) -> Evidence | None:
    one, other = words_of_name(ours), words_of_name(theirs)
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if part is not _Part.EITHER:
        return _compare_part(one, other, part)
    found = _compare_known(one, other, ours, theirs)
    if found is Evidence.NAME_MIDDLE_OTHER and are_two_double_names(ours, theirs):
        return Evidence.NAME_FIRST_OTHER
    if found and are_two_generations(ours, theirs):
        return weakest([found, Evidence.NAME_GENERATION_OTHER])
    return found


def _compare_known(one: tuple[str, ...], other: tuple[str, ...], ours: str, theirs: str) -> Evidence | None:
    if sorted(one) == sorted(other) or run_together(ours) == run_together(theirs):
        return Evidence.NAME_SAME if max(len(one), len(other)) > 1 else Evidence.NAME_PART
    if len(one) == 1:
        return _compare_part(one, other, _Part.EITHER)
    if len(other) == 1:
        return _compare_part(other, one, _Part.EITHER)
    found = best(_compare_whole(*both) for both in _with_blanks_mended(one, other))
    if found and found.bits > 0:
        return found
    joined = with_particles_joined(ours), with_particles_joined(theirs)
    if joined == (one, other):
        return found
    return best([found, *(_compare_whole(*both) for both in _with_blanks_mended(*joined))])


def _with_blanks_mended(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Both as they are, and if one has more words, that one with each two neighbours joined: Sam ple is Sample.

    An initial after a known first name is one, unless the other side has both as one word: François is not Françoise P.
    """
    yield one, other
    if len(one) == len(other):
        return
    more, fewer = (one, other) if len(one) > len(other) else (other, one)
    for at in range(len(more) - 1):
        if len(more[at + 1]) == 1 and known(more[at]) and more[at] + more[at + 1] not in fewer:
            continue
        joined = (*more[:at], more[at] + more[at + 1], *more[at + 2 :])
        yield joined, fewer


def _compare_whole(one: Sequence[str], other: Sequence[str]) -> Evidence:
    pairs = _pairs(one, other)
    levels = [level for _, _, level in pairs]
    if Evidence.NAME_INITIAL in levels and (passed_over := _compare_passed_over(pairs, one, other)):
        return passed_over
    if len(pairs) == min(len(one), len(other)):
        if all(level is Evidence.NAME_INITIAL for level in levels):
            return Evidence.NAME_INITIALS
        return weakest(levels if len(one) == len(other) else [*levels, Evidence.NAME_LONGER])
    first = next(
        (level for i, j, level in pairs if i == j == 0 or (i != j and _is_first_name_swapped(i, j, one, other))), None
    )
    if first and any(_is_surname(pair, one, other) for pair in pairs):
        return Evidence.NAME_MIDDLE_OTHER
    if first and first is not Evidence.NAME_INITIAL and not _starts_with_surname(one, other):
        return Evidence.NAME_SURNAME_OTHER
    if all(level is Evidence.NAME_INITIAL for level in levels):
        return Evidence.NAME_OTHER
    return Evidence.NAME_FIRST_OTHER


def _compare_passed_over(pairs: Sequence[_Pair], one: Sequence[str], other: Sequence[str]) -> Evidence | None:
    """Does a middle initial fit only because another name beside it was skipped? Bob A. Sample is not Ada Sample.

    Nor is Bob J. Sample Bob Jones.
    """
    swapped = [(j, i, level) for i, j, level in pairs]
    return _passed_over(pairs, one, other) or _passed_over(swapped, other, one)


def _passed_over(pairs: Sequence[_Pair], one: Sequence[str], other: Sequence[str]) -> Evidence | None:
    paired = [i for i, j, level in pairs if level is not Evidence.NAME_INITIAL or j == 0]
    unpaired = {i for i, word in enumerate(one) if len(word) > 1}.difference(paired)
    for i, j, level in pairs:
        if level is Evidence.NAME_INITIAL and i and len(one[i]) == 1:
            if any(at < i for at in unpaired):
                return Evidence.NAME_FIRST_OTHER
            if unpaired and j == len(other) - 1:
                return Evidence.NAME_SURNAME_OTHER
    return None


def _starts_with_surname(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are the names written surname first? Then none begins with a known first name, and one follows in each.

    Or each begins with a family name that is usually written first.
    """
    if one[0] in SURNAMES_TOLD_FIRST and other[0] in SURNAMES_TOLD_FIRST:
        return True
    return all(not known(name[0]) and any(map(known, name[1:])) for name in (one, other))


def _is_first_name_swapped(i: int, j: int, one: Sequence[str], other: Sequence[str]) -> bool:
    """Does it begin one name and end the other, while no other word at their ends is a known first name?"""
    if i == 0 and j == len(other) - 1:
        return known(one[0]) and not known(one[-1]) and not known(other[0])
    return i == len(one) - 1 and j == 0 and known(other[0]) and not known(other[-1]) and not known(one[0])


def _is_surname(pair: _Pair, one: Sequence[str], other: Sequence[str]) -> bool:
    i, j, level = pair
    ends_a_name = i == len(one) - 1 or j == len(other) - 1
    return ends_a_name and min(i, j) > 0 and level is not Evidence.NAME_INITIAL


def _compare_part(lone: Sequence[str], name: Sequence[str], part: _Part) -> Evidence:
    if "".join(lone) == "".join(name):
        return Evidence.NAME_SURNAME_ALONE if part is _Part.LAST else Evidence.NAME_PART
    within = name
    if len(name) > len(lone):
        within = {_Part.FIRST: name[:-1], _Part.LAST: name[1:], _Part.EITHER: name}[part]
    pairs = _pairs(lone, within)
    if agreed := [at for _, at, level in pairs if level is not Evidence.NAME_INITIAL]:
        ends_the_name = part is _Part.EITHER and 0 < agreed[-1] == len(name) - 1
        return Evidence.NAME_SURNAME_ALONE if part is _Part.LAST or ends_the_name else Evidence.NAME_PART
    if pairs:
        return Evidence.NAME_INITIALS
    return Evidence.NAME_SURNAME_OTHER if part is _Part.LAST else Evidence.NAME_PART_OTHER


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[_Pair]:
    """The partners of the two sides, best first; no word is used twice."""
    every = [
        (i, j, level) for i, a in enumerate(one) for j, b in enumerate(other) if (level := compare_name_words(a, b))
    ]
    pairs: list[_Pair] = []
    for i, j, level in sorted(every, key=lambda pair: -pair[2].bits):
        if all(i != taken_i and j != taken_j for taken_i, taken_j, _ in pairs):
            pairs.append((i, j, level))
    return pairs
