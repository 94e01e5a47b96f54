"""What rules look at in rows with tools: the definitions, the calls, and the results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any

import orjson

from ftlint.core.types import Pointer
from ftlint.formats.identity import digest
from ftlint.formats.parameters import Parameters, examine, unsatisfied
from ftlint.formats.views import Message, Row
from ftlint.sources.parse import parse

Key = tuple[str, str | None]
MAX_MEANT = 20
"""Calls that a result without one might have been meant for."""
UNREADABLE = object()
"""What the arguments of a call are that do not parse."""


class Function:
    """The definition of one tool or legacy function, with its place."""

    __slots__ = ("_encoded", "at", "name", "value")

    def __init__(self, value: dict[str, Any], at: Pointer) -> None:
        self.value = value
        self.at = at
        self.name: str = value["name"]
        self._encoded: bytes | None = None

    @property
    def schema(self) -> bytes | None:
        """Its parameters as JSON; None where it has none, or such as no other program could read."""
        if self._encoded is None and isinstance(self.value.get("parameters"), dict):
            try:
                # As a copy: the bytes that orjson returns keep the 4 KB that they were written into.
                self._encoded = memoryview(orjson.dumps(self.value["parameters"])).tobytes()
            except TypeError:  # nesting over 254, integers over 64 bits: other rules report them
                return None
        return self._encoded

    @property
    def parameters(self) -> Parameters | None:
        """What is known about the schema of its parameters."""
        return None if self.schema is None else examine(self.schema)

    @property
    def is_strict(self) -> bool:
        """Whether its calls are to satisfy the schema exactly."""
        return self.value.get("strict") is True


class Definitions:
    """The tools of a row (`{"type": "function", "function": {…}}`), or its legacy functions. `at` is their list."""

    __slots__ = ("_digest", "_digests", "_pairs", "at", "functions", "named", "value")

    def __init__(self, value: list[dict[str, Any]], at: Pointer) -> None:
        self.value = value
        self.at = at
        if at[-1] == "tools":
            self.functions = [Function(tool["function"], (*at, i, "function")) for i, tool in enumerate(value)]
        else:
            self.functions = [Function(function, (*at, i)) for i, function in enumerate(value)]
        self.named = {function.name: function for function in reversed(self.functions)}
        """By name; of several with one name the first."""
        self._digest: str | None = None
        self._pairs: frozenset[tuple[str, bytes]] | None = None
        self._digests: dict[tuple[str, bytes], Pointer] | None = None

    @property
    def digest(self) -> str:
        """Of all of them, as `ftlint.formats.identity` has it; hexadecimal."""
        if self._digest is None:
            self._digest = digest(self.value).hex()
        return self._digest

    @property
    def digests(self) -> dict[tuple[str, bytes], Pointer]:
        """Each name with a digest of its definition, the same whatever the order of its keys, and its place."""
        if self._digests is None:
            self._digests = {(name, _digest(each.value)): each.at for name, each in self.named.items()}
        return self._digests

    @property
    def pairs(self) -> frozenset[tuple[str, bytes]]:
        """Each name with a digest of its definition."""
        if self._pairs is None:
            self._pairs = frozenset(self.digests)
        return self._pairs


class Call:
    """
    One call of a tool, or of a legacy function. `at` is the object with name and arguments.

    `id` is None where the target takes calls without one, `id_at` then the place of the call itself. Most targets
    take arguments as JSON in a string, some as an object.
    """

    __slots__ = ("_value", "arguments", "at", "id", "id_at", "is_legacy", "message_at", "name")

    def __init__(
        self,
        function: dict[str, Any],
        at: Pointer,
        message_at: Pointer,
        id: str | None = None,
        id_at: Pointer = (),
        *,
        is_legacy: bool = False,
    ) -> None:
        self.name: str = function["name"]
        self.arguments: str | dict[str, Any] = function["arguments"]
        self.at = at
        self.message_at = message_at
        self.id = id
        self.id_at = id_at
        self.is_legacy = is_legacy
        self._value: Any = None

    @property
    def size(self) -> int:
        """How many values the arguments hold at most."""
        return size_of(self.arguments)

    @property
    def value(self) -> Any:
        """Its arguments, parsed; `UNREADABLE` where they are no JSON, repeat a key or nest too deep."""
        if self._value is None:
            self._value = (parsed(self.arguments),)
        return self._value[0]


def parsed(arguments: str | dict[str, Any]) -> Any:
    """Arguments as a value; `UNREADABLE` where they are no JSON, repeat a key or nest too deep."""
    if isinstance(arguments, dict):
        return arguments
    try:
        return parse(arguments.encode())
    except ValueError:
        return UNREADABLE


def size_of(arguments: Any) -> int:
    """How many values arguments hold at most, in a string or as they are."""
    if isinstance(arguments, str):
        return 1 + arguments.count(",") + arguments.count("{") + arguments.count("[")
    if not isinstance(arguments, (dict, list)):
        return 1
    return 1 + sum(map(size_of, arguments.values() if isinstance(arguments, dict) else arguments))


class Result:
    """
    A message with the result of a call: of a tool, which names the call's id, or of a legacy function.

    Some targets take results of tools without an id; then the name, or the order alone, tells whose result it is.
    """

    __slots__ = ("at", "id", "is_legacy", "name")

    def __init__(self, message: Message) -> None:
        self.at = message.at
        self.is_legacy = message.role == "function"
        self.id: str | None = None if self.is_legacy else message.value.get("tool_call_id")
        self.name: str | None = message.value.get("name")


class _Waiting:
    """
    Calls without a result, in order. Each result takes the first that it may answer, found by what they have in
    common: the id, where both have one, else the name, where the result has one; of legacy calls the name. A turn may
    have tens of thousands of calls.
    """

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}
        self._numbers: dict[Key, deque[int]] = {}
        self._next = 0

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls.values())

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, call: Call) -> None:
        """One more call, the last."""
        self._calls[self._next] = call
        for key in _keys_of_call(call):
            self._numbers.setdefault(key, deque()).append(self._next)
        self._next += 1

    def take(self, result: Result) -> Call | None:
        """The first call that the result may answer, which waits no longer."""
        first = min((number for key in _keys_of_result(result) if (number := self._first(key)) >= 0), default=-1)
        return self._calls.pop(first, None)

    def _first(self, key: Key) -> int:
        numbers = self._numbers.get(key)
        while numbers and numbers[0] not in self._calls:
            numbers.popleft()
        return numbers[0] if numbers else -1


def _keys_of_call(call: Call) -> tuple[Key, ...]:
    if call.is_legacy:
        return (("legacy", call.name),)
    own: tuple[Key, ...] = (("id", call.id),) if call.id is not None else (("no id", None), ("no id", call.name))
    return (*own, ("any", None), ("any", call.name))


def _keys_of_result(result: Result) -> tuple[Key, ...]:
    if result.is_legacy:
        return (("legacy", result.name),)
    if result.id is not None:
        return (("id", result.id), ("no id", result.name))
    return (("any", result.name),)


class Unmatched:
    """
    What does not match in a conversation: results without a call, and calls without a result.

    With each result without a call stand the calls that it might have been meant for. A call is missing a result
    only where its turn has results and the conversation goes on: a turn without any is followed by something else
    (FT216), and a row may end with calls.
    """

    __slots__ = ("missing", "orphans")

    def __init__(self) -> None:
        self.orphans: list[tuple[Result, list[Call]]] = []
        self.missing: list[Call] = []


def in_order(row: Row) -> bool:
    """
    Prove, fast, that nothing is wrong with the calls and results of a row; False proves nothing.

    As with the schema: what is accepted here costs no more, what is not is looked at by each rule. Accepted are
    calls of defined tools with ids of their own and arguments that satisfy the schema, each turn followed by its
    results, or by nothing.
    """
    definitions = row.definitions
    if definitions is None or row.format == "preference":
        return False
    named = definitions.named
    pending: set[str] = set()
    for message in row.value["messages"]:
        if message["role"] == "tool":
            if message.get("tool_call_id") not in pending:
                return False
            pending.remove(message["tool_call_id"])
        elif pending or message.get("function_call") or message["role"] == "function":
            return False
        else:
            for call in message.get("tool_calls") or ():
                function = named.get(call["function"]["name"])
                identity = call.get("id")
                if function is None or not isinstance(identity, str) or identity in pending:
                    return False
                if not _is_accepted(call["function"]["arguments"], function):
                    return False
                pending.add(identity)
    return True


def _is_accepted(arguments: Any, function: Function) -> bool:
    value = parsed(arguments)
    if value.__class__ is not dict:
        return False
    schema = function.schema
    return schema is None or not unsatisfied(schema, value, size_of(arguments))


def calls_of(message: Message) -> list[Call]:
    """The calls of one message, in order."""
    value, at = message.value, message.at
    calls = []
    for index, call in enumerate(value.get("tool_calls") or ()):
        place = (*at, "tool_calls", index)
        identity = call.get("id")
        id_at = place if identity is None else (*place, "id")
        calls.append(Call(call["function"], (*place, "function"), at, identity, id_at))
    if value.get("function_call"):
        calls.append(Call(value["function_call"], (*at, "function_call"), at, is_legacy=True))
    return calls


def match(row: Row) -> Unmatched:
    """
    Match the results of a row with its calls; each output of a preference row goes on where its conversation ends.

    An id belongs to its turn: real conversations count their calls from call_1 again in every turn. So a result
    answers a call of the turn before it, each call once. Only a result that comes late, with other messages
    between, may answer an earlier turn: what came between is reported, not the result.
    """
    calls: dict[Pointer, list[Call]] = {}
    for call in row.calls:
        calls.setdefault(call.message_at, []).append(call)
    outputs = row.outputs
    if not outputs:
        return _match(row.messages, calls)
    whole = _match(row.messages, calls)
    for side in dict.fromkeys(message.at[0] for message in outputs):
        part = _match([*row.messages, *(message for message in outputs if message.at[0] == side)], calls)
        known = {call.at for call in whole.missing}
        whole.missing.extend(call for call in part.missing if call.at not in known)
        whole.orphans.extend(orphan for orphan in part.orphans if orphan[0].at[0] == side)
    return whole


def _match(messages: Iterable[Message], calls: dict[Pointer, list[Call]]) -> Unmatched:
    found = Unmatched()
    turn = _Waiting()  # the calls of the turn at hand that have no result yet
    late = _Waiting()  # those of earlier turns
    strays = 0
    answered = False
    for message in messages:
        if message.role in ("tool", "function"):
            result = Result(message)
            answered = True
            if not (turn.take(result) or late.take(result)):
                found.orphans.append((result, list(islice(turn, MAX_MEANT))))
                strays += 1
        else:
            if turn:
                if answered:  # each stray result stands for one call: one misspelt id, one finding
                    found.missing.extend([call for call in turn if not call.is_legacy][strays:])
                for call in turn:
                    late.add(call)
                turn = _Waiting()
            if message.role == "assistant":
                for call in calls.get(message.at, ()):
                    turn.add(call)
            strays, answered = 0, False
    return found


def _digest(value: Any) -> bytes:
    try:
        encoded = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        encoded = repr(value).encode(errors="surrogatepass")
    return blake2b(encoded, digest_size=8).digest()
