"""`ftlint try` against a service on this machine."""

import json
import signal
import subprocess
import time

import pytest

from ftlint.publish.prompts import Answer, prompt_of
from ftlint.publish.tryout import Limits, Tried, estimate
from ftlint.reporters.columns import width
from tests.publish.conftest import FTLINT, KEY
from tests.publish.test_files_command import on_terminal
from tests.servers.cutter import BROKEN, BROKEN_JSON, INSUFFICIENT_QUOTA, TRAINING_NOT_AVAILABLE, WRONG_KEY
from tests.servers.wire import error_answer, json_answer
from tests.support import CALL, CLOCK, IMAGE, PAIR, chat

TUNED = "ft:gpt-4o-mini-2024-07-18:acme::abc"
BASE = "gpt-4o-mini-2024-07-18"
ROWS = [
    chat("system: Be brief.", "user: Hi 1", "assistant: Hello."),
    chat("user: Hi 2", "assistant: Hello."),
    chat("user: Hi 3", "assistant: No."),
]


@pytest.fixture
def service(service_with):
    """A service whose fine-tuned model says `Hello.` to everything, and its base `Hey.`"""
    return service_with(
        models=(TUNED, BASE, "davinci-002", "own"), reply=lambda m, _: "Hello." if m == TUNED else "Hey."
    )


@pytest.fixture
def attempt(desk, service):
    """Tries the fine-tuned model on rows."""

    def run(rows, *words, model=TUNED, url=None, **environment):
        name = desk.file("valid.jsonl", rows)
        return desk.run("try", model, name, "--base-url", url or service.base_url, *words, **environment)

    return run


def bodies(service):
    return [one.body for one in service.requests]


def test_a_row_of_another_format_is_left_out(attempt):
    pair = {"prompt": "Hi ->", "completion": " Hey."}
    done = attempt([pair, pair, chat("user: Hi", "assistant: Hello."), pair], "--dry-run", model="davinci-002")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_expected_and_answered_stand_side_by_side(attempt):
    done = attempt(ROWS, "--yes", "--against", BASE, COLUMNS="160")
    assert done.returncode == 0, done.stderr
    lines = [[cell.strip() for cell in line.split("│")] for line in done.stdout.splitlines()]
    assert ["expected", f"{TUNED} (as expected)", f"{BASE} (differs)"] in lines
    assert ["Hello.", "Hello.", "Hey."] in lines
    assert ["No.", "Hello.", "Hey."] in lines
    assert f"{TUNED}: 3 answered, 2 of 3 exactly as expected, 6 + 6 tokens, less than $0.0001" in done.stdout
    assert f"{BASE}: 3 answered, 0 of 3 exactly as expected, 6 + 6 tokens, cost unknown" in done.stdout


def test_what_is_too_long_of_a_title_is_the_name_not_the_verdict(attempt):
    done = attempt(ROWS, "--yes", "--against", BASE, COLUMNS="110")
    assert "… (as expected)" in done.stdout
    assert "… (differs)" in done.stdout


def test_what_stands_before_the_last_answer_is_sent_and_nothing_else(attempt, service):
    rows = [chat("user: a", {"role": "assistant", "content": "b", "weight": 0}, "user: c", "assistant: d")]
    attempt(rows, "--yes")
    assert bodies(service) == [
        {
            "model": TUNED,
            "messages": [
                {"role": "user", "content": "a"},
                {"role": "assistant", "content": "b"},
                {"role": "user", "content": "c"},
            ],
            "max_tokens": 500,
        }
    ]


def test_tools_are_sent_and_their_calls_compared(attempt, service):
    call = {**CALL, "function": {"name": "clock", "arguments": '{ "zone": "UTC", "now": true}'}}
    row = chat("user: Time?", {"role": "assistant", "tool_calls": [call]}, tools=[CLOCK], parallel_tool_calls=False)
    attempt([row], "--yes")
    assert bodies(service)[0]["tools"] == [CLOCK]
    assert bodies(service)[0]["parallel_tool_calls"] is False
    same = Answer("", (("clock", '{"now":true,"zone":"UTC"}'),))
    expected = prompt_of(1, row, "chat", None, None).expected
    assert expected.equals(same)
    assert not expected.equals(Answer("", (("clock", "{}"),)))
    assert not expected.equals(Answer(" ", same.calls))


