"""`ftlint check --grader --validation`: the whole job in one call."""

from __future__ import annotations

import json

import pytest

import ftlint
from tests.support import PAIR, TODAY, alike, chat, shared_data

CHECK = {
    "type": "string_check",
    "name": "answer",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "operation": "eq",
}


def question(number: int, **keys: object) -> dict:
    return {"messages": [{"role": "user", "content": f"{number} + 1"}], "answer": str(number + 1), **keys}


@pytest.fixture
def job(shell):
    """Training rows, validation rows and a grader, all of them good."""
    shell.file("train.jsonl", [question(number) for number in range(12)])
    shell.file("valid.jsonl", [question(number) for number in range(20, 23)])
    shell.file("grader.json", json.dumps(CHECK, indent=2).encode())
    return ("train.jsonl", "--validation", "valid.jsonl", "--grader", "grader.json")


def test_a_good_job_is_clean_and_silent(shell, job):
    done = shell.run("check", "--method", "reinforcement", *job)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_grader_makes_the_rows_reinforcement_rows(shell, job):
    report = shell.report(*job)
    assert report["findings"] == []
    assert [(file["path"], file["purpose"], file["format"], file["method"]) for file in report["files"]] == [
        ("train.jsonl", "training", "reinforcement", "reinforcement"),
        ("valid.jsonl", "validation", "reinforcement", "reinforcement"),
        ("grader.json", "grader", None, None),
    ]
    assert (report["summary"]["rows"], report["summary"]["files"]) == (15, 3)
    shell.file("train.jsonl", [{"messages": [*question(1)["messages"], {"role": "assistant", "content": "2"}]}] * 12)
    assert "FT203" in shell.codes(*job)
    assert "FT203" not in shell.codes(*job, "--method", "supervised")


def test_a_problem_of_the_grader_stands_at_its_line_and_column(shell, job):
    shell.file("grader.json", json.dumps({**CHECK, "operation": "is", "reference": "{{ row.x }}"}, indent=2).encode())
    done = shell.run("check", *job)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        'grader.json:6:16 error FT611 operation is "is", expected one of eq, ne, like, ilike, neq',
        '    6 |   "operation": "is"',
        "      |                ^^^^",
        'grader.json:5:17 error FT613 Template "{{ row.x }}" names neither item nor sample',
        '    5 |   "reference": "{{ row.x }}",',
        "      |                 ^^^^^^^^^^^",
        "      = help: write {{ item.KEY }} or {{ sample.output_text }}",
        "Found 2 errors in the grader. Checked by the common rules of openai; --model names a model, with its limits "
        "and its price.",
    ]
    finding = shell.report(*job)["findings"][0]
    assert (finding["row"], finding["line"], finding["column"], finding["end_column"]) == (None, 6, 16, 20)
    assert (finding["path"], finding["pointer"]) == ("grader.json", "/operation")
    assert "file=grader.json,line=6,col=16" in shell.run("check", *job, "--output-format", "github").stdout


