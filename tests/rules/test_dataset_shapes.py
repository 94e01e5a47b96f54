"""FT707, FT708, FT709: rows that are not shaped like the others of their file."""

import pytest

from tests.support import CLOCK, IMAGE, chat, codes, dumped, lint, places

BRIEF = "You are a helpful assistant who answers briefly."


def asked(prompt, number=0, role="system", **keys):
    """A row with a system prompt."""
    return chat({"role": role, "content": prompt}, f"user: Is {number} even?", f"assistant: {number} may be.", **keys)


def several(*prompts):
    return [asked(prompt, number) for number, prompt in enumerate(prompts)]


# FT707


def test_a_prompt_with_a_typing_error_stands_beside_the_one_that_the_others_have():
    rows = several(*[BRIEF] * 9, BRIEF.replace("helpful", "helpfull"))
    assert lint("FT707", rows) == [
        "10:/messages/0/content 2 system prompts; 9 of 10 rows (90%) have the same, and this one is nearly that of "
        'row 1: "…ou are a helpfull assistant who answers briefly." instead of '
        '"…ou are a helpful assistant who answers briefly."'
    ]


def test_only_the_characters_that_differ_are_underlined():
    rows = several(*[BRIEF] * 9, BRIEF.replace("helpful", "helpfull"))
    start = dumped(rows[9]).decode().index("helpfull") + 8
    assert places("FT707", rows) == [f"10:{start}-{start + 1}"]


@pytest.mark.parametrize(
    "variant",
    [
        BRIEF.removesuffix("."),
        BRIEF.replace("You are", "you are"),
        BRIEF.replace(" who", "\u00a0who"),
        f"{BRIEF} ",
        BRIEF.replace("helpful", "helpfull").replace("briefly", "breifly"),
        BRIEF * 30 + "Be nice.",
    ],
)
def test_wording_punctuation_and_white_space_make_variants(variant):
    usual = BRIEF if len(variant) < 100 else BRIEF * 30 + "Be kind."
    (found,) = lint("FT707", several(*[usual] * 9, variant))
    assert "this one is nearly that of row 1" in found


def test_what_differs_is_made_visible():
    (found,) = lint("FT707", several(*[BRIEF] * 9, BRIEF.replace("helpful", "helpful\u200b\x1b[2J")))
    assert r"helpful\u200b\x1b[2J" in found
    assert "\x1b" not in found


def test_the_rarest_variant_is_the_one_that_is_shown():
    one, other = BRIEF.replace("helpful", "helpfull"), BRIEF.replace("briefly", "shortly!")
    (found,) = lint("FT707", several(*[BRIEF] * 9, one, one, other))
    assert found.startswith("12:/messages/0/content 3 system prompts; 9 of 12 rows (75%) have the same, and this one")


def test_prompts_that_have_nothing_in_common_are_counted_at_the_second():
    rows = several(*[BRIEF] * 3, *["Translate into French, word by word."] * 2, *["Write a poem about it."] * 3)
    assert lint("FT707", rows) == [
        "4:/messages/0/content 3 system prompts; 3 of 8 rows (38%) have the same; here is the second"
    ]


def test_a_prompt_of_parts_is_its_text_and_a_developer_s_is_one_too():
    parts = {"role": "system", "content": [{"type": "text", "text": BRIEF}]}
    same = [*several(*[BRIEF] * 4), chat(parts, "user: Hi", "assistant: Hello")]
    assert lint("FT707", same) == []
    parts = {"role": "system", "content": [{"type": "text", "text": f"{BRIEF}!"}]}
    (found,) = lint("FT707", [*several(*[BRIEF] * 4), chat(parts, "user: Hi", "assistant: Hello")])
    assert found.startswith("5:/messages/0 2 system prompts")
    assert lint("FT707", [*several(*[BRIEF] * 4), asked(BRIEF, 4, role="developer")]) == []


def test_prompts_that_are_nearly_all_different_are_meant():
    assert lint("FT707", several(*(f"You are person number {number} of a play." for number in range(300)))) == []
    assert lint("FT707", several(*(f"You are person {number % 60} of a play." for number in range(119)))) == []


def test_more_prompts_than_are_remembered_are_said_without_a_number():
    rows = several(*(f"You are person {number % 150} of a play." for number in range(600)))
    assert lint("FT707", rows) == ["Rows have more than 100 different system prompts"]


def test_one_prompt_no_prompt_and_empty_prompts_are_no_variants():
    assert lint("FT707", several(*[BRIEF] * 5)) == []
    assert lint("FT707", [chat("user: Hi", "assistant: Hello")] * 3) == []
    assert lint("FT707", several(*[BRIEF] * 5, "", " ")) == []


