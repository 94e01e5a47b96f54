"""The JSON Schema of the report, made from its dataclasses."""

from __future__ import annotations

from typing import Any


def report_schema() -> dict[str, Any]:
    """What `ftlint check --output-format json` prints. Published as `schemas/report.v1.schema.json`."""
    from pydantic import TypeAdapter

    from ftlint.engine.comparison import FileChange
    from ftlint.engine.finding import Finding, Unlisted
    from ftlint.engine.report import VERSION, FileReport, Gate, Summary, Tool

    parts = {
        "tool": Tool,
        "files": FileReport,
        "findings": Finding,
        "summary": Summary,
        "unlisted": Unlisted,
        "gates": Gate,
        "changes": FileChange,
    }
    _, schema = TypeAdapter.json_schemas(
        [(name, "serialization", TypeAdapter(kind)) for name, kind in parts.items()],
        ref_template="#/$defs/{model}",
    )
    definitions = schema["$defs"]
    for definition in definitions.values():
        definition["additionalProperties"] = False
        definition["required"] = sorted(definition["properties"])
    reference = {name: {"$ref": f"#/$defs/{kind.__name__}"} for name, kind in parts.items()}
    properties = {
        "version": {"const": VERSION},
        "tool": reference["tool"],
        "files": {"type": "array", "items": reference["files"]},
        "findings": {"type": "array", "items": reference["findings"]},
        "summary": reference["summary"],
        "unlisted": {"type": "array", "items": reference["unlisted"]},
        "gates": {"type": "array", "items": reference["gates"]},
    }
    comparison = {
        "type": "object",
        "description": "What has changed since a commit: of a check with --base alone.",
        "properties": {
            "ref": {"type": "string"},
            "commit": {"type": "string"},
            "files": {"type": "array", "items": reference["changes"]},
            "deleted": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["ref", "commit", "files", "deleted"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of ftlint check",
        "type": "object",
        "properties": {**properties, "comparison": comparison},
        "required": list(properties),
        "additionalProperties": False,
        "$defs": definitions,
    }
