"""A sandbox on real ports, and a client that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from enrich_cli.sandbox.server import Sandbox, serving


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with serving(seed=7) as sandbox:
        yield sandbox


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        yield client
