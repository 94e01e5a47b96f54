"""What every fix promises, whatever the file holds."""

import json
from collections import Counter

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftlint.rules.registry import RULES
from ftlint.transform import fix
from tests.support import chat, check, dumped, fixed, rows_of, spoilt

BY_FORMAT = {
    "chat": {},
    "completion": {},
    "preference": {"method": "dpo"},
    "reinforcement": {"method": "reinforcement"},
}
OPTIONS = [
    {},
    {"select": ("ALL",)},
    {"select": ("ALL",), "method": "dpo"},
    {"select": ("ALL",), "method": "reinforcement"},
    {"select": ("ALL",), "model": "mistral-finetune"},
    {"select": ("ALL",), "model": "gpt-3.5-turbo-0613"},
]
TYPED = [
    "Hi",
    "caf\u00c3\u00a9",
    "a\u200bb",
    " padded ",
    "",
]
answers = st.sampled_from(TYPED)
spoilt_rows = st.one_of(
    *(spoilt(rows) for rows in rows_of.values()),
    *rows_of.values(),
    st.builds(lambda text, **more: chat("user: Hi", {"role": "assistant", "content": text}, **more), answers),
    st.builds(lambda role, key: chat({"role": role, "content": "Hi"}, "assistant: Hello", **key),
              st.sampled_from(["usr", "human", "developer", "user", "function"]),
              st.sampled_from([{}, {"source": 1}, {"tols": []}, {"tools": None}])),
)  # fmt: skip


def as_line(row, style):
    return json.dumps(row, ensure_ascii=style != "plain").encode("utf-8", "surrogatepass")


def broken(row, how):
    line = as_line(row, "plain")
    if how == "python":
        return repr(row).encode("utf-8", "surrogatepass")
    if how == "comma":
        return line + b","
    if how == "inner comma":
        return line[:-1] + b",}"
    if how == "twice":
        return line + b" " + line
    if how == "windows":
        return line + b"\r"
    if how == "latin":
        return line.replace(b"Hi", b"H\xefi")
    if how == "blank":
        return b"  "
    if how == "doubled key":
        return b'{"messages": 1, ' + line[1:]
    if how == "cut":
        return line[: len(line) // 2]
    return line


hows = st.sampled_from(
    ["python", "comma", "inner comma", "twice", "windows", "latin", "blank", "doubled key", "cut", "", "", "", "", ""]
)
lines = st.builds(broken, spoilt_rows, hows)
files = st.builds(
    lambda lines, bom, end: bom + b"\n".join(lines) + end,
    st.lists(lines, min_size=1, max_size=6),
    st.sampled_from([b"", b"", b"\xef\xbb\xbf"]),
    st.sampled_from([b"\n", b"", b"\n\n"]),
)
arrays = st.builds(
    lambda rows, indent: json.dumps(rows, indent=indent).encode("utf-8", "surrogatepass"),
    st.lists(spoilt_rows, min_size=1, max_size=3),
    st.sampled_from([None, 0, 2]),
)
pretty = st.builds(
    lambda rows: b"\n".join(json.dumps(row, indent=1).encode("utf-8", "surrogatepass") for row in rows) + b"\n",
    st.lists(spoilt_rows, min_size=1, max_size=3),
)
every_file = st.one_of(files, files, files, arrays, pretty)


@given(every_file, st.sampled_from(OPTIONS), st.booleans())
@example(b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]},\n', {}, False)
def test_a_second_fix_changes_nothing_and_what_is_said_to_be_fixable_is_fixed(data, options, unsafe):
    once, fixer, report = fixed(data, unsafe=unsafe, **options)
    refused = {one.code for file in fixer.files for one in file.refused}
    twice, again, _ = fixed(once, unsafe=unsafe, **options)
    assert twice == once
    assert not again.fixed
    if not refused:
        assert report.summary.fixable == 0
        assert report.summary.unsafe_fixable == 0 or not unsafe
        assert not unsafe or all(finding.fix is None for finding in report.findings)


@given(every_file, st.sampled_from(OPTIONS), st.booleans())
def test_what_is_fixable_is_what_a_fix_does(data, options, unsafe):
    before = check(data, **options)
    fixable = before.summary.fixable + (before.summary.unsafe_fixable if unsafe else 0)
    new, fixer, _ = fixed(data, unsafe=unsafe, **options)
    refused = any(file.refused for file in fixer.files)
    assert bool(fixer.fixed) == bool(fixable) or refused
    assert (new != data) == bool(fixer.fixed)


@given(st.lists(lines, min_size=1, max_size=6), st.sampled_from(OPTIONS))
def test_lines_without_a_problem_to_fix_stay_byte_for_byte_and_in_order(lines, options):
    data = b"\n".join(lines) + b"\n"
    found = check(data, **options).findings
    once = any(finding.fix and finding.code in SHARED for finding in found)
    touched = {finding.line for finding in found if finding.fix}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fix, "MAX_ROUNDS", 1)  # what is mended in one line may show what is wrong with another
        new, _, _ = fixed(data, **options)
    left = iter(new.split(b"\n"))
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        if number not in touched and not once:
            assert line in left


SHARED = {rule.code for rule in RULES if rule.once} | {"FT308", "FT309", "FT310"}
"""Reported at one place, and fixed wherever they are."""


@given(every_file, st.sampled_from(OPTIONS))
def test_a_safe_fix_keeps_every_row_and_what_it_says(data, options):
    new, fixer, _ = fixed(data, unsafe=False, **options)
    assert not any(file.dropped for file in fixer.files)
    assert values_of(new) == values_of(data)


def values_of(data):
    """The values in a file, however it is laid out; what does not parse as it is, without commas at its ends."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    found = Counter()
    position = 0
    while position < len(text):
        if text[position] in " ,\r\n\t":
            position += 1
            continue
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError:
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            value, position = ("text", text[position:end].rstrip()), end
        found.update(map(str, value) if isinstance(value, list) else [str(value)])
    return found


def _object(pairs):
    """An object with its keys in order; arguments of a call say the same as an object and encoded in a string."""
    return {key: _encoded(value) if key == "arguments" else value for key, value in pairs}


def _encoded(arguments):
    return json.dumps(arguments, ensure_ascii=False) if type(arguments) is dict else arguments


@given(st.lists(spoilt_rows, min_size=1, max_size=5), st.sampled_from(OPTIONS))
def test_the_number_of_rows_stays_but_for_those_that_are_kept_beside(tmp_path_factory, rows, options):
    directory = tmp_path_factory.mktemp("fix")
    new, fixer, _ = fixed(rows, directory=directory, **options)
    dropped = sum(file.dropped for file in fixer.files)
    beside = directory / "train.dropped.jsonl"
    kept = beside.read_bytes().splitlines() if beside.exists() else []
    assert len(kept) == dropped
    assert new.count(b"\n") + dropped == len(rows)
    before = dumped(rows).splitlines()
    for line in map(orjson.loads, kept):
        assert line["reason"].startswith("FT")
        if line["line"] is not None:
            assert orjson.loads(before[line["line"] - 1]) == line["row"]


@pytest.mark.parametrize("how", ["doubled key", "cut"])
def test_a_row_that_repeats_a_key_or_is_cut_is_never_touched(how):
    data = broken(chat("usr: Hi ", "assistant: Hello ", source=1), how) + b"\n"
    assert fixed(data)[0] == data
