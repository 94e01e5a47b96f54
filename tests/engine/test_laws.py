"""The laws of the whole: how a file is cut changes nothing, an outline says all, and no bytes make it crash."""

import io
import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise, permutations
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftlint.config.settings import Settings
from ftlint.core.types import Problem
from ftlint.engine.chunks import scan_all
from ftlint.engine.conclude import dataset_problems
from ftlint.engine.context import MAX_REMEMBERED, Context
from ftlint.engine.result import ChunkResult
from ftlint.engine.scan import Scanner
from ftlint.engine.selection import severities
from ftlint.engine.target import Detected, schema_for, target_for
from ftlint.formats.accept import compile_schema
from ftlint.formats.outline import outline
from ftlint.formats.schemas import bundle
from ftlint.formats.views import Row
from ftlint.profiles.catalog import resolve
from ftlint.rules import variants
from ftlint.rules.tools import tools_differ
from ftlint.sources.lines import blocks
from tests.support import CLOCK, check, codes, dumped, rows_of, small_ranges, spoilt, values

FORMATS = ["chat", "reinforcement", "preference", "completion"]


def context_of(format, totals=False, model=None):
    """What scanning a file of a format needs, with every rule on."""
    chosen = Settings(select=("ALL",), model=model, method="reinforcement" if format == "reinforcement" else None)
    profile = resolve(model)
    target, _ = target_for(chosen, profile, Detected(format if format != "reinforcement" else "chat", None))
    schema = schema_for(target, format)
    return Context(
        target=target,
        format=format,
        acceptor=compile_schema(bundle(schema), schema),
        severities=severities(chosen, profile.levels),
        limit=profile.training_context,
        totals=totals,
        max_line_bytes=2000,
    )


def summed(result):
    """Everything that a result holds, as values that compare."""
    return {
        "rows": result.rows,
        "lines": result.lines,
        "unparsed": result.unparsed,
        "hits": (result.hits.kept, result.hits.affected),
        "counts": (result.hits.counts, result.hits.findings, result.hits.rows),
        "once": {code: (tally.places, tally.rows, tally.first) for code, tally in result.once.items()},
        "seen": result.seen,
        "tokens": result.tokens,
        "trained": result.trained,
        "roles": result.roles,
        "runs": result.runs,
        "foreign": result.foreign_rows,
    }


odd_lines = st.sampled_from(
    ["", " ", "{broken", "[1]", '{"a": 1, "a": 2}', "{'a': 1}", '{"messages": []}' * 2, "x" * 3000]
)


