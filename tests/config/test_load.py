"""Where settings come from, which win, and what is said about a wrong one."""

from pathlib import Path

import pytest

import ftlint
from ftlint.config.load import json_schema, load
from ftlint.core.errors import FtlintError
from tests.support import TODAY, alike, chat, check, dumped

PRETTY = dumped(alike(10, chat("user: Hi", "assistant: Hello"))) + b"\n"  # one blank line: FT009
SILENT = 'ignore = ["FT009"]\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with data in a folder of its own; the current directory is that folder."""
    data = tmp_path / "data" / "raw"
    data.mkdir(parents=True)
    (data / "train.jsonl").write_bytes(PRETTY)
    monkeypatch.chdir(data)
    return tmp_path


def found(path="train.jsonl", **options):
    return [
        item.code for item in ftlint.check(path, totals=False, today=TODAY, **{"isolated": False, **options}).findings
    ]


def test_without_configuration_the_defaults_hold(project):
    assert found() == ["FT009"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("ftlint.toml", SILENT),
        ("pyproject.toml", f"[tool.ftlint]\n{SILENT}"),
        ("data/ftlint.toml", SILENT),
        ("data/raw/pyproject.toml", f"[tool.ftlint]\n{SILENT}"),
    ],
)
def test_the_configuration_of_a_directory_above_is_found(project, file, content):
    (project / file).write_text(content)
    assert found() == []


def test_the_nearest_configuration_wins_whole(project):
    (project / "ftlint.toml").write_text('model = "gpt-3.5-turbo-0613"\n' + SILENT)
    (project / "data" / "ftlint.toml").write_text('fail-on = "warning"\n')
    assert found() == ["FT009"]
    configuration = load(project / "data" / "raw")
    assert (configuration.settings.model, configuration.settings.fail_on) == (None, "warning")
    assert configuration.root == project / "data"


def test_ftlint_toml_wins_over_the_pyproject_toml_beside_it(project):
    (project / "ftlint.toml").write_text(SILENT)
    (project / "pyproject.toml").write_text('[tool.ftlint]\nmodel = "gpt-4o"\n')
    assert found() == []


def test_a_pyproject_toml_without_a_table_of_ours_is_passed_over(project):
    (project / "ftlint.toml").write_text(SILENT)
    (project / "data" / "pyproject.toml").write_text('[project]\nname = "ftlint-data"\n')
    assert found() == []


def test_an_empty_table_of_ours_is_a_configuration(project):
    (project / "ftlint.toml").write_text(SILENT)
    (project / "data" / "pyproject.toml").write_text("[tool.ftlint]\n")
    assert found() == ["FT009"]


def test_isolated_reads_none_and_config_reads_the_named_one(project):
    (project / "ftlint.toml").write_text(SILENT)
    (project / "other.toml").write_text('select = ["FT5"]\n')
    assert found(isolated=True) == ["FT009"]
    assert found(config=project / "other.toml") == []
    assert [item.code for item in ftlint.check("train.jsonl", totals=False, today=TODAY).findings] == ["FT009"]


def test_the_call_wins_over_the_file(project):
    (project / "ftlint.toml").write_text('model = "gpt-3.5-turbo-0613"\nselect = ["FT902"]\n')
    assert found() == ["FT902"]
    assert found(model="gpt-4o-mini", closing_days=0) == []
    assert found(select=["FT009"]) == ["FT009"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('modle = "x"', 'unknown key "modle" in ftlint.toml. Did you mean "model"?'),
        ("max_cost = 3", 'unknown key "max_cost" in ftlint.toml. Did you mean "max-cost"?'),
        ("xyzzy = 1", 'unknown key "xyzzy" in ftlint.toml.'),
        ("model = 3", 'wrong value for "model" in ftlint.toml: Input should be a valid string'),
        ('select = "FT2"', 'wrong value for "select" in ftlint.toml: '),
        (
            'method = "sft"',
            "wrong value for \"method\" in ftlint.toml: Input should be 'supervised', 'dpo' or 'reinforcement'",
        ),
        ('max-cost = "lots"', 'wrong value for "max-cost" in ftlint.toml: '),
        ("max-cost = -1", 'wrong value for "max-cost" in ftlint.toml: expected a number of 0 or more'),
        ("max-cost = nan", 'wrong value for "max-cost" in ftlint.toml: '),
        ("max-cost = 1e999", 'wrong value for "max-cost" in ftlint.toml: '),
        ("min-rows = -1", 'wrong value for "min-rows" in ftlint.toml: expected a number of 0 or more'),
        ("max-tokens = true", 'wrong value for "max-tokens" in ftlint.toml: expected a number of 0 or more'),
        (
            '[[dataset]]\nname = "a"\ntrain = "a.jsonl"\nbudget = {max-rows = true}',
            'wrong value for "dataset.budget.max-rows" in ftlint.toml: expected a number of 0 or more',
        ),
        ("[prices.gpt-4o]\ntraining = true", 'wrong value for "prices.gpt-4o.training" in ftlint.toml: '),
        ("[per-file-ignores]\n'*' = 3", 'wrong value for "per-file-ignores.*" in ftlint.toml: '),
        ("model = ", "ftlint.toml is not valid TOML: "),
        ('model = "\xff"', "ftlint.toml is not valid TOML: "),
    ],
)
def test_a_wrong_configuration_is_refused_in_one_sentence(project, content, message):
    (project / "ftlint.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(FtlintError) as caught:
        found()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value) or "TOML" in message