def test_long_prompts_that_differ_at_their_end_only_are_two():
    long = BRIEF * 100
    assert lint("FT707", several(*[long] * 4, long)) == []
    (found,) = lint("FT707", several(*[long] * 4, f"{long}!"))
    assert found == (
        "5:/messages/0/content 2 system prompts; 4 of 5 rows (80%) have the same, and this one begins with the same "
        "2,000 characters as that of row 1"
    )


def test_the_prompts_of_pairs_are_looked_at_too():
    def pair(prompt, number):
        answers = [[{"role": "assistant", "content": f"{word} {number}"}] for word in ("Yes,", "No, not")]
        messages = [{"role": "system", "content": prompt}, {"role": "user", "content": f"Is {number} even?"}]
        return {"input": {"messages": messages}, "preferred_output": answers[0], "non_preferred_output": answers[1]}

    rows = [pair(BRIEF if number else f"{BRIEF}!", number) for number in range(12)]
    (found,) = lint("FT707", rows)
    assert found.startswith("1:/input/messages/0/content 2 system prompts; 11 of 12 rows (92%) have the same")


# FT708


def plain(number=0, **keys):
    return chat(f"user: Is {number} even?", f"assistant: {number} may be.", **keys)


def test_a_key_that_a_few_rows_have_stands_where_it_first_is():
    rows = [plain(n, tools=[CLOCK]) if n in (5, 7) else plain(n) for n in range(10)]
    assert lint("FT708", rows) == ['6:/tools 2 of 10 rows have "tools", unlike the others']


def test_a_key_that_one_row_lacks_is_missing_in_that_row():
    rows = [plain(n) if n == 5 else plain(n, tools=[CLOCK]) for n in range(10)]
    assert lint("FT708", rows) == ['6: 1 of 10 rows lacks "tools", unlike the others']


def test_keys_of_the_same_rows_are_named_together_and_of_others_behind_them():
    def row(number):
        keys = {"source": "web", "page": number} if number < 3 else {}
        return chat(f"user: {number}?", answer="4", **keys, **({"level": 1} if number != 9 else {}))

    assert lint("FT708", map(row, range(10)), method="reinforcement") == [
        '10: 1 of 10 rows lacks "level", 3 have "page" and "source", unlike the others'
    ]


def test_a_key_that_is_null_is_neither_there_nor_missing():
    rows = [plain(n, tools=None) if n == 5 else plain(n, tools=[CLOCK]) for n in range(10)]
    assert lint("FT708", rows) == []
    assert lint("FT708", [plain(n, tools=None) if n == 5 else plain(n) for n in range(10)]) == []


def test_a_setting_of_tools_is_a_row_s_own():
    rows = [plain(n, **({"tools": [CLOCK], "parallel_tool_calls": True} if n == 5 else {})) for n in range(10)]
    assert lint("FT708", rows) == ['6:/tools 1 of 10 rows has "tools", unlike the others']
    rows = [plain(n, tools=[CLOCK], **({"parallel_tool_calls": True} if n == 5 else {})) for n in range(10)]
    assert lint("FT708", rows) == []


def test_what_other_rules_report_is_reported_once():
    call = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}
    rows = [chat("user: Hi", {"role": "assistant", "tool_calls": [call]}, tools=[CLOCK]) for _ in range(10)]
    rows[5].pop("tools")
    assert codes(rows, ignore=["FT7"])["FT413"] == 1
    assert lint("FT708", rows) == []
    unknown = [plain(n, seed=1) if n == 5 else plain(n) for n in range(10)]
    assert codes(unknown)["FT102"] == 1
    assert lint("FT708", unknown) == []


def test_the_keys_of_the_input_of_pairs_are_looked_at():
    def pair(number, **keys):
        answers = [[{"role": "assistant", "content": f"{word} {number}"}] for word in ("Yes,", "No, not")]
        messages = [{"role": "user", "content": f"Is {number} even?"}]
        row = {"messages": messages, **keys}
        return {"input": row, "preferred_output": answers[0], "non_preferred_output": answers[1]}

    rows = [pair(n, **({"tools": [CLOCK]} if n == 5 else {})) for n in range(10)]
    assert lint("FT708", rows) == ['6:/input/tools 1 of 10 rows has "tools", unlike the others']


def test_a_trainer_that_reads_each_row_on_its_own_takes_uneven_keys():
    rows = [plain(n, tools=[CLOCK]) if n == 5 else plain(n) for n in range(10)]
    assert lint("FT708", rows, model="mistral-finetune") == []
    assert codes(rows, model="strict-chat")["FT708"] == 1


