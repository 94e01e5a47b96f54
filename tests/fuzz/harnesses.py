"""What is thrown at what, and what must hold whatever the bytes are."""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import jsonschema_rs
import orjson

from ftlint import FtlintError, check
from ftlint.cli.output import inert
from ftlint.config.load import load
from ftlint.core import visible
from ftlint.core.positions import locate, nodes
from ftlint.core.types import Problem
from ftlint.engine import triggers
from ftlint.engine.explain import explain as explain_text
from ftlint.engine.explain import look_up
from ftlint.engine.forms import TOOLS
from ftlint.engine.report import Report
from ftlint.engine.run import run
from ftlint.engine.selection import severities
from ftlint.engine.tails import Tails
from ftlint.formats.accept import compile_portable, compile_schema
from ftlint.formats.graders.grader import read
from ftlint.formats.schemas import bundle
from ftlint.formats.shape import explain as explain_shape
from ftlint.profiles.catalog import resolve
from ftlint.profiles.errors import near
from ftlint.reporters import convert as report_of_conversion
from ftlint.reporters import explain, github, machine, summary, text
from ftlint.reporters.paint import plain
from ftlint.rules.index import entries
from ftlint.sources.explain import concatenated
from ftlint.sources.explain import explain as explain_json
from ftlint.sources.lines import Block, LongLine, blocks
from ftlint.sources.loose import spans
from ftlint.sources.parse import parse, proven
from ftlint.sources.sniff import HEAD_BYTES, sniff
from ftlint.tokens.encoder import load as load_encoder
from ftlint.transform.convert import convert
from ftlint.transform.dialects import TARGETS
from ftlint.transform.diff import unified
from ftlint.transform.job import Job
from tests.fuzz import seeds
from tests.support import ROOT, TODAY, fixed, patched, small_ranges

UNSAFE = re.compile(visible.UNSAFE)
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"select": ("ALL",)},
    {"select": ("ALL",), "method": "dpo"},
    {"select": ("ALL",), "method": "reinforcement", "totals": True},
    {"select": ("ALL",), "model": "gpt-4o-2024-08-06", "totals": True},
    {"select": ("ALL",), "model": "davinci-002", "totals": True},
    {"select": ("ALL",), "model": "mistral-finetune", "max_line_bytes": 200},
    {"select": ("ALL",), "format": "preference", "totals": True, "max_tokens": 10},
)
"""Ways to check a file; its bytes decide which, so that an input fails again the same way."""


@dataclass(frozen=True, slots=True)
class Harness:
    """A property of bytes: `holds` raises where it does not hold."""

    name: str
    holds: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]


def reader(data: bytes) -> None:
    """However a file is read, its lines are the same, and what is said of a line stands inside it."""
    for head in (data, data[:HEAD_BYTES], data[:7]):
        sniff(head, complete=len(head) == len(data))
    for size, most in ((1 << 20, 1 << 20), (3, 1 << 20), (100, 50), (1, 0)):
        position = 0
        for chunk in blocks(io.BytesIO(data), most, size):
            assert chunk.offset == position
            lines = [b"x" * chunk.length] if isinstance(chunk, LongLine) else chunk.lines
            for line in lines:
                assert isinstance(chunk, LongLine) or data[position : position + len(line)] == line
                position += len(line) + 1
            position -= not chunk.ends_with_newline
            assert isinstance(chunk, Block) or chunk.length > most
        assert position == len(data)
    end = 0
    for start, stop, closed in spans(data):
        assert end <= start < stop <= len(data)
        assert data[start : start + 1] == b"{" and (not closed or data[stop - 1 : stop] in (b"}", b"]"))
        end = stop
    for line in data.split(b"\n")[:50]:
        _line(line)


def _line(line: bytes) -> None:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        _inside(explain_json(line), len(line))
        if (several := concatenated(line)) is not None:
            _inside(several[0], len(line))
            assert len(several[1]) > 1
    else:
        content = line.decode()
        every = [node.pointer for node in nodes(content)]
        found = locate(content, every)
        assert all(found[pointer].pointer == pointer for pointer in every)


def _inside(problem: Problem, length: int) -> None:
    assert not UNSAFE.search(problem.message), problem.message
    if problem.span is not None:
        start, end = problem.span
        assert 0 <= start <= end <= max(length, 1), problem


def shape(data: bytes) -> None:
    """Both engines agree on each row; what is refused has a reason, at a place that is there."""
    for line in data.split(b"\n")[:20]:
        try:
            row = parse(line)
        except ValueError:
            continue
        if type(row) is not dict:
            continue
        for name in map("{}.schema.json".format, SCHEMAS):
            rust, portable = _acceptors(name)
            accepted = rust.is_valid(row)
            with suppress(RecursionError):  # the portable engine's, of a row that nests deep
                assert portable.is_valid(row) == accepted, name
            problems = list(explain_shape(row, rust, line.count(b",")))
            assert bool(problems) != accepted, name
            for problem in problems:
                assert not UNSAFE.search(problem.message), problem
                _leads_somewhere(row, problem)


