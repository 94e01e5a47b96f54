"""ToolBench's search trees: a list of conversations with the functions of 2023, each trained on its last turn."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._reading import read_messages
from ftlint.transform.dialects._tools import read_tools
from ftlint.transform.dialects._values import lose_rest
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report


def recognises(row: Row) -> bool:
    """Whether a row holds the messages that ToolBench made of a tree."""
    made = row.get("answer_generation")
    return isinstance(made, dict) and isinstance(made.get("train_messages"), list)


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """One conversation a list; each begins with the one before it, so only its last turn is to be learned."""
    made = row.get("answer_generation")
    if not isinstance(made, dict) or not isinstance(made.get("train_messages"), list):
        raise NoCounterpart("the tree has no messages to train on")
    lose_rest(row, ("answer_generation",), "", report)
    lose_rest(made, ("train_messages", "function"), "answer_generation.", report)
    tools = read_tools(made.get("function"), report)
    for items in made["train_messages"]:
        messages = read_messages(items, job, report)
        for message in messages[:-1]:
            if message["role"] == "assistant":
                message["weight"] = 0
        yield Conversation(messages, tools)