def test_preference_rows_send_their_input_and_expect_the_preferred_output(attempt, service):
    done = attempt([{**PAIR, "preferred_output": [{"role": "assistant", "content": "Hello."}]}] * 2, "--yes")
    assert bodies(service)[0]["messages"] == PAIR["input"]["messages"]
    assert "2 of 2 exactly as expected" in done.stdout


def test_reinforcement_rows_expect_nothing(attempt, service):
    rows = [{"messages": [{"role": "user", "content": "6 x 7?"}], "reference": "42"}] * 2
    done = attempt(rows, "--yes", "--format", "reinforcement")
    assert "expected" not in done.stdout
    assert bodies(service)[0]["messages"] == rows[0]["messages"]
    assert "reference" not in bodies(service)[0]


def test_completion_rows_go_to_completions(attempt, service):
    done = attempt([{"prompt": "Hi ->", "completion": "Hey."}] * 2, "--yes", model="davinci-002")
    assert [one.path for one in service.requests] == ["/v1/completions"] * 2
    assert bodies(service)[0] == {"model": "davinci-002", "prompt": "Hi ->", "max_tokens": 500}
    assert "2 of 2 exactly as expected" in done.stdout


def test_so_many_rows_are_sent_as_were_asked_for(attempt, service):
    attempt(ROWS * 5, "--yes")
    assert len(service.requests) == 5
    attempt(ROWS * 5, "--yes", "--rows", "7")
    assert len(service.requests) == 12


def test_rows_with_an_error_are_left_out_and_said(attempt, service):
    bad = chat("user: Hi", "assistant:  ")
    done = attempt([bad, ROWS[0], chat("assistant: first"), ROWS[1]], "--yes", "--rows", "3")
    assert "left out     1 row with errors: 1" in done.stdout
    assert "1 row with nothing before the answer: 3" in done.stdout
    assert len(service.requests) == 2


def test_lines_are_numbered_as_an_editor_does(attempt):
    rows = b"\n" + json.dumps(ROWS[0]).encode() + b"\n\n" + json.dumps(ROWS[2]).encode() + b"\n"
    done = attempt(rows, "--yes", "--output-format", "json")
    assert [row["row"] for row in json.loads(done.stdout)["rows"]] == [2, 4]


@pytest.mark.parametrize("content", [b"", b"\n", b"hello\n", b'{"a": 1}\n', b"\x00\xff"])
def test_a_file_without_a_row_to_send_is_said(attempt, service, content):
    done = attempt(content, "--yes")
    assert done.returncode == 2
    assert done.stderr.startswith("ftlint: error: ")
    assert service.requests == []


def test_a_file_that_is_not_there_is_said(desk, service):
    done = desk.run("try", TUNED, "gone.jsonl", "--base-url", service.base_url, "--yes")
    assert done.returncode == 2
    assert "gone.jsonl" in done.stderr


def test_the_plan_has_the_most_that_it_can_cost_and_where_it_goes(attempt, service):
    done = attempt(ROWS, "--dry-run", "--max-output-tokens", "100", FTLINT_API_KEY="")
    (prompts,) = (
        int(line.split(" tokens of prompts")[0].split()[-1]) for line in done.stdout.splitlines() if "prompts" in line
    )
    most = (prompts * 0.30 + 300 * 1.20) / 1e6
    assert f"at most 300 of answers: at most ${most:.4f} (price of" in done.stdout
    assert service.base_url.split("/")[2] in done.stdout
    assert "nothing was sent" in done.stderr
    assert service.requests == []


def test_prompt_tokens_are_those_that_the_cookbook_counts():
    from ftlint.profiles.catalog import resolve
    from ftlint.tokens.encoder import load

    count = load("o200k_base").count
    prompt = prompt_of(1, chat("system: Be brief.", "user: Hi", "assistant: Hello"), "chat", resolve(TUNED), count)
    texts = ("system", "Be brief.", "user", "Hi")
    assert prompt.tokens == 2 * 3 + 3 + sum(map(count, texts))
    assert not prompt.estimated