SCHEMAS = (
    *("chat", "completion", "preference", "reinforcement", "openai/chat-text", "openai/preference", "fireworks/chat"),
    *("mistral-finetune/chat", "nebius/chat", "strict-chat/chat", "together/chat", "together/preference"),
)


@cache
def _acceptors(name: str) -> tuple[Any, Any]:
    return compile_schema(bundle(name), name), compile_portable(bundle(name), name)


def _leads_somewhere(row: Any, problem: Problem) -> None:
    assert problem.pointer is not None
    for step in problem.pointer:
        row = row[step]


def rules(data: bytes) -> None:
    """No rule raises, what is found stands in the file, and several processes find what one finds."""
    number = crc32(data)
    report = _checked(data, OPTIONS[number % len(OPTIONS)])
    _stands_in(report, data)
    if number % 16 == 0 and sys.platform == "linux":
        with small_ranges("fork", 40):
            together = _checked(data, {**OPTIONS[number % len(OPTIONS)], "jobs": 3})
        assert [_nowhere(item) for item in together.findings] == [_nowhere(item) for item in report.findings]
        assert together.summary == report.summary


def _nowhere(finding: Any) -> Any:
    return replace(finding, path="", related=())


def _checked(data: bytes, options: dict[str, Any]) -> Report:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "train.jsonl")
        path.write_bytes(data)
        return run((str(path),), load(path.parent, isolated=True, **{"totals": False, "today": TODAY, **options}))


def _stands_in(report: Report, data: bytes) -> None:
    assert not report.failures, report.failures
    assert report.exit_code() in (0, 1)
    lines = None
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) and b"\x00" not in data[:4]:
        lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for finding in report.findings:
        assert not UNSAFE.search(finding.message), finding
        if finding.line is None:
            continue
        assert finding.line >= 1, finding  # a blank line in front of all rows belongs to none
        if finding.column is not None:
            assert 1 <= finding.column <= finding.end_column, finding
            if lines is not None:
                width = len(lines[finding.line - 1].decode(errors="replace"))
                assert finding.end_column <= width + 1, (finding, width)


def reporters(data: bytes) -> None:
    """Nothing of the data steers a terminal, and the report satisfies its schema."""
    report = _checked(data, OPTIONS[crc32(data) % len(OPTIONS)])
    document = "\n".join(machine.render_json(report))
    assert document.isascii()
    error = next(_report_schema().iter_errors(json.loads(document)), None)
    assert error is None, error
    for line in machine.render_json_lines(report):
        assert line.isascii() and json.loads(line)["version"] == 1
    kinds = (
        text.full(report, plain, None, collapse=True),
        text.full(report, plain, 0),
        text.concise(report, plain, 2),
        text.grouped(report, plain, None),
        text.grouped(report, plain, 1),
        text.statistics(report, plain),
        github.render(report),
        summary.render(report, plain),
        machine.render_json_lines(report),
    )
    for lines in kinds:
        for line in map(inert, lines):
            assert not UNSAFE.search(line), line
            assert "##[" not in line and "##vso[" not in line, line


@cache
def _report_schema() -> Any:
    schema = json.loads((ROOT / "schemas" / "report.v1.schema.json").read_bytes())
    return jsonschema_rs.validator_for(schema)


def configuration(data: bytes) -> None:
    """Any configuration is read, or refused in one sentence."""
    with tempfile.TemporaryDirectory() as directory:
        name = "ftlint.toml" if crc32(data) % 2 else "pyproject.toml"
        Path(directory, name).write_bytes(data)
        Path(directory, "train.jsonl").write_bytes(b'{"prompt": "a", "completion": "b"}\n')
        try:
            found = load(Path(directory))
            severities(found.settings, {})
            report = run((str(Path(directory, "train.jsonl")),), replace(found, settings=_dated(found.settings)))
            assert report.exit_code(found.settings.fail_on) in (0, 1, 2)
        except FtlintError as error:
            assert str(error)


def _dated(settings: Any) -> Any:
    return replace(settings, today=settings.today or TODAY)


def graders(data: bytes) -> None:
    """Any grader is read, and what is wrong with it stands in its file."""
    for problem in read(data).problems:
        assert not UNSAFE.search(problem.message), problem
    with tempfile.TemporaryDirectory() as directory:
        grader, rows = Path(directory, "grader.json"), Path(directory, "train.jsonl")
        grader.write_bytes(data)
        rows.write_bytes(ROWS_FOR_GRADERS)
        report = check(rows, grader=grader, method="reinforcement", totals=False, today=TODAY, select=("ALL",))
    for finding in report.findings:
        assert finding.column is None or 1 <= finding.column <= finding.end_column
    assert report.exit_code() in (0, 1)


ROWS_FOR_GRADERS = b'{"messages": [{"role": "user", "content": "2+2?"}], "answer": "4", "nested": {"a": [1]}}\n' * 3


def tokens(data: bytes) -> None:
    """Every text has a count, no more than its bytes."""
    for content in (data.decode(errors="replace"), data[: len(data) & ~1].decode("utf-16-le", "surrogatepass")):
        size = len(content.encode("utf-8", "replace")) + 2 * sum("\ud800" <= char <= "\udfff" for char in content)
        for encoding in ("cl100k_base", "o200k_base"):
            count = load_encoder(encoding).count(content)
            assert 0 <= count <= size
            assert bool(count) == bool(content)


