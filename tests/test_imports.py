"""Imports go one way, and a check of a small file loads nothing that it does not need."""

import ast
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import ROOT, chat, dumped

LAYERS = ["core", "config", "sources", "profiles", "formats", "tokens", "rules", "engine", "transform", "reporters"]
LAYERS += ["publish", "cli"]
# Settings are typed with the names of methods and formats, which are the profiles'.
ALLOWED = {("ftlint/config/settings.py", "ftlint.profiles.model")}
HEAVY = {"openai", "tiktoken", "jsonschema", "rich", "numpy", "pydantic", "PIL", "tomllib", "difflib", "splintr"}
OF_FINDINGS = {"ftlint.engine.finding", "ftlint.engine.place", "ftlint.core.kind", "ftlint.core.positions"}
ENGINES = {"jsonschema_rs", "email"}
"""What accepts rows, and what it loads itself; plain rows do without, and triggers do where RE2 is installed."""


def imported(tree):
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module


FILES = sorted((ROOT / "ftlint").glob("*/**/*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_the_layers_below_its_own(path):
    name = path.relative_to(ROOT).as_posix()
    own = LAYERS.index(path.relative_to(ROOT / "ftlint").parts[0])
    for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
        parts = module.split(".")
        if parts[0] != "ftlint" or len(parts) == 1 or parts[1] == "api" or (name, module) in ALLOWED:
            continue
        assert LAYERS.index(parts[1]) <= own, f"{name} imports {module}"


def test_only_the_publisher_imports_the_provider_s_package():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ftlint").rglob("*.py")
        if any(module.split(".")[0] == "openai" for module in imported(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert users <= {"ftlint/publish/openai.py"}


def loaded_by(*arguments, cwd):
    code = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        f"sys.argv = ['ftlint', *{list(map(str, arguments))!r}]\n"
        "from ftlint.cli import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)
    return run, set(json.loads(run.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [(), ("--model", "gpt-4o-mini")], ids=str)
def test_a_check_of_a_small_file_loads_no_heavy_module(tmp_path, arguments):
    path = Path(tmp_path, "train.jsonl")
    path.write_bytes(dumped([chat("system: Be brief.", "user: Hi", "assistant: Hello")] * 20))
    run, modules = loaded_by("check", "--isolated", *arguments, path, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert modules & HEAVY == set()
    if not run.stdout:  # nothing to say, not even that the model retires
        assert modules & OF_FINDINGS == set()
    if find_spec("re2"):
        assert modules & ENGINES == set()
    assert {"click", "orjson", "ftlint.engine.scan"} <= modules


def test_a_small_file_with_findings_loads_no_heavy_module_either(tmp_path):
    path = Path(tmp_path, "train.jsonl")
    path.write_bytes(dumped([chat("system: Be brief.", "user: Hi", "asistant: Hello")] * 20))
    run, modules = loaded_by("check", "--isolated", path, cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert modules & (HEAVY - {"difflib"}) == set()  # which finds the role that was meant


def test_importing_the_library_loads_none_of_it(tmp_path):
    code = "import sys, ftlint; print([name for name in sys.modules if name.startswith('ftlint.')])"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
