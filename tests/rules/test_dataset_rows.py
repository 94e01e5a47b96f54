"""FT701, FT703, FT704: rows that are there twice, prompts that are answered in several ways, leakage."""

import io
import json
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ftlint
from ftlint.engine.chunks import scan_all
from ftlint.engine.scan import Scanner
from ftlint.formats.clusters import Digests
from ftlint.formats.identity import canonical, digest
from ftlint.sources.lines import blocks
from tests.engine.test_laws import context_of
from tests.support import CALL, CLOCK, PAIR, TODAY, chat, check, dumped, fixed, lint, rows_of, shared_data, told

ON = {"extend_select": ["FT701", "FT703"]}
HELLO = chat("user: Hi", "assistant: Hello")
CALLING = chat("user: Time?", {"role": "assistant", "tool_calls": [CALL]}, tools=[CLOCK])


def other(row, **call):
    changed = json.loads(json.dumps(row))
    changed["messages"][1]["tool_calls"][0].update(call)
    return changed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HELLO, HELLO),
        (HELLO, {"messages": [dict(reversed(message.items())) for message in HELLO["messages"]]}),
        (chat("user: Café", "assistant: Oui"), chat(f"user: {normalize('NFD', 'Café')}", "assistant: Oui")),
        (chat("user: Hi", "assistant: Yes", weight=1), chat("user: Hi", "assistant: Yes", weight=1.0)),
        (CALLING, dict(reversed(CALLING.items()))),
        (PAIR, PAIR),
        ({"prompt": "a", "completion": "b"}, {"completion": "b", "prompt": "a"}),
    ],
)
def test_a_row_that_says_the_same_is_reported_with_the_first(first, second):
    rows = [first, chat("user: Else", "assistant: Other") if "messages" in first else first, second]
    found = lint("FT701", rows, extend_select=["FT701"], model="strict-chat" if "weight" in first else None)
    assert found[-1] == "3:/ Row says the same as row 1" or found[-1] == "3: Row says the same as row 1"


@pytest.mark.parametrize(
    "row",
    [
        chat("user: Hi", "assistant: Hello "),
        chat("user: hi", "assistant: Hello"),
        chat("system: Hi", "user: Hi", "assistant: Hello"),
        chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 1}),
        chat("user: Hi", "assistant: Hello", parallel_tool_calls=True),
    ],
)
def test_a_row_that_says_something_else_is_no_duplicate(row):
    assert lint("FT701", [HELLO, row], **ON) == []


def test_every_further_copy_is_reported_with_the_first():
    assert [text.split(" ", 1)[1] for text in lint("FT701", [HELLO] * 3, **ON)] == ["Row says the same as row 1"] * 2


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        (HELLO, chat("user: Hi", "assistant: Hey"), True),
        (HELLO, chat({"role": "user", "content": "Hi", "name": "ada"}, "assistant: Hey"), True),
        (HELLO, chat({"role": "user", "content": [{"type": "text", "text": "Hi"}]}, "assistant: Hey"), True),
        (CALLING, other(CALLING, function={"name": "clock", "arguments": '{"zone": 1}'}), True),
        (CALLING, other(CALLING, id="call_2"), False),
        (HELLO, chat("system: Be rude.", "user: Hi", "assistant: What?"), False),
        (HELLO, chat("user: Hi", "assistant: What?", tools=[CLOCK]), False),
        (chat("system: A", "assistant: B"), chat("system: A", "assistant: C"), False),
        (chat("user: A", "assistant: B", "user: C", "assistant: D"), chat("user: A", "assistant: E"), False),
        (
            chat("user: A", "assistant: B", "user: C", "assistant: D"),
            chat("user: A", "assistant: E", "user: C", "assistant: F"),
            True,
        ),
        (
            chat("user: A", {"role": "assistant", "content": "B", "weight": 0}, "user: C", "assistant: D"),
            chat("user: A", {"role": "assistant", "content": "X", "weight": 0}, "user: C", "assistant: E"),
            False,
        ),
        ({"prompt": "a", "completion": "b"}, {"prompt": "a", "completion": "c"}, True),
        ({"prompt": "", "completion": "b"}, {"prompt": "", "completion": "c"}, False),
    ],
)
def test_the_same_prompt_with_another_answer_is_a_conflict(first, second, conflict):
    assert bool(lint("FT703", [first, second], **ON)) == conflict


