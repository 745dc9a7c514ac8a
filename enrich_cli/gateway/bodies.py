"""The body of an answer: read to its end within a limit, and unpacked."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from enrich_cli.providers.errors import BadAnswer

MAX_ANSWER_BYTES = 8 * 1024 * 1024
"""The maximum size of a body, both compressed and unpacked."""

_GZIP = b"\x1f\x8b"


class Body(Protocol):
    """Bytes as they arrive. Closing it gives up the rest."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None: ...


async def whole(status: int, headers: Mapping[str, str], arriving: Body) -> bytes:
    """The whole body, unpacked. A 5xx says enough without one: it is no charge, and may be sent again."""
    try:
        body = await _read(arriving)
        packed = headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate")
        return _unpacked(body) if packed else body
    except BadAnswer:
        if status < 500:
            raise
        return b""


async def _read(arriving: Body) -> bytes:
    body = bytearray()
    try:
        async for part in arriving:
            body += part
            if len(body) > MAX_ANSWER_BYTES:
                raise BadAnswer("the answer is too large")
    finally:
        await arriving.aclose()
    return bytes(body)


def _unpacked(packed: bytes) -> bytes:
    body = b""
    while packed:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by what it finds
        try:
            body += unpacker.decompress(packed, MAX_ANSWER_BYTES + 1 - len(body))
        except zlib.error:
            raise BadAnswer("the answer can't be decompressed") from None
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswer("the answer is too large")
        if not unpacker.eof:
            raise BadAnswer("the compressed answer is incomplete")
        # A gzip file may have several members in a row; anything else that follows is not part of the answer.
        packed = unpacker.unused_data if unpacker.unused_data.startswith(_GZIP) else b""
    return body
