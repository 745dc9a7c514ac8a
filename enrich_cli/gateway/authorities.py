"""Which certificate authorities are trusted."""

from __future__ import annotations

import os
import ssl

import certifi

from enrich_cli.variables import SettingError

_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Environment variables that other programs read as well."""


def others_are_named() -> bool:
    """Does the environment name authorities other than certifi's?"""
    return any(map(os.environ.get, _VARIABLES))


def trusted_authorities() -> ssl.SSLContext:
    """The TLS settings, with the authorities that are trusted. Raises SettingError."""
    file, folder = map(os.environ.get, _VARIABLES)
    try:
        trusted = ssl.create_default_context(cafile=file or (None if folder else certifi.where()), capath=folder)
    except OSError as error:
        given = ", ".join(f"{name}={os.environ[name]}" for name in _VARIABLES if os.environ.get(name))
        reason = error.strerror or type(error).__name__
        raise SettingError(f"{given} can't be used: {reason}; give certificate authorities in PEM format") from None
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    trusted.set_alpn_protocols(["http/1.1"])
    return trusted
