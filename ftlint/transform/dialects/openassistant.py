"""OpenAssistant's trees: a prompt, replies to it with ranks, replies to those, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._reading import listed, role_of
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

KEPT = ("role", "text", "replies")


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """The path of the best replies; where two answers are wanted, the best and the worst of each prompt's."""
    root = row.get("prompt")
    if not isinstance(root, dict):
        raise NoCounterpart("the tree has no prompt")
    extras = {key: value for key, value in row.items() if key != "prompt" and value is not None}
    if job.wants_pairs:
        yield from _pairs(root, job, report, extras)
        return
    messages, node = [], root
    while True:
        messages.append(_message(node, job, report))
        replies = _replies(node)
        if not replies:
            break
        for reply in replies[1:]:
            report("turn", "reply that is not the best, with all below it", reply)
        node = replies[0]
    yield Conversation(messages, extras=extras)


def _replies(node: Row) -> list[Row]:
    """The replies to a message, the best first; those that were not ranked last, as they came."""
    replies = [reply for reply in listed(node.get("replies")) if isinstance(reply, dict)]
    return sorted(replies, key=lambda reply: rank if isinstance(rank := reply.get("rank"), int) else 1 << 30)


def _message(node: Row, job: Job, report: Report) -> Message:
    if not isinstance(node.get("text"), str):
        raise NoCounterpart("a message of the tree has no text")
    for key in node.keys() - set(KEPT):
        report("key", f"prompt.{key}", node[key])
    return {"role": role_of(node.get("role"), job), "content": node["text"]}


def _pairs(root: Row, job: Job, report: Report, extras: dict[str, Any]) -> Iterator[Conversation]:
    """Every prompt with two ranked answers or more, wherever it stands in the tree."""
    open_nodes: list[tuple[list[Message], Row]] = [([], root)]
    found = False
    while open_nodes:
        before, node = open_nodes.pop()
        messages = [*before, _message(node, job, report)]
        replies = _replies(node)
        ranked = [reply for reply in replies if isinstance(reply.get("rank"), int)]
        if len(ranked) > 1 and messages[-1]["role"] == "user":
            found = True
            sides = [[_message(reply, job, report)] for reply in (ranked[0], ranked[-1])]
            for reply in ranked[1:-1]:
                report("turn", "reply between the best and the worst", reply)
            yield Conversation(messages, preferred=sides[0], rejected=sides[1], extras=extras)
        open_nodes += ((messages, reply) for reply in reversed(replies) if reply.get("replies"))
    if not found:
        raise NoCounterpart("no prompt of the tree has two ranked answers")