def test_a_prompt_is_reported_once_at_the_first_row_with_another_answer():
    rows = [HELLO, HELLO, *(chat("user: Hi", f"assistant: {word}") for word in ("Hey", "Yo", "Hi"))]
    (found,) = check(rows, select=["FT703"]).findings
    assert (found.row, found.message) == (3, "Row asks the same as row 1 and answers differently")


def leaks(tmp_path, validation, **training):
    paths = []
    for name, rows in training.items():
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_bytes(dumped(rows))
    held = tmp_path / "valid.jsonl"
    held.write_bytes(dumped(validation))
    found = []
    for order in (paths, paths[::-1]):
        report = ftlint.check(*order, validation=held, today=TODAY, totals=False, select=["FT704"])
        found.append([told(finding) for finding in report.findings])
    assert found[0] == found[1]
    return [text.replace(f"{tmp_path}/", "") for text in found[0]]


def test_a_validation_row_that_is_trained_on_is_an_error_whatever_the_order_of_the_files(tmp_path):
    held = [HELLO, chat("user: New", "assistant: Yes"), chat("user: Bye", "assistant: Other")]
    first, second = [chat("user: A", "assistant: B"), HELLO], [HELLO, chat("user: Bye", "assistant: See you")]
    assert [text.split(" ", 1)[1] for text in leaks(tmp_path, held, a=first, b=second)] == [
        "Row is trained on as well: row 2 of a.jsonl",
        "Prompt is trained on as well: row 2 of b.jsonl",
    ]


def test_without_a_validation_file_nothing_is_compared(tmp_path):
    assert check([HELLO] * 12).findings == []


def test_the_fix_of_a_duplicate_keeps_the_first_and_the_others_beside_the_file(tmp_path):
    rows = [HELLO, chat("user: A", "assistant: B"), HELLO, HELLO]
    data, fixer, report = fixed(rows, directory=tmp_path, select=["FT701"])
    assert data == dumped(rows[:2])
    assert (fixer.fixed["FT701"], report.findings) == (2, [])
    kept = [json.loads(line) for line in (tmp_path / "train.dropped.jsonl").read_text().splitlines()]
    assert len(kept) == 2


def test_the_fix_of_an_overlap_takes_the_rows_out_of_the_validation_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "valid.jsonl").write_bytes(dumped([HELLO, chat("user: New", "assistant: Yes")]))
    data, fixer, report = fixed([HELLO], directory=tmp_path, select=["FT704"], validation="valid.jsonl")
    assert data == dumped([HELLO])
    assert (tmp_path / "valid.jsonl").read_bytes() == dumped([chat("user: New", "assistant: Yes")])
    assert (fixer.fixed["FT704"], report.findings) == (1, [])


@given(rows=st.lists(rows_of["chat"], max_size=12), size=st.integers(1, 400), held=st.integers(1, 5))
def test_what_is_found_does_not_depend_on_how_much_is_held_in_memory_or_read_at_once(rows, size, held):
    def found(size, most_rows):
        context = context_of("chat")
        context.most_rows = most_rows
        result = scan_all(Scanner(context), blocks(io.BytesIO(dumped(rows * 2)), 1 << 20, size))
        seen = result.seen.get("rows")
        if seen is None:
            return None
        places = [seen.places.at(index).line for index in range(len(seen))]
        return list(seen.contents.repeated()), list(seen.conflicts()), places

    assert found(1 << 20, 1 << 20) == found(size, 1 << 20) == found(size, held)


@given(words=st.lists(st.sampled_from("abcdefgh"), max_size=40), cut=st.integers(0, 40), spills=st.booleans())
def test_digests_on_disk_answer_as_those_in_memory(words, cut, spills):
    whole, parts, others = Digests(), Digests(), Digests()
    for index, word in enumerate(words):
        whole.add(digest(word))
        parts.add(digest(word))
        if spills and index == cut:
            parts.spill()
        others.add(digest(word.replace("a", "z")))
    assert list(parts.repeated()) == [
        (row, words.index(word)) for row, word in enumerate(words) if words.index(word) != row
    ]
    assert parts.firsts_in(others) == whole.firsts_in(others)
    assert parts.firsts() == whole.firsts()


# Against a naive script, on real files.


