"""
The loop over the rows of one chunk: parse, accept, check, count.

What can be proved away is not done. The form of most rows proves that they repeat no key, so the faster parser may read
them; definitions of tools that came before are not parsed again. A row that the schema accepts cannot hide anything
in its known places, so only rows with open places (tool definitions, the extra keys of reinforcement rows) are
searched for huge numbers and deep nesting. Rows with the same outline have the same findings, so each outline is
checked once. A row of N bytes has at most N tokens, so short rows need no tokenizer; only images cost what their size
says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ftlint.core.types import Fix, Part, Place, Pointer, Problem
from ftlint.engine.collect import collector
from ftlint.engine.context import Context, Outlined, Told, ToolsFacts
from ftlint.engine.forms import TOOLS
from ftlint.engine.hits import Hit
from ftlint.engine.result import ChunkResult
from ftlint.engine.tails import Tail
from ftlint.formats.outline import outline, roles_of_plain
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, ContentRule, ImageRule, MessageRule, RowRule, TokenRule
from ftlint.rules.index import Entry, entries
from ftlint.sources.lines import Block, LongLine
from ftlint.sources.parse import parse, proven

if TYPE_CHECKING:
    pass

NOTHING: tuple[tuple[Entry, ...], None, bool] = (), None, False
"""What the bytes of a row tell where nobody asks."""


class Scanner:
    """Scans chunks of one file. It holds the place of the row at hand, and nothing that outlives a row."""

    def __init__(self, context: Context, left: dict[bytes, int] | None = None) -> None:
        self.context = context
        self.known = context.marks.in_rows(left) if context.marks else None
        """What tells findings that are known; `left`: how many more are muted, where it matters which come first."""
        self.result = ChunkResult()
        self.raw = b""
        """The bytes of the row at hand."""
        self.line = self.offset = self.length = self.prefix = 0
        self.place: Place | None = None
        """The place of the row at hand, once something needs it."""
        self.worth: tuple[Entry, ...] = ()
        """The rules about strings and texts that the row at hand is worth, and that have not looked at it yet."""
        self.roles: tuple[str, ...] | None = None
        """Its roles, if it is plain."""
        self.tail: Tail | None = None
        """Its end, if other rows share it."""
        self.is_composed = False
        """Whether its texts are known to be in NFC."""
        self.whole: dict[str, Any] | None = None
        """Its value, where keys were left out that the target makes nothing of."""
        self.counted: dict[Told, list[Any]] = {}
        """How many rows of the chunk have outlines that tell the same, and the place of the first."""
        self.is_tidy = False
        """Whether a text that was scanned for objects is one array of them, each of which fits on a line."""

    def scan_lines(self, block: Block) -> ChunkResult:
        """Scan the lines of a block; the result counts bytes from where that begins."""
        self.result = result = ChunkResult(lines=len(block.lines))
        self.offset = 0
        for number, raw in enumerate(block.lines, 1):
            self.line = number
            self.raw = raw
            self.length = len(raw)
            self.place = None
            try:
                value = self._value(raw)
            except ValueError:
                self._broken_line(raw)
            else:
                result.rows += 1
                self._row(value, raw)
            if raw[-1:] == b"\r":
                self._report(Problem("FT010", "Line ends with a carriage return", fix=Fix("Remove it", "safe")))
            self.offset += len(raw) + 1
        if not block.ends_with_newline:
            self.offset -= self.length + 1
            end = (self.length, self.length)
            fix = Fix("Add a newline", "safe")
            self._report(Problem("FT011", "File does not end with a newline", span=end, fix=fix))
        self._remember_outlines()
        return result

    def scan_long_line(self, line: LongLine) -> ChunkResult:
        """Report a line that was skipped."""
        self.result = ChunkResult(rows=1, lines=1, unparsed=1)
        self.line, self.offset, self.length, self.place = 1, 0, 0, None
        self.raw = b"%d" % line.length  # the line itself is never held
        message = f"Line of {line.length:,} bytes is longer than the limit of {self.context.max_line_bytes:,}"
        self._report(Problem("FT016", message, span=(0, 0)))
        return self.result

    def scan_objects(self, data: bytes, one_array: bool) -> ChunkResult:
        """Scan a text whose objects stand in an array, span lines or share them."""
        from ftlint.sources.loose import is_tidy, on_one_line, spans

        self.result = result = ChunkResult(lines=data.count(b"\n"))
        self.is_tidy = True
        line = 1
        counted = prefix = before = 0
        for start, end, closed in spans(data):
            newlines = data.count(b"\n", counted, start)
            line += newlines
            begin = data.rfind(b"\n", counted, start) + 1 if newlines else counted
            prefix = (0 if newlines else prefix) + len(data[begin:start].decode(errors="replace"))
            counted = start
            raw = bytes(data[start:end])
            self.line, self.offset, self.length, self.prefix, self.raw = line, start, len(raw), prefix, raw
            self.place = None
            result.rows += 1
            joined = on_one_line(raw) if closed and b"\n" in raw else raw
            self.is_tidy &= closed and joined is not None and is_tidy(data[before:start], result.rows == 1, last=False)
            before = end
            if closed and b"\n" in raw and not one_array:
                fix = Fix("Write each object on one line", "safe") if joined is not None else None
                self._report(Problem("FT004", "Object spans several lines", span=(0, 1), fix=fix))
            self._parse(raw)
        self.is_tidy &= is_tidy(data[before:], first=False, last=True)
        self._remember_outlines()
        return result

    def _value(self, raw: bytes) -> Any:
        """Parse a row, in the cheapest way that misses nothing; raises ValueError."""
        context = self.context
        self.roles = self.tail = self.whole = None
        self.worth, form, self.is_composed = context.triggered(raw) if context.triggered else NOTHING
        if form == TOOLS:
            value, self.tail = context.tails.parse(raw)
            return value
        value = parse(raw) if form is None else proven(raw)
        if context.format == "chat" and value.__class__ is dict:
            self.roles = roles_of_plain(value)
        return value

    def _parse(self, raw: bytes) -> None:
        try:
            value = self._value(raw)
        except ValueError:
            self._unparsed(raw)
        else:
            self._row(value, raw)

    def _broken_line(self, raw: bytes) -> None:
        """A line that does not parse: blank, several rows, or a broken one."""
        if not raw.strip():
            self._report(Problem("FT009", "Blank line", span=(0, len(raw)), fix=Fix("Remove the line", "safe")))
            return
        from ftlint.sources.explain import concatenated

        self.result.rows += 1
        several = concatenated(raw)
        if several is None:
            self._unparsed(raw)
            return
        problem, spans = several
        self._report(problem)
        offset, counted = self.offset, 0
        for index, (start, end) in enumerate(spans):
            self.result.rows += index > 0
            self.offset, self.length = offset + start, end - start
            self.prefix += len(raw[counted:start].decode())
            counted = start
            self.place = None
            self.raw = raw[start:end]
            self._parse(self.raw)
        self.offset, self.length, self.prefix, self.place, self.raw = offset, len(raw), 0, None, raw

    def _unparsed(self, raw: bytes) -> None:
        from ftlint.engine import closer

        problems, is_json = closer.of_unparsed(raw)
        self.result.unparsed += not is_json
        self._report_all(problems)

    def _row(self, value: Any, raw: bytes) -> None:
        context = self.context
        if self.worth:
            self._strings(value)
        if type(value) is not dict:
            from ftlint.engine import closer

            self._report(closer.of_wrong_type(value))
            return
        if context.custom:
            from ftlint.engine import closer

            self._report_all(closer.of_custom(value, context))
        roles = self.roles
        known = context.plain.get(roles) if roles else None
        if known is not None:  # a valid row with these roles was seen: this one is valid, too
            self._checked(value, raw, None, known)
            return
        is_known_to_fit = roles and context.plain_roles.issuperset(roles)
        if not is_known_to_fit and (context.acceptor is None or not context.acceptor.is_valid(value)):
            rest = self._refused(value, raw)
            if rest is None:
                return
            self.whole = value
            value, roles = rest, None
        tools: ToolsFacts | None = None
        suspect = context.format == "reinforcement"
        holder = value["input"] if context.format == "preference" else value
        if holder.get("tools"):
            tools = (self.tail and self.tail.facts) or context.tools_facts(holder["tools"], "tools")
            if self.tail:
                self.tail.facts = tools
        elif context.format == "chat" and holder.get("functions"):
            tools = context.tools_facts(holder["functions"], "functions")
        suspect = suspect or (tools is not None and tools.is_odd)
        if suspect and self._open_places(raw):
            return
        format = context.format or "chat"
        key = outline(value, format)
        known = context.outlines.get(key)
        if known is None:
            known = context.remember(key, self._apply_rules(Row(value, format)))
        if roles and key in context.outlines:
            context.plain[roles] = known
        self._checked(value, raw, tools, known)

    def _checked(self, value: dict[str, Any], raw: bytes, tools: ToolsFacts | None, known: Outlined) -> None:
        """Report what the rules find in a valid row, count it, and note what the conclusions need."""
        context, result = self.context, self.result
        if known.problems:
            self._report_all(known.problems)
        if tools is not None:
            self._report_all(tools.problems)
        worth = self.worth
        images: dict[Pointer, int] = {}
        most = len(raw) + (tools.size if tools else 0)
        if known.rules or worth or known.memories or known.call_rules or known.has_images:
            definitions = tools.definitions if tools else None
            row = Row(value, context.format or "chat", definitions, self._place, self.whole, self.is_composed)
            self._look(row, known, worth)
            if known.has_images and context.floor is not None:
                images = context.tokens_of_images(row)
                # An image has nothing to do with the bytes of its URL.
                most += sum(images.values()) - sum(len(image.url) for image in row.images)
        if known.has_images:
            result.image_rows += 1
        if context.totals:
            result.roles.update(known.roles)
        if known.told is not None:
            counted = self.counted.get(known.told)
            if counted is None:
                self.counted[known.told] = [1, self._place()]
            else:
                counted[0] += 1
        if context.floor is not None and most > context.floor:
            self._count(value, images)

    def _look(self, row: Row, known: Outlined, worth: tuple[Entry, ...]) -> None:
        """Apply the rules that depend on more than the outline of a row."""
        context, target = self.context, self.context.target
        for check, report in known.rules:
            check(row, target, report)
        if known.call_rules:
            from ftlint.formats.tools import in_order

            if not in_order(row):
                for check, report in known.call_rules:
                    check(row, target, report)
        if worth:
            text_rules = [context.text_rule(entry.code) for entry in worth]
            for text in row.texts():
                for text_rule, report in text_rules:
                    text_rule.check(text, target, report)
        if context.found:
            self._report_all(context.found)
            context.found.clear()
        seen = self.result.seen
        for memory, dataset_rule in known.memories:
            value = dataset_rule.add(seen.get(memory), row, target)
            if value is not None:
                seen[memory] = value

    def _remember_outlines(self) -> None:
        """Let the rules about the dataset remember what the outlines of the chunk's rows tell."""
        seen, combine = self.result.seen, self.context.combine
        for told, (rows, place) in self.counted.items():
            for memory, rule, value in told.items:
                new = rule.counted(value, rows, place)
                seen[memory] = combine(memory, seen[memory], new) if memory in seen else new
        self.counted.clear()

    def _apply_rules(self, row: Row) -> Outlined:
        target = self.context.target
        problems: list[Problem] = []
        context = self.context
        for row_rule in context.rules(RowRule):
            row_rule.check(row, target, collector(row_rule.code, problems))
        for message in (*row.messages, *row.outputs):
            for message_rule in context.rules(MessageRule):
                message_rule.check(message, target, collector(message_rule.code, problems))
        roles = Counter(message.role for message in row.messages)
        has_images = bool(row.images)
        rules: list[ContentRule] = list(context.rules(ContentRule))
        if has_images:
            rules.extend(context.rules(ImageRule))
        calls = context.rules(CallRule) if row.calls_tools or row.has_results else ()
        return Outlined(
            problems=tuple(problems),
            roles=roles,
            rules=tuple(context.look(rule) for rule in rules if rule.applies(row, target)),
            call_rules=tuple(context.look(rule) for rule in calls if rule.applies(row, target)),
            memories=tuple(item for item in context.memories.items() if item[1].applies(row, target)),
            told=context.told_by(row),
            has_images=has_images,
        )

    def _count(self, value: dict[str, Any], images: dict[Pointer, int]) -> None:
        from ftlint.engine.length import measure

        counted, length = measure(value, self.context, images)
        if self.context.totals:
            self.result.tokens[counted.total] += 1
            self.result.trained += counted.trained
            self.result.images += counted.images
        if length is not None:
            for rule in self.context.rules(TokenRule):
                problems: list[Problem] = []
                rule.check(length, collector(rule.code, problems))
                self._report_all(problems)

    def _refused(self, value: dict[str, Any], raw: bytes) -> dict[str, Any] | None:
        """Report why; what is left to check, where the target makes nothing of the reason."""
        from ftlint.engine import closer

        rest = None
        if self.context.acceptor is None:
            self.result.foreign_rows += 1
        else:
            problems, kind = closer.of_refused(value, raw, self.context)
            self._report_all(problems)
            if kind is not None:
                self.result.add_run(kind, self.result.rows, self.result.rows)
            rest = closer.without_extra_keys(value, problems, self.context)
        return None if self._open_places(raw) else rest

    def _open_places(self, raw: bytes) -> bool:
        from ftlint.engine import closer

        problems = closer.of_open_places(raw)
        self._report_all(problems)
        return bool(problems)

    def _strings(self, value: Any) -> None:
        """Apply the rules about all strings of a row, whatever it is."""
        rules = [entry for entry in self.worth if entry.kind == "StringRule"]
        if rules:
            from ftlint.engine.strings import of_strings

            self.worth = tuple(entry for entry in self.worth if entry.kind != "StringRule")
            self._report_all(of_strings(value, rules))

    def _report_all(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._report(problem)

    def _report(self, problem: Problem) -> None:
        severity = self.context.severities.get(problem.code)
        if severity is None or self._is_known(problem):
            return
        hit = Hit(problem, severity, self._place())
        if entries()[problem.code].once:
            self.result.add_once(hit)
        else:
            self.result.hits.add(hit)

    def _is_known(self, problem: Problem) -> bool:
        return self.known is not None and self.known.has(problem, self.raw, self.result.marks)

    def _place(self) -> Place:
        if self.place is None:
            parts = self.result.parts
            if not parts:
                parts.append(Part())
            self.place = Place(self.result.rows, self.line, self.offset, self.length, self.prefix, parts[0])
        return self.place