def test_a_cost_is_unknown_where_anything_of_it_is():
    from ftlint.profiles.catalog import resolve
    from ftlint.tokens.encoder import load

    profile = resolve(TUNED)
    price = profile.prices[-1]
    count = load("o200k_base").count
    picture = chat({"role": "user", "content": [IMAGE, {"type": "text", "text": "?"}]}, "assistant: A cat.")
    known = prompt_of(1, ROWS[0], "chat", profile, count)
    unknown = prompt_of(2, picture, "chat", profile._replace(image_tokens=None), count)
    assert estimate(Tried("m", profile, price), [known], 10).usd is not None
    assert estimate(Tried("m", profile, price), [known, unknown], 10).usd is None
    assert estimate(Tried("m", profile, None), [known], 10).usd is None
    assert Limits(5).temperature is None


def test_the_price_of_a_base_model_is_unknown_and_never_nought(attempt):
    done = attempt(ROWS, "--dry-run", "--against", BASE, "--output-format", "json")
    plan = json.loads(done.stdout)["plan"]
    own, other = plan["estimates"]
    assert own["usd"] > 0
    assert other["usd"] is None and other["why"] == "the price of the base model is not known"
    assert plan["usd"] is None


@pytest.mark.parametrize(
    ("words", "status"),
    [(("--max-cost", "1"), 0), (("--max-cost", "0.0001"), 2), (("--max-cost", "1", "--against", BASE), 2)],
)
def test_a_cost_that_is_higher_or_unknown_is_refused(attempt, service, words, status):
    done = attempt(ROWS, "--yes", *words)
    assert done.returncode == status
    assert bool(service.requests) == (status == 0)


def test_nothing_is_sent_where_nobody_can_be_asked(attempt, service):
    done = attempt(ROWS)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert service.requests == []


@pytest.mark.parametrize(("typed", "sent", "status"), [(b"y\n", 3, 0), (b"n\n", 0, 130)])
def test_on_a_terminal_the_user_sees_the_plan_and_decides(desk, service, typed, sent, status):
    desk.file("valid.jsonl", ROWS)
    code, output = on_terminal(desk, ("try", TUNED, "valid.jsonl", "--base-url", service.base_url), typed)
    assert "at most" in output and "Send this?" in output
    assert KEY not in output
    assert (len(service.requests), code) == (sent, status)


def test_in_ci_nothing_is_sent_unless_agreed_and_no_text_is_shown_unless_asked_for(attempt, service):
    done = attempt(ROWS, CI="1")
    assert (done.returncode, service.requests) == (0, [])
    assert "where CI is set, --yes sends it" in done.stderr
    for kind in ("text", "json", "markdown"):
        done = attempt(ROWS, "--yes", "--output-format", kind, CI="1")
        assert done.returncode == 0
        assert not any(word in done.stdout + done.stderr for word in ("Hello.", "Hi 1", "Be brief"))
        assert "Hello." in attempt(ROWS, "--yes", "--output-format", kind, "--show-content", CI="1").stdout


def test_json_has_everything(attempt):
    found = json.loads(attempt(ROWS[:1], "--yes", "--output-format", "json", "--temperature", "0").stdout)
    assert found["plan"]["temperature"] == 0
    (row,) = found["rows"]
    assert row["prompt"]["messages"][0]["content"] == "Be brief."
    assert row["expected"] == {"text": "Hello.", "tool_calls": []}
    (answer,) = row["answers"]
    assert (answer["text"], answer["equal"], answer["cut"], answer["error"]) == ("Hello.", True, False, None)
    assert answer["usage"]["total_tokens"] > 0
    assert found["models"][0]["equal"] == 1


def test_temperature_is_the_service_s_unless_given(attempt, service):
    attempt(ROWS[:1], "--yes")
    attempt(ROWS[:1], "--yes", "--temperature", "0.5")
    assert [body.get("temperature") for body in bodies(service)] == [None, 0.5]


@pytest.mark.parametrize(
    ("model", "field"), [("ft:o4-mini-2025-04-16:acme::1", "max_completion_tokens"), (TUNED, "max_tokens")]
)
def test_a_model_is_told_its_limit_by_the_field_that_it_takes(attempt, service, model, field):
    service.options.models = (model,)
    rows = [{"messages": [{"role": "user", "content": "6 x 7?"}]}]
    attempt(rows, "--yes", "--format", "reinforcement", model=model)
    assert bodies(service)[0][field] == 500


