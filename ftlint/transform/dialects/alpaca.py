"""Alpaca: an instruction, perhaps an input, and an output; self-instruct's seed tasks with several instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._values import lose_rest
from ftlint.transform.dialects._writing import only_text, split_system, trained, with_extras
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("instruction", "system", "history")
PLACEHOLDERS = {"<noinput>", "<no input>", "noinput", "no input", "nooutput", "<nooutput>", "<no output>"}
# tatsu-lab/stanford_alpaca, train.py, PROMPT_DICT
TASK = "Write a response that appropriately completes the request."
WITH_INPUT = (
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    f"{TASK}\n\n### Instruction:\n{{instruction}}\n\n### Input:\n{{input}}\n\n### Response:"
)
WITHOUT_INPUT = (
    f"Below is an instruction that describes a task. {TASK}\n\n### Instruction:\n{{instruction}}\n\n### Response:"
)


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """One conversation; of a seed task, one for each of its instances."""
    before = _before(row, job, report)
    several = isinstance(row.get("instances"), list)
    keys = ("input", "context"), ("output", "response")
    for instance in row["instances"] if several else [row]:
        if not isinstance(instance, dict):
            raise NoCounterpart("an instance is no object")
        given, output = (next((key for key in names if key in instance), names[0]) for names in keys)
        question = _question(_text(row.get("instruction"), report), _text(instance.get(given), report), job, report)
        answer = _text(instance.get(output), report)
        messages = [*before, {"role": "user", "content": question}, {"role": "assistant", "content": answer}]
        used = ["instruction", "system", "history", "instances"] if several else [*OWN, given, output]
        extras = {key: value for key, value in row.items() if key not in used and value is not None}
        if several:
            lose_rest(instance, (given, output), "instances[].", report)
        yield Conversation(messages, extras=extras)


def _before(row: Row, job: Job, report: Report) -> list[Message]:
    messages: list[Message] = []
    if system := _text(row.get("system"), report):
        messages.append({"role": "system", "content": system})
    history = row.get("history")
    if not isinstance(history, (list, type(None))):
        raise NoCounterpart("the history is no list")
    for pair in history or []:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(text, str) for text in pair):
            raise NoCounterpart("the history holds something else than pairs of texts")
        messages += [{"role": "user", "content": pair[0]}, {"role": "assistant", "content": pair[1]}]
    return messages


def _text(value: Any, report: Report) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NoCounterpart("the instruction, the input or the output is no text")
    if value.strip().lower() in PLACEHOLDERS:
        report("changed", "placeholders for nothing left out", None)
        return ""
    return value


def _question(instruction: str, given: str, job: Job, report: Report) -> str:
    if job.join == "template":
        report("changed", "instruction and input put into the Stanford template", None)
        return (WITH_INPUT if given else WITHOUT_INPUT).format(instruction=instruction, input=given)
    if not given:
        return instruction
    report("changed", "instruction and input joined by a newline", None)
    return f"{instruction}\n{given}"


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """The last question and answer, and the pairs before them as history."""
    systems, turns = split_system(trained(conversation, report), report)
    roles = [turn["role"] for turn in turns]
    if roles != ["user", "assistant"] * (len(roles) // 2):
        raise NoCounterpart("the turns are not pairs of the user's and the assistant's")
    texts = [only_text(turn, report) for turn in turns]
    if conversation.tools:
        report("key", "tools", conversation.tools)
    row: Row = {"instruction": texts[-2], "input": "", "output": texts[-1]}
    if systems:
        if len(systems) > 1:
            report("changed", "system messages joined", None)
        row["system"] = "\n\n".join(systems)
    if len(texts) > 2:
        row["history"] = [[question, answer] for question, answer in zip(texts[:-2:2], texts[1:-2:2], strict=True)]
    yield with_extras(row, conversation, report)
