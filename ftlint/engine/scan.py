"""
The loop over the rows of one chunk: parse, accept, check, count.

What can be proved away is not done. A row that the schema accepts cannot hide anything in its known places, so
duplicate keys are proved absent by counting quotation marks, and only rows with open places (tool definitions,
the extra keys of reinforcement rows) are searched for huge integers and deep nesting. A row of N bytes has at
most N tokens, so short rows need no tokenizer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from ftlint.core.positions import duplicate_keys
from ftlint.core.types import Fix, Pointer, Problem, Severity, spell_pointer
from ftlint.core.visible import shorten
from ftlint.engine.context import Context
from ftlint.engine.length import measure
from ftlint.engine.result import ChunkResult, Hit
from ftlint.formats.detect import kind_of
from ftlint.formats.shape import explain, explain_custom
from ftlint.formats.views import Row
from ftlint.rules.registry import ONCE
from ftlint.sources.explain import big_integer, too_deep
from ftlint.sources.explain import explain as explain_json
from ftlint.sources.lines import Block, LongLine
from ftlint.sources.loose import spans

DIGITS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
LONG_INTEGER = b"0" * 19
SYSTEM = ("system", "developer")


class Scanner:
    """Scans chunks of one file. It holds the place of the row at hand, and nothing that outlives a row."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.result = ChunkResult()
        self.line = self.offset = self.length = self.prefix = 0

    def scan_lines(self, block: Block) -> ChunkResult:
        """Scan the lines of a block."""
        self.result = result = ChunkResult(lines=len(block.lines))
        loads = orjson.loads
        self.offset = block.offset
        for number, raw in enumerate(block.lines, 1):
            self.line = number
            self.length = len(raw)
            try:
                value = loads(raw)
            except orjson.JSONDecodeError:
                self._broken(raw)
            else:
                result.rows += 1
                self._row(value, raw)
            if raw[-1:] == b"\r":
                self._report(Problem("FT010", "Line ends with a carriage return", fix=Fix("Remove it", "safe")))
            self.offset += len(raw) + 1
        if not block.ends_with_newline:
            self.offset -= 1
            self._report(Problem("FT011", "File does not end with a newline", fix=Fix("Add a newline", "safe")))
        return result

    def scan_long_line(self, line: LongLine) -> ChunkResult:
        """Report a line that was skipped."""
        self.result = ChunkResult(rows=1, lines=1, unparsed=1)
        self.line, self.offset, self.length = 1, line.offset, 0
        message = f"Line of {line.length:,} bytes is longer than the limit of {self.context.max_line_bytes:,}"
        self._report(Problem("FT016", message, span=(0, 0)))
        return self.result

    def scan_objects(self, data: bytes, one_array: bool) -> ChunkResult:
        """Scan a text whose objects stand in an array, span lines or share them."""
        self.result = result = ChunkResult(lines=data.count(b"\n"))
        line = 1
        counted = 0
        for start, end, closed in spans(data):
            line += data.count(b"\n", counted, start)
            counted = start
            raw = bytes(data[start:end])
            self.line, self.offset, self.length = line, start, len(raw)
            self.prefix = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode(errors="replace"))
            if closed and b"\n" in raw and not one_array:
                self._report(
                    Problem(
                        "FT004",
                        "Object spans several lines",
                        span=(0, 1),
                        fix=Fix("Write each object on one line", "safe"),
                    )
                )
            result.rows += 1
            self._parse(raw)
        return result

    def _parse(self, raw: bytes) -> None:
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            self.result.unparsed += 1
            self._report(explain_json(raw))
        else:
            self._row(value, raw)

    def _broken(self, raw: bytes) -> None:
        """A line that does not parse: blank, several rows, or one problem."""
        if not raw.strip():
            self._report(Problem("FT009", "Blank line", span=(0, len(raw)), fix=Fix("Remove the line", "safe")))
            return
        problem = explain_json(raw)
        if problem.code == "FT001" and raw.startswith(b"\xef\xbb\xbf"):
            problem = Problem("FT006", "A byte-order mark stands in the middle of the file", span=(0, 3))
        self.result.rows += 1
        if problem.code != "FT005":
            self.result.unparsed += 1
        self._report(problem)
        if problem.code == "FT005":
            offset = self.offset
            for index, (start, end, _) in enumerate(spans(raw)):
                self.result.rows += index > 0
                self.offset, self.length = offset + start, end - start
                self.prefix = len(raw[:start].decode())
                self._parse(raw[start:end])
            self.offset, self.length, self.prefix = offset, len(raw), 0

    def _row(self, value: Any, raw: bytes) -> None:
        context = self.context
        if type(value) is not dict:
            self._report(not_an_object(value))
            return
        if raw.count(b'"') != _quotes(value) or b"\\u0022" in raw:
            if self._duplicates(raw):
                return
        acceptor = context.acceptor
        if acceptor is None or not acceptor.is_valid(value):
            if acceptor is not None:
                self._refused(value)
            else:
                self.result.foreign_rows += 1
            self._open_places(raw)
            self._custom(value)
            return
        self._custom(value)
        tools_bytes = 0
        definitions = value.get("tools") or value.get("functions")
        if context.format == "preference":
            definitions = value["input"].get("tools")
        if definitions:
            tools_bytes, deep = context.tools_facts(definitions)
            if (deep or LONG_INTEGER in raw.translate(DIGITS)) and self._open_places(raw):
                return
        if context.format == "reinforcement" and self._open_places(raw):
            return
        self._check(Row(value, context.format or "chat"))
        if context.floor is not None and (len(raw) + tools_bytes > context.floor or b'"image_url"' in raw):
            self._count(value)

    def _check(self, row: Row) -> None:
        """Run the rules of rows and messages, and note what the conclusions need."""
        context, result = self.context, self.result
        target = context.target
        for rule in context.row_rules:
            self._code = rule.code
            rule.check(row, target, self._from_rule)
        for message in row.messages:
            for message_rule in context.message_rules:
                self._code = message_rule.code
                message_rule.check(message, target, self._from_rule)
        if row.messages:
            result.conversations += 1
            roles = [message.role for message in row.messages]
            if context.totals:
                result.roles.update(roles)
            if "system" in roles or "developer" in roles:
                result.systems += 1
            elif result.first_without_system is None:
                problem = Problem("FT213", "", pointer=row.at)
                result.first_without_system = self._hit(problem, Severity.INFO)

    def _count(self, value: dict[str, Any]) -> None:
        counted, length = measure(value, self.context)
        if self.context.totals:
            self.result.tokens.append(counted.total)
            self.result.trained.append(counted.trained)
            self.result.images += counted.images
        if length is not None:
            for rule in self.context.token_rules:
                self._code = rule.code
                rule.check(length, self._from_rule)

    def _refused(self, value: dict[str, Any]) -> None:
        context, result = self.context, self.result
        kind = kind_of(value)
        as_chat = "chat" if context.format == "reinforcement" else context.format
        if kind is not None and kind != as_chat and context.acceptor is not None:
            result.add_run(kind, result.rows, result.rows)
            return
        if context.acceptor is not None:
            for problem in explain(value, context.acceptor):
                self._report(problem)

    def _duplicates(self, raw: bytes) -> bool:
        """Report keys that stand twice in one object."""
        found = False
        text = raw.decode()
        for node in duplicate_keys(text):
            place = spell_pointer(node.pointer[:-1]) or "the row"
            key = node.key or (node.start, node.end)
            span = (len(text[: key[0]].encode()), len(text[: key[1]].encode()))
            self._report(
                Problem("FT012", f"Key {shorten(str(node.pointer[-1]))} stands twice in {place}", node.pointer, span=span)
            )
            found = True
        return found

    def _open_places(self, raw: bytes) -> bool:
        """Huge integers and deep nesting, where the schema does not rule them out."""
        problem = too_deep(raw)
        if problem is None and LONG_INTEGER in raw.translate(DIGITS):
            problem = big_integer(raw)
        if problem is not None:
            self._report(problem)
        return problem is not None

    def _custom(self, value: dict[str, Any]) -> None:
        for name, acceptor in self.context.custom:
            if not acceptor.is_valid(value):
                for problem in explain_custom(value, acceptor, name):
                    self._report(problem)

    def _from_rule(
        self,
        message: str,
        at: Pointer | None = None,
        *,
        on_key: bool = False,
        help: str | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> None:
        self._report(Problem(self._code, message, at, on_key, None, help, fix, severity))

    def _report(self, problem: Problem) -> None:
        severity = self.context.severities.get(problem.code)
        if severity is None:
            return
        if problem.code not in ONCE:
            self.result.hits.append(self._hit(problem, problem.severity or severity))
            return
        known = self.result.once.get(problem.code)
        if known is None:
            known = (0, self._hit(problem, problem.severity or severity))
        self.result.once[problem.code] = (known[0] + 1, known[1])

    def _hit(self, problem: Problem, severity: Severity) -> Hit:
        row = self.result.rows
        return Hit(problem, severity, row, self.line, self.offset, self.length, self.prefix)

    _code = ""


def not_an_object(value: Any) -> Problem:
    """The finding for a row that is JSON, but no object."""
    what = {list: "a list", str: "a string", bool: "a boolean", type(None): "null"}.get(type(value), "a number")
    remedy = None
    if isinstance(value, list) and value and isinstance(value[0], dict) and "role" in value[0]:
        remedy = 'wrap the list: {"messages": [ … ]}'
    return Problem("FT002", f"Row is {what}, expected an object", pointer=(), help=remedy)


def _quotes(value: dict[str, Any]) -> int:
    try:
        return orjson.dumps(value).count(b'"')
    except TypeError:  # nested past orjson's limit: let the slow way look
        return -1


def scan_all(scanner: Scanner, chunks: Iterable[Block | LongLine]) -> ChunkResult:
    """Scan the chunks of a file one after another."""
    whole = ChunkResult()
    for chunk in chunks:
        part = scanner.scan_lines(chunk) if isinstance(chunk, Block) else scanner.scan_long_line(chunk)
        whole.absorb(part)
    return whole