@pytest.mark.parametrize(
    "content", ["tool = 3", "[[tool]]\nname = 'ftlint'", "[tool]\nftlint = 3", "[tool]\nftlint = [1]"]
)
def test_a_pyproject_toml_of_the_wrong_shape_is_no_crash(project, content):
    (project / "pyproject.toml").write_text(content + "\n# ftlint\n")
    try:
        found()
    except FtlintError as error:
        assert str(error) == "pyproject.toml, [tool.ftlint] is not a table"


def test_the_place_of_a_wrong_key_in_pyproject_toml_is_named(project):
    (project / "pyproject.toml").write_text('[tool.ftlint]\nselct = ["FT2"]\n')
    with pytest.raises(FtlintError) as caught:
        found()
    assert str(caught.value) == 'unknown key "selct" in pyproject.toml, [tool.ftlint]. Did you mean "select"?'


def test_a_configuration_that_is_named_must_be_there(project):
    with pytest.raises(FtlintError, match=r"cannot read .*none\.toml: No such file"):
        found(config="none.toml")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"modle": "x"}, 'unknown key "modle" in the call. Did you mean "model"?'),
        ({"epochs": "many"}, 'wrong value for "epochs" in the call: '),
        ({"output_format": "xml"}, 'wrong value for "output-format" in the call: '),
    ],
)
def test_a_wrong_keyword_is_refused_as_a_wrong_key_is(options, message):
    with pytest.raises(FtlintError) as caught:
        check(b"", **options)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("pattern", "silent"),
    [
        ("*.jsonl", True),
        ("train.jsonl", True),
        ("data/raw/*", True),
        ("data/*", True),
        ("data/raw/train.jsonl", True),
        ("raw/*", False),
        ("valid.jsonl", False),
    ],
)
def test_rules_are_left_out_by_file_with_patterns_from_the_configurations_directory(project, pattern, silent):
    (project / "ftlint.toml").write_text(f'[per-file-ignores]\n"{pattern}" = ["blank-line"]\n')
    assert found() == ([] if silent else ["FT009"])
    assert found(project / "data" / "raw" / "train.jsonl") == found()


def test_a_rule_that_is_ignored_for_no_file_must_exist_all_the_same(project):
    (project / "ftlint.toml").write_text('[per-file-ignores]\n"none" = ["FT999"]\n')
    with pytest.raises(FtlintError, match=r'unknown rule "FT999" in per-file-ignores\. Did you mean "FT'):
        found()


def test_custom_schemas_are_looked_for_beside_the_configuration(project):
    (project / "ftlint.toml").write_text('[schemas]\n"data/raw/*" = "short.json"\n')
    (project / "short.json").write_text('{"properties": {"messages": {"maxItems": 1}}}')
    assert found() == ["FT111"] * 10 + ["FT009"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"cannot read the schema .*short\.json: No such file"),
        ("{", r"the schema .*short\.json is not JSON"),
        ("[]", r"the schema .*short\.json is not a JSON object"),
        ('{"type": 3}', r"short\.json is not a valid JSON Schema"),
        ('{"$ref": "https://example.com/x.json"}', r"short\.json is not a valid JSON Schema"),
    ],
)
def test_a_custom_schema_that_is_none_ends_the_call(project, content, message):
    (project / "ftlint.toml").write_text('[schemas]\n"*" = "short.json"\n')
    if content is not None:
        (project / "short.json").write_text(content)
    with pytest.raises(FtlintError, match=message):
        found()


def test_a_search_through_directories_skips_what_is_excluded(project, monkeypatch):
    monkeypatch.chdir(project)
    for name in (
        "kept.jsonl",
        ".git/a.jsonl",
        "node_modules/b.jsonl",
        "skipped/c.jsonl",
        "d.txt",
        "e.ndjson",
        "F.JSONL",
    ):
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PRETTY)
    paths = [file.path for file in ftlint.check(".", exclude=["skipped", "data"], totals=False).files]
    assert paths == ["F.JSONL", "e.ndjson", "kept.jsonl"]
    assert len(ftlint.check("skipped/c.jsonl", exclude=["skipped"], totals=False).files) == 1


def test_a_file_that_is_named_twice_is_checked_once(project):
    assert len(ftlint.check("train.jsonl", "./train.jsonl", ".", totals=False).files) == 1


def test_the_schema_of_a_configuration_describes_every_setting():
    schema = json_schema()
    assert schema["additionalProperties"] is False
    assert {"model", "per-file-ignores", "max-cost", "closing-days"} <= set(schema["properties"])
    assert all(part.get("description") for part in schema["properties"].values())
