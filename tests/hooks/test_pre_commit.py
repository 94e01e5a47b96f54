"""The hook under the real pre-commit and the real prek."""

from __future__ import annotations

from pathlib import Path

import pytest

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


@pytest.mark.parametrize("program", ["pre-commit", "prek"])
def test_the_manifest_is_valid(machine, tmp_path, program):
    done = machine.run(program, "validate-manifest", MANIFEST, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("program", ["pre-commit", "prek"])
def test_trying_the_hook_fails_for_broken_rows_and_names_line_and_code(machine, hooks, tmp_path, good, bad, program):
    files = {"clean.jsonl": good, "broken.jsonl": bad, "UP.JSONL": bad, "rows.ndjson": bad, "rows.json": bad}
    project = machine.repository(tmp_path, files)
    done = machine.run(program, "try-repo", hooks[0], "ftlint", "--all-files", "--verbose", cwd=project)
    assert done.returncode == 1, done.stdout + done.stderr
    for name in ("broken.jsonl", "UP.JSONL", "rows.ndjson"):
        assert f"{name}:5:83 error FT211 Assistant turn is empty" in done.stdout
    assert "clean.jsonl" not in done.stdout
    assert "rows.json:" not in done.stdout
    assert "exit code: 1" in done.stdout


def test_trying_the_hook_passes_for_clean_rows_and_prints_nothing(machine, project, good):
    done = machine.run("pre-commit", "run", "--all-files", "--verbose", cwd=project(clean_jsonl=good))
    assert done.returncode == 0, done.stdout + done.stderr
    first, *details = done.stdout.splitlines()
    assert first.startswith("ftlint (lint fine-tuning data)") and first.endswith("Passed")
    assert [line for line in details if line and not line.startswith(("- hook id:", "- duration:"))] == []


def test_without_training_files_the_hook_has_nothing_to_do(machine, project):
    done = machine.run("pre-commit", "run", "--all-files", cwd=project(notes_md=[]))
    assert done.returncode == 0
    assert "no files to check" in done.stdout


def test_a_commit_of_a_broken_file_is_refused(machine, project, bad):
    repository = project(broken_jsonl=bad)
    machine.must("pre-commit", "install", cwd=repository)
    done = machine.run("git", "commit", "--message", "data", cwd=repository)
    assert done.returncode == 1
    assert "broken.jsonl:5:83 error FT211" in done.stdout + done.stderr
    assert machine.run("git", "rev-parse", "HEAD", cwd=repository).returncode != 0


def test_all_files_of_a_commit_are_one_run(machine, project, bad):
    repository = project(**{f"part{number}_jsonl": bad for number in range(40)})
    done = machine.run("pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 1
    assert done.stdout.count("Found ") == 1
    assert "Found 40 errors in 40 of 480 rows, 40 files." in done.stdout


def test_the_files_that_the_configuration_excludes_are_skipped_though_they_are_named(machine, project, bad):
    repository = project(broken_jsonl=bad)
    (repository / "ftlint.toml").write_text('exclude = ["broken*"]\n')
    done = machine.run("pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 0, done.stdout


def test_the_hook_obeys_the_configuration_of_the_project(machine, project, bad):
    repository = project(broken_jsonl=bad)
    (repository / "pyproject.toml").write_text('[tool.ftlint]\nignore = ["FT211"]\n')
    assert machine.run("pre-commit", "run", "--all-files", cwd=repository).returncode == 0


def test_prek_runs_the_same_configuration(machine, project, good, bad):
    repository = project(clean_jsonl=good)
    done = machine.run("prek", "run", "--all-files", "--verbose", cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "clean.jsonl" not in done.stdout
    machine.repository(repository, {"UP.JSONL": bad})
    done = machine.run("prek", "run", "--all-files", cwd=repository)
    assert done.returncode == 1
    assert "UP.JSONL:5:83 error FT211" in done.stdout


def test_the_hook_that_fixes_fails_once_and_passes_when_all_is_mended(machine, project, good):
    repository = project(clean_jsonl=good)
    (repository / "clean.jsonl").write_bytes((repository / "clean.jsonl").read_bytes() + b"\n\n")
    words = ("pre-commit", "run", "ftlint-fix", "--hook-stage", "manual", "--all-files", "--verbose")
    machine.must("git", "add", "--all", cwd=repository)
    first = machine.run(*words, cwd=repository)
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert "Fixed 2 findings: FT009 x2." in first.stdout
    assert (repository / "clean.jsonl").read_bytes().count(b"\n") == len(good)
    second = machine.run(*words, cwd=repository)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Fixed" not in second.stdout


def test_the_hook_that_fixes_reports_what_it_cannot_fix(machine, project, bad):
    repository = project(broken_jsonl=bad)
    words = ("pre-commit", "run", "ftlint-fix", "--hook-stage", "manual", "--all-files")
    done = machine.run(*words, cwd=repository)
    assert done.returncode == 1
    assert "broken.jsonl:5:83 error FT211" in done.stdout
    assert "files were modified" not in done.stdout
