"""A model tried on rows, for people: expected and answered side by side, and as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from ftlint.core.visible import SEEN, elide, masked, visible
from ftlint.reporters.columns import cut, padded, width, wrapped
from ftlint.reporters.paint import Paint, spelt
from ftlint.reporters.summary import money

Json = dict[str, Any]
Told = Sequence[tuple[str, str]]
"""A prompt as roles and texts."""
Title = tuple[str, str]
"""Who says something, and what there is to say about it."""

NARROWEST = 26
"""Columns that a text has at least when texts stand side by side."""
LINES = 30
"""Lines of one text that are shown; Markdown and JSON have all."""
PROMPT = 300
"""Characters of one message of a prompt that are shown, and how many messages: the last ones."""
MESSAGES = 4
LABEL = 12
BAR = ("│", "|")
DOTS = ("…", "...")


def render_plan(plan: Json, paint: Paint) -> Iterator[str]:
    """What would be asked, of whom, at what cost, a fact a line."""
    rows = _rows(plan["rows"])
    yield _fact("rows", f"{paint(spelt(plan['path']), 'path')}: {rows}", paint)
    for what, numbers in plan["left_out"].items():
        if numbers:
            yield _fact("left out", f"{_rows(len(numbers))} {what}: {_numbers(numbers)}", paint)
    for one in plan["estimates"]:
        yield _fact("model", f"{visible(one['model'])}: {_cost(one, plan)}", paint)
    limit = f"at most {plan['max_output_tokens']:,} tokens each"
    yield _fact("answers", f"{plan['requests']:,}, {limit}", paint)
    if plan["temperature"] is not None:
        yield _fact("temperature", f"{plan['temperature']:g}", paint)
    destination = plan["destination"]
    named = f" ({destination['id']})" if destination["id"] != destination["host"] else ""
    yield _fact("destination", visible(f"{destination['host']}{named}"), paint)


def render_outcome(record: Json, told: Told, columns: int, unicode: bool, paint: Paint) -> Iterator[str]:
    """A row: its prompt, then what was expected beside what every model answered."""
    bar, dots = BAR[not unicode], DOTS[not unicode]
    yield paint(f"row {record['row']:,}", "bold")
    if record["prompt"] is not None:
        left_out = len(told) - MESSAGES
        if left_out > 0:
            yield f"  {bar} {dots} {left_out:,} earlier {'message' if left_out == 1 else 'messages'}"
        for role, text in told[-MESSAGES:]:
            yield f"  {bar} {paint(visible(role), 'dim')}: {_short(text, dots)}"
    texts = [(("expected", ""), _lines(record["expected"]))] if record["expected"] else []
    for answer in record["answers"]:
        texts.append((_heading(answer), _lines(answer) if answer["error"] is None else [visible(answer["error"])]))
    room = (columns - 2 - 3 * (len(texts) - 1)) // len(texts)
    if len(texts) > 1 and room >= NARROWEST and record["prompt"] is not None:
        yield from _beside(texts, room, f" {bar} ", dots, paint)
        return
    for title, lines in texts:
        yield f"  {paint(_cut_title(title, columns - 2), 'code')}"
        yield from (f"  {bar} {line}" for line in _wrapped(lines, max(NARROWEST, columns - 4), dots))


def render_summary(sums: Sequence[Json], paint: Paint) -> Iterator[str]:
    """A line a model."""
    for one in sums:
        yield f"{paint(visible(one['model']), 'bold')}: {_summed(one)}"


def render_markdown(plan: Json, records: Sequence[Json], tolds: Sequence[Told], sums: Sequence[Json]) -> Iterator[str]:
    """All of it as Markdown: texts stand in fences longer than any that they hold, names are escaped."""
    yield f"# {_escaped(sums[0]['model'])} on {_rows(len(records))} of {_escaped(plan['path'])}"
    yield ""
    yield "| model | answers | as expected | prompt tokens | answer tokens | cost |"
    yield "|---|---|---|---|---|---|"
    for one in sums:
        compared = f"{one['equal']:,} of {one['compared']:,}" if one["compared"] else "-"
        cost = "unknown" if one["usd"] is None else _money(one["usd"], "about ")
        counts = [f"{one[name]:,}" for name in ("answered", "prompt_tokens", "completion_tokens")]
        yield f"| {' | '.join((_escaped(one['model']), counts[0], compared, *counts[1:], cost))} |"
    for record, told in zip(records, tolds, strict=True):
        yield ""
        yield f"## Row {record['row']:,}"
        if record["prompt"] is not None:
            yield from _fenced("Prompt", "\n".join(f"{role}: {elide(text)}" for role, text in told))
        if record["expected"] is not None:
            yield from _fenced("Expected", "\n".join(_texts(record["expected"])))
        for answer in record["answers"]:
            text = answer["error"] or ("\n".join(_texts(answer)) if record["prompt"] is not None else None)
            yield from _fenced(_escaped("".join(_heading(answer))), text)


def render_json(document: Json) -> Iterator[str]:
    """Plan, rows and sums; ASCII only."""
    yield json.dumps({"version": 1, **document}, indent=2)


def _fact(label: str, text: str, paint: Paint) -> str:
    return f"  {paint(f'{label:<{LABEL}}', 'dim')} {text}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"{number:,}" for number in numbers[:10])
    return f"{shown} and {len(numbers) - 10:,} more" if len(numbers) > 10 else shown


def _cost(one: Json, plan: Json) -> str:
    about = "about " if one["estimated"] else ""
    tokens = f"{about}{one['prompt_tokens']:,}" if one["prompt_tokens"] is not None else "an unknown number of"
    counts = f"{tokens} tokens of prompts, at most {one['output_tokens']:,} of answers"
    if one["usd"] is None:
        return f"{counts}; cost unknown: {one['why']}"
    return f"{counts}: {_money(one['usd'], f'at most {about}')} (price of {one['price_as_of']})"


def _heading(answer: Json) -> Title:
    """Who answered, and how."""
    how = {True: "as expected", False: "differs", None: ""}[answer["equal"]]
    marks = [*([how] if how else []), *(["cut off"] if answer["cut"] else []), *(["failed"] if answer["error"] else [])]
    return visible(answer["model"]), f" ({', '.join(marks)})" if marks else ""


def _cut_title(title: Title, columns: int) -> str:
    """Of what is too long, the name is cut."""
    return cut(title[0], max(1, columns - len(title[1]))) + title[1]


def _summed(one: Json) -> str:
    parts = [f"{one['answered']:,} answered"]
    if one["failed"]:
        parts.append(f"{one['failed']:,} failed")
    if one["compared"]:
        parts.append(f"{one['equal']:,} of {one['compared']:,} exactly as expected")
    if one["answered"]:
        cost = _money(one["usd"], "about ") if one["usd"] is not None else "cost unknown"
        parts.append(f"{one['prompt_tokens']:,} + {one['completion_tokens']:,} tokens, {cost}")
    return ", ".join(parts)


def _money(usd: float, how: str) -> str:
    return f"{how}{money(usd)}" if usd >= 0.0001 else "less than $0.0001"


def _short(text: str, dots: str) -> str:
    short = visible(elide(masked(text[: PROMPT + SEEN])[: PROMPT + 200]))
    return short if len(short) <= PROMPT and len(text) <= PROMPT + 200 else f"{short[:PROMPT]}{dots}"


def _texts(said: Json) -> Iterator[str]:
    """What was said, and what was called, in lines that may hold anything."""
    if said["text"]:
        yield from elide(masked(said["text"])).splitlines() or [""]
    for call in said["tool_calls"] or ():
        yield f"{call['name']}({call['arguments']})"


def _lines(said: Json) -> list[str]:
    if said["text"] is None:
        return []
    return [visible(line) for line in _texts(said)] or ["(nothing)"]


def _wrapped(lines: Sequence[str], columns: int, dots: str) -> list[str]:
    every = [part for line in lines for part in wrapped(line, columns)]
    if len(every) <= LINES:
        return every
    return [*every[:LINES], cut(f"{dots} {len(every) - LINES:,} more lines", columns)]


def _beside(texts: Sequence[tuple[Title, list[str]]], room: int, gap: str, dots: str, paint: Paint) -> Iterator[str]:
    titles = [_cut_title(title, room) for title, _ in texts]
    yield "  " + gap.join(paint(title, "code") + " " * (room - width(title)) for title in titles).rstrip()
    for parts in zip_longest(*(_wrapped(lines, room, dots) for _, lines in texts), fillvalue=""):
        yield "  " + gap.join(padded(part, room) for part in parts).rstrip()


def _fenced(title: str, text: str | None) -> Iterator[str]:
    yield ""
    yield f"**{title}**"
    if text is None:
        return
    lines = [_inert(visible(line)) for line in masked(text).splitlines()] or [""]
    fence = "`" * max(3, 1 + max(len(run) for run in re.findall("`*", "\n".join(lines))))
    yield ""
    yield f"{fence}text"
    yield from lines
    yield fence


def _inert(line: str) -> str:
    """A line that GitHub's runner takes for no command."""
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line


def _escaped(text: str) -> str:
    """A text in a line or a table of Markdown, with no markup in it."""
    return re.sub(r"([\\`*_{}\[\]<>#!|~&$])", r"\\\1", visible(text))
