"""The vendors that are asked in benchmarks: the sandbox, or its answers from a bare server, in a process of its own."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from enrich_cli.providers.catalog import PROVIDERS
from tests.bench.place import ENRICH_CLI, PYTHON, ROOT, DidNotRun, Place

_KEYS = {provider.name: provider.keys for provider in PROVIDERS}


@dataclass(frozen=True, slots=True)
class Vendors:
    """Where they are."""

    urls: Mapping[str, str]
    """Vendor → scheme, host and port."""

    def settings(self, *names: str) -> dict[str, str]:
        """The settings with which these vendors, and no others, are asked as fast as they answer."""
        settings = {"ATTOM_REPORTS": "profile", "CORELOGIC_REPORTS": "detail"}
        for name in names:
            settings |= {f"{name.upper()}_BASE_URL": self.urls[name], f"{name.upper()}_RATE": "none"}
            settings |= dict.fromkeys(_KEYS[name], "bench")
        return settings


NOBODY = Vendors(dict.fromkeys(_KEYS, "http://127.0.0.1:9"))
"""Nobody answers there: what is fresh is served all the same."""


@contextmanager
def sandbox(place: Place, latency: float = 0.0) -> Iterator[Vendors]:
    """The sandbox itself; `latency`: seconds before each answer."""
    with _serving(place, ENRICH_CLI, "--quiet", "sandbox", "--latency", str(latency)) as vendors:
        yield vendors


@contextmanager
def bare_server(place: Place, latency: float = 0.0, slow: Mapping[str, float] | None = None) -> Iterator[Vendors]:
    """The sandbox's answers, as fast as they can be sent when they are asked for again.

    `slow`: vendor → seconds, in place of the latency.
    """
    exceptions = itertools.chain(*(("--slow", f"{name}={seconds}") for name, seconds in (slow or {}).items()))
    with _serving(place, PYTHON, "-m", "tests.bench.bare_server", "--latency", str(latency), *exceptions) as vendors:
        yield vendors


@contextmanager
def _serving(place: Place, *command: str) -> Iterator[Vendors]:
    process = subprocess.Popen(
        command,
        cwd=place.folder,
        env={**place.environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            lines = itertools.islice(process.stdout or (), len(_KEYS))
            urls = dict(line.strip().lower().split("_base_url=") for line in lines)
            if not urls:
                raise DidNotRun("the vendors' server ended before it said where it is")
            yield Vendors(urls)
        finally:
            process.terminate()
