"""The data of images reaches neither a terminal nor a log: it fills both, and shows nobody anything."""

import json

import pytest
from click.testing import CliRunner

from ftlint.cli import cli
from ftlint.core.visible import elide, shorten
from ftlint.engine.place import _excerpt
from tests.support import CLOCK, chat, dumped

MARK = "MARKER"
DATA = f"iVBORw0KGgo{MARK}" * 30
URL = f"data:image/png;base64,{DATA}"
FORMATS = ["full", "concise", "grouped", "json", "json-lines", "github"]


def image(url=URL, **keys):
    return {"type": "image_url", "image_url": {"url": url}, **keys}


def user(*parts):
    return {"role": "user", "content": list(parts)}


ROWS = {
    "an unrelated finding beside it": chat(user(image()), {"role": "assistant", "content": ""}),
    "a finding before it": {"mesages": 1, **chat(user(image()), "assistant: Hi")},
    "an unknown key behind it": chat(user({**image(), "image_url": {"url": URL, "detial": "low"}}), "assistant: Hi"),
    "an unknown key before it": chat(user({**image(), "image_url": {"detial": "low", "url": URL}}), "assistant: Hi"),
    "a wrong type behind it": chat(user({**image(), "image_url": {"url": URL, "detail": 3}}), "assistant: Hi"),
    "a value that is not one of a few": chat(
        user({**image(), "image_url": {"url": "x", "detail": URL}}), "assistant: Hi"
    ),
    "data in place of an object": chat(user({"type": "image_url", "image_url": URL}), "assistant: Hi"),
    "bare data in place of an object": chat(user({"type": "image_url", "image_url": DATA}), "assistant: Hi"),
    "a role": chat({"role": URL, "content": "Hi"}, "assistant: Hi"),
    "a key": chat({"role": "user", "content": "Hi", URL: 1}, "assistant: Hi"),
    "the name of a tool": chat(
        "user: Hi", "assistant: Hi", tools=[{**CLOCK, "function": {**CLOCK["function"], "name": URL}}]
    ),
    "an image for the assistant": chat("user: Hi", {"role": "assistant", "content": [image()]}),
    "damaged data": chat(user(image(URL + "*MARKER"), image(URL)), "assistant: Hi"),
    "damaged data with a space": chat(user(image("data:image/png;base64,iVBO MARKER*MARKER")), "assistant: Hi"),
    "another scheme": chat(user(image("x" + URL)), "assistant: Hi"),
    "bare data": chat(user(image(DATA)), "assistant: Hi"),
    "an upper-case scheme": chat(user(image(URL.replace("data", "DATA").replace("base64", "BASE64"))), "assistant: Hi"),
    "inside a text": chat(f"user: Look at {URL} and tell", {"role": "assistant", "content": " "}),
}
RAW = {
    "a row that is cut off": dumped(ROWS["an unrelated finding beside it"])[:300],
    "a repeated key": dumped(chat(user(image()), "assistant: Hi")).replace(b'"url"', b'"url": "a", "url"'),
    "a comma too many": dumped(chat(user(image()), "assistant: Hi")).replace(b'"}}', b'",}}'),
    "a printed dictionary": dumped(chat(user(image()), "assistant: Hi")).replace(b'"', b"'"),
    "escaped slashes": dumped(chat(user({**image(), "x": 1}), "assistant: Hi")).replace(b"/", b"\\/"),
    "several on one line": dumped(chat(user(image()), "assistant: Hi")).replace(b"\n", b"") * 2,
}
FILES = {name: dumped(row) for name, row in ROWS.items()} | RAW


def shown(tmp_path, data, *options):
    path = tmp_path / "train.jsonl"
    path.write_bytes(data)
    return CliRunner().invoke(cli, ["check", "--isolated", *options, str(path)]).output


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", FILES)
def test_no_format_shows_the_data_of_an_image(name, format, tmp_path):
    output = shown(tmp_path, FILES[name], "--output-format", format)
    assert "FT" in output
    if format in ("json", "json-lines"):  # a pointer is an address, which a shortened key would not be
        output = "".join(line for line in output.splitlines() if name != "a key" or '"pointer"' not in line)
    assert MARK not in output


@pytest.mark.parametrize("format", FORMATS)
def test_a_schema_of_the_user_s_own_shows_none_of_it_either(format, tmp_path, monkeypatch):
    schema = {
        "properties": {"messages": {"items": {"properties": {"content": {"type": "string"}}}}},
        "maxProperties": 0,
    }
    (tmp_path / "own.json").write_text(json.dumps(schema))
    (tmp_path / "ftlint.toml").write_text('[schemas]\n"*.jsonl" = "own.json"\n')
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped({**ROWS["an unrelated finding beside it"], "data": URL}))
    monkeypatch.chdir(tmp_path)
    output = CliRunner().invoke(cli, ["check", "--output-format", format, "train.jsonl"]).output
    assert "FT111" in output
    assert MARK not in output


def test_what_it_is_can_still_be_read(tmp_path):
    output = shown(tmp_path, FILES["an unknown key behind it"])
    assert '…"data:image/png;base64,…", "detial": "low"' in output
    assert shorten(URL) == '"data:image/png;base64,…"'


@pytest.mark.parametrize("text", ["data: 1, 2", "data:1,2", "The data: see below, please", "a" * 100, "", "x, data:"])
def test_a_text_that_only_looks_like_it_is_left_alone(text):
    assert elide(text) == text


def test_the_mark_stays_under_what_is_meant():
    line = json.dumps({"a": URL, "key": 1, "b": URL, "c": DATA})
    for meant in ('"key"', '"b"', '"c"', '"a"'):
        start = line.index(meant)
        excerpt = _excerpt(line, start, start + len(meant))
        assert excerpt.text[excerpt.start : excerpt.end] == meant
        assert MARK not in excerpt.text


def test_a_place_inside_the_data_is_marked_where_the_data_is_left_out():
    line = json.dumps({"a": URL})
    excerpt = _excerpt(line, 200, 210)
    assert excerpt.text[excerpt.start : excerpt.end] == "…"
    assert excerpt.text == '…"data:image/png;base64,…'
