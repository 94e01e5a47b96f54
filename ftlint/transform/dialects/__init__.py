"""All dialects, in the order of the help text; the names are those of `--from` and `--to`."""

from __future__ import annotations

from typing import Any

from ftlint.formats.detect import kind_of
from ftlint.transform.dialects import (
    alpaca,
    anthropic,
    bedrock,
    chat,
    columns,
    completion,
    gemini,
    openassistant,
    preference,
    reinforcement,
    sharegpt,
    toolbench,
    trl,
)
from ftlint.transform.dialects.base import Dialect

DIALECTS = (
    Dialect("chat", "chat", chat.read, chat.write, ""),
    Dialect("completion", "completion", completion.read, completion.write, ""),
    Dialect("preference", "preference", preference.read, preference.write, ""),
    Dialect("reinforcement", "reinforcement", reinforcement.read, reinforcement.write, " --method reinforcement"),
    Dialect("sharegpt", "ShareGPT", sharegpt.read, sharegpt.write),
    Dialect("alpaca", "Alpaca", alpaca.read, alpaca.write),
    Dialect("trl", "TRL preference", trl.read, trl.write),
    Dialect("kto", "KTO", trl.read_labelled, trl.write_labelled),
    Dialect("gemini", "Gemini", gemini.read, gemini.write),
    Dialect("bedrock", "Bedrock converse", bedrock.read, bedrock.write),
    Dialect("anthropic", "Anthropic", anthropic.read, anthropic.write),
    Dialect("llama-factory", "LLaMA-Factory", chat.read),
    Dialect("openassistant", "OpenAssistant", openassistant.read),
    Dialect("toolbench", "ToolBench", toolbench.read),
    Dialect("columns", "question and answer", columns.read),
)
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}
BY_TITLE = {dialect.title: dialect for dialect in DIALECTS}
TARGETS = tuple(dialect.name for dialect in DIALECTS if dialect.write)


def recognise(row: dict[str, Any]) -> Dialect | None:
    """What a row is written in, or None; what `ftlint check` recognises is the same."""
    if (kind := kind_of(row)) is not None:
        return BY_TITLE[kind]
    if toolbench.recognises(row):
        return BY_NAME["toolbench"]
    return BY_NAME["columns"] if columns.recognises(row) else None
