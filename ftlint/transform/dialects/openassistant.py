"""OpenAssistant's trees: a prompt, replies to it with ranks, replies to those, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._reading import role_of
from ftlint.transform.dialects._values import listed, lose_rest
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
        messages.append(_message(node, job))
        lose_rest(node, KEPT, "prompt.", report)
        replies = _replies(node, report)
        if not replies:
            break
        for reply in replies[1:]:
            report("turn", "reply that is not the best, with all below it", reply)
        node = replies[0]
    yield Conversation(messages, extras=extras)


def _replies(node: Row, report: Report) -> list[Row]:
    """The replies to a message, the best first; those that were not ranked last, as they came."""
    replies = [reply for reply in listed(node.get("replies")) if isinstance(reply, dict)]
    for other in listed(node.get("replies")):
        if not isinstance(other, dict):
            report("turn", "reply that is no object", other)
    return sorted(replies, key=lambda reply: rank if isinstance(rank := reply.get("rank"), int) else 1 << 30)


def _message(node: Row, job: Job) -> Message:
    if not isinstance(node.get("text"), str):
        raise NoCounterpart("a message of the tree has no text")
    return {"role": role_of(node.get("role"), job), "content": node["text"]}


def _pairs(root: Row, job: Job, report: Report, extras: dict[str, Any]) -> Iterator[Conversation]:
    """Every prompt with two ranked answers or more, wherever it stands in the tree."""
    paths = [[root]]
    visited: list[Row] = [root]
    used: set[int] = set()
    while paths:
        path = paths.pop()
        replies = _replies(path[-1], report)
        visited += replies
        ranked = [reply for reply in replies if isinstance(reply.get("rank"), int)]
        if len(ranked) > 1 and role_of(path[-1].get("role"), job) == "user":
            compared = ranked[0], ranked[-1]
            used.update(map(id, (*path, *compared)))
            best, worst = ([_message(reply, job)] for reply in compared)
            messages = [_message(node, job) for node in path]
            yield Conversation(messages, preferred=best, rejected=worst, extras=extras)
        paths += ([*path, reply] for reply in reversed(replies))
    if not used:
        raise NoCounterpart("no prompt of the tree has two ranked answers")
    for node in visited:
        lose_rest(node, KEPT, "prompt.", report)
        if id(node) not in used:
            turn = {key: node[key] for key in ("role", "text") if key in node}
            report("turn", "reply that is neither the best nor the worst of several", turn)
