"""What is remembered of a file is what would be found in it, and nothing that anything else depends on."""

import ast
import io
import json
import os
import pickle
import random
import subprocess
import sys
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftlint import check
from ftlint.core.types import Severity
from ftlint.engine import cache, reading, run
from ftlint.engine.cache import Cache, key_material, loaded, packed, unpacked
from ftlint.engine.chunks import scan_all
from ftlint.engine.context import PARTS, Context
from ftlint.engine.fingerprints import Marks
from ftlint.engine.scan import Scanner
from ftlint.engine.store import Store
from ftlint.formats.accept import compile_schema
from ftlint.profiles.catalog import all_profiles, resolve
from ftlint.rules.registry import RULES
from ftlint.sources.lines import blocks
from tests.engine.test_laws import FILES, context_of, summed
from tests.support import ROOT, chat, dumped, rows_of, shared_data, small_ranges, spoilt

SMALL = 300


@pytest.fixture
def small_blocks(monkeypatch):
    """Files of a few kilobytes are many blocks, and worth remembering."""
    monkeypatch.setattr(reading, "blocks", partial(blocks, size=SMALL))
    monkeypatch.setattr(run, "WORTH_REMEMBERING", 0)
    with small_ranges("fork" if sys.platform == "linux" else "spawn", 1000):
        yield


class Counting(Scanner):
    """Counts the blocks that it scans."""

    scanned = 0

    def scan_lines(self, block):
        self.scanned += 1
        return super().scan_lines(block)


def scanned(data, context, store, size=SMALL):
    """The result of a file, and how many of its blocks were scanned for it."""
    scanner = Counting(context)
    stream = io.BytesIO(data)
    result = scan_all(scanner, blocks(stream, context.max_line_bytes, size), store and Cache(store, context))
    return summed(result), scanner.scanned


