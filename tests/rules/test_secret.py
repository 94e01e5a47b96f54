"""Secrets are found wherever they stand in a row, and placeholders are not."""

import json

import pytest

from ftlint.core.private.mask import masked
from tests.fakes import fake_card, fake_iban, fake_keys
from tests.support import CALL, CLOCK, PAIR, chat, check, dumped, fixed

FAKES = fake_keys(1)


def places(text):
    """Rows, right and wrong ones, with the text in a place of each."""
    inner = json.dumps({"note": text})
    call = {**CALL, "function": {"name": "clock", "arguments": inner}}
    twice = {**CALL, "function": {"name": "clock", "arguments": json.dumps({"body": inner})}}
    yield "content", chat(f"user: {text}", "assistant: Hi")
    yield "a part", chat({"role": "user", "content": [{"type": "text", "text": text}]}, "assistant: Hi")
    yield "arguments", chat("user: Hi", {"role": "assistant", "tool_calls": [call]}, tools=[CLOCK])
    yield "JSON in arguments", chat("user: Hi", {"role": "assistant", "tool_calls": [twice]}, tools=[CLOCK])
    yield "a name", chat({"role": "user", "content": "Hi", "name": text}, "assistant: Hi")
    yield "a key", {**chat("user: Hi", "assistant: Hi"), text: 1}
    tool = {**CLOCK, "function": {**CLOCK["function"], "description": text}}
    yield "a tool", chat("user: Hi", "assistant: Hi", tools=[tool])
    yield "metadata", {**chat("user: Hi", "assistant: Hi"), "meta": {"of": [{"deep": [text]}]}}
    yield "a role", chat({"role": text, "content": "Hi"}, "assistant: Hi")
    yield "a completion", {"prompt": "Hi", "completion": text}
    yield "an output to avoid", {**PAIR, "non_preferred_output": [{"role": "assistant", "content": text}]}
    yield "another tool's format", {"conversations": [{"from": "human", "value": text}]}
    yield "no known format", {"anything": text}
    yield "a list", [text]


@pytest.mark.parametrize("name", FAKES)
def test_every_kind_of_secret_is_found_once_in_every_place(name):
    text, value = FAKES[name]
    for place, row in places(text):
        for data in (dumped([row]), (json.dumps(row) + "\n").replace("/", "\\/").encode()):
            report = check(data, select=("FT801",))
            assert [item.code for item in report.findings] == ["FT801"], place
            assert value not in json.dumps(report.to_dict())


@pytest.mark.parametrize("seed", range(20))
def test_no_fake_is_taken_for_a_placeholder(seed):
    texts = [text for text, _ in fake_keys(seed).values()]
    assert len(check([{"prompt": text, "completion": "x"} for text in texts], select=("FT801",)).findings) == len(texts)


def test_the_value_of_a_key_that_says_what_it_is():
    _, secret = FAKES["aws secret"]
    _, account = FAKES["azure storage"]
    row = {"aws_secret_access_key": secret, "other": {"accountKey": account}}
    found = check([row], select=("FT801",)).findings
    assert [item.pointer for item in found] == ["/aws_secret_access_key", "/other/accountKey"]
    assert check([{"sha": secret, "of": account}], select=("FT801",)).findings == []


@pytest.mark.parametrize(
    "text",
    [
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-proj-your-api-key-here-your-api-key-here-your-api-key",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
        "postgres://user:password@localhost",
        "postgres://app:${DB_PASSWORD}@db/main",
        "mysql://root:<token>@db/main",
        "ghp_" + "abc123def456ghi789jkl012mno345pqr678",
        "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "sk-" + "1234567890abcdef1234567890abcdef1234567890abcdef",
        "hf_train_small_and_other_names_that_begin_so",
        "a risk-assessment of task-specific disk-encryption",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "https://hooks.slack.com/services/T00000000/B00000000/" + "X" * 24,
        "xoxp-not-a-real-token-at-all-but-a-long-name",
        "sk_test_" + "4eC39HqLyjWDarjtT1zdp7dc",
        "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50u" + "SRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;",
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ." + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "-----BEGIN PRIVATE KEY----- begins it, behind that stands the key in base64, in lines of 64 characters each",
        "aws_secret_access_key: 86f7e437faa5a7fce15d" + "1ddcb9eaeaea377667b8",
        "mysql://root:hunter2@localhost/db",
    ],
)
def test_a_placeholder_is_no_secret(text):
    assert check(chat(f"user: {text}", "assistant: Hi"), select=("FT801",)).findings == []


def test_a_private_key_is_found_however_its_lines_are_written():
    for name in (name for name in FAKES if name.startswith("private key")):
        key = FAKES[name][1]
        first, *lines, _ = key.split("\n")
        for text in (
            key.replace("\n", " "),
            key.replace("\n", "\\n"),
            "\n".join(f"> {line}" for line in key.split("\n")),
            " +\n".join(f'"{line}\\n"' for line in key.split("\n")),
            f"{first}\nProc-Type: 4,ENCRYPTED\n\n" + "\n".join(lines),
        ):
            report = check(chat(f"user: {text}", "assistant: Hi"), select=("FT801",))
            assert [item.code for item in report.findings] == ["FT801"], text


