"""The JSON report keeps its promise: its schema, its keys, and what its numbers mean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import ftlint
from tests.support import alike

GOLDEN = Path(__file__).with_name("golden")
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/report.v1.schema.json").read_text(encoding="utf-8"))
GOOD = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

TOP = ["version", "tool", "files", "findings", "summary", "unlisted", "gates"]
FILE = ["path", "purpose", "format", "provider", "model", "method", "rows", "bytes", "tokens", "epochs", "cost"]
FILE += ["dataset"]
TOKENS = ["encoding", "total", "trained", "billed", "min", "p5", "median", "mean", "p95", "max", "over_limit"]
COST = ["currency", "amount", "price_as_of"]
FINDING = [
    *("code", "name", "severity", "message", "help", "path", "row", "line"),
    *("column", "end_column", "pointer", "fix", "related", "dataset"),
]
SUMMARY = ["files", "rows", "errors", "warnings", "infos", "fixable", "unsafe_fixable", "muted", "stale"]


@pytest.fixture
def broken(tmp_path):
    return Path(shutil.copy(GOLDEN / "broken.jsonl", tmp_path)).name


def validated(text: str) -> dict:
    report = json.loads(text)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(report)
    return report


def write(path: Path, rows: list[object]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path.name


def test_the_report_satisfies_its_schema_and_has_the_keys_of_the_contract(check, broken):
    report = validated(check(broken, "--output-format", "json", "--model", "gpt-4o-mini").stdout)
    assert list(report) == TOP
    assert report["version"] == 1
    assert report["tool"] == {"name": "ftlint", "version": ftlint.__version__}
    (file,) = report["files"]
    assert (list(file), list(file["tokens"]), list(file["cost"])) == (FILE, TOKENS, COST)
    assert list(report["summary"]) == SUMMARY
    assert report["findings"]
    for finding in report["findings"]:
        assert list(finding) == FINDING
        assert finding["related"] == []
        assert finding["fix"] is None or list(finding["fix"]) == ["title", "applicability"]


def test_the_schema_demands_every_key_and_allows_no_other(check, broken):
    report = validated(check(broken, "--output-format", "json", "--model", "gpt-4o-mini").stdout)
    validator = Draft202012Validator(SCHEMA)
    parts = [report, report["tool"], report["summary"], report["files"][0], report["findings"][0]]
    for part in (*parts, report["files"][0]["tokens"], report["files"][0]["cost"]):
        for key in list(part):
            value = part.pop(key)
            assert not validator.is_valid(report), key
            part[key] = value
        part["extra"] = None
        assert not validator.is_valid(report)
        del part["extra"]
    assert validator.is_valid(report)


def test_the_summary_counts_the_findings(check, broken):
    report = validated(check(broken, "--output-format", "json").stdout)
    findings = report["findings"]
    summary = report["summary"]
    for severity in ("error", "warning", "info"):
        assert summary[f"{severity}s"] == sum(finding["severity"] == severity for finding in findings)
    fixes = [finding["fix"]["applicability"] for finding in findings if finding["fix"]]
    assert (summary["fixable"], summary["unsafe_fixable"]) == (fixes.count("safe"), fixes.count("unsafe"))
    assert (summary["files"], summary["rows"], report["files"][0]["rows"]) == (1, 6, 6)


def test_positions_count_from_1_in_code_points_and_end_behind_the_piece(check, tmp_path):
    row = {"messages": [{"role": "user", "content": "Größe 𝄞 你好"}, {"role": "assistant", "content": " "}]}
    name = write(tmp_path / "rows.jsonl", [*alike(10, GOOD), row])
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({**GOOD, "schlüssel": 1}, ensure_ascii=False) + "\n")
    report = validated(check(name, "--output-format", "json", "--select", "FT211,FT102,FT009").stdout)
    lines = (tmp_path / name).read_text(encoding="utf-8").split("\n")
    found = {finding["code"]: finding for finding in report["findings"]}

    def piece(finding: dict) -> str:
        return lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1]

    empty, unknown = found["FT211"], found["FT102"]
    assert (empty["row"], empty["line"], empty["pointer"], piece(empty)) == (11, 11, "/messages/1/content", '" "')
    assert (unknown["row"], unknown["line"], unknown["pointer"]) == (12, 13, "/schlüssel")
    assert piece(unknown) == '"schlüssel"'
    assert found["FT009"]["line"] == 12


@pytest.mark.parametrize(
    ("before", "column"), [("", 83), ("  \t", 86), ("\ufeff", 83), (json.dumps(GOOD), 83 + len(json.dumps(GOOD)))]
)
def test_columns_count_what_stands_before_the_row_on_its_line(check, tmp_path, before, column):
    empty = json.dumps(GOOD).replace("Hello", " ")
    (tmp_path / "rows.jsonl").write_text(f"{before}{empty}\n{json.dumps(GOOD)}\n", encoding="utf-8")
    report = validated(check("rows.jsonl", "--output-format", "json", "--select", "FT211").stdout)
    assert [(finding["line"], finding["column"]) for finding in report["findings"]] == [(1, column)]


def test_pointers_are_escaped_as_rfc_6901_says(check, tmp_path):
    name = write(tmp_path / "rows.jsonl", [{**GOOD, "a/b~c": 1}] * 10)
    report = validated(check(name, "--output-format", "json", "--select", "FT102").stdout)
    assert {finding["pointer"] for finding in report["findings"]} == {"/a~1b~0c"}


def test_a_finding_about_the_file_has_no_place(check, tmp_path):
    name = write(tmp_path / "few.jsonl", [GOOD])
    (finding,) = validated(check(name, "--output-format", "json").stdout)["findings"]
    assert finding["code"] == "FT504"
    assert [finding[key] for key in ("row", "line", "column", "end_column", "pointer")] == [None] * 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"PK\x03\x04zip",
        b"prompt,completion\na,b\n",
        b"\xff\xfe{\x00}\x00",
        b"[1, 2]",
        b'{"a": 1}\n',
        b"\xff\n{",
    ],
)
def test_whatever_the_file_is_the_report_satisfies_its_schema(check, tmp_path, content):
    (tmp_path / "odd.jsonl").write_bytes(content)
    done = check("odd.jsonl", "--output-format", "json")
    report = validated(done.stdout)
    assert done.returncode in (0, 1)
    assert len(report["files"]) == 1
    assert report["findings"]


@pytest.mark.parametrize("options", [[], ["--no-totals"], ["--model", "gpt-4-0613"], ["--model", "o4-mini"]])
def test_what_is_unknown_is_null(check, tmp_path, options):
    name = write(tmp_path / "rows.jsonl", alike(10, GOOD))
    (file,) = validated(check(name, "--output-format", "json", *options).stdout)["files"]
    assert file["cost"] is None
    assert (file["tokens"] is None) == ("--no-totals" in options)


def test_a_clean_file_has_a_report_too(check, tmp_path):
    report = validated(check(write(tmp_path / "rows.jsonl", alike(10, GOOD)), "--output-format", "json").stdout)
    assert report["findings"] == []
    assert report["files"][0]["bytes"] == (tmp_path / "rows.jsonl").stat().st_size


def test_json_lines_is_one_finding_a_line(check, broken):
    findings = json.loads(check(broken, "--output-format", "json").stdout)["findings"]
    lines = check(broken, "--output-format", "json-lines").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{"version": 1, **finding} for finding in findings]


def test_the_same_call_gives_the_same_bytes(check, broken):
    for shape in ("json", "json-lines", "github", "full"):
        assert check(broken, "--output-format", shape).stdout == check(broken, "--output-format", shape).stdout


def test_equal_names_in_several_directories_stay_apart(check, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "rows.jsonl", [GOOD])
    report = validated(check("a", "b", "--output-format", "json").stdout)
    assert [file["path"] for file in report["files"]] == [str(Path("a/rows.jsonl")), str(Path("b/rows.jsonl"))]
    assert [finding["path"] for finding in report["findings"]] == [file["path"] for file in report["files"]]
