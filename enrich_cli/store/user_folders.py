"""The user's own folders for the store and its key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def data_folder() -> Path | None:
    """Where a store is that nobody placed; made where it can be. None for a user without a home folder."""
    import platformdirs  # noqa: PLC0415 who says where the store is does without

    folder = _in_home(lambda: platformdirs.user_data_path("enrich-cli", appauthor=False))
    # Where it can't be made, there is nothing to read, and whoever has to write says so.
    with suppress(OSError):
        if folder:
            platformdirs.user_data_path("enrich-cli", appauthor=False, ensure_exists=True)
    return folder


def config_folder() -> Path | None:
    """Where a key file is that nobody placed. None for a user without a home folder."""
    import platformdirs  # noqa: PLC0415 as above

    return _in_home(lambda: platformdirs.user_config_path("enrich-cli", appauthor=False))


def _in_home(find: Callable[[], Path]) -> Path | None:
    try:
        folder = find()
    except RuntimeError:
        return None
    # Earlier versions leave a `~` that they can't expand.
    return folder if folder.is_absolute() else None
