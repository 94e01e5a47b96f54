"""OpenAI's reinforcement format: a prompt for the model to answer, and fields for the grader."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects import chat
from ftlint.transform.dialects._writing import is_empty, liked, openai_message, plain_text, unweighted, with_extras
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

read = chat.read


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row that ends with the user's turn; the answer goes to `reference_answer`, for the grader."""
    messages = liked(conversation, report)
    reference = None
    if messages and messages[-1]["role"] == "assistant":
        answer = unweighted(messages.pop(), report)
        if answer.get("tool_calls"):
            raise NoCounterpart("the answer is a call of a tool, which no text can stand for")
        if is_empty(answer):
            raise NoCounterpart("an answer is empty")
        for key in sorted(answer.keys() - {"role", "content"}):
            report("key", f"messages[].{key} of the answer", answer[key])
        reference = plain_text(answer, report)
    if not messages or messages[-1]["role"] != "user":
        raise NoCounterpart("no turn of the user is left to answer")
    row: Row = {"messages": [openai_message(unweighted(message, report), report) for message in messages]}
    if conversation.tools:
        row["tools"] = conversation.tools
    if reference is not None:
        row[chat.REFERENCE] = reference
    yield with_extras(row, conversation, report)
