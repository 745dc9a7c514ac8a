"""What the program's JSON may be: a schema for each command that takes `--json`, and one for a line of the log."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parent
SHARED = frozenset({"definitions", "run", "log"})
"""Schemas that are no command's own."""


@cache
def schemas() -> dict[str, Any]:
    """Name → schema."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}


@cache
def validator(name: str) -> Draft202012Validator:
    """Of the schema of this name."""
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas().values()
    )
    return Draft202012Validator(schemas()[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def wrong_with(document: object, name: str) -> list[str]:
    """Where and why a document is none of this schema's; empty when it is."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]