def files_of(format, other):
    """Bytes of files: rows of a format, whole and spoilt, some of another, and lines that are no rows."""
    lines = st.one_of(
        *(spoilt(rows_of[name]).map(json.dumps) for name in (format, other)),
        rows_of[format].map(json.dumps),
        odd_lines,
    )
    return st.tuples(st.lists(lines, max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans()).map(
        lambda parts: (parts[1].join(parts[0]) + (parts[1] if parts[2] else "")).encode("utf-8", "surrogatepass")
    )


files = files_of("chat", "completion")
FILES = [
    ("chat", files),
    ("preference", files_of("preference", "chat")),
    ("reinforcement", files_of("reinforcement", "chat")),
]


@pytest.mark.parametrize(("format", "files"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_findings_do_not_depend_on_the_size_of_the_blocks(format, files):
    @given(data=files, size=st.integers(1, 400))
    def holds(data, size):
        scanned = [
            summed(scan_all(Scanner(context_of(format, totals=True)), blocks(io.BytesIO(data), 2000, size)))
            for size in (1 << 20, 100, size)
        ]
        assert scanned[0] == scanned[1] == scanned[2]

    holds()


@pytest.mark.parametrize(("format", "files"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_results_may_be_put_together_in_any_grouping(format, files):
    context = context_of(format)

    def parts(data):
        scanner = Scanner(context)
        chunks = blocks(io.BytesIO(data), 2000, 50)
        return [scan_all(scanner, [chunk]) for chunk in chunks]

    def joined(results):
        whole = ChunkResult()
        for result in results:
            whole.absorb(result, context.combine)
        return whole

    @given(data=files, cuts=st.lists(st.integers(0, 20), max_size=3))
    def holds(data, cuts):
        flat = joined(parts(data))
        results = parts(data)
        edges = [0, *sorted(min(cut, len(results)) for cut in cuts), len(results)]
        grouped = joined(joined(results[start:end]) for start, end in pairwise(edges))
        assert summed(flat) == summed(grouped)

    holds()


def test_a_row_counts_once_however_its_file_is_cut():
    data = dumped([{"messages": []}] * 50)
    for size in (1, 7, 100, 1 << 20):
        result = scan_all(Scanner(context_of("chat")), blocks(io.BytesIO(data), size=size))
        assert (result.rows, result.lines, Counter(hit.problem.code for hit in result.hits.kept)) == (
            50,
            50,
            {"FT106": 50},
        )
        assert [(hit.place.row, hit.place.line) for hit in result.hits.kept] == [(row, row) for row in range(1, 51)]


def skeleton(value, key=""):
    """A row with every text replaced by another of its kind: some text, blank, or none."""
    if isinstance(value, dict):
        return {name: value[name] if name in ("role", "type") else skeleton(value[name], name) for name in value}
    if isinstance(value, list):
        return [skeleton(item, key) for item in value]
    if isinstance(value, str):
        return "something else" if value.strip() else "\t" if value else ""
    return value


def problems_of(context, row):
    return Scanner(context)._apply_rules(Row(row, context.format)).problems


@pytest.mark.parametrize("format", FORMATS)
def test_what_the_rules_of_rows_find_depends_on_the_outline_alone(format):
    context = context_of(format)
    kept: dict = {}

    @settings(max_examples=300)
    @given(rows=st.lists(rows_of[format] | spoilt(rows_of[format]), max_size=6))
    def holds(rows):
        for row in rows:
            if not context.acceptor.is_valid(row):
                continue
            found, key = problems_of(context, row), outline(row, format)
            other = skeleton(deepcopy(row))
            assert problems_of(context, other) == found
            assert kept.setdefault(key, (found, row))[0] == found, kept[key][1]

    holds()
    assert len(kept) > (1 if format != "completion" else 0)


def test_a_skeleton_has_the_outline_of_its_row_but_for_white_space_in_front():
    row = {"messages": [{"role": "user", "content": "Hi", "name": "ada"}, {"role": "assistant", "content": None}]}
    assert outline(skeleton(row), "chat") == outline(row, "chat")


def test_outlines_are_forgotten_before_they_fill_the_memory_and_findings_stay_the_same():
    keys = ["weight", "refusal", "name", "tool_calls", "content"]
    turns = [
        {"role": "assistant", "content": "x", **{key: None for bit, key in enumerate(keys) if index >> bit & 1}}
        for index in range(16)
    ]
    rows = [{"messages": [{"role": "user", "content": " "}, *pair]} for pair in permutations(turns, 3)]
    assert len({outline(row, "chat") for row in rows}) > 2 * MAX_REMEMBERED
    found = codes(rows)
    assert found["FT212"] == len(rows)
    assert found["FT112"] == sum(str(row).count("None") - str(row).count("'refusal': None") for row in rows)


OPTIONS = [
    {},
    {"method": "dpo", "totals": True},
    {"method": "reinforcement", "totals": True},
    {"model": "gpt-3.5-turbo-0613", "totals": True, "select": ["ALL"]},
    {"model": "davinci-002", "totals": True},
    {"format": "preference", "totals": True, "max_line_bytes": 50},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_no_bytes_whatsoever_make_the_check_raise(options):
    @settings(max_examples=40)
    @given(data=st.binary(max_size=120) | st.text(max_size=60).map(lambda text: text.encode("utf-16")))
    @example(data=b"\xff\xfe{")
    @example(data=b"\x00\x00\xfe\xff")
    @example(data=b"[")
    @example(data=b"[{")
    @example(data=b"{\n{")
    @example(data=b"\xef\xbb\xbf[{}]")
    def raises_nothing(data):
        report = check(data, **options)
        report.to_dict()
        assert report.exit_code() in (0, 1)

    raises_nothing()


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("format", FORMATS)
def test_no_row_that_was_valid_once_makes_the_check_raise(options, format):
    @settings(max_examples=25)
    @given(
        rows=st.lists(
            rows_of[format] | spoilt(rows_of[format]) | st.dictionaries(st.text(max_size=9), values), max_size=3
        ),
        indent=st.sampled_from([None, None, 1]),
        whole=st.booleans(),
        cut=st.none() | st.integers(0, 200),
    )
    def raises_nothing(rows, indent, whole, cut):
        text = json.dumps(rows, indent=indent) if whole else "\n".join(json.dumps(row, indent=indent) for row in rows)
        report = check(text.encode("utf-8", "surrogatepass")[:cut], **options)
        report.to_dict()
        for finding in report.findings:
            assert finding.row is None or (finding.row >= 1 and finding.line >= 1)
            assert finding.column is None or 1 <= finding.column <= finding.end_column

    raises_nothing()


@given(rows=st.lists(spoilt(rows_of["chat"]), min_size=1, max_size=4))
def test_totals_and_findings_that_are_not_located_change_no_count(rows):
    assert codes(rows) == codes(rows, totals=True)


@given(rows=st.lists(spoilt(rows_of["chat"]), min_size=1, max_size=4))
def test_an_array_has_the_findings_of_its_rows(rows):
    def of_rows(data):
        counted = codes(data, format="chat")
        return {code: count for code, count in counted.items() if code not in ("FT003", "FT004", "FT011")}

    text = json.dumps(rows)
    if text.isascii() and "\\ud8" not in text and "\\udc" not in text:
        assert of_rows(text.encode()) == of_rows(dumped(rows))


@given(data=files, jobs=st.integers(1, 5))
def test_processes_change_no_finding(data, jobs):
    with small_ranges("fork", 40):
        alone, together = (check(data, jobs=number, max_line_bytes=500) for number in (1, jobs))
    of_one, of_many = ([replace(item, path="") for item in report.findings] for report in (alone, together))
    assert of_many == of_one
    assert together.summary == alone.summary


def uneven_rows():
    """Rows whose prompts, keys and types differ in every way that a rule about the dataset remembers."""
    tool = st.integers(0, 5).map(
        lambda n: {**CLOCK, "function": {**CLOCK["function"], "name": f"f{n % 2}", "strict": n > 3}}
    )
    keys = {
        "answer": st.sampled_from(["4", 4, [4], {"value": 4}, None]),
        "tools": st.lists(tool, min_size=1, max_size=2),
        **{f"key {number}": st.just(number) for number in range(4)},
    }
    content = st.sampled_from(["Hi", [{"type": "text", "text": "Hi"}]])
    prompt = st.integers(0, 7).map(lambda n: [{"role": "developer", "content": f"Do {n}."}] if n else [])
    messages = st.tuples(prompt, content).map(lambda parts: [*parts[0], {"role": "user", "content": parts[1]}])
    return st.fixed_dictionaries({"messages": messages}, optional=keys)


@pytest.mark.parametrize("most", [3, 100])
@pytest.mark.parametrize("format", ["reinforcement", "preference"])
def test_rules_about_the_dataset_remember_the_same_however_their_rows_are_grouped(format, most, monkeypatch):
    monkeypatch.setattr(variants, "MOST", most)
    monkeypatch.setattr(tools_differ, "MAX_DEFINITIONS", most)
    context = context_of(format)
    told = set()

    def of_format(row):
        if format == "reinforcement":
            return row
        conversation = {"messages": row["messages"], **({"tools": row["tools"]} if "tools" in row else {})}
        sides = [[{"role": "assistant", "content": text}] for text in ("4", "5")]
        if "answer" in row:
            sides.reverse()
        return {"input": conversation, "preferred_output": sides[0], "non_preferred_output": sides[1]}

    def concluded(result, data):
        problems = dataset_problems(result, context, SimpleNamespace(stream=io.BytesIO(data)), (), None).of_file
        return [*problems, *((hit.problem, hit.place) for hit in result.hits.kept if hit.problem.row)]

    def joined(results):
        whole = ChunkResult()
        for result in results:
            whole.absorb(result, context.combine)
        return whole

    @settings(max_examples=150, derandomize=True)
    @given(rows=st.lists(uneven_rows(), min_size=1, max_size=14), cuts=st.lists(st.integers(0, 14), max_size=4))
    def holds(rows, cuts):
        data = dumped(map(of_format, rows))
        (block,) = blocks(io.BytesIO(data), 2000)

        def parts():
            scanner = Scanner(context)
            return [scan_all(scanner, [chunk]) for chunk in blocks(io.BytesIO(data), 2000, 10)]

        whole, flat, results = scan_all(Scanner(context), [block]), joined(parts()), parts()
        edges = [0, *sorted(min(cut, len(results)) for cut in cuts), len(results)]
        grouped = joined(joined(results[start:end]) for start, end in pairwise(edges))
        assert summed(whole) == summed(flat) == summed(grouped)
        found = concluded(whole, data)
        assert found == concluded(flat, data) == concluded(grouped, data)
        told.update(item.code if isinstance(item, Problem) else item[0].code for item in found)

    holds()
    if most == 100:  # with less room, some are not told
        assert told >= {"FT213", "FT414", "FT707", "FT708", "FT709"} | ({"FT606"} if format == "preference" else set())