@pytest.mark.parametrize(("format", "files"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_results_are_the_same_whether_remembered_or_not(format, files, tmp_path):
    store = Store(tmp_path)

    @given(data=files, size=st.integers(1, 400), totals=st.booleans())
    def holds(data, size, totals):
        context = context_of(format, totals)
        alone, _ = scanned(data, context, None, size)
        first, _ = scanned(data, context, store, size)
        again, number = scanned(data, context, store, size)
        assert first == again == alone
        assert number == 0

    holds()


@pytest.mark.parametrize("format", list(rows_of))
def test_after_any_edits_the_report_is_that_of_a_run_that_remembers_nothing(format, tmp_path, small_blocks):
    file = tmp_path / "train.jsonl"
    options = {"method": "reinforcement"} if format == "reinforcement" else {}
    rows = st.lists(rows_of[format] | spoilt(rows_of[format]), min_size=1, max_size=12)

    @settings(max_examples=25)
    @given(rows=rows, others=rows, seed=st.integers(0, 99), jobs=st.sampled_from([1, 2]), newline=st.booleans())
    def holds(rows, others, seed, jobs, newline):
        dice = random.Random(seed)
        every = [*rows, *rows[:3], *others] * 3
        for _ in range(4):
            data = dumped(every) if newline else dumped(every)[:-1]
            file.write_bytes(data)
            given = {"jobs": jobs, "select": ["ALL"], "totals": bool(seed % 2), **options}
            expected = check(file, **given).to_dict()
            assert check(file, cache_dir=str(tmp_path / "kept"), **given).to_dict() == expected
            at = dice.randrange(len(every))
            if dice.random() < 0.3:
                del every[at : at + 1]
            elif dice.random() < 0.5:
                every.insert(at, dice.choice(others))
            else:
                every[at] = dice.choice(others)
            every = every or rows

    holds()


@pytest.mark.parametrize("start", ["fork", "spawn"] if sys.platform == "linux" else ["spawn"])
def test_other_processes_remember_and_know_what_was_remembered(start, tmp_path, small_blocks):
    file, kept = tmp_path / "train.jsonl", tmp_path / "kept"
    file.write_bytes(dumped(rows(300)))
    expected = check(file).to_dict()
    with small_ranges(start, 10_000):
        assert check(file, jobs=3, cache_dir=str(kept)).to_dict() == expected
        entries = sorted(kept.rglob("*"))
        assert check(file, jobs=3, cache_dir=str(kept)).to_dict() == expected
    assert len(entries) > 3
    assert sorted(kept.rglob("*")) == entries


def rows(number):
    return [chat(f"user: Question {index * 7919 % 1009}", f"assistant: Answer {index}.") for index in range(number)]


@pytest.mark.parametrize("edit", ["change", "insert", "remove", "insert at the start"])
def test_only_what_stands_around_an_edit_is_scanned_again(edit, tmp_path, monkeypatch):
    """
    On average. Which blocks begin a group depends on the key, and so on the hour in which our files were written: where
    two edits hit both blocks under which a group is kept, that whole group is scanned again.
    """
    numbers = []
    for key in "abcdefghij":
        monkeypatch.setattr(cache, "code", lambda key=key: key)
        store = Store(tmp_path / key)
        context = context_of("chat")
        every = rows(1500)
        _, at_first = scanned(dumped(every), context, store, 1500)
        assert at_first > 60
        for place in (3, 350, 351, 1490):
            other = chat("user: Something else", f"assistant: Edited at {place}, by {edit}")
            if edit == "change":
                every[place] = other
            elif edit == "remove":
                del every[place]
            else:
                every.insert(place if edit == "insert" else 0, other)
            result, again = scanned(dumped(every), context, store, 1500)
            assert result == scanned(dumped(every), context, None)[0]
            numbers.append(again)
    assert sum(numbers) / len(numbers) <= 6


def test_equal_blocks_of_different_files_are_known_wherever_they_stand(tmp_path):
    store = Store(tmp_path)
    context = context_of("chat")
    lacking = rows(100)
    lacking[50] = {"messages": []}
    scanned(dumped(lacking), context, store)
    longer = dumped([*rows(37), *lacking])
    result, again = scanned(longer, context, store)
    assert again < 30
    assert [(hit.problem.code, hit.place.row, hit.place.line) for hit in result["hits"][0]] == [("FT106", 88, 88)]
    place = result["hits"][0][0].place
    assert longer[place.offset : place.offset + place.length] == b'{"messages": []}'


def test_rows_that_are_all_alike_in_length_and_ending_are_remembered_all_the_same(tmp_path):
    store = Store(tmp_path)
    context = context_of("chat")
    every = [chat(f"user: {index:06}", "assistant: " + "x" * 80) for index in range(200)]
    scanned(dumped(every), context, store)
    every[100] = chat("user: 9", "assistant: y")
    _, again = scanned(dumped(every), context, store)
    assert again <= 10


# What a result depends on.

NAMED = replace(context_of("chat"))


def variants():
    """Contexts that differ from `NAMED` in one thing each, by that thing."""
    context = NAMED
    target = context.target
    code, severity = next(iter(context.severities.items()))
    other_schema = compile_schema({"type": "object"}, "a.json")
    return {
        "the profile": {"target": target._replace(profile=target.profile._replace(max_tools=7))},
        "the special tokens": {"target": target._replace(profile=target.profile._replace(special_tokens=("<x>",)))},
        "the encoding": {"target": target._replace(profile=target.profile._replace(encoding="cl100k_base"))},
        "the levels": {"target": target._replace(profile=target.profile._replace(levels={code: "info"}))},
        "the method's name": {"target": target._replace(method_name="dpo")},
        "the method": {"target": target._replace(method=target.method._replace(last_role="user"))},
        "that the model is named": {"target": target._replace(named=not target.named)},
        "that the method is given": {"target": target._replace(method_given=not target.method_given)},
        "the grader": {"target": target._replace(grader=grader())},
        "the format": {"format": "completion"},
        "the schema": {"acceptor": other_schema},
        "no schema": {"acceptor": None},
        "the rules": {"severities": {key: value for key, value in context.severities.items() if key != code}},
        "a severity": {"severities": {**context.severities, code: Severity((severity + 1) % 3)}},
        "the limit": {"limit": 77},
        "no limit": {"limit": None if context.limit else 1},
        "totals": {"totals": True},
        "that findings are recorded": {"marks": Marks()},
        "a baseline": {"marks": Marks({b"FT211" + bytes(16): 1})},
        "another baseline": {"marks": Marks({b"FT212" + bytes(16): 1})},
        "a memory that others ask for": {"remembered": ("FT701",)},
        "the longest line": {"max_line_bytes": 2001},
        "a schema of the user's": {"custom": (("own.json", other_schema),)},
        "its name": {"custom": (("other.json", other_schema),)},
        "its content": {"custom": (("own.json", compile_schema({"type": "array"}, "a.json")),)},
        "an integer past 64 bits in it": {"custom": (("own.json", compile_schema({"maximum": 10**30}, "a.json")),)},
    }


def grader():
    from ftlint.formats.graders.grader import read

    return read(b'{"type": "string_check", "input": "{{ item.a }}", "reference": "b", "operation": "eq", "name": "n"}')


def test_whatever_a_result_depends_on_is_in_the_key():
    keys = {"nothing": key_material(NAMED)}
    for name, changes in variants().items():
        keys[name] = key_material(replace(NAMED, **changes))
    assert len(set(keys.values())) == len(keys)


def test_the_same_context_has_the_same_key():
    assert key_material(context_of("chat")) == key_material(NAMED)


LEARNED = {
    *("triggered", "floor", "told", "tools_seen", "outlines", "plain", "tails", "found"),
    *("_tools_bytes", "_count", "_rules", "_text_rules"),
}
"""What a context compiles or remembers, all of it from its parts and from rows."""


def test_every_part_of_a_context_is_in_the_key_or_known_to_change_nothing():
    assert {field.name for field in fields(Context)} == {*PARTS, *LEARNED}
    changed = {name for changes in variants().values() for name in changes}
    assert changed == set(PARTS) - set(cache.SAME)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda patch: patch.setattr(cache, "__version__", "9.9.9"), "our version"),
        (lambda patch: patch.setattr(sys, "version", "4.0"), "Python's"),
        (lambda patch: patch.setattr(cache, "code", lambda: "other"), "our code"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_program_has_another_key(change, what, monkeypatch):
    before = key_material(NAMED)
    change(monkeypatch)
    assert key_material(NAMED) != before


@pytest.mark.parametrize("edit", ["content", "new file", "removed"])
def test_any_change_of_our_files_changes_the_key(edit, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "__pycache__").mkdir()
    rule = tmp_path / "rules" / "rule.py"
    rule.write_text("a = 1")
    before = sorted(cache._stamps(str(tmp_path)))
    (tmp_path / "__pycache__" / "rule.pyc").write_text("compiled")
    assert sorted(cache._stamps(str(tmp_path))) == before
    if edit == "content":
        rule.write_text("a = 2")  # as long as before
        os.utime(rule, ns=(0, rule.stat().st_mtime_ns + 1))
    elif edit == "new file":
        (tmp_path / "other.json").write_text("{}")
    else:
        rule.unlink()
    assert sorted(cache._stamps(str(tmp_path))) != before


def test_all_our_files_and_schemas_are_in_the_key():
    stamps = cache.code()
    for path in [*(ROOT / "ftlint").rglob("*.py"), *(ROOT / "schemas").rglob("*.json")]:
        assert f"{path} " in stamps


def test_the_versions_of_what_finds_are_in_the_key():
    from importlib.metadata import version

    for distribution in ("jiter", "orjson", "jsonschema_rs", "tiktoken", "pillow"):
        assert f"{distribution}-{version(distribution)}.dist-info" in cache.code().lower()


BESIDE = {"click", "pydantic", "openai", "blake3", "ftlint", "jsonschema_specifications", "annotated_types"}
BESIDE |= {"pyarrow", "python_calamine", "backports", "compression", "filelock"}
"""Packages on which no result depends: they read the call or what is converted, or come with one that is listed."""


def test_every_package_that_could_change_a_result_is_in_the_key():
    used = set()
    for path in (ROOT / "ftlint").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used.update(name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                used.add(node.module.split(".")[0])
    assert used - set(sys.stdlib_module_names) - BESIDE <= set(cache.PACKAGES)


KEYS = """
import hashlib
from tests.engine.test_cache import context_of, key_material
for format in ("chat", "reinforcement", "preference", "completion"):
    print(hashlib.sha256(key_material(context_of(format))).hexdigest())
"""


def test_the_key_is_the_same_in_every_process():
    found = {
        subprocess.run(
            [sys.executable, "-c", KEYS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_no_profile_has_anything_whose_text_changes_from_run_to_run():
    for profile in (*all_profiles(), resolve(None)):
        assert " object at 0x" not in repr(profile)
    assert " object at 0x" not in repr(grader())


# What an entry may hold.


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_any_rule_finds_can_be_remembered(rule, tmp_path, small_blocks, monkeypatch):
    from tests.support import write_example_files

    if rule.subject != "rows":
        pytest.skip("a grader is no data")
    monkeypatch.chdir(tmp_path)
    write_example_files(tmp_path, [rule])
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(rule.bad))
    options = {"select": ["ALL"], "today": "2026-11-23", **rule.options}
    kept: list[bytes] = []
    monkeypatch.setattr(Store, "write", lambda self, digest, data: kept.append(data))
    expected = check(file, **options).to_dict()
    assert check(file, cache_dir="kept", **options).to_dict() == expected
    assert all(loaded(data) is not None for content in kept for data in unpacked(content).values())
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "WORTH_REMEMBERING", 0)
    for _ in range(2):
        assert check(file, cache_dir="kept", **options).to_dict() == expected


class Hostile:
    def __reduce__(self):
        return os.system, ("echo owned > owned",)


@pytest.mark.parametrize(
    "value",
    [Hostile(), {"rows": 1}, [1], None, Path("a"), {"x": Hostile()}],
    ids=lambda value: type(value).__name__,
)
def test_an_entry_is_a_result_or_nothing(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert loaded(pickle.dumps(value)) is None
    assert list(tmp_path.iterdir()) == []


@given(data=st.binary(max_size=200))
def test_no_bytes_are_taken_for_a_result(data):
    assert loaded(data) is None
    assert all(loaded(part) is None for part in unpacked(data).values())


@given(group=st.dictionaries(st.binary(min_size=32, max_size=32), st.binary(max_size=50), max_size=5))
def test_what_is_kept_together_comes_apart_again(group):
    assert unpacked(packed(group)) == group


def test_a_result_that_is_too_large_is_not_kept_and_the_others_are(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MAX_RESULT", 4000)
    store = Store(tmp_path)
    context = context_of("chat")
    data = dumped([*rows(100), *[{"messages": []}] * 40, *rows(100)])
    _, at_first = scanned(data, context, store)
    result, again = scanned(data, context, store)
    assert 0 < again < at_first / 4
    assert result == scanned(data, context, None)[0]


def test_few_files_hold_many_blocks(tmp_path):
    store = Store(tmp_path)
    _, number = scanned(dumped(rows(1000)), context_of("chat"), store)
    assert number > 100
    assert store.usage().entries < number / 4


def test_an_entry_that_is_no_result_is_scanned_again_and_replaced(tmp_path):
    context = context_of("chat")
    store = Store(tmp_path)
    data = dumped(rows(3))
    right, _ = scanned(data, context, store)
    (entry,) = store.entries()
    digest = bytes.fromhex(entry.path.parent.name + entry.path.name)
    store.write(digest, packed({digest: pickle.dumps("somebody else's")}))
    assert scanned(data, context, store) == (right, 1)
    assert scanned(data, context, store) == (right, 0)


# When it is used.


def test_the_library_remembers_nothing_unless_a_directory_is_named(tmp_path, small_blocks):
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(rows(20)))
    before = Store(Path(os.environ["FTLINT_CACHE_DIR"])).usage()
    check(file)
    check(file, cache=True)
    check(file, cache=False, cache_dir=str(tmp_path / "kept"))
    assert Store(Path(os.environ["FTLINT_CACHE_DIR"])).usage() == before
    assert not (tmp_path / "kept").exists()
    check(file, cache_dir=str(tmp_path / "kept"))
    assert Store(tmp_path / "kept").usage().entries > 1


def test_a_small_file_is_remembered_for_its_tokens_alone(tmp_path):
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(rows(20)))
    check(file, totals=False, cache_dir=str(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()
    check(file, totals=True, cache_dir=str(tmp_path / "kept"))
    assert Store(tmp_path / "kept").usage().entries == 1


def test_what_is_known_is_not_parsed_again(tmp_path, small_blocks, monkeypatch):
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(rows(50)))
    first = check(file, cache_dir=str(tmp_path / "kept")).to_dict()
    monkeypatch.setattr("ftlint.engine.scan.parse", None)  # whoever parses raises
    assert check(file, cache_dir=str(tmp_path / "kept")).to_dict() == first


def test_arrays_and_objects_that_span_lines_are_not_remembered(tmp_path, small_blocks):
    for name, data in (("array", json.dumps(rows(5))), ("pretty", json.dumps(rows(1)[0], indent=1))):
        file = tmp_path / f"{name}.jsonl"
        file.write_text(data)
        check(file, cache_dir=str(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_real_files_have_the_same_findings_remembered_or_not(jobs, tmp_path, small_blocks, monkeypatch):
    monkeypatch.setattr(reading, "blocks", partial(blocks, size=20_000))
    for path in sorted(shared_data().rglob("*.jsonl")):
        if path.stat().st_size > 1_000_000:
            continue
        expected = check(path, jobs=jobs, totals=False).to_dict()
        for _ in range(2):
            found = check(path, jobs=jobs, totals=False, cache_dir=str(tmp_path / "kept")).to_dict()
            assert found == expected, path
