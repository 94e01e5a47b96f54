"""The error messages of providers and trainers: each is recognised, with the rule and the row that it speaks of."""

import re
import time

import pytest

from ftlint.engine.explain import explain
from ftlint.engine.selection import CODES
from ftlint.profiles.catalog import resolve
from ftlint.profiles.errors import MAX_TEXT, known_errors, near, normal, recognise
from ftlint.rules.registry import RULES

JOB = "The job failed due to an invalid training file. Invalid file format. "
# The message as it was published, the first rule that it names (None: there is none), and the rows, counted from 1.
MESSAGES = [
    ("Training file has 3 example(s), but must have at least 10 examples", "FT504", ()),
    ("Training file has 7 example(s), but must have at least 10 examples", "FT504", ()),
    (
        "Invalid file format. Example 1273 cannot be parsed. Error: line contains invalid json: "
        "Expecting ',' delimiter: line 1 column 79 (char 78) (line 1273)",
        "FT001",
        (1273,),
    ),
    (
        "Expected file to have JSONL format, where every line is a JSON dictionary. "
        'Line 1 is not a dictionary (HINT: line starts with: "{...").',
        "FT002",
        (1,),
    ),
    (
        "Expected file to have JSONL format, where every line is a JSON dictionary. "
        'Line 1 is not a dictionary (HINT: line starts with: "{\\"p...").',
        "FT002",
        (1,),
    ),
    ("Expected file to have JSONL format with prompt/completion keys", "FT109", ()),
    (
        "ERROR in read_any_format validator: Your file 'x.json' does not appear to be in valid JSON format. "
        "Please ensure your file is formatted as a valid JSON file.",
        "FT003",
        (),
    ),
    ("INVALID JSONL FILE ON LINE XX", "FT001", ()),
    ("INVALID JSONL FILE ON LINE 7", "FT001", (7,)),
    (JOB + "Example 100, message 2 Discriminator 'role' is missing in value", "FT101", (100,)),
    (
        "The job failed due to a file format error in the training file. Invalid file format. "
        'Example 1 contains an extra "weight".',
        "FT102",
        (1,),
    ),
    (JOB + 'Example 536 contains an extra "tools".', "FT708", (536,)),
    (JOB + "Example 1 is missing key 'messages'", "FT101", (1,)),
    ("Invalid file format. Example 1 is missing key 'input'.", "FT101", (1,)),
    (JOB + "'str' object has no attribute 'get'", "FT103", ()),
    (JOB + "Example 6174 message contains an invalid token: <|fim_suffix|>.", "FT301", (6174,)),
    (
        JOB + "Input file file-abc123 is in the fine-tune-chat format, but the specified fine-tuning job is not using "
        "'supervised' as the training method (provided method=dpo).",
        "FT109",
        (),
    ),
    (
        "The job failed due to an invalid training file. Unexpected file format, expected either prompt/completion "
        "pairs or chat messages.",
        "FT108",
        (),
    ),
    (
        "Validation of jsonl file failed: No valid json line found in file. Each line's json may only contain two "
        'properties: ("context" or "prompt") and "completion".',
        "FT102",
        (),
    ),
    ("contains invalid schema (20)", "FT208", ()),
    (
        "Input data at s3://bucket/train.jsonl must follow "
        '\'{"prompt": "<input text>", "completion": "<output text>"}\' format',
        "FT101",
        (),
    ),
    ("Invalid dataset. Does not match any expected format.", "FT108", ()),
    ("JSON parse error: Column() changed from object to array in row 0", "FT709", ()),
    ("Error parsing file. Could not detect a possible format for the line with the columns:", "FT108", ()),
    (
        "All samples in the dataset must have the same dataset format. "
        "Got general for the first line and conversation for the 9 line.",
        "FT107",
        (9,),
    ),
    (
        "All the data files must have the same columns, but at some point there are 2 new columns",
        None,
        (),
    ),
    ("Finetuning with o4-mini-2025-04-16 requires the reinforcement method of finetuning.", "FT904", ()),
    ("System messages are not supported in 'reinforcement' examples", "FT214", ()),
    ("AssertionError: assert role == conv.roles[j % 2]", "FT208", ()),
    ("ValueError: Invalid role tag in [{'from': 'hummany', 'value': 'Hi'}].", "FT105", ()),
    (
        "jinja2.exceptions.TemplateError: Conversation roles must alternate user/assistant/user/assistant/...",
        "FT208",
        (),
    ),
    (
        "Role must be either 'user', 'assistant', or 'system'. Unexpected value encountered on line 0.",
        "FT105",
        (1,),
    ),
    ("fine-tune expects the final message to be from assistant", "FT202", ()),
    ("{'loss': 0.0, 'grad_norm': nan, 'mean_token_accuracy': 0.0, 'epoch': 1.0}", "FT502", ()),
    ("RuntimeError: Cannot find valid samples, check 'data/README.md' for the data format.", "FT110", ()),
    ("[WARNING] Dropped invalid example: []", "FT110", ()),
    ("RuntimeError: Invalid JSON format in tool description: [' '].", "FT401", ()),
    (
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
        "(insufficient tool messages following tool_calls message)",
        "FT216",
        (),
    ),
    ("messages with role 'tool' must be a response to a preceding message with 'tool_calls'", "FT408", ()),
    ("'parallel_tool_calls' is only allowed when 'tools' are specified.", "FT413", ()),
    (
        "This training file was blocked because too many examples were flagged by our moderation API for containing "
        "content that violates OpenAI's usage policies in the following categories: hate. Use the free OpenAI "
        "Moderation API to identify these examples and remove them from your training data.",
        None,
        (),
    ),
    (
        "The job failed due to an invalid validation file. This training file was blocked by our moderation system "
        "because it contains too many examples that violate OpenAI's usage policies",
        None,
        (),
    ),
    (
        "This file failed moderation safety checks. It holds unsafe lines, please try removing the flagged lines and "
        "uploading the file again. Flagged lines: 4, 13, 14, 18, 35 ...",
        None,
        (4, 13, 14, 18, 35),
    ),
    ("Flagged lines: 4, 13, 14", None, (4, 13, 14)),
    (
        "unsafe_file: The job failed due to an unsafe training file. It was refused with respect to model reasoning "
        "extraction.",
        None,
        (),
    ),
    (
        "Error while running moderation eval refusals_v3 for snapshot ft:gpt-4o-mini-2024-07-18:a::b "
        "Error while running eval for category hate/threatening",
        None,
        (),
    ),
    (
        "OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new "
        "fine-tuning training jobs.",
        "FT903",
        (),
    ),
    ("training_not_available", "FT903", ()),
    ("model_not_available", "FT902", ()),
    ("Model gpt-5 is not available for fine-tuning", "FT902", ()),
    (
        "Fine-tuning jobs cannot be created on an Explore plan. You can upgrade to a paid plan",
        None,
        (),
    ),
    ("You exceeded your current quota, please check your plan and billing details.", None, ()),
    ("None is not of type 'string' - 'suffix'", None, ()),
    ("The job failed due to an internal error", None, ()),
    ("Skipped: image contains CAPTCHAs", None, ()),
    ("Skipped: image contains people", None, ()),
    ("inaccessible URL", "FT455", ()),
    ("image too large", "FT454", ()),
    ("invalid image format", "FT453", ()),
    ("Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)", "FT006", ()),
    (
        "UnicodeDecodeError: 'charmap' codec can't decode byte 0x9d in position 737: character maps to <undefined>",
        None,
        (),
    ),
    ("'utf-8' codec can't decode byte 0x92 in position 3: invalid start byte", "FT007", ()),
    ("Line 4: Invalid JSON — Expecting value: line 1 column 1 (char 0)", "FT001", (4,)),
    ("Line 4: Missing 'messages' field", "FT101", (4,)),
    ("Line 4: 'messages' must be a non-empty array", "FT106", (4,)),
    ("Line 4, message 1: Missing 'role'", "FT101", (4,)),
    ("Line 4, message 1: Invalid role 'x' (expected: {'user', 'system'})", "FT105", (4,)),
    ("Line 4, message 1: Missing 'content' (and no 'tool_calls')", "FT101", (4,)),
    ("Line 4: No 'user' message found", "FT210", (4,)),
    ("Line 4: No 'assistant' message found", "FT201", (4,)),
    ("Line 4: Missing 'input' field", "FT101", (4,)),
    ("'preferred_output' must be a non-empty array", "FT106", ()),
    ("preferred and non_preferred outputs are identical", "FT601", ()),
    ("Line 4: Last message must be 'user' role for RFT (found 'assistant')", "FT203", (4,)),
    ("No grader fields found", "FT612", ()),
    ("Inconsistent grader fields across examples", "FT612", ()),
    ("All grader field values are identical", "FT614", ()),
    ('Found extra column "messages" in the line 2.', "FT102", (2,)),
    ("Error parsing the file. Unexpected format on line 1.", "FT001", (1,)),
    ("The data in line 3 of dataset train.jsonl is incorrectly formatted.", "FT108", (3,)),
    ("Conversation roles must alternate but found user repeated consecutively.", "FT208", ()),
    ("Invalid last message role: user. Expected one of: {'assistant'}", "FT202", ()),
    ("Expected 2 keys in message, but found 3", "FT102", ()),
    ("Chat example must have at least two messages", "FT210", ()),
    ("Expected role to be one of {'user', 'assistant'} but found: bot", "FT105", ()),
    ("Found keys {'id', 'messages'} in dataset. Unknown example type. For prompt and", "FT102", ()),
    ("Each line in the JSONL file must contain a 'messages' field. Got: dict_keys(['a'])", "FT101", ()),
    ("KeyError: Invalid keys in the example: {'a', 'b'}", "FT108", ()),
    ("Skipping this abnormal example.", "FT202", ()),
    ("Invalid message count in [{'role': 'user'}].", "FT202", ()),
    ("System message at index 1 in messages, but system messages must come first", "FT206", ()),
    ("example_missing_assistant_message: 3", "FT201", ()),
]