def trigger_engines(data: bytes) -> None:
    """All engines find the same rules worth a look; what is parsed faster for its form has the same value."""
    for line in (data, *data.split(b"\n")[:20]):
        told = [match(line) for match in _matchers()]
        found = [{entry.code for entry in one.worth} for one in told]
        assert all(other == found[0] for other in found), (line, found)
        if form := told[0].form:
            with suppress(ValueError):
                assert (Tails().parse(line)[0] if form == TOOLS else proven(line)) == parse(line), line


@cache
def _matchers() -> tuple[Any, ...]:
    text_rules = [entry for entry in entries().values() if entry.kind == "TextRule"]
    made = []
    for engine in (triggers.with_re2, triggers.with_rust, triggers.with_re):
        try:
            made.append(engine(text_rules))
        except ImportError:
            continue
    return tuple(made)


def fixer(data: bytes) -> None:
    """A fix does what is said to be fixable, a second one changes nothing, and no row is lost."""
    number = crc32(data)
    options = OPTIONS[number % len(OPTIONS)]
    unsafe = bool(number & 8)
    with tempfile.TemporaryDirectory() as directory:
        once, first, report = fixed(data, unsafe=unsafe, directory=Path(directory), **options)
        dropped = sum(file.dropped for file in first.files)
        beside = Path(directory, "train.dropped.jsonl")
        assert (beside.read_bytes().count(b"\n") if beside.exists() else 0) == dropped
        assert {path.name for path in Path(directory).iterdir()} <= {"train.jsonl", beside.name}
        assert (once != data) == bool(first.fixed)
        twice, second, _ = fixed(once, unsafe=unsafe, directory=Path(directory), **options)
        assert twice == once and not second.fixed, (first.fixed, second.fixed)
    if not any(file.refused for file in first.files):
        assert report.summary.fixable == 0, report.findings
        assert not unsafe or report.summary.unsafe_fixable == 0, report.findings
    changes = b"".join(unified("train.jsonl", io.BytesIO(data), io.BytesIO(once)))
    assert patched(data, changes) == once


def explanations(data: bytes) -> None:
    """Any text is explained, or not known, and a file beside it is looked up."""
    content, _, rows = data.decode(errors="replace").partition("\n\n")
    found = explain_text(content, resolve("openai") if crc32(data) % 2 else None)
    looked = None
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "train.jsonl")
        path.write_bytes(rows.encode() or b'{"prompt": "a", "completion": "b"}\n')
        if crc32(data) % 4 == 0:
            looked = look_up(str(path), found, load(Path(directory), isolated=True, today=TODAY), True)
    for line in explain.render_text(found, near(content), looked, True, plain):
        assert not UNSAFE.search(line), line
    assert json.loads("\n".join(explain.render_json(found, near(content), looked)))["version"] == 1


NAMES = ("rows.jsonl", "rows.json", "rows.csv", "rows.tsv", "rows.txt", "rows")
CONVERSIONS = ("chat", "completion", "preference", "reinforcement", *TARGETS)


def conversions(data: bytes) -> None:
    """Any file is converted, or refused in one sentence; each record is written or named; what is written is sound."""
    number = crc32(data)
    to = CONVERSIONS[number % len(CONVERSIONS)]
    output, keep = io.BytesIO(), io.BytesIO()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, NAMES[number // 32 % len(NAMES)])
        path.write_bytes(data)
        try:
            outcome = convert([str(path)], Job(to), output, keep)
        except FtlintError as error:
            assert str(error)
            return
    rows = [json.loads(line) for line in output.getvalue().splitlines()]
    kept = [json.loads(line) for line in keep.getvalue().splitlines()]
    assert len(rows) == outcome.written
    not_written = {entry["row"] for entry in kept if not entry["written"]}
    assert outcome.inputs[0].records - len(not_written) <= len(rows) * (2 if to == "preference" else 1)
    for line in report_of_conversion.render_text(outcome):
        assert not UNSAFE.search(visible.visible(line)), line
    assert json.loads("\n".join(report_of_conversion.render_json(outcome, "-")))["version"] == 1
    if f"{to}.schema.json" in map("{}.schema.json".format, SCHEMAS):
        acceptor, _ = _acceptors(f"{to}.schema.json")
        for row in rows:
            problems = [one for one in explain_shape(row, acceptor, 100) if "tools" not in (one.pointer or ())]
            assert not problems, (row, problems)


HARNESSES = (
    Harness("reader", reader, seeds.rows),
    Harness("shape", shape, seeds.rows),
    Harness("rules", rules, seeds.rows),
    Harness("reporters", reporters, seeds.rows),
    Harness("configuration", configuration, seeds.configurations),
    Harness("graders", graders, seeds.graders),
    Harness("tokens", tokens, seeds.rows),
    Harness("triggers", trigger_engines, seeds.rows),
    Harness("fixer", fixer, seeds.rows),
    Harness("explain", explanations, seeds.messages),
    Harness("convert", conversions, seeds.conversions),
)
