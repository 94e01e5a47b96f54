"""What the README shows is what ftlint prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (ftlint .*)\n((?:.*\n)*?)```", README)
PYTHON = re.findall(r"```python\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_every_command_of_the_readme_prints_what_the_readme_shows(command, shown, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    arguments = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, "-m", "ftlint", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout == shown


def test_the_readme_shows_commands():
    assert len(CONSOLE) >= 3


@pytest.mark.parametrize("program", PYTHON)
def test_every_program_of_the_readme_runs(program):
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout.strip()


def test_the_configuration_of_the_readme_is_valid(tmp_path):
    from ftlint.config.load import load

    text = re.search(r"```toml\n((?:.*\n)*?)```", README)
    (tmp_path / "ftlint.toml").write_text(text[1], encoding="utf-8")
    assert load(tmp_path).settings.model == "gpt-4o-mini"