@pytest.mark.parametrize(("message", "code", "rows"), MESSAGES, ids=[message[:60] for message, _, _ in MESSAGES])
def test_a_published_message_leads_to_its_rule_and_its_row(message, code, rows):
    (one,) = explain(message)
    assert (one.error.rules[0] if one.error.rules else None) == code
    assert one.rows == rows


@pytest.mark.parametrize("error", known_errors(), ids=lambda error: error.text[:60])
def test_a_known_message_is_complete_and_recognises_itself(error):
    assert [one.error for one in recognise(error.text)] == [error]
    assert error.source and error.by
    assert set(error.rules) <= CODES.keys()
    if not set(error.rules) & CODES.keys():
        assert error.cause and error.remedy, "without a rule, it says what is known"
    assert error.cause is None or error.cause.endswith(".")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.provider_error], ids=lambda rule: rule.code)
def test_the_words_on_the_page_of_a_rule_lead_back_to_the_rule(rule):
    assert rule.code in {code for one in recognise(rule.provider_error) for code in one.error.rules}


def test_what_a_message_names_is_handed_on():
    (one,) = explain(JOB + "Example 100, message 2 Discriminator 'role' is missing in value")
    assert one.named == {"message": "2", "key": "role"}
    (one,) = explain("Example 6174 message contains an invalid token: <|fim_suffix|>.")
    assert one.named == {"token": "<|fim_suffix|>"}
    (one,) = explain("Example 9 cannot be parsed. Error: line contains invalid json: Expecting ',' delimiter: "
                     "line 1 column 79 (char 78) (line 9)")  # fmt: skip
    assert one.named == {"column": "79"}


