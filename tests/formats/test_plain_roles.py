"""A row that is not shown to its schema, because of its roles, is one that the schema takes."""

import sys
from itertools import product

import pytest

from ftlint.formats.accept import compile_portable, compile_schema
from ftlint.formats.outline import roles_of_plain
from ftlint.formats.schemas import PLAIN_ROLES, bundle, plain_roles
from tests.support import ROOT

sys.path.insert(0, str(ROOT))
from scripts.plain_roles import plain, table, text


def test_the_table_is_current():
    assert PLAIN_ROLES.read_text(encoding="utf-8") == text(), "run: python scripts/plain_roles.py"


def test_the_schemas_of_chat_rows_are_in_it():
    assert {"chat.schema.json", "openai/chat-text.schema.json"} & set(table())
    assert plain_roles("completion.schema.json") == plain_roles("none.schema.json") == frozenset()


@pytest.mark.parametrize("compiled", [compile_schema, compile_portable])
@pytest.mark.parametrize("name", table())
def test_a_schema_takes_every_plain_row_of_the_roles_that_the_table_names(name, compiled):
    is_valid = compiled(bundle(name)).is_valid
    roles = sorted(plain_roles(name))
    for chosen in [*product(roles, repeat=2), *(roles * times for times in (1, 5, 50))]:
        for words in ("Hi", "…", "{", "null", "x" * 100_000, "a\n\x00b"):
            row = plain(tuple(chosen), words)
            assert roles_of_plain(row) == tuple(chosen)
            assert is_valid(row), (chosen, words[:9])
