"""One line after another is mended: its problems are looked for, their edits made, and it is looked at again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ftlint.core.edits import edited, value_at
from ftlint.core.types import DROP_ROW, Applicability, Edit, Fix, Pointer, Problem, Severity
from ftlint.engine.context import PARTS, Context
from ftlint.engine.scan import Scanner
from ftlint.rules.index import entries
from ftlint.sources.lines import Block
from ftlint.sources.parse import parse
from ftlint.transform.broken import MENDED, mended
from ftlint.transform.splice import spliced

MAX_ROUNDS = 10
"""A mended row is looked at again, so many times at most: what is left then is found when the whole file is."""
MAX_REFUSED = 1000
"""Refusals that are kept; those past it are counted."""


class Dropped(NamedTuple):
    """A row that was taken out, as it was, with its line in the file, where that is known, and why."""

    raw: bytes
    line: int | None
    reason: str


Drop = Callable[[Dropped], None]
"""What keeps a row that is taken out."""


class Refused(NamedTuple):
    """A problem whose fix was not made, and why."""

    line: int | None
    code: str
    reason: str


@dataclass(slots=True)
class Done:
    """What was done to a file."""

    fixed: Counter[str] = field(default_factory=Counter)
    """How many problems of each rule were mended."""
    dropped: int = 0
    """Rows that were taken out."""
    refused: list[Refused] = field(default_factory=list)
    not_listed: int = 0
    """Refusals past `MAX_REFUSED`."""


class Wanted(NamedTuple):
    """Which problems are to be mended."""

    codes: frozenset[str]
    """Those that the file has."""
    in_rows: frozenset[str]
    """Those that come to light in a row whose other problems are fixed are fixed with them."""
    applicability: frozenset[Applicability]
    of_dataset: Mapping[str, Fix]
    """Fixes that are made in every row, by code."""
    to_drop: Mapping[int, str]
    """Rows that are taken out for what they are beside other rows: their offsets, and the code that says so."""

    def takes(self, problem: Problem) -> bool:
        """Whether a problem is one of them."""
        fix = problem.fix
        return fix is not None and problem.code in self.in_rows and fix.applicability in self.applicability


class Finder(Scanner):
    """A scanner that keeps the problems themselves, by line, and counts nothing."""

    def __init__(self, context: Context, codes: Collection[str] | None = None) -> None:
        active = context.severities
        severities = active if codes is None else {code: active[code] for code in active if code in codes}
        parts = {name: getattr(context, name) for name in PARTS}
        if codes is None:  # what a row has, whoever knows it
            parts["marks"] = None
        super().__init__(Context(**{**parts, "severities": severities, "totals": False}))
        self.found: dict[int, list[Problem]] = {}

    def _report(self, problem: Problem) -> None:
        if problem.code in self.context.severities and not self._is_known(problem):
            self.found.setdefault(self.line, []).append(problem)

    def lines(self, block: Block) -> dict[int, list[Problem]]:
        """The problems of the lines of a block, which count from 1."""
        self.found = {}
        self.scan_lines(block)
        return self.found

    def line_of(self, raw: bytes) -> list[Problem]:
        """The problems of one line."""
        return self.lines(Block(0, memoryview(raw + b"\n"))).get(1, [])


class RowMender:
    """Mends the lines of one file, and notes what it does."""

    def __init__(self, context: Context, wanted: Wanted, done: Done, drop: Drop | None) -> None:
        self.wanted = wanted
        self.done = done
        self._drop = drop
        self.every_row: list[tuple[str, Edit]] = []
        """The edits that are made in every row, with their code; each with one text to put in."""
        self.severities = context.severities
        self._whole = Finder(context)
        self._first = Finder(context, wanted.codes)

    def lines(self, block: Block, before: int) -> list[bytes] | None:
        """The lines that take the place of those of a block, with `before` lines before it; None: they stay."""
        found = self._first.lines(block)
        touched = {index for index, problems in found.items() if any(self.wanted.takes(one) for one in problems)}
        if not touched and not self.every_row and not self.wanted.to_drop:
            return None
        lines: list[bytes] = []
        offset = block.offset
        for index, raw in enumerate(block.lines, 1):
            if self.every_row or index in touched or offset in self.wanted.to_drop:
                lines += self.mended(raw, before + index, offset)
            else:
                lines.append(raw)
            offset += len(raw) + 1
        return lines

    def mended(self, raw: bytes, line: int, offset: int) -> list[bytes]:
        """The lines that take the place of a line: mostly one, none of a row that is dropped."""
        code = self.wanted.to_drop.get(offset)
        if code and _is_one_row(raw) and self._dropped(raw, line, code, entries()[code].name):
            return []
        return self._again(self._everywhere(raw, line), raw, line, MAX_ROUNDS, frozenset())

    def _again(self, raw: bytes, origin: bytes, line: int, rounds: int, refused: frozenset[Problem]) -> list[bytes]:
        """Mend a row that `origin` was when it was read."""
        every = self._whole.line_of(raw)
        problems = [one for one in every if self.wanted.takes(one) and one not in refused]
        if not problems or not rounds:
            return [raw]
        broken = next((problem for problem in problems if problem.code in MENDED), None)
        if broken is not None:
            lines = mended(raw, broken)
            if lines is None or lines == [raw]:
                self.refuse(line, broken.code, "it would not be a row afterwards, or not the same one")
                return self._again(raw, origin, line, rounds, refused | {broken})
            self.done.fixed[broken.code] += 1
            if len(lines) == 1:
                return self._again(lines[0], origin, line, rounds - 1, frozenset())
            return [new for part in lines for new in self._again(part, part, line, rounds - 1, frozenset())]
        try:
            value = parse(raw)
        except ValueError:  # several objects on the line, or a key twice: not to be touched
            return [raw]
        chosen = list(_apart((problem, edits) for problem in problems if (edits := _edits_of(problem, value))))
        if reason := next((problem for problem, edits in chosen if edits == [DROP_ROW]), None):
            if self._dropped(origin, line, reason.code, reason.message):
                return []
            return self._again(raw, origin, line, rounds, refused | {reason})
        if len(chosen) > 1 and isinstance(new := self._tried(raw, value, chosen, every), bytes):
            self.done.fixed.update(problem.code for problem, _ in chosen)
            return self._again(new, origin, line, rounds - 1, refused)
        for one in chosen:  # one by one, when all of them do not go together
            new = self._tried(raw, value, [one], every)
            if isinstance(new, bytes):
                self.done.fixed[one[0].code] += 1
                return self._again(new, origin, line, rounds - 1, refused)
            self.refuse(line, one[0].code, new)
            refused |= {one[0]}
        for problem in problems:
            if problem not in refused and not any(problem is other for other, _ in chosen):
                self.refuse(line, problem.code, "there is no way to write it that is known to mean the same")
        return [raw]

    def _dropped(self, raw: bytes, line: int, code: str, reason: str) -> bool:
        """Take a row out, where there is a place to keep it."""
        if self._drop is None:
            self.refuse(line, code, "there is no file beside which the row could be kept")
            return False
        self._drop(Dropped(raw, line, f"{code} {reason}"))
        self.done.fixed[code] += 1
        self.done.dropped += 1
        return True

    def _tried(
        self, raw: bytes, value: Any, chosen: list[tuple[Problem, list[Edit]]], before: list[Problem]
    ) -> bytes | str:
        """The row with all of these problems mended, or why they cannot be."""
        edits = [edit for _, found in chosen for edit in found]
        try:
            new = spliced(raw, value, edits)
            same = _exactly(parse(new)) == _exactly(edited(value, edits))
        except (ValueError, LookupError, TypeError, RecursionError):
            same = False
        if not same:
            return "the row would not be the same but for what is to change"
        if new == raw:
            return "nothing would change"
        acceptor = self._whole.context.acceptor
        if acceptor is not None and acceptor.is_valid(value):  # no rule looks at others
            after = self._errors(self._whole.line_of(new)) - self._errors(before)
            if after:
                return f"the row would have an error that it does not have now ({', '.join(sorted(after))})"
        return new

    def _errors(self, problems: Iterable[Problem]) -> set[str]:
        return {one.code for one in problems if self.severities[one.code] is Severity.ERROR}

    def _everywhere(self, raw: bytes, line: int) -> bytes:
        """The line after the edits that are made in every row."""
        if not self.every_row or not raw.strip():
            return raw
        try:
            value = parse(raw)
        except ValueError:
            return raw
        for code, edit in self.every_row:
            assert edit.at is not None
            try:
                text = value_at(value, edit.at)
            except (LookupError, TypeError):
                continue
            new = put_on(text, edit)
            if new == text:
                continue
            tried = self._tried(raw, value, [(Problem(code, ""), [Edit("replace", new, edit.at)])], [])
            if isinstance(tried, str):
                self.refuse(line, code, tried)
                continue
            raw, value = tried, parse(tried)
            self.done.fixed[code] += 1
        return raw

    def refuse(self, line: int | None, code: str, reason: str) -> None:
        """Note a fix that is not made."""
        if len(self.done.refused) < MAX_REFUSED:
            self.done.refused.append(Refused(line, code, reason))
        else:
            self.done.not_listed += 1


def _is_one_row(raw: bytes) -> bool:
    """Whether a line holds a single row; where it holds several, they get lines of their own first."""
    try:
        parse(raw)
    except ValueError:
        return False
    return True


def put_on(text: Any, edit: Edit) -> Any:
    """A text after an edit that is made in every row; whatever else stands there, and an empty text, as it is."""
    if not isinstance(text, str) or not text:
        return text
    put: str = edit.value
    if edit.action == "append":
        # Of `: ` behind `Answer:` only the space is missing.
        there = next(size for size in range(min(len(put), len(text)), -1, -1) if text.endswith(put[:size]))
        return text + put[there:]
    if text[0].isspace() or text[0] >= "\u0e00":  # from Thai on, scripts without spaces between words
        return text
    return put + text


def _edits_of(problem: Problem, value: dict[str, Any]) -> list[Edit]:
    """The edits that mend a problem; none where it cannot be mended."""
    assert problem.fix is not None
    edits: Iterable[Edit] = problem.fix.edits
    try:
        return [
            edit if edit.at is not None else edit._replace(at=problem.pointer)
            for edit in edits or entries()[problem.code].rule().mend(value, problem)
        ]
    except (ValueError, LookupError, TypeError):
        return []


def _apart(mends: Iterable[tuple[Problem, list[Edit]]]) -> Iterator[tuple[Problem, list[Edit]]]:
    """Those whose edits touch no place that one before touches; the others come up again."""
    taken: set[Pointer] = set()
    inside: set[Pointer] = set()
    for problem, edits in mends:
        places = {edit.at for edit in edits if edit.at is not None}
        if any(place in inside or any(place[:n] in taken for n in range(len(place) + 1)) for place in places):
            continue
        taken |= places
        inside |= {place[:n] for place in places for n in range(len(place) + 1)}
        yield problem, edits


def _exactly(value: Any) -> str:
    """A value as text that differs where two values do: `1`, `1.0` and `true` are equal in Python."""
    return json.dumps(value)
