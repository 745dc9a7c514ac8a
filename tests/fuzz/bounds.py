"""How much is fuzzed: in `make test` little, and always the same; in `make fuzz` as much as is asked for.

What was found stands as an `@example` above its test. A stored example database would hold bytes that nobody can read,
and that mean something else as soon as a strategy changes.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_ASKED_FOR = os.environ.get("FUZZ_EXAMPLES")


def bounded(examples: int) -> settings:
    """So many examples in `make test`, which take a few seconds in all."""
    return settings(
        max_examples=int(_ASKED_FOR or examples),
        derandomize=_ASKED_FOR is None,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