@pytest.mark.parametrize(
    "paste",
    [
        "\x1b[31mError:\x1b[0m Example 100, message 2 \x1b[1mDiscriminator\x1b[0m 'role' is missing in value",
        "Example 100, message 2 Discriminator ‘role’ is missing in value",
        "Example 100,\n    message 2 Discriminator\n 'role' is\n missing in value",
        "> Example 100, message 2\n> Discriminator 'role' is missing in value",
        "│ Example 100, message 2 Discriminator │\n│ 'role' is missing in value │".replace(" │\n", "\n"),
        '{"error": {"message": "Example 100, message 2 Discriminator \'role\' is missing in value"}}',
        '{"error": {"message": "Example 100, message 2 Discriminator \\u0027role\\u0027 is missing in value"}}',
        "Error: 400 - {'error': {'message': 'Example 100, message 2 Discriminator \\'role\\' is missing in value'}}",
        "example 100, MESSAGE 2 discriminator 'role' is missing in value",
        "Example\u00a0100, message 2 Discriminator 'role' is missing in value",
    ],
)
def test_how_a_message_was_pasted_does_not_matter(paste):
    (one,) = explain(paste)
    assert (one.rules[0].code, one.rows, one.named) == ("FT101", (100,), {"message": "2", "key": "role"})


