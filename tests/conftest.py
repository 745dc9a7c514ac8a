"""Fixtures of tests in several rooms."""

from __future__ import annotations

from tests.browser import browser
from tests.servers.fixtures import mysql_server, mysql_url, postgresql_server, postgresql_url

__all__ = ["browser", "mysql_server", "mysql_url", "postgresql_server", "postgresql_url"]
