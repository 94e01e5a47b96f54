"""What is wrong with a grader, where, and which fields of the rows it uses."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.types import render_pointer
from ftlint.formats.accept import compile_portable, compile_schema
from ftlint.formats.graders import formula, source, template
from ftlint.formats.graders.grader import SCHEMA, read
from ftlint.formats.schemas import bundle
from tests.support import spoilt, values

CHECK = {
    "type": "string_check",
    "name": "check",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "operation": "eq",
}
SIMILAR = {
    "type": "text_similarity",
    "name": "similar",
    "input": "{{sample.output_json.text}}",
    "reference": "{{item.text}}",
    "evaluation_metric": "fuzzy_match",
}
PROMPT = [
    {"role": "developer", "content": "Give 0 to 5."},
    {"role": "user", "content": '{"target": {{item.target}}, "output": {{sample.output_text}}}'},
]
SCORE = {"type": "score_model", "name": "score", "model": "o3-mini", "input": PROMPT, "range": [0.0, 5.0]}
LABEL = {
    "type": "label_model",
    "name": "label",
    "model": "gpt-4o-2024-08-06",
    "input": PROMPT,
    "labels": ["good", "bad"],
    "passing_labels": ["good"],
}
PYTHON = {"type": "python", "source": "def grade(sample, item):\n    return 1.0", "image_tag": "2025-05-08"}
MULTI = {
    "type": "multi",
    "graders": {"accuracy": CHECK, "style": SCORE},
    "calculate_output": "0.5 * accuracy + 0.5 * max(style, 0)",
}
ALL = {"check": CHECK, "similar": SIMILAR, "score": SCORE, "label": LABEL, "python": PYTHON, "multi": MULTI}


def told(grader):
    """The problems of a grader in a line each."""
    raw = grader if isinstance(grader, bytes) else json.dumps(grader).encode()
    return [
        f"{problem.code} {render_pointer(problem.pointer or ())} {problem.message}" for problem in read(raw).problems
    ]


def changed(grader, **keys):
    """A grader with other values; without the keys whose value is `...`."""
    return {key: value for key, value in {**grader, **keys}.items() if value is not ...}


def fields(grader):
    """The fields of the rows that a grader uses."""
    return [field.steps for field in read(json.dumps(grader).encode()).fields]


VALID = {
    **ALL,
    "threshold": changed(SIMILAR, pass_threshold=0.8),
    "key of another host": changed(CHECK, region="west", tags=["a"]),
    "no name": changed(CHECK, name=...),
    "metric of embeddings": changed(SIMILAR, evaluation_metric="cosine"),
    "operation of the guide": changed(CHECK, operation="neq"),
    "parameters": changed(SCORE, sampling_params={"max_completions_tokens": 32768, "top_p": 1, "seed": None}),
    "other parameters": changed(SCORE, sampling_params={"max_tokens": 100, "reasoning_effort": "medium"}),
    "no range": changed(SCORE, range=...),
    "null range": changed(SCORE, range=None),
    "message type": changed(SCORE, input=[{"role": "user", "type": "message", "content": "Hi"}]),
    "content part": changed(SCORE, input=[{"role": "user", "content": {"type": "input_text", "text": "Hi"}}]),
    "content parts": changed(
        SCORE, input=[{"role": "user", "content": ["Hi", {"type": "input_image", "image_url": "{{ item.image }}"}]}]
    ),
    "label not passing": changed(LABEL, passing_labels=[]),
    "unpublished": {"type": "endpoint", "url": "https://example.com"},
    "lambda": {"type": "lambda", "lambda": {"function": "arn:aws:lambda:…"}},
    "multi with a list": {
        "type": "multi",
        "name": "example multi grader",
        "graders": [SIMILAR, CHECK],
        "calculate_output": "0.5 * text_similarity_score +  0.5 * string_check_score",
    },
    "multi of one": {"type": "multi", "graders": CHECK, "calculate_output": "check"},
    "multi with a key called type": changed(MULTI, graders={"type": CHECK}, calculate_output="type"),
    "tool calls": changed(CHECK, input="search", reference="{{sample.output_tools[0].function.name}}"),
    "wrapped": {"grader": MULTI},
    "to try out": {"grader": CHECK, "item": {"answer": 1}, "model_sample": "1"},
    "method": {"type": "reinforcement", "reinforcement": {"grader": MULTI, "hyperparameters": {}}},
    "job": {"model": "o4-mini", "method": {"type": "reinforcement", "reinforcement": {"grader": SCORE}}},
}


@pytest.mark.parametrize("name", VALID)
def test_a_valid_grader_has_no_problem(name):
    assert told(VALID[name]) == []


def test_the_schema_of_each_type_stands_alone_and_both_engines_agree_on_it():
    for kind, grader in ALL.items():
        schema = bundle(f"graders/{grader['type']}.schema.json")
        assert schema["title"].startswith(grader["type"]) and schema["description"]
        for engine in (compile_schema, compile_portable):
            assert [name for name, other in ALL.items() if engine(schema).is_valid(other)] == [kind]


@pytest.mark.parametrize(
    ("grader", "problem"),
    [
        (changed(CHECK, type=...), 'FT611  Grader has no "type"'),
        (changed(CHECK, type="strng_check"), 'FT611 /type type is "strng_check", expected one of string_check, text_'),
        (changed(CHECK, operation=...), 'FT611  Grader has no "operation"'),
        (changed(CHECK, operation="equals"), 'FT611 /operation operation is "equals", expected one of eq, ne, like'),
        (changed(CHECK, reference=4), "FT611 /reference reference is an integer, expected a string"),
        (changed(CHECK, input=["x"]), "FT611 /input input is a list, expected a string"),
        (changed(SIMILAR, evaluation_metric="rouge"), 'FT611 /evaluation_metric evaluation_metric is "rouge", expec'),
        (changed(SIMILAR, pass_threshold="0.8"), "FT611 /pass_threshold pass_threshold is a string, expected a num"),
        (changed(SCORE, model=...), 'FT611  Grader has no "model"'),
        (changed(SCORE, input="Score it"), "FT611 /input input is a string, expected a list"),
        (changed(SCORE, input=[]), "FT611 /input input has 0 items, expected at least 1"),
        (changed(SCORE, input=[{"role": "user"}]), 'FT611 /input/0 input[0] has no "content"'),
        (changed(SCORE, input=[{"role": "tool", "content": ""}]), 'FT611 /input/0/role Role "tool" is not one of sys'),
        (changed(SCORE, range=[5, 0]), "FT611 /range range is [5, 0], expected the lower bound first"),
        (changed(SCORE, range=[0]), "FT611 /range range has 1 items, expected at least 2"),
        (changed(SCORE, range=[0, "5"]), "FT611 /range/1 range[1] is a string, expected a number"),
        (changed(SCORE, sampling_params={"seed": "x"}), "FT611 /sampling_params/seed sampling_params.seed is a str"),
        (changed(LABEL, passing_labels=["good", "fine"]), 'FT611 /passing_labels/1 passing_labels[1] is "fine", whi'),
        (changed(LABEL, labels=[]), "FT611 /labels labels has 0 items, expected at least 1"),
        (changed(PYTHON, source=...), 'FT611  Grader has no "source"'),
        (changed(PYTHON, source="def grade(sample, item) return 1"), "FT611 /source source is not valid Python 3."),
        (changed(PYTHON, source="def score(sample, item): return 1"), "FT611 /source source has no function grade(s"),
        (changed(PYTHON, source="def grade(sample): return 1"), "FT611 /source source has a function grade that do"),
        (changed(PYTHON, source="#" * 262_145), "FT611 /source source is"),
        (changed(MULTI, graders={}), "FT611 /graders"),
        (changed(MULTI, graders={"accuracy": CHECK, "style": MULTI}), "FT611 /graders/style/type graders.style.type"),
        (changed(MULTI, calculate_output=...), 'FT611  Grader has no "calculate_output"'),
        (changed(MULTI, calculate_output="accuracy + tone"), 'FT611 /calculate_output calculate_output uses "tone",'),
        (
            changed(MULTI, graders={"accuracy": changed(CHECK, operation="is"), "style": SCORE}),
            'FT611 /graders/accuracy/operation graders.accuracy.operation is "is", expected one of',
        ),
        ({"grader": changed(CHECK, operation="is")}, 'FT611 /grader/operation operation is "is", expected one of'),
        ([CHECK], "FT611  Grader is a list, expected an object"),
        ("grader", "FT611  Grader is a string, expected an object"),
        (b'{"type": "string_check",', "FT611"),
        (b'{"type": "python", "type": "multi"}', 'FT611 /type Key "type" stands twice in the grader'),
        (b"{'type': 'python'}", "FT611  Grader is a printed Python dict"),
        (b"\xff\xfe{", "FT611"),
        (b"", "FT611"),
        (b"[" * 5000, "FT611  Nested deeper than 100 levels"),
        (changed(CHECK, reference="{{ row.answer }}"), 'FT613 /reference Template "{{ row.answer }}" names neither'),
        (changed(SCORE, input=[{"role": "user", "content": "{{ itm.x }}"}]), "FT613 /input/0/content Template"),
    ],
    ids=str,
)
def test_an_invalid_grader_has_a_problem_at_its_place(grader, problem):
    assert told(grader)[0].startswith(problem), told(grader)


@pytest.mark.parametrize("name", ALL)
def test_every_key_that_a_grader_needs_is_missed_once(name):
    grader = ALL[name]
    for key in set(grader) - {"name", "range", "image_tag", "pass_threshold"}:
        problems = told(changed(grader, **{key: ...}))
        assert [problem for problem in problems if f'has no "{key}"' in problem] == [f'FT611  Grader has no "{key}"']


def test_several_problems_are_all_told():
    broken = {"a": changed(CHECK, operation="is", reference="{{ row.x }}"), "b": changed(SCORE, range=[1, 0])}
    problems = told(changed(MULTI, graders=broken, calculate_output="a +"))
    assert [problem.split()[:2] for problem in problems] == [
        ["FT611", "/graders/a/operation"],
        ["FT613", "/graders/a/reference"],
        ["FT611", "/graders/b/range"],
        ["FT611", "/calculate_output"],
    ]


def test_fields_are_found_in_every_text_and_counted_once():
    assert fields(MULTI) == [("answer",), ("target",)]
    assert fields(changed(CHECK, reference="{{ item.a.b }} {{item.a.b}} {{ item.c[0]['d e'] }}")) == [
        ("a", "b"),
        ("c", 0, "d e"),
    ]


def test_fields_that_may_be_missing_are_not_counted():
    text = "{{ item.a | default('') }} {{ item.b[*].name }} {{ item }} {{ sample.c }}"
    assert fields(changed(CHECK, reference=text)) == []


def test_what_is_compared_is_a_field_that_stands_alone():
    def compared(**keys):
        return [field.steps for field in read(json.dumps(changed(CHECK, **keys)).encode()).compared]

    assert compared() == [("answer",)]
    assert compared(reference=" {{item.a.b}}\n") == [("a", "b")]
    assert compared(reference="x {{ item.a }}") == []
    assert compared(input="{{ item.a }}", reference="{{ sample.output_text }}") == [("a",)]
    assert read(json.dumps(SCORE).encode()).compared == ()


@pytest.mark.parametrize(
    "text",
    [
        "{{ item.a }}",
        "{{item.a}}",
        "{{  sample.output_json.k  }}",
        "{{ item['a b'] }}",
        "{{ item.antwort-text }}",
        "{{ sample.choices[0].message.content }}",
        "{{ item.schlüssel }}",
        '{"a": {{item.a}}, "b": {"c": {{sample.output_text}}}}',
        "{{{item.a}}}",
        '{"a": {"b": {}}}',
        '{{"score": 1}}',
        "a {{ b",
        "a }} b {item.x}",
        r"\frac{{1}}{{2}}",
        "",
    ],
)
def test_these_texts_have_no_fault(text):
    assert [found for found in template.templates(text) if isinstance(found, template.Fault)] == []


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("a {{ reference }} b", 'Template "{{ reference }}" names neither item nor sample', "{{ reference }}"),
        ("{{ items.a }}", 'Template "{{ items.a }}" names neither item nor sample', "{{ items.a }}"),
        ("{{ Item.a }}", 'Template "{{ Item.a }}" names neither item nor sample', "{{ Item.a }}"),
        ("x {{}}", 'Template "{{}}" is empty', "{{}}"),
        ("{{ item. }}", 'Template "{{ item. }}" is not of the form {{ item.KEY }}', "{{ item. }}"),
        ("{{ item..a }}", 'Template "{{ item..a }}" is not of the form {{ item.KEY }}', "{{ item..a }}"),
        ("{{ item a }}", 'Template "{{ item a }}" is not of the form {{ item.KEY }}', "{{ item a }}"),
        ("{{ item.a[0 }}", 'Template "{{ item.a[0 }}" is not of the form {{ item.KEY }}', "{{ item.a[0 }}"),
        ("{{ item.a }, b", 'Template "{{ item.a }" is not closed with }}', "{{ item.a }"),
        ("{{ item.a {{ item.b }}", 'Template "{{ item.a " is not closed with }}', "{{ item.a "),
        ("say {item.a}}", 'Template "{item.a}}" is not opened with {{', "{item.a}}"),
    ],
)
def test_a_fault_in_a_template_is_marked(text, message, marked):
    (found,) = [found for found in template.templates(text) if isinstance(found, template.Fault)]
    assert found.message == message
    assert text[found.start : found.end] == marked


def test_a_misspelt_namespace_and_a_bare_key_have_a_remedy():
    def help(text):
        return next(template.templates(text)).help

    assert help("{{ items.a }}") == "did you mean {{ item.a }}?"
    assert help("{{ answer }}") == "did you mean {{ item.answer }}?"
    assert help("{{ row.answer }}") == help("{{}}") == "write {{ item.KEY }} or {{ sample.output_text }}"


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "0.5 * a + 0.5*b",
        "-a",
        "(100 - abs(a - b)) / 100",
        "min(a, b, 1) ^ 2",
        "max(a,(b))",
        "log(a + 1e-9)",
        "floor(.5 + a) * 2.",
        "exact-match + 1",
        "min + 1",
    ],
)
def test_these_formulas_have_no_fault(text):
    assert formula.fault_of(text, ["a", "b", "exact-match", "min"]) is None


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("a + c", 'uses "c", which is none of the graders "a", "b"', "c"),
        ("a +", "ends where a value is expected", "+"),
        ("a b", 'has "b" where an operator is expected', "b"),
        ("a ** b", 'has "*" where a value is expected', "*"),
        ("(a + b", 'has a "(" that is not closed', "("),
        ("a + b)", 'has a ")" without a "("', ")"),
        (
            "mean(a, b)",
            'uses the unknown function "mean"; there are abs, ceil, exp, floor, log, max, min, sqrt',
            "mean",
        ),
        ("(a, b)", 'has "," where an operator is expected', ","),
        ("sqrt(a, b)", 'has "," where an operator is expected', ","),
        ("max()", 'has ")" where a value is expected', ")"),
        ("a > b", 'has ">" where an operator is expected', ">"),
        ("a if b else 1", 'has "if" where an operator is expected', "if"),
        ("__import__('os')", 'uses the unknown function "__import__"; there are', "__import__"),
    ],
)
def test_a_fault_in_a_formula_is_marked(text, message, marked):
    fault = formula.fault_of(text, ["a", "b"])
    assert fault is not None and fault.message.startswith(message)
    assert text[fault.start : fault.end] == marked


def test_a_misspelt_grader_in_a_formula_has_a_remedy():
    assert 'Did you mean "accuracy"?' in formula.fault_of("acuracy", ["accuracy", "style"]).message
    assert r'Did you mean "n\x85um"?' in formula.fault_of("num", ["n\x85um"]).message


@pytest.mark.parametrize(
    "text",
    [
        "def grade(sample, item): return 1",
        "def grade(a, b, c=None): return 1",
        "def grade(*args, **kwargs): return 1",
        "def grade(sample, item, /, *, strict=False): return 1",
        "import re\nfrom typing import Any\n\ndef grade(sample: dict[str, Any], item) -> float:\n    return 0.5\n",
        "try:\n    import x\nexcept ImportError:\n    x = None\nif x:\n    def grade(a, b): return 1\nelse:\n"
        "    def grade(a, b): return 0",
        "grade = lambda sample, item: 1",
        "from lib import grade",
        "from lib import *",
        "import lib\ngrade: object = lib.score",
        "def grade(): pass\ndef grade(sample, item): return 1",
        "\tdef grade(sample, item): return 1".strip(),
        "def grade(sample, item):\n    return '\\d' is 1",
    ],
)
def test_these_sources_have_no_fault(text, recwarn):
    assert source.fault_of(text) is None
    assert not recwarn.list


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "class A:\n    def grade(self, item): pass",
        "def f():\n    def grade(a, b): pass",
        "def grade(sample, item, extra): pass",
        "def grade(sample, item, *, strict): pass",
        "def grade(sample, item): return\nreturn 1",
        "def grade(a, b):\0 pass",
        "x = '\ud800'",
        "(" * 100_000,
        "-" * 200_000 + "1",
        "a" + ".b" * 120_000,
        "1" + "+1" * 120_000,
        "x = " + "9" * 100_000,
        "if 0: pass\n" + "elif 0: pass\n" * 15_000,
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_these_sources_have_a_fault_and_do_no_harm(text):
    assert source.fault_of(text) is not None


def test_a_source_is_never_run(tmp_path):
    mark = tmp_path / "ran"
    text = f"from pathlib import Path\nPath({str(mark)!r}).touch()\ndef grade(sample, item): return 1\n"
    assert source.fault_of(text) is None
    assert told({"type": "python", "source": text}) == []
    assert not mark.exists()


def test_a_fault_in_a_source_is_marked_in_its_line():
    text = "def grade(sample, item):\r\n    return 1 +\n"
    fault = source.fault_of(text)
    assert "(line 2)" in fault.message
    assert text[: fault.part[0]].count("\n") == 1


keys = st.sampled_from(["type", "graders", "grader", "input", "reference", "source", "range", "labels", "method"])
keys |= st.sampled_from(["passing_labels", "calculate_output", "reinforcement", "operation", "model", "content"])
words = st.sampled_from(["multi", "python", "score_model", "label_model", "string_check", "reinforcement", "user"])
pieces = st.lists(st.sampled_from(["{{", "}}", "{", "}", "item", "sample", ".", "[", "]", "0", " ", "a", "|", "'"]))
texts = words | pieces.map("".join) | st.text(max_size=8)
anything = st.recursive(
    values | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(max_size=4), inner, max_size=5),
    max_leaves=12,
)


@given(anything)
def test_no_value_makes_reading_a_grader_fail(value):
    for problem in read(json.dumps(value).encode()).problems:
        assert problem.code in ("FT611", "FT613")


ENGINES = [engine(bundle(SCHEMA)) for engine in (compile_schema, compile_portable)]


@given(anything | spoilt(st.sampled_from(list(ALL.values()))))
def test_both_engines_accept_the_same_graders(value):
    fast, portable = (engine.is_valid(value) for engine in ENGINES)
    assert fast == portable


@given(spoilt(st.sampled_from(list(ALL.values()))))
def test_a_grader_that_the_schema_refuses_has_a_problem(value):
    assert ENGINES[0].is_valid(value) or any(problem.startswith("FT611") for problem in told(value))


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_a_grader_fail(raw):
    read(raw)


@given(pieces.map("".join))
def test_templates_stand_where_they_say(text):
    for found in template.templates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start] == "{"


@given(st.lists(st.sampled_from(["a", "b", "min", "(", ")", ",", "+", "-", "*", "1", "."]), max_size=9).map(" ".join))
def test_a_formula_without_fault_is_an_expression(text):
    if formula.fault_of(text, ["a", "b"]) is None:
        compile(text, "formula", "eval")


@pytest.mark.parametrize(
    "text",
    ["{{", "{{}}", "{{ item.a", "{{ item[", "{item", "{{ item.a }}", "{ ", "}}{", "{{ x }}", "[", "{{ item.a | "],
)
def test_a_long_text_is_read_in_a_blink(text):
    grader = changed(SCORE, input=[{"role": "user", "content": text * 200_000}])
    raw = json.dumps(grader).encode()
    start = time.perf_counter()
    read(raw)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["a + ", "(", "a-b * ", "min(", "1.", "9" * 9, "  ", "max(a, "])
def test_a_long_formula_is_read_in_a_blink(text):
    graders = {**{f"k-{number}": CHECK for number in range(2000)}, "a": CHECK, "a-b": CHECK}
    start = time.perf_counter()
    read(json.dumps(changed(MULTI, graders=graders, calculate_output=text * 100_000)).encode())
    assert time.perf_counter() - start < 8
