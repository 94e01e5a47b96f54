"""Other people's text reaches neither the terminal nor the runner of CI as a command."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

HOSTILE = (
    "\x1b[31mred\x1b]0;title\x07\x9b2J\x85\x7f\u202eevil\u2066\u2028\u200b\ufeff"
    "\n::error::pwned\r\n##[error]pwned\n::add-mask::a\r##vso[task.setvariable variable=x]1"
)
SHORT = ("\x1b[2J", "##[error]x", "##vso[x]", "a\n::error::x", "::error::x", "\u202ex", "\x9bx", "<!--\n-->")
ANNOTATION = re.compile(
    r"::(error|warning|notice) title=FT\d{3} [a-z0-9-]+,file=[^:,]+(,line=\d+,col=\d+(,endColumn=\d+)?)?::"
)
FORMATS = ("full", "concise", "grouped", "github", "json", "json-lines")


def hostile_lines() -> list[str]:
    """Rows with hostile text in every place that a message may quote, and lines that are no rows."""
    user, answer = {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}
    lines = []
    for text in (HOSTILE, *SHORT):
        for row in (
            {"messages": [{"role": text, "content": "a"}, answer]},
            {"messages": [user, answer], text: text},
            {"messages": [user, {**answer, "weight": text}]},
            {"messages": [user, {**answer, text: 1}]},
            {"messages": [user, {"role": "assistant", "content": [{"type": text}]}]},
            {"messages": [user, {"role": "assistant", "content": [{"type": "text", text: 1}]}]},
            {"messages": text},
            {"messages": [user, answer], "tools": [{"type": text, "function": {"name": text}}]},
            {"messages": [user, {"role": "assistant", "content": f"{text} ", "name": 1}]},
        ):
            lines.append(json.dumps(row, ensure_ascii=False))
            lines.append(json.dumps(row))
        twice = json.dumps(text)
        lines.append(f'{{"messages": [], {twice}: 1, {twice}: 2}}')
    one_line = HOSTILE.replace("\n", " ").replace("\r", " ")
    lines += [one_line, f"{{{one_line}}}", f'{{"a": "{one_line}"}}', "::error::x", "##[error]x", "  ::error::x"]
    lines += [f"{{'messages': '{one_line}'}}", f'{{“messages”: "{one_line}"}}', '{"a": NaN, "##[error]": Infinity}']
    return lines


def assert_harmless(text: str, annotations: bool = False) -> None:
    """No control or invisible character but newlines, and no line that a runner of CI would obey."""
    odd = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert odd <= {"\n"}, odd
    for line in text.split("\n"):
        if annotations and ANNOTATION.match(line):
            continue
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line and "##vso[" not in line, line


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(line + "\n" for line in hostile_lines()), encoding="utf-8", newline="\n")
    return path.name


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("environment", [{}, {"CI": "true", "GITHUB_ACTIONS": "true"}], ids=["here", "CI"])
def test_rows_steer_neither_a_terminal_nor_a_runner(check, hostile, shape, environment):
    done = check(hostile, "--output-format", shape, "--max-per-rule", "0", "--show-content", **environment)
    assert done.returncode == 1
    assert done.stdout.count("Role" if shape == "grouped" else "FT105") >= 10
    assert_harmless(done.stdout, annotations=shape == "github")
    assert_harmless(done.stderr)


def test_rows_steer_nothing_in_statistics_and_stats(check, hostile):
    assert_harmless(check(hostile, "--statistics").stdout)
    assert_harmless(check(hostile, "--totals").stdout)
    assert_harmless(check(hostile, command="stats").stdout)
    assert_harmless(check(hostile, "--output-format", "json", command="stats").stdout)


NAMES = [
    "::error::pwned.jsonl",
    "  ::add-mask::a.jsonl",
    "##[error]pwned.jsonl",
    "##vso[x]y.jsonl",
    "a\n::error::pwned.jsonl",
    "a\x1b[31m\x9b\u202e\u200b.jsonl",
    "a,line=9::b%0A.jsonl",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_steer_nothing(check, tmp_path, name):
    good = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
    bad = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]}
    (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in [bad] + [good] * 11))
    for options in (*(("--output-format", shape) for shape in FORMATS), ("--totals",), ("--statistics",)):
        done = check(name, *options)
        assert done.returncode == 1
        assert_harmless(done.stdout, annotations="github" in options)
        if options[1:] == ("json",):
            assert json.loads(done.stdout)["files"][0]["path"] == name
    assert_harmless(check(name, command="stats").stdout)
    stats = check(name, "--output-format", "json", command="stats").stdout
    assert_harmless(stats)
    assert json.loads(stats)["files"][0]["path"] == name


@pytest.mark.parametrize("name", NAMES)
def test_names_of_missing_files_and_wrong_options_steer_nothing(check, name):
    for words in (
        (name,),
        ("x", "--model", name),
        ("x", "--select", name),
        ("x", "--config", name),
        ("x", f"--{name}"),
    ):
        done = check(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("ftlint: error: ")
        assert_harmless(done.stderr)


def test_wrong_keys_of_the_configuration_steer_nothing(check, tmp_path):
    (tmp_path / "bad.toml").write_text('"\\u001b[31m\\n::error::x##[error]y" = 1\n')
    done = check("x", "--config", "bad.toml")
    assert done.returncode == 2
    assert_harmless(done.stderr)


def test_json_says_what_the_data_said(check, tmp_path):
    row = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], HOSTILE: 1}
    (tmp_path / "rows.jsonl").write_text((json.dumps(row) + "\n") * 10)
    report = json.loads(check("rows.jsonl", "--output-format", "json", "--select", "FT102").stdout)
    assert report["findings"][0]["pointer"] == "/" + HOSTILE.replace("~", "~0").replace("/", "~1")


def test_github_gets_ten_annotations_of_a_severity_and_the_rest_as_text(check, tmp_path):
    def turns(number):
        system = {"role": "system", "content": f"Be {number}."}
        return {"messages": [system, {"role": "user", "content": ""}, {"role": "assistant", "content": " "}]}

    for count, expected in ((10, 10), (11, 1)):
        (tmp_path / "rows.jsonl").write_text("".join(json.dumps(turns(number)) + "\n" for number in range(count)))
        lines = check("rows.jsonl", "--output-format", "github").stdout.splitlines()
        assert sum(line.startswith("::error ") for line in lines) == expected
        assert sum(line.startswith("::warning ") for line in lines) == expected
        assert sum(line.startswith("| rows.jsonl:") for line in lines) == 2 * count
    assert any(line.endswith("::Assistant turn is empty (11 findings, this is the first)") for line in lines)
