"""What the README and the pages beside it show is what ftlint prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
CONSOLE = [shown for page in PAGES for shown in re.findall(r"```console\n\$ (ftlint .*)\n((?:.*\n)*?)```", page)]
PYTHON = re.findall(r"```python\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_every_command_prints_what_is_shown(command, shown):
    arguments = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, "-m", "ftlint", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout == shown


def test_commands_are_shown():
    assert len(CONSOLE) >= 8


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
