"""The metrics of a job: read, summed up, drawn."""

import base64
import csv
import json
import math

import pytest

from ftlint.core.errors import FtlintError
from ftlint.publish import results
from ftlint.publish.results import decoded, metrics_of, remark, series, summary
from ftlint.reporters.columns import width
from ftlint.reporters.paint import plain
from ftlint.reporters.results import render_charts, render_table

HEADER = "step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n"


def table(*rows):
    return metrics_of((HEADER + "".join(f"{row}\n" for row in rows)).encode())


def course(trained, validated):
    """A table of a loss a step; a None has no validation."""
    pairs = enumerate(zip(trained, validated, strict=True), 1)
    return table(*(f"{step},{train},,{'' if valid is None else valid}," for step, (train, valid) in pairs))


@pytest.fixture
def finished(service):
    """A job that has ended, with or without a validation file."""

    def make(validation=True, epochs=5):
        files = [service.publish("rows.jsonl", b"{}") for _ in range(2)]
        for file in files:
            service.files.all[file].purpose = "fine-tune"
        body = {"model": "gpt-4o-mini-2024-07-18", "training_file": files[0], "hyperparameters": {"n_epochs": epochs}}
        job = service.jobs.create({**body, "validation_file": files[1] if validation else None})
        while service.jobs.look(job["id"])["status"] != "succeeded":
            pass
        return job["id"]

    return make


@pytest.fixture
def show(desk, service):
    return lambda *words, **environment: desk.run(
        "jobs", "results", *words, "--base-url", service.base_url, **environment
    )


@pytest.mark.parametrize("encoded", [False, True])
def test_the_table_the_charts_and_the_ends_are_shown(show, service, finished, encoded):
    service.options.results_base64 = encoded
    done = show(finished(), COLUMNS="100")
    lines = done.stdout.splitlines()
    assert lines[0].split() == HEADER.strip().split(",")
    assert lines[1].split() == ["1", "1.00000", "0.75000", "-", "-"]
    assert "… 10 rows, shown with --all" in lines
    assert any("training loss" in line and "validation loss" in line for line in lines)
    assert any("█" in line for line in lines)
    assert lines[-2] == "training loss    0.0952 at step 20, lowest 0.0952 at step 20"
    assert lines[-1] == "validation loss  0.1952 at step 20, lowest 0.1952 at step 20"
    assert (done.returncode, done.stderr) == (0, "")


def test_all_rows_are_shown_when_asked_for(show, finished):
    shown = show(finished(), "--all").stdout
    assert "--all" not in shown
    assert [line.split()[0] for line in shown.splitlines()[1:21]] == [str(step) for step in range(1, 21)]


def test_without_validation_there_is_one_chart(show, finished):
    shown = show(finished(validation=False)).stdout
    assert "validation loss" not in shown
    assert "training loss" in shown


def test_where_the_output_takes_ascii_alone_the_chart_does_too(show, finished):
    shown = show(finished(), PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert "#" in shown
    assert shown.replace("\\u2026", "").isascii()
    assert "\\u258" not in shown


def test_json_has_every_column_and_the_ends(show, finished):
    job = finished()
    found = json.loads(show(job, "--output-format", "json").stdout)["results"]
    assert found["job"] == job
    assert found["steps"] == 20
    assert found["losses"]["valid_loss"]["lowest_step"] == 20
    assert found["columns"]["valid_loss"][:4] == [None, None, None, 0.5]


@pytest.mark.parametrize("encoded", [False, True])
def test_the_csv_is_written_as_it_is(desk, show, service, finished, encoded):
    service.options.results_base64 = encoded
    job = finished()
    done = show(job, "--output-file", "metrics.csv")
    assert (done.returncode, done.stdout) == (0, "")
    service.options.results_base64 = False
    assert (desk.directory / "metrics.csv").read_bytes() == service.jobs.results(service.jobs.all[job])


def test_a_job_without_results_says_how_it_is(show, service):
    file = service.publish("rows.jsonl", b"{}")
    service.files.all[file].purpose = "fine-tune"
    job = service.jobs.create({"model": "gpt-4o-mini", "training_file": file})["id"]
    done = show(job)
    assert done.returncode == 2
    assert "is queued and has no result file" in done.stderr


def test_a_result_file_that_is_no_table_is_named(show, service, finished):
    job = finished()
    service.jobs.all[job].result_files = [service.publish("x.bin", b"\x00\xff\x00"), service.publish("y.txt", b"hello")]
    done = show(job)
    assert done.returncode == 2
    assert "no result file of job" in done.stderr


@pytest.mark.parametrize(
    "data",
    [
        HEADER.encode(),
        b"\xef\xbb\xbf" + HEADER.encode(),
        b'"step","train_loss"\n1,2\n',
        b"\n\nstep,train_loss\r\n1,2\r\n",
        b"train_loss,step\n1,2",
    ],
)
def test_a_csv_is_recognised_as_it_is_and_as_base64(data):
    assert decoded(data) == data
    assert decoded(base64.encodebytes(data)) == data


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"hello", b"{}", b"\xff\xfe", base64.b64encode(b"hello"), b"a,b\n1,2", b"=" * 9]
)
def test_what_is_no_table_of_steps_is_none(data):
    assert decoded(data) is None


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(results, "LARGEST", 100)
    with pytest.raises(FtlintError, match="101 bytes"):
        decoded(b"x" * 101)