def test_a_secret_is_found_in_the_forms_that_tools_print():
    (_, aws), (_, password), (_, openai) = FAKES["aws secret"], FAKES["postgres"], FAKES["openai legacy"]
    for text in (
        f"AWS Secret Access Key [None]: {aws}",
        f"AWS Secret Access Key [****************HQ7A]: {aws}",
        f"<SecretAccessKey>{aws}</SecretAccessKey>",
        f"postgres://app:{password}%23%2B@db.internal.net/main",
        f"sk-None-{openai[3:]}",
    ):
        assert len(check(chat(f"user: {text}", "assistant: Hi"), select=("FT801",)).findings) == 1, text


def test_a_row_that_is_a_key_is_reported_and_cannot_be_mended():
    data, fixer, report = fixed((json.dumps(FAKES["groq"][0]) + "\n").encode(), select=("FT801",))
    assert [(item.code, item.fix) for item in report.findings] == [("FT801", None)]
    assert json.loads(data) == FAKES["groq"][0]
    assert not fixer.fixed


def test_of_a_connection_string_the_password_alone_is_hidden():
    text, password = FAKES["postgres"]
    report = check(chat(f"user: {text}", "assistant: Hi"), select=("FT801",))
    assert masked(text) == text.replace(password, "…")
    assert "password of a connection string postgres://… (16 characters)" in report.findings[0].message


def test_each_occurrence_is_a_finding_and_one_fix_takes_out_all():
    (text, key), (_, other) = FAKES["stripe"], FAKES["groq"]
    row = chat(f"user: {text}, {key} and {other}", "assistant: Hi")
    report = check(row, select=("FT801",))
    raw = dumped(row).decode()
    assert [raw[item.column - 1 : item.end_column - 1] for item in report.findings] == [key, key, other]
    data, fixer, after = fixed(row, select=("FT801",))
    assert after.findings == [] and fixer.fixed["FT801"] == 1
    assert json.loads(data)["messages"][0]["content"] == (
        "Use [REDACTED Stripe key] for it, [REDACTED Stripe key] and [REDACTED Groq key]"
    )


@pytest.mark.parametrize("name", FAKES)
def test_after_the_fix_the_arguments_of_a_call_are_json_still(name):
    arguments = json.dumps({"note": json.dumps({"body": FAKES[name][0]})})
    call = {**CALL, "function": {"name": "clock", "arguments": arguments}}
    data, _, report = fixed(
        chat("user: Hi", {"role": "assistant", "tool_calls": [call]}, tools=[CLOCK]), select=("FT801",)
    )
    assert report.findings == []
    written = json.loads(data)["messages"][1]["tool_calls"][0]["function"]["arguments"]
    assert "[REDACTED " in json.loads(json.loads(written)["note"])["body"]


def test_two_secret_keys_of_one_object_stay_two():
    row = {fake_keys(seed)["groq"][1]: seed for seed in (1, 2)}
    data, _, report = fixed([row], select=("FT801",))
    assert report.findings == []
    assert json.loads(data) == {"[REDACTED Groq key]": 1, "[REDACTED Groq key] 2": 2}


def test_cards_and_accounts_are_found_where_they_look_like_one():
    card, iban = fake_card(1), fake_iban(1)
    grouped = "-".join(card[start : start + 4] for start in range(0, 16, 4))
    amex = fake_card(2, "37", 15)
    spaced = " ".join(iban[start : start + 4] for start in range(0, 22, 4))
    texts = [grouped, f"{amex[:4]} {amex[4:10]} {amex[10:]}", f"My credit card is {card}.", iban, f"To {spaced} AND ON"]
    report = check([{"text": text} for text in texts], select=("FT802", "FT803"))
    assert [item.code for item in report.findings] == ["FT802"] * 3 + ["FT803"] * 2
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    texts = [f"Number {card}", f"card {wrong}", f"card 1{card}", iban[:-1] + str((int(iban[-1]) + 1) % 10), f"X{iban}"]
    assert check([{"text": text} for text in texts], select=("FT802", "FT803")).findings == []
    assert len(check([{"card_number": card}], select=("FT802",)).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "4000 0000 0000 0002",
        "6011 1111 1111 1117",
        "4012 8888 8888 1881",
        "card 4000056655665556",
        "amex 378282246310005",
        "GB29 NWBK 6016 1331 9268 19",
        "DE89370400440532013000",
    ],
)
def test_numbers_for_tests_and_of_documentation_are_nobodys(text):
    assert check([{"text": f"Pay {text}"}], select=("FT802", "FT803")).findings == []
