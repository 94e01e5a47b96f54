"""Whatever stands in a row stands in the output, or among what is lost: nothing is dropped in silence."""

import io
import json
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest

from ftlint import FtlintError
from ftlint.transform.convert import convert
from ftlint.transform.dialects import TARGETS
from ftlint.transform.job import Job
from tests.support import CALL, CLOCK, DOT, PAIR, at, chat, dumped, pointers_of

IMAGE = {"type": "image_url", "image_url": {"url": DOT, "detail": "low"}}
TOLD = {"role": "tool", "tool_call_id": "call_1", "content": "12"}
SAID = [{"role": "user", "content": [{"type": "text", "text": "Time?"}, IMAGE]}]
CALLED = chat(
    *SAID, {"role": "assistant", "content": None, "tool_calls": [CALL]}, TOLD, "assistant: Noon", tools=[CLOCK]
)
LEGACY = chat(
    "user: Time?",
    {"role": "assistant", "content": None, "function_call": {"name": "clock", "arguments": "{}"}},
    {"role": "function", "name": "clock", "content": "12"},
    "assistant: Noon",
    functions=[CLOCK["function"]],
)
TURNS = [
    {"from": "human", "value": "Time?"},
    {"from": "function_call", "value": '{"name": "clock", "arguments": {}}'},
    {"from": "observation", "value": "12"},
    {"from": "gpt", "value": "Noon"},
]
ANSWERS = {"chosen": [{"role": "assistant", "content": "A"}], "rejected": [{"role": "assistant", "content": "B"}]}
ROWS = {
    "chat": CALLED,
    "legacy": LEGACY,
    "completion": {"prompt": "Hi", "completion": "Hello"},
    "columns": {"question": "Hi", "answer": "Hello", "system": "Be brief"},
    "preference": PAIR,
    "sharegpt": {"conversations": TURNS, "system": "Be brief", "tools": json.dumps([CLOCK["function"]])},
    "sharegpt pair": {"conversations": TURNS[:1], "chosen": TURNS[3], "rejected": {"from": "gpt", "value": "?"}},
    "exchanges": {"conversation": [{"human": "Hi", "assistant": "Hello"}]},
    "alpaca": {"instruction": "Hi", "input": "you", "output": "Hello", "system": "Be", "history": [["a", "b"]]},
    "seed": {"instruction": "Add", "instances": [{"input": "1+1", "output": "2"}]},
    "trl": {"prompt": [{"role": "user", "content": "Hi"}], **ANSWERS},
    "trl text": {"prompt": "Hi", "chosen": "A", "rejected": "B"},
    "kto": {"prompt": "Hi", "completion": "Hello", "label": True},
    "gemini": {
        "systemInstruction": {"role": "system", "parts": [{"text": "Be brief"}]},
        "contents": [
            {"role": "user", "parts": [{"text": "Time?"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]},
            {"role": "model", "parts": [{"functionCall": {"name": "clock", "args": {}}}]},
            {"role": "user", "parts": [{"functionResponse": {"name": "clock", "response": {"content": "12"}}}]},
            {"role": "model", "parts": [{"text": "Noon"}]},
        ],
        "tools": [{"functionDeclarations": [{"name": "clock"}]}],
    },
    "gemini pair": {
        "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
        "completions": [
            {"score": 1.0, "completion": {"role": "model", "parts": [{"text": "A"}]}},
            {"score": 0.0, "completion": {"role": "model", "parts": [{"text": "B"}]}},
        ],
    },
    "bedrock": {
        "schemaVersion": "bedrock-conversation-2024",
        "system": [{"text": "Be brief"}],
        "messages": [
            {"role": "user", "content": [{"text": "Time?"}, {"image": {"format": "png", "source": {"bytes": "AAAA"}}}]},
            {"role": "assistant", "content": [{"toolUse": {"toolUseId": "1", "name": "clock", "input": {}}}]},
            {"role": "user", "content": [{"toolResult": {"toolUseId": "1", "content": [{"text": "12"}]}}]},
            {
                "role": "assistant",
                "content": [{"reasoningContent": {"reasoningText": {"text": "r"}}}, {"text": "Noon"}],
            },
        ],
        "toolConfig": {"tools": [{"toolSpec": {"name": "clock", "inputSchema": {"json": {"type": "object"}}}}]},
    },
    "anthropic": {
        "system": [{"type": "text", "text": "Be brief"}],
        "messages": [
            {"role": "user", "content": "Time?"},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "clock", "input": {}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "12"}]},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "r"}, {"type": "text", "text": "Noon"}]},
        ],
        "tools": [{"name": "clock", "input_schema": {"type": "object"}}],
    },
    "llama-factory": {
        "messages": [
            {"role": "user", "content": [{"type": "text", "value": "Time?"}], "loss_weight": 0.0},
            {"role": "assistant", "content": [{"type": "reasoning", "value": "r"}, {"type": "text", "value": "Noon"}]},
        ]
    },
    "openassistant": {
        "message_tree_id": "x",
        "prompt": {
            "text": "Hi",
            "role": "prompter",
            "replies": [
                {
                    "text": "A",
                    "role": "assistant",
                    "rank": 0,
                    "replies": [
                        {
                            "text": "Bye",
                            "role": "prompter",
                            "replies": [{"text": "C", "role": "assistant", "replies": []}],
                        },
                    ],
                },
                {"text": "B", "role": "assistant", "rank": 1, "replies": []},
                {"text": "D", "role": "assistant", "replies": []},
            ],
        },
    },
    "toolbench": {
        "win": True,
        "answer_generation": {"train_messages": [LEGACY["messages"]], "function": [CLOCK["function"]]},
    },
}
MARK = "MARK7"


def marked(row):
    """The row with one more key in each of its objects, one after another, and with each text replaced."""
    for pointer in pointers_of(row):
        copy = deepcopy(row)
        value = at(copy, pointer)
        if isinstance(value, dict):
            value["extra"] = MARK
        elif isinstance(value, list):
            value.append({"extra": MARK})
        elif isinstance(value, str) and pointer:
            at(copy, pointer[:-1])[pointer[-1]] = MARK
        else:
            continue
        yield pointer, copy


def written(row, to):
    """All that is written of a row, and all that is kept beside it; None when nothing can be written."""
    output, keep = io.BytesIO(), io.BytesIO()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "rows.jsonl")
        path.write_bytes(dumped([row, chat("user: Hi", "assistant: Hello"), PAIR]))
        try:
            convert([str(path)], Job(to), output, keep)
        except FtlintError:
            return None
    return output.getvalue() + keep.getvalue()


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("kind", ROWS)
def test_nothing_is_dropped_in_silence(kind, to):
    silent = []
    for pointer, row in marked(ROWS[kind]):
        content = written(row, to)
        if content is not None and MARK.encode() not in content:
            silent.append("/".join(map(str, pointer)))
    assert silent == []