def test_keys_of_any_number_are_one_finding():
    rows = [chat("user: Hi", answer="4", **{f"key {number}": 1}) for number in range(300)]
    assert lint("FT708", rows, method="reinforcement") == ["Rows have more than 100 different sets of keys"]


def test_the_message_names_a_few_of_many_keys():
    rows = [chat("user: Hi", answer="4", **({f"k{n}": 1 for n in range(9)} if i == 5 else {})) for i in range(10)]
    assert lint("FT708", rows, method="reinforcement") == [
        '6:/k0 1 of 10 rows has "k0", "k1", "k2", "k3" and 5 more keys, unlike the others'
    ]


# FT709


def graded(number, **keys):
    return chat(f"user: {number}?", **{"answer": str(number), **keys})


def test_content_that_is_a_list_in_one_row_is_reported_there():
    parts = {"role": "user", "content": [{"type": "text", "text": "Is 5 even?"}]}
    rows = [chat(parts, "assistant: No") if n == 5 else plain(n) for n in range(10)]
    assert lint("FT709", rows) == [
        "6:/messages/0/content messages[].content is a string in 10 of 10 rows and a list in 1"
    ]


def test_content_with_an_image_could_not_be_a_string():
    image = {"role": "user", "content": [{"type": "text", "text": "What is it?"}, IMAGE]}
    rows = [chat("system: Look.", image, "assistant: A cat") if n == 5 else plain(n) for n in range(10)]
    assert lint("FT709", rows) == []


def test_rows_that_are_all_alike_hold_what_types_they_like():
    parts = {"role": "user", "content": [{"type": "text", "text": "Hi"}]}
    assert lint("FT709", [chat("system: Be brief.", parts, "assistant: Hello")] * 10) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (5, "a number"),
        ({"value": "5"}, "an object"),
        (["5"], "a list"),
        (True, "a boolean"),
    ],
)
def test_a_field_that_is_a_string_elsewhere_is_reported(value, said):
    rows = [graded(n, answer=value) if n == 5 else graded(n) for n in range(10)]
    assert lint("FT709", rows, method="reinforcement") == [
        f"6:/answer answer is a string in 9 of 10 rows and {said} in 1"
    ]


def test_null_is_no_type_and_numbers_are_one():
    rows = [graded(n, answer=[None, 1, 1.5][n % 3]) for n in range(9)]
    assert lint("FT709", rows, method="reinforcement") == []


def test_each_path_is_reported_once_without_the_indexes_of_lists():
    rows = [graded(n, cases=[{"in": 1, "out": "2"}, {"in": "1" if n == 4 else 1}]) for n in range(9)]
    rows[7]["cases"][0]["out"] = ["2"]
    assert lint("FT709", rows, method="reinforcement") == [
        "5:/cases/1/in cases[].in is a number in 9 of 9 rows and a string in 1",
        "8:/cases/0/out cases[].out is a string in 8 of 9 rows and a list in 1",
    ]


def test_arguments_are_looked_into_where_the_target_takes_objects():
    def calling(arguments):
        call = {"type": "function", "function": {"name": "clock", "arguments": arguments}}
        return chat("user: Hi", {"role": "assistant", "tool_calls": [call]}, tools=[CLOCK])

    rows = [calling({"zone": "UTC"}), calling({"zone": "UTC"}), calling({"zone": 1}), calling('{"zone": "UTC"}')]
    at = "messages[].tool_calls[].function.arguments"
    place = "/messages/1/tool_calls/0/function/arguments"
    found = lint("FT709", rows, model="strict-chat", ignore=["FT202"])
    assert f"4:{place} {at} is an object in 3 of 4 rows and a string in 1" in found
    assert f"3:{place}/zone {at}.zone is a string in 2 of 3 rows and a number in 1" in found


def test_of_more_paths_than_are_remembered_the_shortest_are_looked_at():
    rows = [graded(n, scores={f"user {n} {i}": n for i in range(90)}, answer=n or "0") for n in range(9)]
    assert lint("FT709", rows, method="reinforcement") == [
        "1:/answer answer is a number in 8 of 9 rows and a string in 1"
    ]


def test_deep_wide_and_odd_values_are_looked_at_as_far_as_it_pays():
    deep = value = {}
    for _ in range(60):
        value["x"] = value = {}
    rows = [graded(n, deep=deep, wide=[n] * 10_000, **{"a.b\x1b[]": n}) for n in range(5)]
    assert lint("FT709", rows, method="reinforcement") == []
