"""What a run reads of the profiles says what their TOML says."""

import sys

from ftlint.profiles.catalog import FOLDER
from tests.support import ROOT

sys.path.insert(0, str(ROOT))
from scripts.profile_tables import tables


def test_the_tables_are_current():
    for path, text in tables():
        assert path.read_text(encoding="utf-8") == text, "run: python scripts/profile_tables.py"


def test_every_table_has_its_toml():
    assert {path for path, _ in tables()} == set(FOLDER.glob("*.json"))
