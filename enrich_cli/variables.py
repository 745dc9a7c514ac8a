"""What all settings have in common: where they are read from, and the message when one can't be used."""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, Self

from dotenv.parser import parse_stream
from pydantic import ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from enrich_cli.domain.errors import ShownError

FILES = (".env", ".env.local")
"""In the working directory; the second takes precedence, and the environment over both."""

ENCODING = "utf-8-sig"
"""Some editors begin a file with a byte order mark."""

_NAME = re.compile(r"^\s*(?:export\s+)?'?(\w+)", re.MULTILINE)

# It logs every line that it can't parse, at each reading. Those that concern us are reported as errors below.
logging.getLogger("dotenv").addHandler(logging.NullHandler())


class SettingError(ShownError):
    """A setting can't be used; the text names the variable and what is allowed."""

    exit_code = 5


class Variables(BaseSettings):
    """A group of variables; the fields are their names in lower case."""

    model_config = SettingsConfigDict(env_file=FILES, env_file_encoding=ENCODING, extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        """An empty variable is as good as none, also where it takes precedence over one that is not."""
        return {name: value for name, value in values.items() if value != ""}

    @classmethod
    def load(cls, **options: Any) -> Self:
        """Read them all; raises SettingError for the first that can't be used."""
        prefix = str(options.get("_env_prefix", ""))
        try:
            for file in FILES:
                cls._refuse_broken_lines(Path(file), frozenset(cls.names(prefix)))
            return cls(**options)
        except ValidationError as invalid:
            raise SettingError(cls._explain(invalid, prefix)) from None
        except UnicodeDecodeError:
            raise SettingError(".env or .env.local is not UTF-8 text; save it as UTF-8") from None
        except OSError as error:
            file = error.filename or " or ".join(FILES)
            raise SettingError(
                f"{file} can't be read: {error.strerror}; check its permissions, or work in another folder"
            ) from None

    @classmethod
    def names(cls, prefix: str = "") -> Iterator[str]:
        """Their names, in upper case. `prefix` replaces the class's own."""
        for name, field in cls.model_fields.items():
            yield cls._variable(name, field, prefix)

    @classmethod
    def _refuse_broken_lines(cls, file: Path, names: Container[str]) -> None:
        """Raises SettingError for a broken line that has one of these names; other broken lines may be another
        program's.
        """
        if not file.is_file():
            return
        with file.open(encoding=ENCODING) as stream:
            broken = [line.original for line in parse_stream(stream) if line.error]
        for lines in broken:
            for match in _NAME.finditer(lines.string):
                if match[1].upper() in names:
                    number = lines.line + lines.string.count("\n", 0, match.start(1))
                    raise SettingError(
                        f"{file}, line {number}: {match[1]} can't be read: write {match[1]}=value, and close quotes"
                    )

    @classmethod
    def _explain(cls, invalid: ValidationError, prefix: str) -> str:
        name = str(invalid.errors(include_input=False, include_url=False)[0]["loc"][0])
        for key, field in cls.model_fields.items():
            if name.lower() in (key, str(field.validation_alias).lower()):
                return f"{cls._variable(key, field, prefix)} can't be used: it must be {field.description}"
        return f"{name.upper()} can't be used"

    @classmethod
    def _variable(cls, name: str, field: FieldInfo, prefix: str) -> str:
        prefix = prefix or str(cls.model_config.get("env_prefix") or "")
        return str(field.validation_alias or f"{prefix}{name}").upper()
