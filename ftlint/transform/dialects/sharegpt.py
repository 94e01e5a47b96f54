"""ShareGPT: turns with `from` and `value`; its relatives with roles, pairs of turns, two answers, a label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._calls import arguments_of, lose_ids
from ftlint.transform.dialects._reading import REASONING, read_messages
from ftlint.transform.dialects._tools import Calls, parsed_calls, read_tools
from ftlint.transform.dialects._values import as_json
from ftlint.transform.dialects._writing import answers, flagged, lose, plain_text, with_extras
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

CALLS = ("function_call", "tool_call", "function-call")
SPEAKERS = {"system": "system", "developer": "system", "user": "human", "assistant": "gpt", "tool": "observation"}


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """Turns under `conversations` or `conversation`; `chosen` and `rejected` make a pair, `label` a verdict."""
    place = "conversations" if "conversations" in row else "conversation"
    if not isinstance(row.get(place), list):
        raise NoCounterpart("the conversation is no list")
    used = [place, "tools"]
    calls = Calls(report)
    messages: list[Message] = []
    for key in ("system", "system_prompt"):
        if isinstance(row.get(key), str):
            used.append(key)
            messages += [{"role": "system", "content": row[key]}] if row[key] else []
    messages += _turns(row[place], job, report, calls)
    preferred = rejected = label = None
    if "chosen" in row and "rejected" in row:
        used += ["chosen", "rejected"]
        preferred = _turns(row["chosen"], job, report, calls)
        rejected = _turns(row["rejected"], job, report, calls)
    if isinstance(row.get("label"), bool):
        used.append("label")
        label = row["label"]
    extras = {key: value for key, value in row.items() if key not in used and value is not None}
    yield Conversation(messages, read_tools(row.get("tools"), report), preferred, rejected, label, extras)


def _turns(turns: Any, job: Job, report: Report, calls: Calls) -> list[Message]:
    items: list[Row] = []
    for turn in turns if isinstance(turns, list) else [turns]:
        if isinstance(turn, str):
            items.append({"role": "assistant", "content": turn})
        elif not isinstance(turn, dict):
            raise NoCounterpart("a turn is no object")
        elif "from" in turn or "role" in turn:
            items.append(_item(turn))
        else:  # ms-swift: {"human": "…", "assistant": "…"}
            items += ({"role": speaker, "content": text} for speaker, text in turn.items())
    return read_messages(items, job, report, calls)


def _item(turn: Row) -> Row:
    who = "from" if "from" in turn else "role"
    what = "value" if "value" in turn else "content"
    speaker, text = turn[who], turn.get(what)
    item = {key: value for key, value in turn.items() if key not in (who, what)}
    item |= {f"also {key}": item.pop(key) for key in ("role", "content", "tool_calls") if key in item}
    if speaker in CALLS:
        if not isinstance(text, str):
            raise NoCounterpart("a call of a tool is no JSON")
        return {"role": "assistant", "content": None, "tool_calls": parsed_calls(text)} | item
    return {"role": speaker, "content": text} | item


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """Turns, a system message among them; `chosen` and `rejected` beside the turns of a pair."""
    row: Row = {"conversations": list(_written(conversation.messages, job, report))}
    lose_ids(conversation.messages, report, by_name=False)
    if conversation.preferred is not None:
        sides = answers(conversation)
        for key, message in zip(("chosen", "rejected"), sides, strict=True):
            row[key], *more = _written([message], job, report)
            if more:
                raise NoCounterpart("an answer has text and a call of a tool")
    if not row["conversations"]:
        raise NoCounterpart("there is no turn")
    if conversation.label is not None:
        row["label"] = conversation.label
    if conversation.tools:
        row["tools"] = as_json([tool["function"] for tool in conversation.tools])
    yield with_extras(row, conversation, report)


def _written(messages: list[Message], job: Job, report: Report) -> Iterator[Row]:
    for message in messages:
        role = message["role"]
        if role == "developer":
            report("changed", "developer message written as system message", None)
        calls = message.get("tool_calls")
        kept = {"role", "content", "tool_calls", "tool_call_id", "weight", REASONING[0]}
        lose(message, message.keys() - kept, report)
        text = plain_text(message, report)
        if reasoning := message.get(REASONING[0]):
            report("changed", "reasoning written as <think> … </think>", None)
            text = f"<think>\n{reasoning}\n</think>\n\n{text}"
        if calls and text:
            report("changed", "text before a call made a turn of its own", None)
        flag = flagged(message, "train", job, report)
        if text or not calls:
            yield {"from": SPEAKERS[role], "value": text} | flag
        if calls:
            made = [{"name": call["function"]["name"], "arguments": arguments_of(call, report)} for call in calls]
            yield {"from": "function_call", "value": as_json(made[0] if len(made) == 1 else made)} | flag
