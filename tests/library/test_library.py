"""`from ftlint import check`: the run of the command, with the words of the command."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

import ftlint
from ftlint import Finding, FtlintError, Report, check
from ftlint.config.settings import Settings
from tests.support import TODAY, alike, chat, dumped

FTLINT = Path(sys.executable).with_name("ftlint")
DAY = date(2026, 9, 1)


def row(answer: str = "Hello") -> dict:
    return {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": answer}]}


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes a file of rows to the current directory."""
    monkeypatch.chdir(tmp_path)

    def to(name: str, rows: list[dict]) -> str:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("".join(json.dumps(item) + "\n" for item in rows))
        return name

    return to


@pytest.fixture
def broken(write):
    return write("broken.jsonl", [*alike(10, row()), row(" ")])


def test_a_report_has_files_findings_and_a_summary(broken):
    report = check(broken, today=DAY)
    assert isinstance(report, Report)
    (finding,) = report.findings
    assert isinstance(finding, Finding)
    assert (finding.code, finding.path, finding.line, finding.pointer) == ("FT211", broken, 11, "/messages/1/content")
    assert (report.summary.errors, report.summary.rows, report.exit_code()) == (1, 11, 1)
    assert report.files[0].tokens.total == 10 * 15 + 13
    assert report.failures == []


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        ({}, []),
        ({"model": "gpt-4o-mini", "epochs": 2}, ["--model", "gpt-4o-mini", "--epochs", "2"]),
        ({"select": ["FT211"], "totals": False}, ["--select", "FT211", "--no-totals"]),
        ({"ignore": ("empty-assistant",)}, ["--ignore", "empty-assistant"]),
        ({"max_cost": Decimal("0.01")}, ["--max-cost", "0.01"]),
        ({"per_file_ignores": {"*.jsonl": ["FT211"]}}, ["--per-file-ignores", "*.jsonl:FT211"]),
        ({"method": "dpo"}, ["--method", "dpo"]),
    ],
)
def test_the_report_is_that_of_the_command(broken, settings, options):
    command = [FTLINT, "check", broken, "--isolated", "--today", str(DAY), "--output-format", "json", *options]
    printed = json.loads(subprocess.run(command, capture_output=True, timeout=60).stdout)
    report = check(broken, today=DAY, **settings).to_dict()
    assert json.loads(json.dumps(report)) == printed


def test_paths_are_given_one_by_one_as_paths_or_in_a_list(broken, write):
    write("data/rows.jsonl", alike(10, row()))
    expected = [broken, str(Path("data/rows.jsonl"))]
    for paths in ((broken, "data"), (Path(broken), Path("data")), ([broken, "data"],), ([Path(broken)], "data")):
        assert [file.path for file in check(*paths, today=DAY).files] == expected


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"model": "gpt-4o-mimi"}, 'unknown model "gpt-4o-mimi". Did you mean "gpt-4o-mini"?'),
        ({"modle": "gpt-4o"}, 'unknown key "modle" in the call. Did you mean "model"?'),
        ({"select": ["FT999"]}, 'unknown rule "FT999" in select.'),
        ({"select": "FT211"}, 'wrong value for "select" in the call'),
        ({"epochs": "many"}, 'wrong value for "epochs" in the call'),
        ({"method": "ppo"}, 'wrong value for "method" in the call'),
        ({"config": "nowhere.toml"}, "cannot read nowhere.toml"),
    ],
)
def test_a_wrong_call_raises_one_sentence(broken, settings, sentence):
    with pytest.raises(FtlintError, match=r"^[^\n]+$") as raised:
        check(broken, **settings)
    assert str(raised.value).startswith(sentence)


def test_a_file_that_cannot_be_read_stands_in_the_report(broken):
    report = check("nowhere.jsonl", broken, today=DAY)
    assert report.failures == ["cannot read nowhere.jsonl: no such file or directory"]
    assert [file.path for file in report.files] == [broken]
    assert report.exit_code() == 2


def test_no_configuration_is_read_unless_it_is_asked_for(broken):
    Path("ftlint.toml").write_text('ignore = ["FT211"]\n')
    Path("other.toml").write_text('select = ["FT0"]\n')
    assert check(broken, today=DAY).summary.errors == 1
    assert check(broken, today=DAY, isolated=False).summary.errors == 0
    assert check(broken, today=DAY, config="other.toml").summary.errors == 0


def test_findings_are_values(broken):
    first, second = (check(broken, today=DAY).findings[0] for _ in range(2))
    assert first == second
    with pytest.raises(FrozenInstanceError):
        first.code = "FT001"


def test_every_setting_is_a_keyword(broken):
    defaults = Settings()
    for field in fields(Settings):
        value = getattr(defaults, field.name)
        if value is not None and field.name != "output_format":
            check(broken, **{field.name: value})


def test_the_package_is_typed():
    assert files("ftlint").joinpath("py.typed").is_file()


def test_a_type_checker_knows_the_names(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(
        "from ftlint import Finding, FtlintError, Report, check\n"
        "report: Report = check('a.jsonl', model='gpt-4o-mini')\n"
        "finding: Finding = report.findings[0]\n"
        "line: int | None = finding.line\n"
        "error: type[Exception] = FtlintError\n"
        "wrong: str = finding.line\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", "user.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert len(errors) == 1, done.stdout + done.stderr
    assert errors[0].startswith("user.py:6: error: Incompatible types in assignment")


def test_what_is_exported_can_be_imported():
    assert sorted(ftlint.__all__) == ["Finding", "FtlintError", "Report", "check", "convert", "fix"]
    for name in ftlint.__all__:
        assert getattr(ftlint, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'lint'"):
        _ = ftlint.lint


def imported(code: str, cwd: Path) -> set[str]:
    """The modules that a program has imported at its end."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_import_ftlint_imports_nothing_of_it_yet(tmp_path):
    modules = imported("import ftlint; ftlint.__version__", tmp_path)
    assert {name for name in modules if name.startswith("ftlint")} == {"ftlint"}


def test_a_check_without_totals_loads_no_tokenizer_and_no_network(write, tmp_path):
    write("rows.jsonl", alike(12, row()))
    modules = imported("import ftlint; ftlint.check('rows.jsonl', totals=False)", tmp_path)
    assert "ftlint.engine.run" in modules
    assert not modules & {"openai", "tiktoken", "jsonschema", "httpx", "requests", "click"}


def test_a_file_is_fixed_and_what_was_done_is_given_back(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"\n" + dumped(alike(10, chat("user: Hi", "assistant: Hello", source=1))))
    report, done = ftlint.fix(path, totals=False, today=TODAY)
    assert [(file.path, dict(file.fixed)) for file in done] == [(str(path), {"FT009": 1})]
    assert (report.summary.fixable, report.summary.unsafe_fixable) == (0, 10)
    report, done = ftlint.fix(path, unsafe=True, backup=True, totals=False, today=TODAY)
    assert done[0].fixed == {"FT102": 10}
    assert report.exit_code() == 0
    assert path.read_bytes() == dumped(alike(10, chat("user: Hi", "assistant: Hello")))
    assert (tmp_path / "train.jsonl.bak").read_bytes().count(b"source") == 10
