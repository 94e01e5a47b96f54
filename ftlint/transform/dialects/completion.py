"""Prompt and completion: OpenAI's first format, and TRL's with lists of messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.core.visible import shorten
from ftlint.rules.text.completions import ENDINGS, SEPARATORS
from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._reading import read_messages
from ftlint.transform.dialects._tools import Calls, read_tools
from ftlint.transform.dialects._writing import lose_extras, only_text, split_system, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job, Separators
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("prompt", "completion", "tools")
SYSTEMS = ("system", "system_prompt", "system_message")
SEPARATOR, ENDING = "\n\n###\n\n", " END"
"""Of the guides that were written for prompts and completions (OpenAI, 2021 to 2023)."""
LABELS = {"user": "User", "assistant": "Assistant"}


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"prompt": "...", "completion": "..."}`, in any case of the keys, or with lists of messages."""
    names = {key.casefold(): key for key in reversed(row) if key.casefold() in OWN}
    own = {name: row[key] for name, key in names.items()}
    system = system_key(row)
    used = {*names.values(), system}
    extras = {key: value for key, value in row.items() if key not in used and value is not None}
    calls = Calls(report)
    messages: list[Message] = [{"role": "system", "content": row[system]}] if system else []
    messages += side(own.get("prompt"), "user", job, report, calls)
    messages += side(own.get("completion"), "assistant", job, report, calls)
    yield Conversation(messages, read_tools(own.get("tools"), report), extras=extras)


def system_key(row: Row) -> str | None:
    """The key of a text for the system, if there is one."""
    return next((key for key in row if key.casefold() in SYSTEMS and isinstance(row[key], str) and row[key]), None)


def side(value: Any, role: str, job: Job, report: Report, calls: Calls) -> list[Message]:
    """A prompt or an answer as messages; none for an empty prompt."""
    if isinstance(value, list):
        return read_messages(value, job, report, calls)
    if isinstance(value, dict):
        return read_messages([value], job, report, calls)
    if role == "user" and value in (None, ""):
        return []
    if not isinstance(value, str):
        what = "prompt" if role == "user" else "answer"
        raise NoCounterpart(f"the {what} is empty" if value is None else f"the {what} is no text")
    return [{"role": role, "content": _without_marks(value, role, job.found, report)}]


def _without_marks(text: str, role: str, found: Separators, report: Report) -> str:
    mark = found.prompt if role == "user" else found.completion
    if mark and text.endswith(mark):
        report("changed", f"{shorten(mark)} removed from the end of each {_of(role)}", None)
        text = text.removesuffix(mark)
    if role == "assistant" and found.space and text.startswith(" "):
        report("changed", "space removed from the start of each completion", None)
        text = text[1:]
    return text


def _of(role: str) -> str:
    return "prompt" if role == "user" else "completion"


def separators(rows: list[Row], to_remove: bool) -> Separators:
    """What the prompts and completions of these rows have in common; nothing of a single row."""
    columns: dict[str, list[str]] = {"prompt": [], "completion": []}
    for row in rows:
        for key, value in row.items():
            if key.casefold() in columns and isinstance(value, str) and value:
                columns[key.casefold()].append(value)
    prompts, completions = columns.values()
    if not to_remove:
        return Separators(prompts_end_alike=_alike(prompts), completions_end_alike=_alike(completions))
    return Separators(
        prompt=_ending(prompts, SEPARATORS),
        completion=_ending(completions, ENDINGS),
        space=len(completions) > 1 and all(text[:1] == " " and text[1:2] not in ("", " ") for text in completions),
    )


def _alike(texts: list[str]) -> bool:
    return len(texts) > 1 and len({text[-1] for text in texts}) == 1


def _ending(texts: list[str], known: tuple[str, ...]) -> str:
    if len(texts) < 2:
        return ""
    return next((mark for mark in known if all(text.endswith(mark) and text != mark for text in texts)), "")


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A prompt of all that stands before the last answer; with a separator and an ending, unless they are unwanted."""
    *before, answer = trained(conversation, report)
    if conversation.tools:
        report("key", "tools", conversation.tools)
    lose_extras(conversation, report)
    prompt, completion = _prompt(before, report), only_text(answer, report)
    if job.separators:
        prompt, completion = _marked(prompt, completion, job.found, report)
    yield {"prompt": prompt, "completion": completion}


def _marked(prompt: str, completion: str, found: Separators, report: Report) -> tuple[str, str]:
    """With a separator, a space and an ending, where the texts of the file do not have them."""
    if prompt and not found.prompts_end_alike:
        report("changed", f"{shorten(SEPARATOR)} put behind each prompt", None)
        prompt += SEPARATOR
    if not completion.startswith(" "):
        report("changed", "space put before each completion", None)
        completion = f" {completion}"
    if not found.completions_end_alike:
        report("changed", f"{shorten(ENDING)} put behind each completion", None)
        completion += ENDING
    return prompt, completion


def _prompt(messages: list[Message], report: Report) -> str:
    systems, turns = split_system(messages, report)
    if systems:
        report("changed", "system message put before the prompt", None)
    if len(turns) == 1 and turns[0]["role"] == "user":
        return "\n\n".join([*systems, only_text(turns[0], report)])
    texts = []
    for turn in turns:
        if turn["role"] == "assistant" and turn.get("weight") != 0:
            report("turn", "answer before the last one, which becomes a part of the prompt", turn)
        told = {key: value for key, value in turn.items() if key != "weight"}
        texts.append(f"{LABELS.get(turn['role'], '')}: {only_text(told, report)}")
    if texts:
        report("changed", "turns joined to one prompt", None)
        texts.append("Assistant:")
    return "\n\n".join([*systems, *texts])
