"""Keeps the garbage collector from repeatedly scanning what is loaded once and needed to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's default of 700 is reached within two lookups; collecting that often took a twentieth of a run's time."""


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """Collect nothing in the block, which loads what is needed to the end."""
    gc.disable()
    try:
        yield
    finally:
        look_seldom()
        gc.enable()


def look_seldom() -> None:
    """What exists now never counts as garbage, and the rest is scanned less often.

    Together that saves a fifth of a whole run's time.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
