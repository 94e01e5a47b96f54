"""What `ftlint check` prints, where, and in which colours."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest

from tests.support import alike

TOTALS = "clean.jsonl: 12 rows, 180 tokens × 8 epochs; cost unknown for openai (no --model given, o200k_base)\n"
ESC = "\x1b"


def test_the_excerpt_underlines_the_piece_that_is_wrong(shell, broken):
    lines = shell.run("check", broken).stdout.splitlines()
    at = lines.index("broken.jsonl:3:83 error FT211 Assistant turn is empty")
    text, mark = lines[at + 1], lines[at + 2]
    assert text.startswith("    3 | ")
    underlined = [text[index] for index, sign in enumerate(mark) if sign == "^"]
    assert "".join(underlined) == '" "'
    assert lines[at + 3].startswith("      = help: ")


def test_the_excerpt_is_right_behind_wide_and_escaped_characters(shell, row):
    rows = alike(12, row("Größe 𝄞 \u202e\x1b", " "))
    file = shell.file("wide.jsonl", "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in rows).encode())
    lines = shell.run("check", file, "--select", "FT211").stdout.splitlines()
    underlined = [lines[1][index] for index, sign in enumerate(lines[2]) if sign == "^"]
    assert "".join(underlined) == '" "'


def test_the_last_line_counts_everything(shell, broken):
    assert "Found 1 error, 1 warning in 2 of 12 rows." in shell.run("check", broken).stdout.splitlines()[-1]


def test_more_than_20_findings_are_grouped_by_rule(shell, row):
    few = shell.file("few.jsonl", [*alike(20, row(answer=" ")), *alike(20, row("Ho"))])
    many = shell.file("many.jsonl", alike(21, row(answer=" ")))
    assert shell.run("check", few).stdout.count("few.jsonl:") == 20
    grouped = shell.run("check", many).stdout
    assert grouped.startswith("FT211 empty-assistant error: 21 findings in 21 of 21 rows (100%)\n")
    assert grouped.count("many.jsonl:") == 1
    assert "      = first at 1:85, 2:85, 3:85\n" in grouped
    assert shell.run("check", many, "--output-format", "full").stdout.count("many.jsonl:") == 21


def test_a_group_never_claims_fewer_rows_than_it_has(shell, row):
    many = shell.file("many.jsonl", alike(150, row(answer=" ")))
    for options in ([], ["--max-per-rule", "1", "--output-format", "grouped"]):
        headline = shell.run("check", many, *options).stdout.splitlines()[0]
        assert headline == "FT211 empty-assistant error: 150 findings in 150 of 150 rows (100%)"


@pytest.mark.parametrize("number", ["0", "1", "5", "100000"])
@pytest.mark.parametrize("shape", ["full", "concise", "grouped"])
def test_a_display_limit_changes_neither_totals_nor_exit_status(shell, row, number, shape):
    file = shell.file("many.jsonl", alike(30, row(answer=" ")) + alike(30, row("", "x")))
    done = shell.run("check", file, "--output-format", shape, "--max-per-rule", number)
    assert done.returncode == 1
    assert "Found 30 errors, 30 warnings in 60 of 60 rows." in done.stdout
    shown = min(int(number) or 30, 30)
    if shape == "grouped" and shown < 30:
        assert done.stdout.count("many.jsonl:") == 2
        assert [line.count(",") + 1 for line in done.stdout.splitlines() if "first at" in line] == (
            [shown] * 2 if shown > 1 else []
        )
    else:
        assert done.stdout.count("many.jsonl:") == 2 * shown
        assert (f"… and {60 - 2 * shown} more findings; --max-per-rule 0 shows all" in done.stdout) == (shown < 30)


@pytest.mark.parametrize("shape", ["json", "json-lines", "github"])
def test_a_display_limit_never_touches_machine_formats(shell, row, shape):
    file = shell.file("many.jsonl", alike(30, row(answer=" ")))
    whole = shell.run("check", file, "--output-format", shape)
    assert shell.run("check", file, "--output-format", shape, "--max-per-rule", "1").stdout == whole.stdout


def test_errors_come_first(shell, row):
    file = shell.file("both.jsonl", alike(5, row("", "x")) + alike(7, row(answer=" ")))
    severities = [
        line.split()[1] for line in shell.run("check", file, "--output-format", "concise").stdout.splitlines()
    ]
    assert severities[:-1] == ["error"] * 7 + ["warning"] * 5


def test_statistics_are_one_line_a_rule_most_frequent_first(shell, row):
    file = shell.file("both.jsonl", alike(5, row("", "x")) + alike(7, row(answer=" ")))
    done = shell.run("check", file, "--statistics")
    assert done.returncode == 1
    assert done.stdout == "7  FT211  error    empty-assistant\n5  FT212  warning  empty-message\n"


def test_statistics_count_what_no_limit_shows(shell, row):
    file = shell.file("many.jsonl", alike(1200, row(answer=" ")))
    done = shell.run("check", file, "--statistics", "--max-per-rule", "2")
    assert done.stdout == "1,200  FT211  error    empty-assistant\n"


# Content


@pytest.mark.parametrize("value", ["true", "1", "yes"])
def test_in_ci_the_text_of_the_data_stays_out_of_the_log(shell, row, value):
    file = shell.file("private.jsonl", alike(12, row("HIV", " ")))
    assert "HIV" in shell.run("check", file).stdout
    hidden = shell.run("check", file, CI=value)
    assert hidden.returncode == 1
    assert "HIV" not in hidden.stdout
    assert "private.jsonl:1:86 error FT211 Assistant turn is empty" in hidden.stdout
    assert "HIV" in shell.run("check", file, "--show-content", CI=value).stdout


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_a_ci_that_is_off_is_no_ci(shell, row, value):
    assert "      |" in shell.run("check", shell.file("x.jsonl", alike(12, row(answer=" "))), CI=value).stdout


def test_content_is_hidden_when_asked(shell, row):
    file = shell.file("private.jsonl", alike(12, row("HIV", " ")))
    for shape in ("full", "grouped"):
        assert "HIV" not in shell.run("check", file, "--hide-content", "--output-format", shape).stdout


def test_concise_and_machine_formats_never_hold_the_text_of_rows(shell, row):
    file = shell.file("private.jsonl", alike(12, row("HIV", " ")))
    for shape in ("concise", "json", "json-lines", "github"):
        assert "HIV" not in shell.run("check", file, "--show-content", "--output-format", shape).stdout


# A terminal, a pipe, a hook


def test_on_a_terminal_a_clean_file_gets_a_line_with_its_totals(shell, clean):
    assert shell.on_terminal("check", clean, "--color", "never") == (0, TOTALS)


def test_on_a_terminal_findings_are_followed_by_the_totals(shell, broken):
    status, text = shell.on_terminal("check", broken, "--color", "never")
    assert status == 1
    last, totals = text.splitlines()[-2:]
    assert last.startswith("Found 1 error, 1 warning in 2 of 12 rows.")
    assert totals.startswith("broken.jsonl: 12 rows, ")


@pytest.mark.parametrize("variable", ["PRE_COMMIT", "CI"])
def test_a_hook_and_ci_say_nothing_about_a_clean_file_even_on_a_terminal(shell, clean, variable):
    assert shell.on_terminal("check", clean, **{variable: "1"}) == (0, "")


@pytest.mark.parametrize("variable", ["PRE_COMMIT", "CI", "NO_COLOR"])
def test_a_terminal_has_colours_unless_the_environment_says_no(shell, broken, variable):
    assert ESC in shell.on_terminal("check", broken)[1]
    assert ESC not in shell.on_terminal("check", broken, **{variable: "1"})[1]


def test_a_dumb_terminal_has_no_colours(shell, broken):
    assert ESC not in shell.on_terminal("check", broken, TERM="dumb")[1]


def test_a_pipe_has_no_colours_but_when_they_are_asked_for(shell, broken):
    assert ESC not in shell.run("check", broken).stdout
    assert f"{ESC}[31;1merror{ESC}[0m" in shell.run("check", broken, "--color", "always").stdout
    assert ESC in shell.run("check", broken, FORCE_COLOR="1").stdout
    assert ESC not in shell.run("check", broken, "--color", "never", FORCE_COLOR="1").stdout
    assert ESC not in shell.run("check", broken, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_colours_change_no_other_character(shell, broken):
    for shape in ("full", "concise", "grouped"):
        options = ("check", broken, "--output-format", shape)
        coloured = shell.run(*options, "--color", "always").stdout
        for code in ("31;1", "33;1", "36;1", "35;1", "1", "2", "0"):
            coloured = coloured.replace(f"{ESC}[{code}m", "")
        assert coloured == shell.run(*options).stdout


def test_totals_are_counted_and_printed_when_asked_for(shell, clean):
    assert shell.run("check", clean, "--totals").stdout == TOTALS
    assert (
        shell.on_terminal("check", clean, "--no-totals", "--color", "never")[1]
        == "clean.jsonl: 12 rows, for openai (no --model given)\n"
    )


def test_of_an_unknown_format_there_are_no_totals(shell):
    file = shell.file("log.jsonl", [{"level": "info"}] * 12)
    done = shell.run("check", file, "--totals")
    assert done.returncode == 0
    assert "FT108" in done.stdout
    assert "tokens" not in done.stdout


# Files, standard input


def test_standard_input_is_a_file(shell, broken):
    data = (shell.directory / broken).read_bytes()
    done = shell.run("check", "-", stdin=data)
    assert done.returncode == 1
    assert "-:3:83 error FT211 Assistant turn is empty\n" in done.stdout
    assert shell.run("check", "-", stdin=data.splitlines(keepends=True)[0] * 12).returncode == 0


def test_an_output_file_takes_what_the_pipe_would_get(shell, broken):
    for shape in ("full", "json", "github"):
        printed = shell.run("check", broken, "--output-format", shape)
        written = shell.run("check", broken, "--output-format", shape, "--output-file", "report")
        assert (written.returncode, written.stdout, written.stderr) == (1, "", "")
        assert (shell.directory / "report").read_text(encoding="utf-8") == printed.stdout


def test_an_output_file_has_no_colours_and_no_totals_of_a_terminal(shell, broken):
    assert shell.on_terminal("check", broken, "-o", "report") == (1, "")
    assert (shell.directory / "report").read_text(encoding="utf-8") == shell.run("check", broken).stdout


def test_an_output_file_that_cannot_be_written_is_a_wrong_call(shell, broken):
    done = shell.run("check", broken, "-o", "nowhere/report")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ftlint: error: cannot write nowhere/report: no such file or directory\n"


# Rough ends


def test_a_reader_that_leaves_early_gets_no_traceback(shell, row):
    file = shell.file("many.jsonl", alike(3000, row(answer=" ")))
    checking = subprocess.Popen(
        shell.command("check", file, "--output-format", "concise"),
        cwd=shell.directory,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    head = subprocess.run(["head", "-1"], stdin=checking.stdout, capture_output=True, text=True, timeout=60)
    checking.stdout.close()
    assert checking.stderr.read() == b""
    assert checking.wait(timeout=60) == 141
    checking.stderr.close()
    assert head.stdout == "many.jsonl:1:85 error FT211 Assistant turn is empty\n"


@pytest.mark.parametrize("command", ["check", "stats"])
def test_ctrl_c_ends_with_130_and_without_a_traceback(shell, command):
    os.mkfifo(shell.directory / "pipe.jsonl")
    process = subprocess.Popen(
        shell.command(command, "pipe.jsonl"),
        cwd=shell.directory,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with (shell.directory / "pipe.jsonl").open("wb"):  # opens when the other end does
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors.strip()) == (130, "", "ftlint: interrupted")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "C"},
    ],
    ids=lambda environment: ",".join(environment),
)
def test_a_terminal_without_unicode_is_served_too(shell, environment):
    bot = {"messages": [{"role": "bötchen…", "content": "Größe 你好 𝄞"}]}
    file = shell.file("größe.jsonl", "".join(json.dumps(bot, ensure_ascii=False) + "\n" for _ in range(12)).encode())
    for options in ([], ["--output-format", "github"], ["--output-format", "json"], ["--totals"]):
        done = subprocess.run(
            shell.command("check", file, *options),
            cwd=shell.directory,
            env={**shell.environment, **environment},
            capture_output=True,
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert b"FT105" in done.stdout
        if environment.get("PYTHONIOENCODING") == "ascii":
            assert done.stdout.isascii()
    missing = shell.run("check", "größe-fehlt.jsonl", PYTHONIOENCODING="ascii")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("ftlint: error: cannot read gr")


def test_closed_standard_streams_are_survived(shell, broken):
    closed = ["bash", "-c", '"$@" <&- 2>&-', "-", *shell.command("check", broken)]
    done = subprocess.run(closed, cwd=shell.directory, env=shell.environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "FT211" in done.stdout
    reading = ["bash", "-c", '"$@" <&-', "-", *shell.command("check", "-")]
    done = subprocess.run(reading, cwd=shell.directory, env=shell.environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "ftlint: error: cannot read standard input: it is closed\n")


def test_rows_that_do_not_parse_are_not_skipped_in_silence(shell, row):
    rows = [json.dumps(row()).encode()] * 12
    one = shell.file("one.jsonl", b"\n".join([*rows, b"{", b""]))
    two = shell.file("two.jsonl", b"\n".join([*rows, b"{", b"{", b""]))
    done = shell.run("check", one, two, "--select", "FT2")
    assert (done.returncode, done.stdout) == (0, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("ftlint: note: one.jsonl: 1 row does not parse and is not checked")
    assert second.startswith("ftlint: note: two.jsonl: 2 rows do not parse and are not checked")
