"""Valid rows of many kinds, about which nothing may be said, and the targets that take them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from benchmarks.recall.plant import PLACES, TOOL, Json, chat, completion, pair, reinforcement
from benchmarks.recall.tools import PNG_URL

TARGETS: dict[str, dict[str, Any]] = {
    "openai": {},
    "gpt-4o": {"model": "gpt-4o-2024-08-06", "today": date(2025, 9, 1)},
    "azure": {"model": "azure"},
    "together": {"model": "together"},
    "fireworks": {"model": "fireworks"},
    "strict-chat": {"model": "strict-chat"},
}
ALL = tuple(TARGETS)
HOSTED = ("openai", "gpt-4o", "azure", "together", "fireworks")
PICTURES = ("openai", "gpt-4o", "azure", "fireworks", "strict-chat")
"""Together takes images inline only, and all contents of such a row as parts."""
PROMPTS = ("openai", "together", "fireworks")


def _answers(*wanted: str) -> Callable[[int], Json]:
    """Rows with one of these answers each, made different by their question and their first line."""

    def row(number: int) -> Json:
        made = chat(number)
        made["messages"][2]["content"] = f"{PLACES[number % 10]} {number}: {wanted[number % len(wanted)]}"
        return made

    return row


def _questions(*asked: str) -> Callable[[int], Json]:
    def row(number: int) -> Json:
        made = chat(number)
        made["messages"][1]["content"] = f"{asked[number % len(asked)]} {number}"
        return made

    return row


LANGUAGES = (
    "می‌خواهم بدانم که هوا خوب است. کتاب‌ها را ببر.",  # Persian, with joiners inside of words
    "मौसम साफ़ रहेगा, क्‍षण भर भी वर्षा नहीं।",  # Hindi, with a joiner
    "ශ්‍රී ලංකාවේ කාලගුණය හොඳයි.",  # Sinhala, with a joiner
    "อากาศดี\u200bมาก\u200bวันนี้",  # Thai, with zero-width spaces
    "הטמפרטורה היא \u200e25°C\u200e היום.",  # Hebrew, with marks of direction
    "今天天气很好，不会下雨。",
    "오늘은 비가 오지 않아요.",
    "明日は晴れです。傘はいりません。",
    "Die Straße bleibt trocken – „schön“, sagt Jürgen.",
    "À Orléans, il fera « très beau » ; São Paulo, MANHÃ de sol.",
    "Сегодня сухо, а завтра — дождь.",
    "All dry 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ ✈️",
    "Trời hôm nay đẹp, không mưa. Được nhé!",
)
CODE = (
    "Run it:\n\n```python\nprint(f'{place!r}: {{x}}')\n# TODO: units\n```",
    "In Jinja:\n\n```jinja\n{% for day in days %}{{ day }}{% endfor %}\n```\n\nThat is all.",
    "Fences in fences:\n\n````markdown\n```sh\nls\n```\n````",
    'In JSON: `{"days": [1, 2], "of": {"place": "Oslo"}}`',
    "The pattern `^\\s*<\\|[a-z]+\\|>` finds markers, and `[]{}()` are brackets.",
    "1. Clone it:\n   ```sh\n   git clone x\n   ```\n2. Build it:\n   ```sh\n   make\n   ```",
)
TABLE = "\n" + "\n".join(
    ["| hour | rain | wind |", "|------|------|------|"] + [f"| {hour:02}   | 0 %  | 1    |" for hour in range(24)]
)
PROSE = (
    TABLE,
    "\n- 1 mm\n- 2 mm\n- 3 mm",
    "By $\\frac{a}{b} = \\sum_{i=1}^{n} x_i$ and \\[\\int_0^1 f(x)\\,dx\\] the mean is $\\bar{x}$.",
    "0" * 300,
    "-" * 240 + "\nThe end",
    "I can't say for the coast, but the town stays dry.",
    "A language model that knows the weather, as an AI, would say so.",
    "<p>Dry</p> & <b>mild</b>",
    "see https://example.com/a?b=c#d",
    "no",
)


def _ends_with_calls(number: int) -> Json:
    made = chat(number)
    call = {"name": "get_weather", "arguments": json.dumps({"place": PLACES[number % 10], "days": number})}
    calls = [{"id": f"call_{number}", "type": "function", "function": call}]
    made["messages"][2] = {"role": "assistant", "content": None, "tool_calls": calls}
    return {**made, "tools": [TOOL], "parallel_tool_calls": False}


def _turns_of_calls(number: int) -> Json:
    """Two rounds of calls in one row; the ids count from the start again, as in many logs."""
    made = _ends_with_calls(number)
    result = {"role": "tool", "tool_call_id": f"call_{number}", "content": "dry"}
    turn = [made["messages"][2], result, {"role": "assistant", "content": f"It stays dry on day {number}."}]
    made["messages"][2:] = [*turn, {"role": "user", "content": "And after that?"}, *turn[:2], turn[2]]
    return made


def _calls_without_ids(number: int) -> Json:
    made = _turns_of_calls(number)
    for message in made["messages"]:
        message.pop("tool_call_id", None)
        for call in message.get("tool_calls", ()):
            call.pop("id", None)  # both rounds share one call
    return made


def _arguments_as_objects(number: int) -> Json:
    made = _ends_with_calls(number)
    function = made["messages"][2]["tool_calls"][0]["function"]
    function["arguments"] = json.loads(function["arguments"])
    return made


def _picture(url: str) -> Callable[[int], Json]:
    def row(number: int) -> Json:
        made = chat(number)
        image = {"type": "image_url", "image_url": {"url": url, "detail": "low"}}
        made["messages"][1]["content"] = [{"type": "text", "text": f"What is on picture {number}?"}, image]
        return made

    return row


def _weights(number: int) -> Json:
    made = chat(number)
    first = {"role": "assistant", "content": f"It may rain, day {number}.", "weight": 0}
    made["messages"][2:] = [first, {"role": "user", "content": "Really?"}, {**made["messages"][2], "weight": 1}]
    return made


def _parts_and(make: Callable[[int], Json]) -> Callable[[int], Json]:
    """The same rows with each content as a list of parts."""

    def row(number: int) -> Json:
        made = make(number)
        for message in made["messages"]:
            if isinstance(message["content"], str):
                message["content"] = [{"type": "text", "text": message["content"]}]
        return made

    return row


def _refusal(number: int) -> Json:
    made = chat(number)
    if number % 5 == 0:
        made["messages"][2] = {"role": "assistant", "content": None, "refusal": f"I cannot tell of day {number}."}
    return made


def _developer(number: int) -> Json:
    made = reinforcement(number)
    made["messages"][1:1] = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello, you!"}]
    return made


def _pair_of_turns(number: int) -> Json:
    made = pair(number)
    made["input"]["messages"][1:1] = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]
    return made


def _pair_with_tools(number: int) -> Json:
    made = pair(number)
    made["input"] |= {"tools": [TOOL], "parallel_tool_calls": True}
    return made


def _stopped(number: int) -> Json:
    made = completion(number)
    return {**made, "completion": f"{made['completion'][:-1]}<|endoftext|>"}


def _without_prompt(number: int) -> Json:
    return {"prompt": "", "completion": f" {PLACES[number % 10]} {number}, of which there is much to say.\n"}


KINDS: dict[str, tuple[Callable[[int], Json], tuple[str, ...]]] = {
    "languages in answers": (_answers(*LANGUAGES), ALL),
    "languages in questions": (_questions(*LANGUAGES), ALL),
    "code in answers": (_answers(*CODE), ALL),
    "code in questions": (_questions(*CODE), ALL),
    "tables, formulas and short answers": (_answers(*PROSE), ALL),
    "rows that end with calls": (_ends_with_calls, ALL),
    "calls without ids": (_calls_without_ids, ("together", "fireworks", "strict-chat")),
    "arguments as objects": (_arguments_as_objects, ("strict-chat",)),
    "several rounds of calls": (_turns_of_calls, ALL),
    "images inline": (_picture(PNG_URL), PICTURES),
    "images inline among parts": (_parts_and(_picture(PNG_URL)), ALL),
    "images by URL": (_picture("https://example.com/a.png"), PICTURES),
    "weights": (_weights, HOSTED),
    "part lists": (_parts_and(chat), ALL),
    "refusals": (_refusal, ALL),
    "developer messages and turns for a grader": (_developer, ("openai", "azure")),
    "pairs after several turns": (_pair_of_turns, HOSTED),
    "pairs with tools": (_pair_with_tools, HOSTED),
    "completions that end with a token": (_stopped, PROMPTS),
    "completions without prompts": (_without_prompt, PROMPTS),
}


def valid_files(count: int = 36) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """A name, the bytes and the options of a file for each kind and target."""
    for kind, (make, targets) in KINDS.items():
        every = [make(number) for number in range(count)]
        for target in targets:
            for escaped in (False, True):
                lines = "".join(json.dumps(row, ensure_ascii=escaped) + "\n" for row in every)
                # Azure's guide asks for a byte-order mark.
                data = lines.encode("utf-8-sig" if target == "azure" else "utf-8")
                options = {"method": "reinforcement"} if "reference" in every[0] else {}
                name = f"{kind}, {target}{', escaped' if escaped else ''}"
                yield name, data, TARGETS[target] | options
