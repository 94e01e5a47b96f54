"""OpenAI's chat format, with what others and what 2023 wrote under its keys; tools and loss flags included."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._reading import read_messages
from ftlint.transform.dialects._tools import Calls, read_tools
from ftlint.transform.dialects._writing import openai_message, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import Report

OWN = ("messages", "tools", "functions")
REFERENCE = "reference_answer"
"""Where a reinforcement row keeps the answer that a chat row ends with."""


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"messages": [...], "tools": [...]}`; every other key is kept as an extra."""
    messages = read_messages(row.get("messages"), job, report, Calls(report))
    tools = read_tools(row.get("tools"), report)
    functions = read_tools(row.get("functions"), report)
    if tools and functions:
        report("key", "functions", functions)
    extras = {key: value for key, value in row.items() if key not in OWN and value is not None}
    if messages and messages[-1]["role"] != "assistant" and isinstance(extras.get(REFERENCE), str):
        messages.append({"role": "assistant", "content": extras.pop(REFERENCE)})
    yield Conversation(messages, tools or functions, extras=extras)


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row that ends with an answer of the assistant."""
    row: Row = {"messages": [openai_message(message, report) for message in trained(conversation, report)]}
    yield row | openai_tools(conversation, report)


def openai_tools(conversation: Conversation, report: Report) -> Row:
    """The keys beside the messages; all others are told to be lost."""
    keys: Row = {"tools": conversation.tools} if conversation.tools else {}
    if isinstance(conversation.extras.get("parallel_tool_calls"), bool):
        keys["parallel_tool_calls"] = conversation.extras["parallel_tool_calls"]
    for key, value in conversation.extras.items():
        if key not in keys:
            report("key", key, value)
    return keys