def test_a_model_that_nobody_knows_may_say_which_field_it_takes(attempt, cutter):
    wrong = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    cutter.add("POST", "/chat", answer=error_answer(400, wrong, "unsupported_parameter", "max_tokens"))
    done = attempt(ROWS[:1], "--yes", model="own", url=f"{cutter.root}/v1")
    assert done.returncode == 0
    first, second = [one.body for one in cutter.journal.of("POST", "/chat")]
    assert (first.keys() - second.keys(), second.keys() - first.keys()) == ({"max_tokens"}, {"max_completion_tokens"})


def test_a_refused_row_is_shown_and_the_others_go_on(attempt, cutter):
    cutter.add(
        "POST", "/chat", at=2, answer=error_answer(400, "The prompt is too \x1b[2Jlong", "context_length_exceeded")
    )
    done = attempt(ROWS, "--yes", url=f"{cutter.root}/v1")
    assert done.returncode == 3
    assert r"too \x1b[2Jlong" in done.stdout.replace("\n", " ") or r"\x1b[2Jlong" in done.stdout
    assert "2 answered, 1 failed" in done.stdout


@pytest.mark.parametrize("answer", [WRONG_KEY, TRAINING_NOT_AVAILABLE, INSUFFICIENT_QUOTA], ids=["401", "403", "quota"])
@pytest.mark.parametrize("kind", ["text", "json", "markdown"])
def test_what_would_refuse_every_row_ends_it_and_shows_what_came_before(attempt, cutter, answer, kind):
    cutter.add("POST", "/chat", at=2, answer=answer)
    done = attempt(ROWS, "--yes", "--output-format", kind, url=f"{cutter.root}/v1")
    assert done.returncode == 3
    assert len(cutter.journal.of("POST", "/chat")) == 2
    assert "Hello." in done.stdout
    assert "refused the request" in done.stderr


def test_an_answer_that_never_came_is_not_asked_for_again(attempt, cutter):
    cutter.add("POST", "/chat", at=1, cut="after")
    done = attempt(ROWS, "--yes", url=f"{cutter.root}/v1")
    assert done.returncode == 4
    assert len(cutter.journal.of("POST", "/chat")) == 3
    assert "2 answered, 1 failed" in done.stdout


@pytest.mark.parametrize("answer", [BROKEN, BROKEN_JSON], ids=["500", "broken JSON"])
def test_two_answers_in_a_row_that_never_came_end_it(attempt, cutter, answer):
    cutter.add("POST", "/chat", at=None, answer=answer)
    done = attempt(ROWS, "--yes", url=f"{cutter.root}/v1")
    assert done.returncode == 4
    assert len(cutter.journal.of("POST", "/chat")) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"choices": []},
        {"choices": [1]},
        {"choices": [{}]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": "x"}]},
    ],
    ids=str,
)
def test_an_answer_without_a_text_is_said(attempt, cutter, answer):
    cutter.add("POST", "/chat", at=1, answer=json_answer(answer))
    done = attempt(ROWS, "--yes", url=f"{cutter.root}/v1")
    assert done.returncode == 4
    assert "2 answered, 1 failed" in done.stdout


def test_an_answer_of_odd_parts_is_shown_as_far_as_it_goes(attempt, cutter):
    message = {
        "content": [{"type": "text", "text": "par"}, None, {"text": "ts"}],
        "tool_calls": [None, {"function": {"name": "f"}}],
    }
    odd = {"choices": [{"message": message, "finish_reason": "length"}], "usage": {"prompt_tokens": "many"}}
    cutter.add("POST", "/chat", at=1, answer=json_answer(odd))
    done = attempt(ROWS[:1], "--yes", url=f"{cutter.root}/v1")
    assert done.returncode == 0
    assert "parts" in done.stdout and "f(null)" in done.stdout and "cut off" in done.stdout
    assert "cost unknown" in done.stdout


@pytest.mark.parametrize("columns", [30, 60, 80, 120])
def test_wide_characters_take_two_columns(attempt, columns):
    rows = [chat("user: 日本語でお願いします", f"assistant: {'答えは四十二です。' * 9}")]
    lines = attempt(rows, "--yes", COLUMNS=str(columns)).stdout.splitlines()
    answers = [line for line in lines if "答え" in line]
    assert answers
    assert all(width(line) <= columns for line in answers)
    bars = {width(line[: line.index("│")]) for line in answers}
    assert len(bars) == 1