def test_rows_of_any_length_keep_all_their_cells():
    metrics = metrics_of(b"step,train_loss\n1\n2,0.5,surplus\n\n3,0.25\n")
    assert metrics.header == ["step", "train_loss", "column 3"]
    assert metrics.rows == [["1", "", ""], ["2", "0.5", "surplus"], ["3", "0.25", ""]]
    assert metrics.columns()["column 3"] == [None, "surplus", None]


def test_a_quoted_cell_may_hold_a_line_end_and_a_broken_one_is_said():
    assert metrics_of(b'step,note\n1,"a\nb"\n').rows == [["1", "a\nb"]]
    before = csv.field_size_limit()
    for limit in (before, 1 << 30):  # which another reader in the same process may have set
        csv.field_size_limit(limit)
        with pytest.raises(FtlintError, match="no CSV"):
            metrics_of(b"step\n" + b"1" * 200_000)
    csv.field_size_limit(before)


@pytest.mark.parametrize("cell", ["", " ", "nan", "inf", "-", "n/a"])
def test_a_cell_that_is_no_number_has_no_place_in_a_chart(cell):
    assert series(table(f"1,{cell},,,", "2,0.5,,,"), "train_loss").points == [(2.0, 0.5)]


def test_the_lowest_validation_loss_has_its_step():
    found = summary(course([3, 2, 1, 0.5], [3, None, 1.5, 2]))
    assert found["losses"]["valid_loss"] == {"last": 2.0, "last_step": 4.0, "lowest": 1.5, "lowest_step": 3.0}


FALLING = [2 * math.exp(-step / 30) + 0.1 for step in range(100)]


def wavy(step):
    return 0.05 * math.sin(step * 2.7)


def test_overfitting_is_remarked_with_its_step():
    rising = [0.5 + abs(step - 40) / 50 if step % 10 == 0 else None for step in range(100)]
    told = remark(course(FALLING, rising))
    assert told is not None
    assert told.startswith("the validation loss rises after step 41")


def test_three_epochs_and_a_rise_are_enough_after_four_values():
    assert remark(course([2, 1, 0.5, 0.2], [0.9, 0.7, 0.8, 1.0])) is not None
    assert remark(course([2, 1, 0.5], [0.7, 0.8, 1.0])) is None


@pytest.mark.parametrize(
    "validated",
    [
        [value + 0.2 for value in FALLING],
        [0.7 + wavy(step) for step in range(100)],
        [value + 0.3 + wavy(step) for step, value in enumerate(FALLING)],
        [None] * 100,
    ],
    ids=["falls", "flat", "falls and shakes", "none"],
)
def test_a_course_that_shows_no_overfitting_is_not_remarked(validated):
    assert remark(course(FALLING, validated)) is None


def test_a_rise_of_both_losses_is_no_overfitting():
    rising = FALLING[::-1]
    told = remark(course(rising, rising))
    assert told == "the training loss is no lower at the end than at the start"


@pytest.mark.parametrize("columns", [1, 20, 40, 60, 80, 100, 300])
@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("values", [[1, 1], [0, 0], [-3, 5], [1e-9, 1e9], [5, 4, 3], FALLING], ids=str)
def test_a_chart_fits_and_never_fails(columns, unicode, values):
    metrics = course(values, values)
    lines = list(render_charts([series(metrics, "train_loss"), series(metrics, "valid_loss")], columns, unicode))
    assert all(width(line) <= max(columns, 30) for line in lines)
    assert any(("█" if unicode else "#") in line for line in lines)


def test_a_single_value_is_no_chart():
    assert list(render_charts([series(course([1], [1]), "train_loss")], 80, True)) == []


def test_cells_cannot_steer_a_terminal():
    metrics = metrics_of(b"step,\x1b[2J\n1,\x1b]0;x\x07\n")
    assert all("\x1b" not in line for line in render_table(metrics.header, metrics.rows, plain, False))
