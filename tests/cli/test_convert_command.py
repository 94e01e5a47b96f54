"""`ftlint convert` as it is typed."""

import gzip
import json
import os
import stat
import subprocess
import sys

import pytest

from ftlint import FtlintError, convert
from ftlint.cli.convert import SOURCES, TARGETS
from ftlint.transform import dialects
from ftlint.transform.dialects import BY_NAME

QUESTIONS = [{"question": f"Question {number}", "answer": f"Answer {number}"} for number in range(12)]
CHAT = [
    {"messages": [{"role": "user", "content": row["question"]}, {"role": "assistant", "content": row["answer"]}]}
    for row in QUESTIONS
]


def rows_in(shell, name):
    return [json.loads(line) for line in (shell.directory / name).read_bytes().splitlines()]


def test_rows_are_written_and_everything_is_told_on_standard_error(shell):
    shell.file("qa.jsonl", [{**row, "id": 7} for row in QUESTIONS])
    done = shell.run("convert", "qa.jsonl", "-o", "train.jsonl", "--to", "chat")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "qa.jsonl: 12 rows of question and answer; 12 written",
        "lost: key id, 12 times (rows 1, 2, 3, …)",
        "12 rows of chat written to train.jsonl",
        "next: ftlint check train.jsonl",
    ]
    assert rows_in(shell, "train.jsonl") == CHAT
    assert shell.run("check", "train.jsonl").returncode == 0


def test_the_next_command_is_one_that_can_be_typed(shell):
    shell.file("qa.jsonl", QUESTIONS)
    done = shell.run("convert", "qa.jsonl", "-o", "my train.jsonl", "--to", "reinforcement")
    assert done.stderr.splitlines()[-1] == "next: ftlint check 'my train.jsonl' --method reinforcement"
    done = shell.run("convert", "qa.jsonl", "-o", "gemini.jsonl", "--to", "gemini")
    assert done.stderr.splitlines()[-1] == "12 rows of gemini written to gemini.jsonl"


def test_standard_input_and_output_are_pipes(shell):
    content = gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in QUESTIONS))
    done = shell.run("convert", "-", "-o", "-", "--to", "chat", stdin=content)
    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == CHAT
    assert done.stderr.splitlines() == [
        "-: 12 rows of question and answer; 12 written",
        "12 rows of chat written",
    ]


def test_several_files_become_one(shell):
    shell.file("one.jsonl", QUESTIONS[:5])
    shell.file("two.csv", b"prompt,completion\nHi,Hello\nalone\n")
    done = shell.run("convert", "one.jsonl", "two.csv", "-o", "train.jsonl", "--to", "chat")
    assert len(rows_in(shell, "train.jsonl")) == 6
    assert "not written: 1 column where the first line has 2, once (two.csv row 2)" in done.stderr


def test_nothing_that_is_there_is_overwritten_unasked(shell):
    shell.file("qa.jsonl", QUESTIONS)
    shell.file("there.jsonl", b"precious\n")
    done = shell.run("convert", "qa.jsonl", "-o", "there.jsonl", "--to", "chat")
    assert (done.returncode, done.stderr) == (
        2,
        "ftlint: error: there.jsonl is there already; overwrite it with --force\n",
    )
    done = shell.run("convert", "qa.jsonl", "-o", "./qa.jsonl", "--to", "chat")
    assert (done.returncode, done.stderr) == (
        2,
        "ftlint: error: ./qa.jsonl is an input; write to another file, or overwrite it with --force\n",
    )
    done = shell.run("convert", "qa.jsonl", "-o", "new.jsonl", "--keep-extra", "there.jsonl", "--to", "chat")
    assert done.returncode == 2
    assert (shell.directory / "there.jsonl").read_bytes() == b"precious\n"
    assert shell.run("convert", "qa.jsonl", "-o", "qa.jsonl", "--to", "chat", "--force").returncode == 0
    assert rows_in(shell, "qa.jsonl") == CHAT