def test_markdown_cannot_be_broken_out_of(attempt, service):
    evil = "```\n````\n# not a heading\n::set-output name=x::y\n| a | b |\n<script>alert(1)</script>\n\x1b[2J\u202e"
    service.options.reply = lambda model, text: evil
    done = attempt(
        [chat(f"user: {evil}", f"assistant: {evil}")], "--yes", "--output-format", "markdown", "--show-content"
    )
    fences = [line for line in done.stdout.splitlines() if line.startswith("`````")]
    assert len(fences) == 6
    outside, inside = [], False
    for line in done.stdout.splitlines():
        if line.startswith("`````"):
            inside = not inside
        elif not inside:
            outside.append(line)
    assert not any("not a heading" in line or "script" in line for line in outside)
    assert not any(line.lstrip().startswith("::") for line in done.stdout.splitlines())
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout


def test_names_in_markdown_are_text(attempt, service):
    name = "own|`<b>*x*[y](z)"
    service.options.models = (name,)
    done = attempt(ROWS[:1], "--yes", "--output-format", "markdown", model=name)
    assert r"own\|\`\<b\>\*x\*\[y\](z)" in done.stdout
    assert "| own|" not in done.stdout


def test_the_report_can_go_to_a_file(attempt, desk):
    done = attempt(ROWS, "--yes", "--output-format", "markdown", "-o", "report.md")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Hello." in (desk.directory / "report.md").read_text()
    assert "at most" in done.stderr


def test_a_deployment_is_known_by_its_base(attempt, service):
    done = attempt(ROWS, "--dry-run", "--against", BASE, model="own")
    assert "own: " in done.stdout
    assert done.stdout.count("at most $") == 1


def test_a_model_that_nobody_knows_needs_a_service(desk):
    desk.file("valid.jsonl", ROWS)
    done = desk.run("try", "gtp-4o-mini", "valid.jsonl", "--dry-run")
    assert done.returncode == 2
    assert 'unknown model "gtp-4o-mini"' in done.stderr
    done = desk.run("try", "azure", "valid.jsonl", "--dry-run")
    assert "name a model, as azure/MODEL" in done.stderr


def test_half_a_character_is_no_request(attempt, service):
    bad = b'{"messages": [{"role": "user", "content": "\\ud83d"}, {"role": "assistant", "content": "x"}]}\n'
    done = attempt(bad + json.dumps(ROWS[0]).encode() + b"\n", "--yes")
    assert done.returncode == 0
    assert len(service.requests) == 1
    assert "left out" in done.stdout


@pytest.mark.parametrize("kind", ["text", "json", "markdown"])
@pytest.mark.parametrize("columns", ["30", "100"])
def test_a_key_that_a_model_repeats_is_not_shown(attempt, desk, service, kind, columns):
    service.options.reply = lambda model, text: f"Your key is {KEY}, is it not?"
    words = ("--yes", "--output-format", kind)
    done = attempt(ROWS[:1], *words, COLUMNS=columns)
    assert "[secret]" in done.stdout
    assert not any(KEY[at : at + 12] in done.stdout for at in range(len(KEY) - 12))
    attempt(ROWS[:1], *words, "-o", "report", COLUMNS=columns)
    assert "[secret]" in (desk.directory / "report").read_text()


@pytest.mark.parametrize(
    ("model", "host"), [("together/org/own", "api.together.ai"), ("fireworks/own", "api.fireworks.ai")]
)
def test_a_service_whose_jobs_are_of_another_api_can_be_asked_all_the_same(desk, model, host):
    desk.file("valid.jsonl", ROWS)
    done = desk.run("try", model, "valid.jsonl", "--dry-run")
    assert done.returncode == 0
    assert host in done.stdout
    assert (
        f"{model.partition('/')[2]}: an unknown number of tokens of prompts" in done.stdout or "unknown" in done.stdout
    )


def test_ctrl_c_shows_what_has_come_so_far(desk, cutter):
    desk.file("valid.jsonl", ROWS)
    cutter.add("POST", "/chat", at=2, delay=60)
    process = subprocess.Popen(
        [FTLINT, "try", TUNED, "valid.jsonl", "--base-url", f"{cutter.root}/v1", "--yes", "--output-format", "json"],
        cwd=desk.directory,
        env=desk.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background would not hear of an interruption.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    for _ in range(600):
        if len(cutter.journal.of("POST", "/chat")) == 2:
            break
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert [row["row"] for row in json.loads(output)["rows"]] == [1]
    assert errors.endswith("ftlint: interrupted\n")
