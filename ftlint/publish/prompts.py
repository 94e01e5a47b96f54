"""From rows to requests for an answer, and what the rows' authors would have answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ftlint.formats.views import Message, Row
from ftlint.profiles.model import FormatName, Profile
from ftlint.publish.openai import Json
from ftlint.tokens.framing import PROMPT, row_tokens
from ftlint.tokens.images import tokens_of_images

CHAT, COMPLETION = "/chat/completions", "/completions"
ONLY_TRAINING = ("weight",)
"""Keys of a message that mean something in a training file alone, and that a request must not have."""
BESIDE = ("tools", "parallel_tool_calls", "functions")
"""What a row holds beside its messages that belongs into a request."""


class Answer(NamedTuple):
    """A text, and calls of tools: names and arguments as they were written."""

    text: str
    calls: tuple[tuple[str, str], ...] = ()

    def equals(self, other: Answer) -> bool:
        """Whether text and calls are the same; arguments are compared as JSON, where they are."""
        return self.text == other.text and _compared(self.calls) == _compared(other.calls)


class Prompt(NamedTuple):
    """
    What is asked, without the model, and what is expected (None: the row does not say).

    `tokens` are those of the prompt, None where they are not known; `estimated` where tools make them an estimate.
    """

    row: int
    path: str
    body: Json
    expected: Answer | None
    tokens: int | None
    estimated: bool


def prompt_of(
    number: int, row: Json, format: FormatName, profile: Profile | None, count: Callable[[str], int] | None
) -> Prompt | None:
    """The prompt of a row of valid shape; None when nothing stands before its answer."""
    if format == "completion":
        text = row["prompt"]
        if not text:
            return None
        tokens = count(text) if count else None
        return Prompt(number, COMPLETION, {"prompt": text}, Answer(row["completion"]), tokens, False)
    holder = row["input"] if format == "preference" else row
    messages, expected = _parted(row, format)
    if not messages:
        return None
    body: Json = {"messages": [_sent(message) for message in messages]}
    body |= {key: holder[key] for key in BESIDE if holder.get(key) not in (None, [])}
    if "tools" not in body:
        body.pop("parallel_tool_calls", None)
    known = _tokens(body, profile, count) if count else None
    return Prompt(number, CHAT, body, expected, known, "tools" in body or "functions" in body)


def answer_of(message: Any) -> Answer:
    """The answer that an assistant's message is, in a row or from a service. Raises ValueError when it is none."""
    if not isinstance(message, dict):
        raise ValueError("no message")
    content = message.get("content")
    parts = content if isinstance(content, list) else []
    text = content if isinstance(content, str) else "".join(_text(part) for part in parts)
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    functions.append(message.get("function_call"))
    named = [function for function in functions if isinstance(function, dict)]
    own = tuple((str(function.get("name")), _written(function.get("arguments"))) for function in named)
    return Answer(text or str(message.get("refusal") or ""), own)


def _parted(row: Json, format: FormatName) -> tuple[list[Json], Answer | None]:
    """The messages that are sent, and the answer that is expected after them."""
    if format == "preference":
        return row["input"]["messages"], answer_of(row["preferred_output"][0]) if row["preferred_output"] else None
    messages: list[Json] = row["messages"]
    if format == "reinforcement":
        return messages, None
    last = max((index for index, one in enumerate(messages) if one["role"] == "assistant"), default=None)
    if last is None:
        return messages, None
    return messages[:last], answer_of(messages[last])


def _sent(message: Json) -> Json:
    """A message without what is for training, and without keys that hold nothing but have to hold something."""
    return {
        key: value
        for key, value in message.items()
        if key not in ONLY_TRAINING and (key == "content" or value not in (None, []))
    }


def _tokens(body: Json, profile: Profile | None, count: Callable[[str], int]) -> int | None:
    """The tokens of a prompt; None when it has images whose tokens are not known."""
    formula = profile.image_tokens if profile else None
    images = tokens_of_images(Row(body, "chat").images, formula)
    found = row_tokens(body, "chat", count, PROMPT, images)
    return None if found.images else found.total


def _text(part: Any) -> str:
    if not isinstance(part, dict):
        return ""
    return str(part.get("text") or part.get("refusal") or "")


def _written(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments)


def _compared(calls: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [(name, _value(arguments)) for name, arguments in calls]


def _value(arguments: str) -> Any:
    try:
        return json.dumps(json.loads(arguments), sort_keys=True)
    except (ValueError, RecursionError):
        return arguments


def told(prompt: Prompt) -> list[tuple[str, str]]:
    """The prompt as roles and texts, for people."""
    if prompt.path == COMPLETION:
        return [("prompt", prompt.body["prompt"])]
    return [(message["role"], _spoken(message)) for message in prompt.body["messages"]]


def _spoken(message: Json) -> str:
    answer = answer_of(message)
    images = Message(message, ()).images() if isinstance(message.get("content"), list) else ()
    texts = [answer.text, *(f"{name}({arguments})" for name, arguments in answer.calls), *("[image]" for _ in images)]
    return "\n".join(text for text in texts if text)