def test_strict_allows_no_loss_and_leaves_no_file(shell):
    shell.file("qa.jsonl", [{**QUESTIONS[0], "id": 7}])
    done = shell.run("convert", "qa.jsonl", "-o", "train.jsonl", "--to", "chat", "--strict")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "ftlint: error: train.jsonl is not written, as --strict allows no loss"
    assert [path.name for path in shell.directory.iterdir()] == ["qa.jsonl"]
    done = shell.run("convert", "qa.jsonl", "-o", "-", "--to", "chat", "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    shell.file("clean.jsonl", QUESTIONS)
    assert shell.run("convert", "clean.jsonl", "-o", "-", "--to", "chat", "--strict").returncode == 0


def test_what_is_lost_is_kept_by_row(shell):
    shell.file("qa.jsonl", [QUESTIONS[0], {**QUESTIONS[1], "id": 7}, {"question": "?", "answer": ""}])
    done = shell.run("convert", "qa.jsonl", "-o", "train.jsonl", "--to", "chat", "--keep-extra", "extra.jsonl")
    assert done.returncode == 0
    first, second = rows_in(shell, "extra.jsonl")
    assert first == {
        "input": "qa.jsonl",
        "row": 2,
        "written": [2],
        "lost": [{"what": "key", "name": "id", "value": 7}],
    }
    assert (second["row"], second["written"], second["lost"][0]["name"]) == (3, [], "an answer is empty")


def test_the_report_is_json_for_programs(shell):
    shell.file("qa.jsonl", [{**row, "id": 7} for row in QUESTIONS])
    done = shell.run("convert", "qa.jsonl", "-o", "train.jsonl", "--to", "chat", "--output-format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "version": 1,
        "to": "chat",
        "output": "train.jsonl",
        "written": 12,
        "inputs": [{"path": "qa.jsonl", "rows": 12, "written": 12, "dialects": {"question and answer": 12}}],
        "lost": [
            {
                "what": "key",
                "name": "id",
                "count": 12,
                "first": [{"input": "qa.jsonl", "row": row} for row in (1, 2, 3)],
            }
        ],
        "changed": [],
        "added": [],
    }
    done = shell.run("convert", "qa.jsonl", "-o", "-", "--to", "chat", "--output-format", "json")
    assert len(done.stdout.splitlines()) == 12
    assert json.loads(done.stderr)["output"] == "-"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("missing.jsonl", "-o", "x.jsonl", "--to", "chat"), "cannot read missing.jsonl: no such file or directory"),
        ((".", "-o", "x.jsonl", "--to", "chat"), "cannot read .: it is a directory"),
        (("qa.jsonl", "-o", "no/x.jsonl", "--to", "chat"), "cannot write no/x.jsonl: no such file or directory"),
        (("qa.jsonl", "-o", "x.jsonl", "--to", "chat", "--map", "prompt"), '"prompt" is not of the form NAME=VALUE'),
        (("qa.jsonl", "-o", "x.jsonl", "--to", "chat", "--role", "a=b"), "--role a=b: the role is one of system"),
        (("qa.jsonl", "-o", "x.jsonl", "--to", "chat", "--map", "prompt=x"), 'no row has the key "x" of --map prompt'),
        (("qa.jsonl", "-o", "x.jsonl", "--to", "preference"), "nothing is written: none of the 12 rows can become"),
        (("qa.jsonl", "--to", "chat"), "missing option"),
        (("qa.jsonl", "-o", "x.jsonl", "--to", "nothing"), "is not one of"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_leaves_no_file(shell, words, sentence):
    shell.file("qa.jsonl", QUESTIONS)
    done = shell.run("convert", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in shell.directory.iterdir()] == ["qa.jsonl"]


def test_names_out_of_the_data_do_not_steer_the_terminal(shell):
    shell.file("qa.jsonl", [{**QUESTIONS[0], "\x1b[31mred\n##[error]": 1}])
    done = shell.run("convert", "qa.jsonl", "-o", "-", "--to", "chat")
    assert "\x1b" not in done.stderr
    assert "##[error]" not in done.stderr
    assert r"\x1b[31mred\n" in done.stderr


def test_the_reader_of_a_pipe_may_leave(shell):
    shell.file("qa.jsonl", QUESTIONS * 5000)
    command = " ".join(map(str, shell.command("convert", "qa.jsonl", "-o", "-", "--to", "chat")))
    done = os.popen(f"cd {shell.directory} && {command} 2>errors.txt | head -n 1").read()
    assert json.loads(done) == CHAT[0]
    assert (shell.directory / "errors.txt").read_text() == ""


@pytest.mark.skipif(os.name == "nt", reason="devices are those of POSIX")
def test_a_device_or_a_directory_is_never_replaced(shell):
    shell.file("qa.jsonl", QUESTIONS)
    (shell.directory / "folder").mkdir()
    for target in ("/dev/null", "folder"):
        done = shell.run("convert", "qa.jsonl", "-o", target, "--to", "chat", "--force")
        assert (done.returncode, done.stderr) == (2, f"ftlint: error: cannot write {target}: it is no regular file\n")


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_file_that_is_replaced_hands_its_mode_on(shell):
    shell.file("qa.jsonl", QUESTIONS)
    shell.file("train.jsonl", b"old\n")
    (shell.directory / "train.jsonl").chmod(0o640)
    shell.run("convert", "qa.jsonl", "-o", "train.jsonl", "--to", "chat", "--force")
    assert stat.S_IMODE((shell.directory / "train.jsonl").stat().st_mode) == 0o640


def test_a_bar_is_shown_for_long_work_on_a_terminal_only(shell):
    shell.file("long.jsonl", [{**row, "text": "x" * 100_000} for row in QUESTIONS] * 20)
    shell.file("short.jsonl", QUESTIONS)
    words = ("-o", "train.jsonl", "--to", "chat", "--force")
    assert "converting" in shell.on_terminal("convert", "long.jsonl", *words)[1]
    assert "converting" not in shell.on_terminal("convert", "short.jsonl", *words)[1]
    assert "converting" not in shell.on_terminal("convert", "long.jsonl", *words, CI="true")[1]
    assert "converting" not in shell.run("convert", "long.jsonl", *words).stderr


def test_the_formats_of_the_options_are_those_that_there_are():
    assert list(SOURCES) == list(BY_NAME)
    assert TARGETS == dialects.TARGETS


def test_no_connection_is_opened(shell):
    shell.file("qa.jsonl", QUESTIONS)
    code = (
        "import socket, sys\nsocket.socket = socket.create_connection = None\n"
        "sys.argv = ['ftlint', 'convert', 'qa.jsonl', '-o', 'train.jsonl', '--to', 'gemini']\n"
        "from ftlint.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=shell.directory, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_library_does_the_same(tmp_path):
    source, target, extra = (tmp_path / name for name in ("qa.jsonl", "train.jsonl", "extra.jsonl"))
    source.write_text("".join(json.dumps({**row, "id": 7}) + "\n" for row in QUESTIONS))
    outcome = convert(source, output=target, to="chat", keep_extra=extra, system="Be brief")
    assert outcome.written == 12
    assert [(loss.name, loss.count) for loss in outcome.losses.lost] == [("id", 12)]
    assert json.loads(target.read_text().splitlines()[0])["messages"][0] == {"role": "system", "content": "Be brief"}
    assert len(extra.read_text().splitlines()) == 12
    with pytest.raises(FtlintError, match="is there already"):
        convert(source, output=target, to="chat")
    with pytest.raises(FtlintError, match=r'no such format "chta"\. Did you mean "chat"'):
        convert(source, output=target, to="chta", force=True)
    with pytest.raises(FtlintError, match="unexpected keyword argument 'sytem'"):
        convert(source, output=target, to="chat", sytem="Be brief", force=True)
    assert len(target.read_text().splitlines()) == 12