def naive(path):
    """Every row of a file by what it says, in the order of the file: its content, its prompt, its answer."""
    for line in path.read_bytes().split(b"\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        if "prompt" in row:
            prompt, answer = canonical(row["prompt"]) if row["prompt"].strip() else None, row["completion"]
        else:
            messages = row["messages"]
            trained = [message["role"] == "assistant" and message.get("weight") != 0 for message in messages]
            asked = [
                None if is_trained else (message["role"], message.get("content"))
                for message, is_trained in zip(messages, trained, strict=True)
            ]
            words = [message for message in messages if message["role"] in ("user", "tool") and message.get("content")]
            prompt = canonical([asked, row.get("tools"), row.get("functions")]) if words else None
            answer = [message for message, is_trained in zip(messages, trained, strict=True) if is_trained]
        yield canonical(row), prompt, canonical(answer)


def summary(rows):
    contents, prompts, duplicates, conflicts = {}, {}, [], []
    for number, (content, prompt, answer) in enumerate(rows, 1):
        if contents.setdefault(content, number) != number:
            duplicates.append(number)
        first, known = prompts.setdefault(prompt, (number, answer)) if prompt else (number, answer)
        if answer != known and first not in conflicts:
            conflicts.append(first)
    return duplicates, len(conflicts), contents, prompts


def test_duplicates_and_conflicts_of_real_files_are_those_of_a_naive_script():
    compared = 0
    for path in sorted(shared_data().rglob("*.jsonl")):
        report = ftlint.check(path, totals=False, today=TODAY, select=["FT0", "FT1", "FT701", "FT703"])
        (file,) = report.files
        broken = [finding for finding in report.findings if finding.severity == "error" and finding.row]
        if file.format not in ("chat", "completion") or broken or file.rows == 0:
            continue
        duplicates, conflicts, _, _ = summary(naive(path))
        found = [finding.row for finding in report.findings if finding.code == "FT701"]
        assert (path.name, found) == (path.name, duplicates)
        assert (path.name, sum(one.code == "FT703" for one in report.findings)) == (path.name, conflicts)
        compared += 1
    assert compared >= 20


PAIRS = [
    ("chat", "Azure__azureml-examples__train", "Azure__azureml-examples__validation", {}),
    (
        "chat",
        "K1rk3y__Client_Side_EasyRead_NDIS__training_data",
        "K1rk3y__Client_Side_EasyRead_NDIS__validation_data",
        {},
    ),
    ("chat", "microsoft-foundry__fine-tuning__chat_train", "microsoft-foundry__fine-tuning__chat_validation", {}),
    (
        "prompt-completion",
        "Azure-Samples__openai__generated_labels_context_switching_prepared_train",
        "Azure-Samples__openai__generated_labels_context_switching_prepared_valid",
        {},
    ),
    (
        "prompt-completion",
        "trevorlomba__accessible-language-generation__training_data",
        "trevorlomba__accessible-language-generation__training_data_prepared",
        {},
    ),
    (
        "tools",
        "microsoft-foundry__fine-tuning__stock_toolcall_training",
        "microsoft-foundry__fine-tuning__stock_toolcall_validation",
        {},
    ),
    (
        "rft",
        "microsoft-foundry__fine-tuning__countdown_train_100",
        "microsoft-foundry__fine-tuning__countdown_valid_50",
        {"method": "reinforcement"},
    ),
    (
        "rft",
        "microsoft-foundry__fine-tuning__train_tool",
        "microsoft-foundry__fine-tuning__valid_tool",
        {"method": "reinforcement"},
    ),
]


@pytest.mark.parametrize(("folder", "train", "held", "options"), PAIRS, ids=lambda value: value if value else "")
def test_overlaps_of_real_pairs_are_those_of_a_naive_script(folder, train, held, options):
    directory = shared_data() / folder
    train, held = directory / f"{train}.jsonl", directory / f"{held}.jsonl"
    report = ftlint.check(train, validation=held, today=TODAY, totals=False, select=["FT704"], **options)
    found = [finding.row for finding in report.findings]
    _, _, contents, prompts = summary(naive(train))
    expected = [
        number
        for number, (content, prompt, _) in enumerate(naive(held), 1)
        if content in contents or (prompt and prompt in prompts)
    ]
    assert found == expected
