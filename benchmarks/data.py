"""
Seeded files of realistic rows, kept in a cache directory under the system's temporary one.

Run as a program (`python -m benchmarks.data long 30`) it writes a file and prints its path. The measurements
call it so: a child's peak memory is never reported lower than its parent's, so the parent must stay small.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.prose import Script, scripts

VERSION = 2
"""Part of the files' names: to be raised when the rows change."""
SEED = 20231011
CACHE = Path(tempfile.gettempdir()) / "ftlint-benchmarks"

Json = dict[str, Any]


class Author:
    """Writes rows. Only the 24 system prompts and the 12 sets of tools come again, as they do in real files."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.scripts = scripts(self.random)
        self.english = self.scripts["english"]
        self.others = [script for name, script in self.scripts.items() if name != "english"]
        self.systems = [self._text(self.english, self.random.randint(60, 900)) for _ in range(24)]
        self.tools = [[self._tool() for _ in range(self.random.randint(1, 3))] for _ in range(12)]

    def long(self) -> Json:
        """A chat row of about 4 KB: 2 to 8 messages, every fifth with tool calls."""
        size = min(32_000, int(self.random.lognormvariate(8.1, 0.5)))
        if self.random.random() < 0.2:
            return self._with_tools(size)
        return {"messages": self._conversation(size, self.random.choice((2, 2, 3, 4, 5, 6, 7, 8)))}

    def short(self) -> Json:
        """A chat row of about 600 bytes: 2 or 3 messages."""
        return {"messages": self._conversation(self.random.randint(250, 750), self.random.choice((2, 3)), short=True)}

    def clean(self) -> Json:
        """A chat row of about 4 KB that always has a system message, so that nothing is found in the file."""
        size = min(32_000, int(self.random.lognormvariate(8.1, 0.5)))
        return {"messages": self._conversation(size, 3)}

    def completion(self) -> Json:
        """A prompt/completion row of about 600 bytes."""
        script = self._script()
        return {"prompt": self._text(script, 380) + "\n\n###\n\n", "completion": f" {self._answer(script, 160)} END"}

    def _conversation(self, size: int, length: int, short: bool = False) -> list[Json]:
        script = self._script()
        messages: list[Json] = []
        if length % 2:
            system = self.random.choice(self.systems)
            messages.append({"role": "system", "content": system[:120] if short else system})
        for _ in range(length // 2):
            share = size // (length // 2)
            question = int(share * self.random.uniform(0.1, 0.6))
            messages.append({"role": "user", "content": self._text(script, question)})
            messages.append({"role": "assistant", "content": self._answer(script, share - question)})
        return messages

    def _with_tools(self, size: int) -> Json:
        tools = self.random.choice(self.tools)
        function = self.random.choice(tools)["function"]
        script = self._script()
        properties = function["parameters"]["properties"]
        arguments = {name: self._text(script, 30) for name in properties}
        answer = {
            "results": [self._text(script, size // 8) for _ in range(3)],
            "total": self.random.randint(3, 999),
        }
        identity = f"call_{self.random.getrandbits(96):024x}"
        call = {"name": function["name"], "arguments": json.dumps(arguments)}
        messages = [
            {"role": "system", "content": self.random.choice(self.systems)},
            {"role": "user", "content": self._text(script, size // 6)},
            {"role": "assistant", "tool_calls": [{"id": identity, "type": "function", "function": call}]},
            {"role": "tool", "tool_call_id": identity, "content": json.dumps(answer, ensure_ascii=False)},
            {"role": "assistant", "content": self._answer(script, size // 4)},
        ]
        return {"messages": messages, "tools": tools, "parallel_tool_calls": False}

    def _tool(self) -> Json:
        name = "_".join(self.random.choices(("find", "read", "list", "order", "user", "city", "price", "file"), k=3))
        properties = {
            f"{word}_{number}": {"type": "string", "description": self._text(self.english, 70)}
            for number, word in enumerate(self.random.choices(("query", "place", "day", "limit"), k=3))
        }
        parameters = {"type": "object", "properties": properties, "required": [next(iter(properties))]}
        function = {"name": name, "description": self._text(self.english, 150), "parameters": parameters}
        return {"type": "function", "function": function}

    def _script(self) -> Script:
        return self.english if self.random.random() < 0.75 else self.random.choice(self.others)

    def _answer(self, script: Script, size: int) -> str:
        """A text that ends as answers end, with a full stop."""
        return self._text(script, size).rstrip(" ,;:-—.!?") + "."

    def _text(self, script: Script, size: int) -> str:
        return script.text(self.random, size)


KINDS: dict[str, Callable[[Author], Json]] = {
    "long": Author.long,
    "short": Author.short,
    "clean": Author.clean,
    "completion": Author.completion,
}


def lines(kind: str, seed: int = SEED) -> Iterator[bytes]:
    """Endless rows of a kind; four fifths of them are pure ASCII, as `json.dumps` writes by default."""
    author = Author(seed)
    row = KINDS[kind]
    while True:
        escaped = author.random.random() < 0.8
        yield json.dumps(row(author), ensure_ascii=escaped).encode() + b"\n"


def file_of_size(kind: str, megabytes: int) -> Path:
    """A file of so many megabytes (of a million bytes), written unless it is there."""
    return _file(kind, f"{megabytes}mb", lambda: _until(lines(kind), megabytes * 1_000_000))


def file_of_rows(kind: str, rows: int) -> Path:
    """A file of so many rows."""
    return _file(kind, f"{rows}rows", lambda: islice(lines(kind), rows))


def _until(source: Iterator[bytes], size: int) -> Iterator[bytes]:
    written = 0
    while written < size:
        line = next(source)
        written += len(line)
        yield line


def _file(kind: str, size: str, source: Callable[[], Iterator[bytes]]) -> Path:
    path = CACHE / f"{kind}-{size}-v{VERSION}-py{platform.python_version()}.jsonl"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.writelines(source())
        unfinished.replace(path)
    return path


if __name__ == "__main__":
    kind, size = sys.argv[1:]
    print(file_of_rows(kind, int(size[:-4])) if size.endswith("rows") else file_of_size(kind, int(size)))