def test_the_rows_and_the_grader_are_counted_apart(shell, job):
    shell.file("train.jsonl", [{**question(number), "answer": "x"} for number in range(12)])
    shell.file("grader.json", json.dumps({**CHECK, "operation": "is"}).encode())
    last = shell.run("check", *job).stdout.splitlines()[-1]
    assert last.startswith("Found 1 error, 1 warning in 1 of 15 rows and the grader, 2 files.")
    shell.file("grader.json", json.dumps(CHECK).encode())
    assert shell.run("check", *job).stdout.splitlines()[-1].startswith("Found 1 warning in 1 of 15 rows, 2 files.")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{\n  "type": "python",\n  "source" "x"\n}', "grader.json:3:12 error FT611 "),
        (b"\xef\xbb\xbf" + json.dumps({**CHECK, "operation": "is"}, indent=1).encode(), "grader.json:6:15 error FT611"),
        (b"\xff\xfe{\x00", "grader.json:1:1 error FT611 "),
        (b"", "grader.json:1:1 error FT611 "),
        (b"\x1b[31m", "grader.json:1:1 error FT611 "),
    ],
)
def test_a_grader_that_is_not_json_is_a_finding_at_its_place(shell, job, content, place):
    shell.file("grader.json", content)
    done = shell.run("check", *job)
    assert done.returncode == 1
    assert done.stdout.startswith(place)
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_grader_that_cannot_be_read_is_a_wrong_call(shell, job, name):
    done = shell.run("check", *job[:3], "--grader", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ftlint: error: cannot read the grader {name}: ")


def test_a_validation_file_that_cannot_be_read_is_a_wrong_call(shell, job):
    done = shell.run("check", "train.jsonl", "--validation", "missing.jsonl")
    assert done.returncode == 2
    assert "cannot read missing.jsonl: no such file" in done.stderr


def test_a_job_without_a_validation_file_is_told_so_once(shell, job):
    shell.file("more.jsonl", [question(number) for number in range(30, 42)])
    report = shell.report("train.jsonl", "more.jsonl", "--grader", "grader.json")
    assert [(finding["code"], finding["path"]) for finding in report["findings"]] == [("FT615", "train.jsonl")]
    assert shell.run("check", "train.jsonl", "--grader", "grader.json").returncode == 1
    assert shell.run("check", "train.jsonl", "--grader", "grader.json", "--ignore", "FT615").returncode == 0


def test_rows_without_a_grader_need_no_validation_file(shell, job):
    assert shell.run("check", "train.jsonl", "--method", "reinforcement").stdout == ""


def test_validation_rows_are_held_against_the_grader(shell, job):
    shell.file("valid.jsonl", [question(21), {"messages": question(22)["messages"]}])
    (finding,) = shell.report(*job)["findings"]
    assert (finding["code"], finding["path"], finding["row"]) == ("FT612", "valid.jsonl", 2)


def test_few_validation_rows_are_fine_and_many_are_not(shell, job, row, clean):
    shell.file("valid.jsonl", [question(number) for number in range(20, 1020)])
    assert shell.codes(*job) == set()
    shell.file("valid.jsonl", [question(number) for number in range(20, 1021)])
    (finding,) = shell.report(*job)["findings"]
    assert finding["code"] == "FT505"
    assert finding["message"] == "Validation file has 1,001 rows, the limit of this method is 1,000"
    few = shell.file("few.jsonl", [chat("user: Bye", "assistant: See you")])
    assert shell.codes(clean, few) == {"FT504"}
    assert shell.codes(clean, "--validation", few) == set()


def test_a_validation_file_among_the_paths_is_checked_once_and_for_validation(shell, clean, row):
    shell.file("data/train.jsonl", alike(12, row()))
    shell.file("data/valid.jsonl", [chat("user: Bye", "assistant: See you")])
    report = shell.report("data", "--validation", "./data/../data/valid.jsonl")
    assert [file["purpose"] for file in report["files"]] == ["training", "validation"]
    assert report["findings"] == []


def test_a_validation_file_has_tokens_and_no_cost(shell, clean, row):
    few = shell.file("few.jsonl", alike(2, row()))
    options = (clean, "--validation", few, "--model", "gpt-4o-mini", "--epochs", "2")
    train, valid = shell.report(*options)["files"]
    assert train["cost"]["amount"] > 0 and train["epochs"] == 2
    assert (valid["cost"], valid["epochs"], valid["tokens"]["billed"]) == (None, None, 0)
    assert valid["tokens"]["total"] > 0
    last = shell.run("check", *options, "--totals").stdout.splitlines()[-1]
    assert last.startswith("few.jsonl: 2 rows, ")
    assert last.endswith(" tokens, not billed; for validation, for gpt-4o-mini-2024-07-18")
    assert "FT508" not in shell.codes(*options, "--max-cost", "1", "--max-tokens", "1000000")


@pytest.mark.parametrize(
    ("valid", "message"),
    [
        ({"prompt": "Hi", "completion": "Hello"}, "Validation rows are prompt/completion, but those of the training"),
        (PAIR, "Rows are preference, but openai with the method supervised takes chat"),
    ],
)
def test_validation_rows_have_the_format_of_the_training_rows(shell, clean, valid, message):
    shell.file("other.jsonl", [valid])
    (finding,) = shell.report(clean, "--validation", "other.jsonl")["findings"]
    assert (finding["code"], finding["path"]) == ("FT109", "other.jsonl")
    assert finding["message"].startswith(message)


def test_preference_data_has_a_validation_file_too(shell):
    shell.file("train.jsonl", alike(12, PAIR))
    shell.file("valid.jsonl", [PAIR])
    report = shell.report("train.jsonl", "--validation", "valid.jsonl", "--select", "FT1,FT5,FT6")
    assert [file["method"] for file in report["files"]] == ["dpo", "dpo"]
    assert [finding["code"] for finding in report["findings"] if finding["code"] in ("FT109", "FT504")] == []


def test_files_in_the_configuration_are_relative_to_it(shell, job):
    shell.file("ftlint.toml", b'method = "reinforcement"\ngrader = "grader.json"\nvalidation = "valid.jsonl"\n')
    shell.file("deep/more.jsonl", [question(number) for number in range(30, 42)])
    shell.file("grader.json", json.dumps({**CHECK, "operation": "is"}).encode())
    assert shell.report("train.jsonl")["findings"][0]["path"] == "grader.json"
    below = json.loads(shell.run("check", "--output-format", "json", "more.jsonl", cwd="deep").stdout)
    assert [file["purpose"] for file in below["files"]] == ["training", "validation", "grader"]
    assert below["findings"][0]["path"].endswith("grader.json")
    named = shell.report("deep/more.jsonl", "--config", "ftlint.toml")
    assert named["files"] == shell.report("deep/more.jsonl")["files"]
    given = shell.run("check", "more.jsonl", "--validation", "valid.jsonl", cwd="deep")
    assert "cannot read valid.jsonl" in given.stderr


def test_a_configured_validation_file_is_not_trained_on_when_all_is_checked(shell, row):
    shell.file("ftlint.toml", b'validation = "valid.jsonl"\n')
    shell.file("train.jsonl", alike(12, row()))
    shell.file("valid.jsonl", [chat("user: Bye", "assistant: See you")])
    assert shell.run("check").stdout == ""
    stats = json.loads(shell.run("stats", "train.jsonl", "--output-format", "json").stdout)
    assert [file["path"] for file in stats["files"]] == ["train.jsonl"]


def test_rules_about_the_grader_are_selected_like_any_other(shell, job):
    shell.file("grader.json", json.dumps({**CHECK, "operation": "is", "reference": "{{ row.x }}"}).encode())
    assert shell.codes(*job, "--select", "FT613") == {"FT613"}
    assert shell.codes(*job, "--ignore", "FT61") == set()
    assert shell.codes(*job, "--per-file-ignores", "grader.json:FT611") == {"FT613"}


def test_several_processes_find_what_one_does(shell, job):
    rows = [
        question(number, pad="x" * 5000) if number % 100 else {"messages": question(number)["messages"], "pad": ""}
        for number in range(100, 2100)
    ]
    shell.file("train.jsonl", rows)
    one, two = (shell.report(*job, "--jobs", jobs)["findings"] for jobs in (1, 2))
    assert one == two
    assert [finding["row"] for finding in one] == list(range(1, 2001, 100))


def test_the_library_takes_paths(tmp_path):
    train, valid, grader = (tmp_path / name for name in ("train.jsonl", "valid.jsonl", "grader.json"))
    train.write_text("".join(json.dumps(question(number)) + "\n" for number in range(10)))
    valid.write_text(json.dumps(question(50)) + "\n")
    grader.write_text(json.dumps({"grader": CHECK}))
    assert ftlint.check(train, grader=grader, validation=valid, today=TODAY).findings == []
    assert [item.code for item in ftlint.check(train, grader=str(grader), today=TODAY).findings] == ["FT615"]


COUNTDOWN = "microsoft-foundry__fine-tuning__countdown_"


def test_the_real_countdown_job_is_clean_with_its_own_grader(shell):
    folder = shared_data() / "rft"
    files = (folder / f"{COUNTDOWN}train_100.jsonl", "--validation", folder / f"{COUNTDOWN}valid_50.jsonl")
    grader = folder / "microsoft-foundry__fine-tuning__grader_config_aoai.json"
    assert shell.report(*files, "--grader", grader)["findings"] == []
    for model in ("o4-mini", "openai"):
        done = shell.run("check", *files, "--grader", grader, "--model", model, "--today", "2025-11-01")
        assert (done.returncode, done.stdout) == (0, "")


def test_a_slip_in_a_grader_shows_in_every_row_of_the_real_countdown_job(shell):
    folder = shared_data() / "rft"
    grader = {
        "type": "multi",
        "graders": {
            "result": {**CHECK, "input": "{{ sample.output_json.result }}", "reference": "{{ item.target }}"},
            "numbers": {"type": "python", "source": "def grade(sample, item):\n    return float(bool(item['nums']))"},
            "judge": {
                "type": "score_model",
                "model": "o3-mini",
                "input": [{"role": "user", "content": "{{ item.numbers }}: {{ sample.output_text }}"}],
            },
        },
        "calculate_output": "0.5 * result + 0.25 * numbers + 0.25 * judge",
    }
    shell.file("grader.json", json.dumps(grader, indent=4).encode())
    files = (folder / f"{COUNTDOWN}train_100.jsonl", "--validation", folder / f"{COUNTDOWN}valid_50.jsonl")
    findings = shell.report(*files, "--grader", "grader.json")["findings"]
    assert {finding["code"] for finding in findings} == {"FT612"}
    assert len(findings) == 150
    assert findings[0]["message"] == (
        'Row has no "numbers", which the grader uses as {{ item.numbers }} in graders.judge.input[0].content'
    )
    shell.file("grader.json", json.dumps(grader).replace("item.numbers", "item.nums").encode())
    assert shell.report(*files, "--grader", "grader.json")["findings"] == []


def test_a_grader_without_data_says_that_there_is_none(shell, job):
    (shell.directory / "empty").mkdir()
    done = shell.run("check", "empty", "--grader", "grader.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no .jsonl or .ndjson file found" in done.stderr
