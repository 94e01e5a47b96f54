"""Tables and rows that name a question and an answer in words of their own."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.core.visible import shorten
from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects import completion
from ftlint.transform.dialects._tools import Calls, read_tools
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

# The keys that are looked for, in this order, in any case; ms-swift has most of them (2026-11-23).
PROMPTS = ("prompt", "question", "query", "instruction", "problem", "input", "user", "human", "source", "message")
ANSWERS = ("completion", "answer", "response", "output", "reply", "assistant", "chosen", "target", "solution", "text")
LABELS = ("label", "category", "class", "intent")
"""Of a text that is to be put into one of several classes."""

NAMED_KEYS = 5


def recognises(row: Row) -> bool:
    """Whether a row has a key for a question or an answer."""
    return _keys(row) != (None, None)


def _keys(row: Row) -> tuple[str | None, str | None]:
    """The keys of the question and the answer; either may be missing."""
    folded = {key.casefold().strip(): key for key in row}
    if "text" in folded and (label := next((folded[name] for name in LABELS if name in folded), None)):
        return folded["text"], label
    prompt = next((folded[name] for name in PROMPTS if name in folded), None)
    answer = next((folded[name] for name in ANSWERS if name in folded and folded[name] != prompt), None)
    return prompt, answer


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """A question and an answer, and a system message where there is a key for one; to reward, a question alone."""
    prompt, answer = _keys(row)
    if answer is None and (prompt is None or job.to != "reinforcement"):
        raise NoCounterpart(no_answer(row))
    system = completion.system_key(row)
    messages: list[Message] = [{"role": "system", "content": row[system]}] if system else []
    calls = Calls(report)
    messages += completion.side(row[prompt] if prompt else None, "user", job, report, calls)
    if answer is not None:
        messages += completion.side(row[answer], "assistant", job, report, calls)
    used = (prompt, answer, system, "tools")
    extras = {key: value for key, value in row.items() if key not in used and value not in (None, "")}
    yield Conversation(messages, read_tools(row.get("tools"), report), extras=extras)


def no_answer(row: Row) -> str:
    """The sentence about a row under whose keys nothing is known as an answer."""
    keys = ", ".join(shorten(key, 30) for key in list(row)[:NAMED_KEYS])
    return f"no answer is found under the keys {keys}; name it with --map completion=KEY"
