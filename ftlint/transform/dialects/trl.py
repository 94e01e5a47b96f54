"""TRL's data sets, which most of Hugging Face's are: messages, prompt and completion, chosen and rejected, KTO."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects import chat, completion, sharegpt
from ftlint.transform.dialects._calls import arguments_of
from ftlint.transform.dialects._reading import REASONING
from ftlint.transform.dialects._tools import Calls, read_tools
from ftlint.transform.dialects._writing import answers, flagged, with_extras
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

SIDES = (("chosen", "rejected"), ("chosen_messages", "rejected_messages"))
VERDICTS = {"true": True, "1": True, "false": False, "0": False}
MARKS = {"\n\nHuman:": "user", "\n\nAssistant:": "assistant"}
"""How Anthropic's hh-rlhf writes turns into one text."""


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """Any of TRL's types; of whole conversations side by side, what they have in common is the prompt."""
    keys = next((sides for sides in SIDES if all(side in row for side in sides)), None)
    if keys is None and isinstance(row.get("label"), bool):
        yield from read_labelled(row, job, report)
        return
    if keys is None:
        yield from (chat.read if "messages" in row else completion.read)(row, job, report)
        return
    if "conversations" in row:
        yield from sharegpt.read(row, job, report)
        return
    calls = Calls(report)
    used = ["prompt", "tools", *keys]
    before: list[Message] = []
    if isinstance(row.get("system"), str) and row["system"]:
        used.append("system")
        before.append({"role": "system", "content": row["system"]})
    before += _side(row.get("prompt"), "user", job, report, calls)
    sides = [_side(row[key], "assistant", job, report, calls) for key in keys]
    if before and all(side[: len(before)] == before for side in sides):
        sides = [side[len(before) :] for side in sides]
    shared = 0
    while all(len(side) > shared + 1 for side in sides) and sides[0][shared] == sides[1][shared]:
        shared += 1
    messages = [*before, *sides[0][:shared]]
    preferred, rejected = (side[shared:] for side in sides)
    extras = {key: value for key, value in row.items() if key not in used and value is not None}
    yield Conversation(messages, read_tools(row.get("tools"), report), preferred, rejected, extras=extras)


def _side(value: Any, role: str, job: Job, report: Report, calls: Calls) -> list[Message]:
    """Messages, or a text that is one message, or several behind the marks of hh-rlhf."""
    if isinstance(value, str) and value.startswith(tuple(MARKS)):
        return list(_marked(value))
    return completion.side(value, role, job, report, calls)


def _marked(text: str) -> Iterator[Message]:
    """`\\n\\nHuman: …\\n\\nAssistant: …` as messages; a mark begins a turn wherever it stands."""
    while text:
        mark = next(mark for mark in MARKS if text.startswith(mark))
        ends = [end for other in MARKS if (end := text.find(other, len(mark))) >= 0]
        end = min(ends, default=len(text))
        yield {"role": MARKS[mark], "content": text[len(mark) : end].strip()}
        text = text[end:]


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """`messages`; of a pair `prompt`, `chosen` and `rejected`, each a list of messages."""
    if conversation.label is not None:
        yield from write_labelled(conversation, job, report)
        return
    row: Row
    if conversation.preferred is not None:
        chosen, rejected = answers(conversation)
        row = {"prompt": written(conversation.messages, job, report)}
        row |= {"chosen": written([chosen], job, report), "rejected": written([rejected], job, report)}
    elif not conversation.messages:
        raise NoCounterpart("there is no message")
    else:
        row = {"messages": written(conversation.messages, job, report)}
    yield _finished(row, conversation, report)


def read_labelled(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """KTO: a prompt and an answer, or messages, and whether the answer is good."""
    label = VERDICTS.get(str(row.get("label")).lower())
    if label is None:
        raise NoCounterpart("the label is neither true nor false")
    plain = {key: value for key, value in row.items() if key != "label"}
    for one in (chat.read if "messages" in row else completion.read)(plain, job, report):
        yield Conversation(one.messages, one.tools, label=label, extras=one.extras)


def write_labelled(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A labelled row; of a pair two, of a row without a verdict a good one."""
    if conversation.preferred is not None:
        good, bad = answers(conversation)
        report("changed", "a pair written as two labelled rows", None)
        sides = [(conversation.messages, good, True), (conversation.messages, bad, False)]
    else:
        if not conversation.messages or conversation.messages[-1]["role"] != "assistant":
            raise NoCounterpart("there is no answer")
        if conversation.label is None:
            report("added", 'label "true"', None)
        sides = [(conversation.messages[:-1], conversation.messages[-1], conversation.label is not False)]
    for before, answer, label in sides:
        if not before:
            raise NoCounterpart("there is no prompt before the answer")
        row: Row = {"prompt": written(before, job, report), "completion": written([answer], job, report)}
        yield _finished(row | {"label": label}, conversation, report)


def written(messages: list[Message], job: Job, report: Report) -> list[Message]:
    """Messages as chat templates take them: arguments of calls as objects, reasoning as `thinking`."""
    made = []
    for message in messages:
        one = {key: value for key, value in message.items() if key not in ("weight", REASONING[0])}
        if calls := message.get("tool_calls"):
            one["tool_calls"] = [_call(call, report) for call in calls]
        if REASONING[0] in message:
            one["thinking"] = message[REASONING[0]]
        made.append(one | flagged(message, None, job, report))
    return made


def _call(call: dict[str, Any], report: Report) -> dict[str, Any]:
    function = {"name": call["function"]["name"], "arguments": arguments_of(call, report)}
    return {"id": call["id"], "type": "function", "function": function}


def _finished(row: Row, conversation: Conversation, report: Report) -> Row:
    if conversation.tools:
        row["tools"] = conversation.tools
    return with_extras(row, conversation, report)
