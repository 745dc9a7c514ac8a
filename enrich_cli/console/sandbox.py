"""What the simulator prints when it is ready. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping

SERVING = (
    "serving synthetic data; Ctrl-C stops\nwith these lines in .env.local, and any word as each key, enrich-cli asks it"
)


def base_url_lines(base_urls: Mapping[str, str]) -> list[str]:
    """The settings that point to it: vendor → base URL."""
    return [f"{vendor.upper()}_BASE_URL={url}" for vendor, url in base_urls.items()]
