"""The garbage collector, kept from looking again and again through what is loaded once and needed to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's own 700 are born and gone within two lookups: collecting as often took a twentieth of a run's time."""


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """Nothing is collected in the block, which loads what is needed to the end."""
    gc.disable()
    try:
        yield
    finally:
        look_seldom()
        gc.enable()


def look_seldom() -> None:
    """What is there now never counts as garbage; the rest is looked through less often.

    Together that is a fifth of a whole run's time.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
