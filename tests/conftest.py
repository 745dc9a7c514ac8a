"""Fixtures of tests in several rooms."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import browser
from tests.servers.fixtures import mysql_server, mysql_url, older_postgresql_url, postgresql_server, postgresql_url

__all__ = ["browser", "mysql_server", "mysql_url", "older_postgresql_url", "postgresql_server", "postgresql_url"]


# The same examples everywhere, however slow the machine: a test fails because of what is changed, or never.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_configure() -> None:
    # In the background of a script Ctrl-C is ignored, and would be by every program that a test starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Workers for `-n auto`: more than cores, since a test over sockets waits half of its time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + (cores + 1) // 2
