"""
How many tokens a row has: its texts, and what the chat format adds around them.

Counts are tokens. For chat without tools they follow the published rule of OpenAI's cookbook
(`How_to_count_tokens_with_tiktoken.ipynb`): 3 tokens frame each message, 1 a name, and 3 at the end of the
row prime the answer. With tools they are an estimate: the rendering of `tools.py`, and constants that agree
to about 2 % with the one published training run, in the cookbook's `Fine_tuning_for_function_calling.ipynb`.
Images are counted by `images.py`, and stand where their part stands; `RowTokens.images` says for how many of
them the count is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ftlint.core.types import Pointer
from ftlint.tokens.tools import rendering

Count = Callable[[str], int]
Piece = tuple[int, bool, Pointer]
Images = Mapping[Pointer, int]
"""The tokens of images, by the place of their part. One that is not in it counts for nothing."""
NO_IMAGES: Images = {}


@dataclass(frozen=True, slots=True)
class Framing:
    """The tokens that are added around texts."""

    message: int = 3
    name: int = 1
    priming: int = 3
    call: int = 3
    function_role: int = -2
    definitions: int = 9
    definitions_after_system: int = 5


PROMPT = Framing()
"""A prompt as the API counts it since the models of June 2023; plain training rows are counted like that."""

TRAINING = Framing(priming=0, call=0)
"""A training row that defines tools; the published run was billed 6 tokens a row fewer than this gives."""

SYSTEM_ROLES = ("system", "developer")


@dataclass(frozen=True, slots=True)
class Segment:
    """Some tokens in a row, whether the model learns to write them, and the value they come from."""

    tokens: int
    trained: bool
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class RowTokens:
    """All tokens of a row, those the model learns to write, and how many images are in neither."""

    total: int
    trained: int
    images: int


def segments(
    row: dict[str, Any], format: str, count: Count, framing: Framing | None = None, images: Images = NO_IMAGES
) -> list[Segment]:
    """
    Split a row of valid shape into its tokens, in the order in which a context limit cuts them off.

    `format` is chat, completion, preference or reinforcement. Unless told otherwise, the framing is TRAINING
    for rows that define tools or functions, and PROMPT for all others.
    """
    return [Segment(*piece) for piece in _pieces(row, format, count, framing, images)]


def row_tokens(
    row: dict[str, Any], format: str, count: Count, framing: Framing | None = None, images: Images = NO_IMAGES
) -> RowTokens:
    """Count the tokens of a row; the sums of its `segments`."""
    if format == "chat" and framing is None and len(row) == 1:
        plain = _plain(row["messages"], count)
        if plain is not None:
            return RowTokens(plain[0], plain[1], 0)
    total = trained = 0
    for tokens, learnt, _ in _pieces(row, format, count, framing, images):
        total += tokens
        if learnt:
            trained += tokens
    return RowTokens(total, trained, _images(row, format) - len(images))


def _plain(messages: list[dict[str, Any]], count: Count) -> tuple[int, int] | None:
    """The sums for messages of role and text alone, as most are, without making the pieces; None for others."""
    total, trained = PROMPT.priming, 0
    for message in messages:
        content = message.get("content")
        role = message["role"]
        if len(message) != 2 or content.__class__ is not str:
            return None
        tokens = count(content)
        total += PROMPT.message + count(role) + tokens
        if role == "assistant":
            trained += tokens
    return total, trained


def _pieces(row: dict[str, Any], format: str, count: Count, framing: Framing | None, images: Images) -> Iterator[Piece]:
    match format:
        case "chat":
            return _chat(row, (), count, framing, images, trained=True)
        case "completion":
            return _completion(row, count)
        case "preference":
            return _preference(row, count, framing, images)
        case "reinforcement":  # the model writes the answer itself, so none of the row's text is learnt
            # All other keys are the grader's.
            own: dict[str, Any] = {key: row[key] for key in ("messages", "tools") if key in row}
            return _chat(own, (), count, framing, images, trained=False)
    raise ValueError(f"not a format: {format}")


def _completion(row: dict[str, Any], count: Count) -> Iterator[Piece]:
    """Nothing is added around a prompt and its completion."""
    yield count(row.get("prompt") or ""), False, ("prompt",)
    yield count(row.get("completion") or ""), True, ("completion",)


def _preference(row: dict[str, Any], count: Count, framing: Framing | None, images: Images) -> Iterator[Piece]:
    """The input once, then both outputs: an estimate, as how preference training is billed is unpublished."""
    yield from _chat(row["input"], ("input",), count, framing, images, trained=False)
    framing = framing or _default(row["input"])
    for key in ("preferred_output", "non_preferred_output"):
        for index, message in enumerate(row[key]):
            yield from _message(message, (key, index), count, framing, images, trained=True)


def _default(conversation: dict[str, Any]) -> Framing:
    return TRAINING if conversation.get("tools") or conversation.get("functions") else PROMPT


def _chat(
    row: dict[str, Any], at: Pointer, count: Count, framing: Framing | None, images: Images, *, trained: bool
) -> Iterator[Piece]:
    """Messages; the definitions of tools stand behind the first system message, or before all messages."""
    framing = framing or _default(row)
    messages = row["messages"]
    definitions = [*(row.get("tools") or ()), *(row.get("functions") or ())]
    system = -1  # the system message that introduces the definitions
    if definitions:
        system = next((i for i, message in enumerate(messages) if message["role"] in SYSTEM_ROLES), -1)
        added = framing.definitions if system < 0 else framing.definitions_after_system
        key = "tools" if row.get("tools") else "functions"
        defined = (count(rendering(definitions)) + added, False, (*at, key))
        if system < 0:
            yield defined
    for index, message in enumerate(messages):
        pointer = (*at, "messages", index)
        if index == system:
            yield from _message(message, pointer, count, framing, images, trained=False, end="\n")
            yield defined
        else:
            yield from _message(message, pointer, count, framing, images, trained=trained)
    if framing.priming:
        yield framing.priming, False, (*at, "messages")


def _message(
    message: dict[str, Any],
    at: Pointer,
    count: Count,
    framing: Framing,
    images: Images,
    *,
    trained: bool,
    end: str = "",
) -> Iterator[Piece]:
    """The frame (not learnt), then the texts; `end` is added to the last of them."""
    role = message["role"]
    trained = trained and role == "assistant" and message.get("weight") != 0
    frame = framing.message + count(role)
    if role == "function":
        frame += framing.function_role
    if name := message.get("name"):
        frame += framing.name + count(name)
    calls = _calls(message, at)
    yield frame + framing.call * len(calls), False, at
    content = message.get("content")
    if isinstance(content, str):
        yield count(content + end), trained, (*at, "content")
    elif content:
        yield from _parts(content, (*at, "content"), count, images, trained, end)
    if refusal := message.get("refusal"):
        yield count(refusal), trained, (*at, "refusal")
    for call, pointer in calls:  # the arguments as they are written, white space included
        yield count(call["name"]) + count(call.get("arguments") or ""), trained, pointer


def _parts(
    parts: list[dict[str, Any]], at: Pointer, count: Count, images: Images, trained: bool, end: str
) -> Iterator[Piece]:
    texts = {index: text for index, part in enumerate(parts) if (text := _text(part))}
    last = max(texts, default=-1)
    for index in range(len(parts)):
        if index in texts:
            yield count(texts[index] + end if index == last else texts[index]), trained, (*at, index)
        elif tokens := images.get((*at, index)):
            yield tokens, False, (*at, index)


def _text(part: dict[str, Any]) -> str | None:
    """The text of a part. Any other part's (an image's URL or base64) is not text that the model reads."""
    kind = part.get("type")
    return part.get(kind) if kind in ("text", "refusal") else None


def _calls(message: dict[str, Any], at: Pointer) -> list[tuple[dict[str, Any], Pointer]]:
    tool_calls = message.get("tool_calls") or ()
    calls = [(call["function"], (*at, "tool_calls", index)) for index, call in enumerate(tool_calls)]
    if call := message.get("function_call"):
        calls.append((call, (*at, "function_call")))
    return calls


def _images(row: dict[str, Any], format: str) -> int:
    if format == "completion":
        return 0
    if format == "preference":
        messages = [*row["input"]["messages"], *row["preferred_output"], *row["non_preferred_output"]]
    else:
        messages = row["messages"]
    contents = (message.get("content") for message in messages)
    parts = (part for content in contents if isinstance(content, list) for part in content)
    return sum(part.get("type") == "image_url" for part in parts)
