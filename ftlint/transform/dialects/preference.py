"""OpenAI's preference format: a prompt and two answers."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._reading import read_messages
from ftlint.transform.dialects._tools import Calls, read_tools
from ftlint.transform.dialects._writing import answers, openai_message, unweighted
from ftlint.transform.dialects.base import Row
from ftlint.transform.dialects.chat import openai_tools
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

SIDES = ("preferred_output", "non_preferred_output")


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"input": {"messages": [...]}, "preferred_output": [...], "non_preferred_output": [...]}`."""
    given = row.get("input")
    if not isinstance(given, dict):
        raise NoCounterpart("the input is no object")
    calls = Calls(report)
    messages = read_messages(given.get("messages"), job, report, calls)
    preferred, rejected = (read_messages(row.get(side), job, report, calls) for side in SIDES)
    extras = {key: value for key, value in row.items() if key not in ("input", *SIDES) and value is not None}
    for key, value in given.items():
        if key not in ("messages", "tools") and value is not None:
            extras[f"input.{key}" if key in extras else key] = value
    yield Conversation(messages, read_tools(given.get("tools"), report), preferred, rejected, extras=extras)


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row with one answer of the assistant on either side."""
    sides = answers(conversation)
    if conversation.messages[-1]["role"] == "assistant":
        raise NoCounterpart("the prompt ends with the assistant's own turn")
    messages = [openai_message(unweighted(message, report), report) for message in conversation.messages]
    row: Row = {"input": {"messages": messages} | openai_tools(conversation, report)}
    for key, message in zip(SIDES, sides, strict=True):
        row[key] = [openai_message(unweighted(message, report), report)]
    yield row