def test_a_json_body_is_one_message_not_one_for_its_code():
    body = (
        '{"object": "fine_tuning.job", "status": "failed", "error": {"code": "invalid_n_examples", "param": '
        '"training_file", "message": "Training file has 3 example(s), but must have at least 10 examples"}}'
    )
    (one,) = explain(body)
    assert (one.rules[0].code, one.quote[:17]) == ("FT504", "Training file has")


def test_a_code_alone_is_recognised_too():
    (one,) = explain('{"error": {"code": "invalid_n_examples"}}')
    assert one.rules[0].code == "FT504"


def test_several_messages_are_explained_in_their_order_each_once():
    text = "\n".join([MESSAGES[2][0], MESSAGES[0][0], MESSAGES[2][0], "and so on"])
    assert [one.rules[0].code for one in explain(text)] == ["FT001", "FT504"]


def test_the_same_message_about_two_rows_is_two_messages():
    text = 'Example 3 contains an extra "id". Example 4 contains an extra "id".'
    assert [one.rows for one in explain(text)] == [(3,), (4,)]


def test_azure_s_line_0_is_row_1_and_openai_s_example_1_too():
    (azure,) = explain("Role must be either 'user', 'assistant', or 'system'. Unexpected value encountered on line 0.")
    (openai,) = explain('Example 1 contains an extra "weight".')
    assert (azure.rows, azure.counts_from) == ((1,), 0)
    assert (openai.rows, openai.counts_from) == ((1,), 1)


def test_the_wording_decides_how_rows_are_counted_whatever_the_model():
    (one,) = explain('Example 7 contains an extra "weight".', resolve("gpt-4o-mini"))
    assert (one.rows, one.counts_from) == ((7,), 1)


def test_where_it_is_not_known_how_rows_are_counted_none_says_so():
    (one,) = explain("Line 4: No 'user' message found")
    assert one.counts_from is None


def test_an_unknown_text_is_nothing_and_the_nearest_messages_are_named():
    text = "Training file of mine has eight example rows, but it must have at least ten examples"
    assert explain(text) == []
    assert near(text)[0].rules == ("FT504",)
    assert near("Training file has 3 example rows")[0].rules == ("FT504",)
    assert near("The cat sat on the mat") == []


@pytest.mark.parametrize("text", ["", " ", "\0", "\x1b[", "\ud800", "\\u", "\\u12", "{", "Example", "9" * 100])
def test_texts_that_say_nothing_are_not_recognised(text):
    assert explain(text) == []


def repeated(piece: str) -> str:
    """A text of nothing but a piece, as long as texts are read."""
    return (piece * (1 + MAX_TEXT // len(piece)))[:MAX_TEXT]


@pytest.mark.parametrize("error", known_errors(), ids=lambda error: error.text[:60])
def test_no_pattern_is_slow_on_what_almost_matches_it(error):
    own = error.text.replace("…", "x")
    beginnings = [own[:end] for end in range(8, len(own), max(8, len(own) // 8))]
    for piece in (*beginnings, own + " ", " ", "9", "x", "'", "Line 9: ", "Example 9, "):
        text = normal(repeated(piece))
        start = time.perf_counter()
        for _ in re.finditer(error.pattern, text, re.IGNORECASE):
            pass
        assert time.perf_counter() - start < 1, piece


@pytest.mark.parametrize(
    "piece",
    ["\x1b]", "\x1b[0;", "> ", "\\", "\\u12", " ", "9,", "Flagged lines: 9, ", "Example 9 contains an extra 'id'. "],
)
def test_any_text_takes_linear_time(piece):
    start = time.perf_counter()
    explain(repeated(piece))
    near(repeated(piece))
    assert time.perf_counter() - start < 3
