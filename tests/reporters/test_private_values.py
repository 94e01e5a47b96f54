"""What is private reaches no output, whatever the command, the format and the fault that is reported beside it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import fake_card, fake_iban, fake_keys
from tests.support import CALL, CLOCK, chat

FTLINT = Path(sys.executable).with_name("ftlint")
SLICE = 12
FAKES = {
    **fake_keys(3),
    "card": (f"My credit card is {fake_card(3)}!", fake_card(3)),
    "iban": (f"Pay to {fake_iban(3)}!", fake_iban(3)),
}


def rows(text, value):
    """Rows with many faults, each beside the value."""
    call = {**CALL, "function": {"name": value, "arguments": json.dumps({"note": text})}}
    yield chat(f"user: {text}", {"role": "assistant", "content": " "})
    yield chat(f"user: {text} ", f"assistant: TODO: {text}")
    yield chat({"role": value, "content": text}, "assistant: Hi")
    yield {**chat("user: Hi", "assistant: Hi"), value: 1, "x": text}
    yield chat({"role": "user", "content": "Hi", "name": text, "weight": value}, "assistant: Hi")
    yield chat("user: Hi", {"role": "assistant", "tool_calls": [call]})
    yield chat(
        "user: Hi", "assistant: Hi", tools=[{**CLOCK, "function": {"name": value, "parameters": {"type": text}}}]
    )
    yield {"conversations": [{"from": value, "value": text}]}
    yield chat("user: Hi", f"assistant: {text} " + f"{value} " * 30)
    yield [text]


def known(text, value):
    """The value, or the text around it where nobody could know it alone."""
    from ftlint.core.private.mask import private

    return value if private(value) else text


def broken(text, value):
    yield from (json.dumps(row).encode() for row in rows(text, value))
    yield json.dumps(chat(f"user: {text}", "assistant: Hi")).encode()[:-3] + b",]}"
    yield str(chat(f"user: {text}", "assistant: Hi")).encode()
    yield json.dumps({"messages": [{"role": "user", "role2": text}]}).replace("role2", "role").encode()


def command(*words, cwd):
    done = subprocess.run([str(FTLINT), *map(str, words)], cwd=cwd, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return (done.stdout + done.stderr).decode()


def leaked(output, values):
    """The names of values of which a part is in an output."""
    for name, value in values.items():
        parts = value.split("\n")
        if any(part[start : start + SLICE] in output for part in parts for start in range(len(part) - SLICE + 1)):
            yield name


def hidden():
    """Of each fake, the part that no output may show: without the beginning that all of its kind share."""
    from ftlint.core.private.mask import private

    for name, (text, value) in FAKES.items():
        (spot,) = private(text)
        rest = value.removeprefix(spot.shown)
        yield name, rest.strip().rpartition("\n")[0] if "BEGIN" in value else rest


HIDDEN = dict(hidden())
CHECKS = [
    ("--output-format", "full", "--max-per-rule", "0"),
    ("--output-format", "concise", "--max-per-rule", "0"),
    ("--output-format", "grouped", "--max-per-rule", "0"),
    ("--output-format", "json"),
    ("--output-format", "json-lines"),
    ("--output-format", "github"),
    ("--statistics",),
    ("--ignore", "FT8", "--output-format", "full", "--max-per-rule", "0"),
    ("--select", "ALL", "--output-format", "json"),
    ("--diff", "--unsafe-fixes"),
    ("--diff", "--unsafe-fixes", "--ignore", "FT8"),
]


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    path = tmp_path_factory.mktemp("private")
    lines = [line for text, value in FAKES.values() for line in broken(text, known(text, value))]
    (path / "train.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    good = [chat(f"user: {text}", f"assistant: {known(text, value)}") for text, value in FAKES.values()]
    (path / "good.jsonl").write_text("".join(json.dumps(row) + "\n" for row in good))
    return path


@pytest.mark.parametrize("options", CHECKS, ids=" ".join)
def test_a_check_shows_none_of_it(directory, options):
    output = command("check", "--isolated", "--no-cache", "--show-content", *options, "train.jsonl", cwd=directory)
    assert len(output) > 100
    assert list(leaked(output, HIDDEN)) == []


def test_no_other_command_shows_any_of_it(directory, tmp_path):
    for name in ("train.jsonl", "good.jsonl"):
        (tmp_path / name).write_bytes((directory / name).read_bytes())
    lines = (tmp_path / "train.jsonl").read_bytes().count(b"\n")
    every = " ".join(f"line {number}:" for number in range(1, lines, 7))
    for words in [
        ("stats", "good.jsonl"),
        ("stats", "--output-format", "json", "good.jsonl"),
        (
            "explain",
            f"Role must be either user. Unexpected value encountered on line 2. {every}",
            "--file",
            "train.jsonl",
        ),
        ("explain", f"Incorrect API key provided: {HIDDEN['groq']}", "--file", "good.jsonl"),
        ("convert", "train.jsonl", "-o", "out.jsonl", "--to", "completion"),
        ("convert", "train.jsonl", "-o", "out2.jsonl", "--to", "chat", "--output-format", "json"),
        ("dedupe", "good.jsonl", "-o", "once.jsonl"),
        ("split", "good.jsonl", "--validation", "0.2"),
        ("check", "--isolated", "--fix", "train.jsonl"),
        ("drop", "train.jsonl", "--lines", "2"),
        ("check", "--isolated", "--fix", "--unsafe-fixes", "train.jsonl"),
    ]:
        found = list(leaked(command(*words, cwd=tmp_path), {} if "Incorrect" in str(words) else HIDDEN))
        assert found == [], words


def test_a_file_after_the_fix_holds_none_of_it_where_rows_are_right(tmp_path, directory):
    (tmp_path / "good.jsonl").write_bytes((directory / "good.jsonl").read_bytes())
    command("check", "--isolated", "--fix", "--unsafe-fixes", "good.jsonl", cwd=tmp_path)
    output = command("check", "--isolated", "--select", "FT801", "good.jsonl", cwd=tmp_path)
    assert output == ""


def test_personal_data_that_a_rule_is_asked_for_stands_in_no_output(tmp_path):
    values = [
        "ada.lovelace" + "@" + "engine-works.co.uk",
        "+49 30 " + "2309 5417",
        "512-34" + "-7801",
        "93.184" + ".216.34",
    ]
    rows = [chat(f"user: Ask {' or '.join(values)}!", "assistant: Hi ")] * 2
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for options in [option for option in CHECKS if "--select" not in option and "FT8" not in option]:
        words = ("check", "--isolated", "--no-cache", "--show-content", "--extend-select", "FT8", *options)
        output = command(*words, "train.jsonl", cwd=tmp_path)
        assert [value for value in values if value in output] == [], options
    assert "[REDACTED CPF]" not in output and "[REDACTED e-mail address]" in output


def test_a_part_of_a_key_beside_a_broken_character_is_not_shown(tmp_path):
    key = HIDDEN["groq"]
    rows = [chat("user: Hi", f"assistant: {text}") for text in (f"cafÃ©gsk_{key}", f"gsk_{key}Ã© is it")]
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    output = command("check", "--isolated", "--show-content", "--select", "FT303", "train.jsonl", cwd=tmp_path)
    assert output.count("FT303 Text looks like UTF-8 read as cp1252\n") == 2
    assert list(leaked(output, HIDDEN)) == []


def test_personal_data_is_masked_in_what_other_rules_say_of_it(tmp_path):
    address = "joe.doe" + "@" + "mail.com"
    row = chat("user: Hi", f"assistant: Write to {address} ", **{address: 1})
    (tmp_path / "train.jsonl").write_text(json.dumps(row) + "\n")
    words = ("check", "--isolated", "--show-content", "train.jsonl", "--output-format")
    for shape in ("full", "json", "github"):
        assert address not in command(*words, shape, "--extend-select", "FT804", cwd=tmp_path), shape
        assert address in command(*words, shape, cwd=tmp_path), shape


def test_of_a_loop_that_cuts_a_key_no_part_is_shown(tmp_path):
    _, key = FAKES["openai legacy"]
    row = chat("user: Hi", f"assistant: {key[5:]} is good, {f'my key {key} is good, ' * 40}")
    (tmp_path / "train.jsonl").write_text(json.dumps(row) + "\n")
    output = command("check", "--isolated", "--select", "FT314", "--output-format", "json", "train.jsonl", cwd=tmp_path)
    assert "FT314" in output and list(leaked(output, {"key": key})) == []
