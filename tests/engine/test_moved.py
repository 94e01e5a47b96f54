"""A byte-order mark moves the rows of an array or of pretty-printed objects, and the places of findings with them."""

import json

import pytest

from ftlint import check

WITH = {"messages": [{"role": r, "content": "x"} for r in ("system", "user", "assistant")]}
WITHOUT = {"messages": WITH["messages"][1:]}


@pytest.mark.parametrize("indent", [None, 1])
def test_a_byte_order_mark_moves_no_finding(tmp_path, indent):
    places = []
    for mark in (b"", b"\xef\xbb\xbf"):
        file = tmp_path / f"train{len(mark)}.jsonl"
        file.write_bytes(mark + json.dumps([WITH] * 5 + [WITHOUT] + [WITH] * 5, indent=indent).encode())
        found = [item for item in check(file, totals=False).findings if item.code == "FT213"]
        places.append([(item.line, item.column, item.end_column, item.pointer) for item in found])
    assert places[0] == places[1]
    assert len(places[0]) == 1
