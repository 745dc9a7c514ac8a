"""Is a word a misspelling of another, or another word?"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

_SIDE = re.compile("(?:north|south)(?:east|west)?|east|west")


def is_slip(one: str, other: str) -> bool:
    """Are two neighbours swapped, or is there one letter too few or too many inside? Such are typing errors.

    Another letter, or one more at an end, makes another name just as often: Barton, Burton; Main, Maine.
    """
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return one[:1] == other[:1] and one[-1:] == other[-1:]


def are_two_sides(one: str, other: str) -> bool:
    """Does each word begin with a direction, and not the same? Westport is not Eastport, however alike they look."""
    ours, theirs = _SIDE.match(one), _SIDE.match(other)
    if not ours or not theirs:
        return False
    return not ours[0].startswith(theirs[0]) and not theirs[0].startswith(ours[0])
