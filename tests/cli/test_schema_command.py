"""`ftlint schema`: one self-contained document, which any validator reads as ftlint does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ftlint.profiles.catalog import all_profiles, providers, resolve, spelt
from tests.support import alike

SCHEMAS = Path(__file__).parents[2] / "schemas"
TARGETS = [
    (spelt(profile), method, format)
    for profile in (*map(resolve, providers()), *all_profiles())
    for method in profile.methods
    for format in profile.methods[method].schemas
]

SHAPE = ["FT101", "FT102", "FT103", "FT104", "FT105", "FT106", "FT205", "FT402", "FT406", "FT411", "FT451", "FT603"]
USER = {"role": "user", "content": "What time is it?"}
ANSWER = {"role": "assistant", "content": "Noon"}
CALL = {"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}
TOOL = {"type": "function", "function": {"name": "now", "parameters": {"type": "object", "properties": {}}}}
TOOL_RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "Noon"}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "low"}}
PARTS = [{"type": "text", "text": "What is this?"}, IMAGE]

MESSAGES: list[object] = [
    [USER, ANSWER],
    [{"role": "system", "content": "Be kind"}, USER, ANSWER, USER, ANSWER],
    [{"role": "developer", "content": "Be kind"}, USER, ANSWER],
    [{**USER, "name": "Ann"}, {**ANSWER, "weight": 0}, {**ANSWER, "weight": 1}],
    [USER, {"role": "assistant", "tool_calls": [CALL]}, {"role": "tool", "tool_call_id": "call_1", "content": "12"}],
    [USER, {"role": "assistant", "content": None, "tool_calls": [CALL]}],
    [USER, {"role": "assistant", "content": None, "function_call": CALL["function"]}],
    [USER, {"role": "assistant", "refusal": "No"}],
    [{"role": "user", "content": PARTS}, ANSWER],
    [{"role": "user", "content": PARTS[:1]}, {"role": "assistant", "content": PARTS[:1]}],
    [],
    {},
    None,
    "Hi",
    [USER, "Hi"],
    [USER, {"content": "no role"}],
    [USER, {"role": "bot", "content": "Hi"}],
    [USER, {"role": ["assistant"], "content": "Hi"}],
    [{"role": "user"}, ANSWER],
    [{"role": "user", "content": None}, ANSWER],
    [{"role": "user", "content": 1}, ANSWER],
    [USER, {"role": "assistant"}],
    [USER, {**ANSWER, "weight": 2}],
    [USER, {**ANSWER, "weight": True}],
    [USER, {**ANSWER, "weight": 0.5}],
    [USER, {**ANSWER, "weight": "1"}],
    [USER, {**ANSWER, "mood": "good"}],
    [{**USER, "weight": 1}, ANSWER],
    [USER, {**ANSWER, "tool_calls": [{**CALL, "function": {"name": "now", "arguments": {}}}]}],
    [USER, {**ANSWER, "tool_calls": [{"type": "function"}]}],
    [USER, {"role": "tool", "content": "12"}, ANSWER],
    [{"role": "user", "content": [{"type": "video", "url": "x"}]}, ANSWER],
    [{"role": "user", "content": [{"type": "text"}]}, ANSWER],
    [{"role": "assistant", "content": [IMAGE]}, ANSWER],
    [USER, {**ANSWER, "reasoning_content": "Hm"}],
    [USER, {**ANSWER, "thinking": "Hm"}],
    [USER, {**ANSWER, "tool_calls": [CALL]}],
    [USER, {"role": "assistant", "tool_calls": [{"function": CALL["function"]}]}],
    [USER, {"role": "assistant", "tool_calls": [{**CALL, "id": "a1B2c3D4e"}]}],
    [USER, {"role": "tool", "content": "12", "tool_call_id": "a1B2c3D4e"}, ANSWER],
    [{"role": "user", "content": [{**IMAGE, "image_url": "https://example.com/cat.png"}]}, ANSWER],
    [{"role": "user", "content": [{**IMAGE, "image_url": {"url": "data:image/png;base64,AA"}}]}, ANSWER],
    [{"role": "user", "content": PARTS[:1]}, ANSWER],
]
TOOLS: list[dict] = [
    {"tools": [TOOL], "parallel_tool_calls": False},
    {"tools": []},
    {"tools": None},
    {"tools": {}},
    {"tools": [{**TOOL, "type": "tool"}]},
    {"tools": [{"type": "function", "function": {"name": "two words"}}]},
    {"tools": [{"type": "function", "function": {}}]},
    {"functions": [TOOL["function"]]},
    {"parallel_tool_calls": "yes"},
    {"metadata": {}},
]


def rows(format: str) -> Iterator[object]:
    """Good rows of a format and bad ones, all of them recognisably of the format."""
    conversations = [{"messages": messages} for messages in MESSAGES] + [
        {"messages": [USER, ANSWER], **more} for more in TOOLS
    ]
    if format in ("chat", "reinforcement"):
        yield from conversations
    if format == "reinforcement":
        yield from ({"messages": [USER], "answer": answer} for answer in ("4", 4, None, {"unit": "h"}))
        yield {"messages": [USER], "tools": [TOOL]}
    if format == "completion":
        for text in ("Hi", "", None, 1, ["Hi"]):
            yield {"prompt": text, "completion": "Hello"}
            yield {"prompt": "Hi", "completion": text}
        yield {"prompt": "Hi", "completion": "Hello", "id": 1}
        yield {"prompt": "Hi"}
    if format == "preference":
        good = {"input": {"messages": [USER]}, "preferred_output": [ANSWER], "non_preferred_output": [ANSWER]}
        yield good
        yield from ({name: value for name, value in good.items() if name != key} for key in good)
        yield {**good, "extra": 1}
        yield {**good, "input": {"messages": [USER], "model": "x"}}
        yield {**good, "input": [USER]}
        yield from ({**good, "input": conversation} for conversation in conversations)
        for output in (
            [],
            [USER],
            [ANSWER, ANSWER],
            [TOOL_RESULT],
            [ANSWER, TOOL_RESULT],
            [{"role": "assistant"}],
            "No",
            [{**ANSWER, "weight": 1}],
        ):
            yield {**good, "preferred_output": output}
            yield {**good, "non_preferred_output": output}


@pytest.mark.parametrize(("model", "method", "format"), TARGETS)
def test_any_validator_accepts_and_refuses_what_ftlint_does(shell, model, method, format):
    target = (model, "--method", method, "--format", format)
    done = shell.run("schema", *target)
    assert (done.returncode, done.stderr) == (0, "")
    schema = json.loads(done.stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(reference.startswith("#/") for reference in references(schema))

    samples = list(rows(format))
    file = shell.file("samples.jsonl", samples)
    options = ("--model", *target, "--output-format", "json-lines", "--select", ",".join(SHAPE))
    findings = [json.loads(line) for line in shell.run("check", file, *options).stdout.splitlines()]
    refused = {finding["row"] for finding in findings}
    validator = Draft202012Validator(schema)
    expected = {number for number, sample in enumerate(samples, 1) if not validator.is_valid(sample)}
    assert {number: samples[number - 1] for number in refused ^ expected} == {}
    assert 0 < len(expected) < len(samples)


def test_ftlint_refuses_a_weight_of_1_0_which_a_json_schema_cannot_tell_from_1(shell, row):
    fraction = {"messages": [USER, {**ANSWER, "weight": 1.0}]}
    assert Draft202012Validator(json.loads(shell.run("schema").stdout)).is_valid(fraction)
    assert shell.codes(shell.file("rows.jsonl", [*alike(11, row()), fraction])) == {"FT103"}


def references(schema: object) -> Iterator[str]:
    """Every `$ref` in a schema."""
    if isinstance(schema, dict):
        yield from (value for key, value in schema.items() if key in ("$ref", "$dynamicRef"))
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from references(item)


def test_the_generated_schemas_are_up_to_date(shell):
    assert shell.run("schema", "--all", ".").returncode == 0
    written = sorted(path.name for path in shell.directory.iterdir())
    assert written == ["config.schema.json", "report.v1.schema.json"]
    for name in written:
        assert (shell.directory / name).read_text() == (SCHEMAS / name).read_text()


@pytest.mark.parametrize(
    ("option", "name"), [("--config", "config.schema.json"), ("--report", "report.v1.schema.json")]
)
def test_the_schema_of_configuration_and_report_are_printed(shell, option, name):
    printed = shell.run("schema", option).stdout
    assert printed == (SCHEMAS / name).read_text()
    Draft202012Validator.check_schema(json.loads(printed))


def test_the_schema_of_a_grader_stands_alone(shell):
    schema = json.loads(shell.run("schema", "--grader").stdout)
    Draft202012Validator.check_schema(schema)
    assert all(reference.startswith("#/") for reference in references(schema))
    grader = {"type": "string_check", "input": "{{ sample.output_text }}", "reference": "4", "operation": "eq"}
    assert Draft202012Validator(schema).is_valid(grader)
    assert not Draft202012Validator(schema).is_valid({**grader, "operation": "is"})


def test_the_configuration_schema_accepts_what_ftlint_reads(shell, clean):
    validator = Draft202012Validator(json.loads(shell.run("schema", "--config").stdout))
    for table in (
        {"model": "gpt-4o-mini", "max-cost": "20", "select": ["FT2"], "per-file-ignores": {"*": ["FT211"]}},
        {"fail-on": "warning", "epochs": 3, "hyperparameters": {"n_epochs": 3}, "force-exclude": True},
        {"modle": "gpt-4o-mini"},
        {"select": "FT2"},
        {"fail-on": "fatal"},
        {"max_cost": 1},
    ):
        toml = "\n".join(f"{key} = {inline(value)}" for key, value in table.items())
        shell.file("ftlint.toml", toml.encode())
        assert (shell.run("check", clean).returncode != 2) == validator.is_valid(table), toml


def inline(value: object) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


def test_an_alias_and_the_first_method_will_do(shell):
    assert (
        shell.run("schema", "gpt-4o-mini").stdout
        == shell.run("schema", "ft:gpt-4o-mini-2024-07-18:acme::x", "--method", "supervised", "--format", "chat").stdout
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["gpt-4o-mini", "--method", "dpo"],
            "gpt-4o-mini-2024-07-18 does not take the method dpo; it takes supervised",
        ),
        (["babbage-002", "--format", "chat"], "babbage-002 takes no chat rows for supervised; it takes completion"),
        (["gpt-5-nano-x"], 'unknown model "gpt-5-nano-x".'),
        (["--all", "nowhere/deep"], "cannot write nowhere/deep/config.schema.json: no such file or directory"),
    ],
)
def test_what_there_is_no_schema_of_is_a_wrong_call(shell, words, sentence):
    done = shell.run("schema", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ftlint: error: {sentence}")
