"""Runs the real command in a directory of its own, outside of any terminal, hook or CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FTLINT = Path(sys.executable).with_name("ftlint")


@pytest.fixture
def check(tmp_path):
    """Calls `ftlint check` in the test's directory and gives back exit status and output."""

    def run(*words: object, command: str = "check", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [FTLINT, command, "--isolated", "--today", "2026-09-01", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )

    return run
