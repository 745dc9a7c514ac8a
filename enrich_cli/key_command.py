"""Keys from a command that prints them, so that no file or environment holds them (`HUNTER_API_KEY_CMD`)."""

from __future__ import annotations

import shlex
import subprocess

from enrich_cli.domain.errors import ShownError

_PATIENCE_SECONDS = 60


class KeyCommandFailed(ShownError):
    """A command printed no key. The text names the variable, and quotes neither the command nor its output."""

    exit_code = 5


def printed_key(variable: str, command: str) -> str:
    """Run a command line, without a shell, and return what it prints, stripped. Raises KeyCommandFailed.

    Standard input is not passed on, since it may be the source; standard error is dropped, since it may repeat secrets.
    """
    try:
        printed = subprocess.run(  # noqa: S603 the user's own command, from the user's own settings
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_SECONDS,
            check=True,
            text=True,
            encoding="utf-8",
        ).stdout.strip()
    except subprocess.CalledProcessError as failed:
        raise KeyCommandFailed(f"{variable}: the command failed (exit code {failed.returncode})") from None
    except subprocess.TimeoutExpired:
        raise KeyCommandFailed(f"{variable}: the command printed no key within {_PATIENCE_SECONDS} seconds") from None
    except (ValueError, IndexError):
        # An unclosed quote, an empty command, a NUL in it, or output that is not text.
        raise KeyCommandFailed(f"{variable}: it is not a command that prints a key") from None
    except OSError as error:
        raise KeyCommandFailed(f"{variable}: the command can't be run: {error.strerror}") from None
    if not printed or not printed.isprintable():
        raise KeyCommandFailed(f"{variable}: the command must print the key, and nothing else, in one line")
    return printed
