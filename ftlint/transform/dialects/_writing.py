"""Parts of rows that several targets share: what of a message they have a place for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

SPEAKING = ("role", "content", "name")
OPENAI_KEYS = {
    "system": SPEAKING,
    "developer": SPEAKING,
    "user": SPEAKING,
    "assistant": (*SPEAKING, "refusal", "tool_calls", "weight"),
    "tool": (*SPEAKING, "tool_call_id"),
}
PARTS = {"user": ("text", "image_url"), "assistant": ("text", "refusal")}


def openai_message(message: Message, report: Report) -> Message:
    """A message with the keys that OpenAI has for its role, and only content that the role may have."""
    content = message.get("content")
    for part in content if isinstance(content, list) else ():
        if part["type"] not in PARTS.get(message["role"], ("text",)):
            raise NoCounterpart(f"content of type {part['type']} in a message of {message['role']}")
    known = OPENAI_KEYS[message["role"]]
    lose(message, message.keys() - set(known), report)
    return {key: value for key, value in message.items() if key in known}


def unweighted(message: Message, report: Report) -> Message:
    """The message without the weight, where the target knows by itself what is learned."""
    if "weight" in message:
        report("changed", "messages[].weight left out, for which the target has no use", None)
    return {key: value for key, value in message.items() if key != "weight"}


def lose(message: Message, keys: Iterable[str], report: Report) -> None:
    """Tell of keys of a message that the target has no place for."""
    for key in sorted(keys):
        name = "messages[].weight 0: the target learns that turn" if key == "weight" else f"messages[].{key}"
        if key == "weight" and message[key] == 1:
            report("changed", "messages[].weight 1, the default, left out", None)
        else:
            report("key", name, message[key])


def lose_extras(conversation: Conversation, report: Report) -> None:
    """Tell of keys of a row that the target has no place for."""
    for key, value in conversation.extras.items():
        report("key", key, value)


def with_extras(row: dict[str, Any], conversation: Conversation, report: Report) -> dict[str, Any]:
    """A row of a target whose tools skip the keys that they do not know."""
    for key, value in conversation.extras.items():
        if key in row:
            report("key", key, value)
        else:
            row[key] = value
    return row


def liked(conversation: Conversation, report: Report) -> list[Message]:
    """
    All messages; of two answers, those of the preferred one.

    Raises NoCounterpart for a row whose answer is labelled as bad.
    """
    if conversation.label is False:
        raise NoCounterpart("the answer is labelled as bad")
    if conversation.label:
        report("key", "label", True)
    messages = [*conversation.messages, *(conversation.preferred or [])]
    if conversation.rejected is not None:
        report("turn", "rejected answer", conversation.rejected)
    return messages


def trained(conversation: Conversation, report: Report) -> list[Message]:
    """
    The messages to learn from: up to the last turn of the assistant; of two answers, the preferred one.

    Raises NoCounterpart for a row without an answer, with an empty one, or one that is labelled as bad.
    """
    messages = liked(conversation, report)
    if not any(message["role"] == "assistant" for message in messages):
        raise NoCounterpart("there is no answer")
    while (last := messages[-1])["role"] != "assistant":
        report("turn", f"{last['role']} turn after the last answer", last)
        messages.pop()
    if any(is_empty(message) for message in messages if message["role"] == "assistant"):
        raise NoCounterpart("an answer is empty")
    return messages


def is_empty(message: Message) -> bool:
    """Whether a message says nothing and calls nothing."""
    if message.get("tool_calls") or message.get("refusal"):
        return False
    content = message.get("content")
    if isinstance(content, list):
        return not any(part.get("type") != "text" or part["text"].strip() for part in content)
    return not content or not content.strip()


def answers(conversation: Conversation) -> tuple[Message, Message]:
    """The preferred answer and the other. Raises NoCounterpart where there are none, or not one each."""
    if conversation.preferred is None or conversation.rejected is None:
        raise NoCounterpart("there are no two answers to compare")
    pair = conversation.preferred, conversation.rejected
    if pair[0] == pair[1]:
        raise NoCounterpart("both answers are the same")
    if not all(pair):
        raise NoCounterpart("one answer is the beginning of the other")
    for side in pair:
        if len(side) > 1 or side[0]["role"] != "assistant":
            raise NoCounterpart("an answer is more than one message of the assistant")
        if is_empty(side[0]):
            raise NoCounterpart("an answer is empty")
    if not conversation.messages:
        raise NoCounterpart("there is no prompt before the answers")
    return pair[0][0], pair[1][0]


def plain_text(message: Message, report: Report) -> str:
    """The content of a message as one string. Raises NoCounterpart for an image."""
    content = message.get("content")
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    texts = []
    for part in content:
        if part.get("type") != "text":
            what = "a refusal" if part.get("type") == "refusal" else "an image"
            raise NoCounterpart(f"{what} has no counterpart in the target")
        texts.append(part["text"])
    report("changed", "parts of a message joined to one text", None)
    return "".join(texts)


def only_text(message: Message, report: Report) -> str:
    """The text of a message, of which nothing else can be kept."""
    if message["role"] == "tool" or message.get("tool_calls"):
        raise NoCounterpart("calls of tools have no counterpart in the target")
    lose(message, message.keys() - {"role", "content"}, report)
    return plain_text(message, report)


def split_system(messages: list[Message], report: Report) -> tuple[list[str], list[Message]]:
    """The texts of system messages, for targets that have them apart, and the other messages."""
    texts, others = [], []
    for message in messages:
        if message["role"] not in ("system", "developer"):
            others.append(message)
            continue
        if others:
            report("changed", "system message moved to the front", None)
        if message["role"] == "developer":
            report("changed", "developer message written as system message", None)
        lose(message, message.keys() - {"role", "content"}, report)
        texts.append(plain_text(message, report))
    return texts, others


def flagged(message: Message, default: str | None, job: Job, report: Report) -> dict[str, Any]:
    """Whether the turn is learned, under the target's name for it."""
    if "weight" not in message:
        return {}
    flag = job.loss_flag or default
    if flag is None:
        lose(message, ("weight",), report)
        return {}
    value = message["weight"]
    return {flag: value if flag == "weight" else float(value) if flag == "loss_weight" else bool(value)}
