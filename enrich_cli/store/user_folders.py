"""The user's own folders for the store and its key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def data_folder() -> Path | None:
    """The folder of a store without a given place; created if possible. None for a user without a home folder."""
    import platformdirs  # noqa: PLC0415 who says where the store is does without

    folder = _in_home(lambda: platformdirs.user_data_path("enrich-cli", appauthor=False))
    # If it can't be made, there is nothing to read, and a command that has to write says so.
    with suppress(OSError):
        if folder:
            # Not by platformdirs: newer versions refuse a home folder that anybody may write, as containers have it.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def config_folder() -> Path | None:
    """The folder of a key file without a given place. None for a user without a home folder."""
    import platformdirs  # noqa: PLC0415 as above

    return _in_home(lambda: platformdirs.user_config_path("enrich-cli", appauthor=False))


def _in_home(find: Callable[[], Path]) -> Path | None:
    try:
        folder = find()
    except RuntimeError:
        return None
    # Older versions of platformdirs leave a `~` that they can't expand.
    return folder if folder.is_absolute() else None
