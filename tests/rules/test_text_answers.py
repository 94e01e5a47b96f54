"""What an answer should not hold: white space around it, placeholders, boilerplate (FT302, FT306, FT307)."""

import pytest

from tests.support import CALL, CLOCK, PAIR, chat, lint, places

CLEAN = chat("user: Hi", "assistant: Hello")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (" Sure", "starts"),
        ("Sure ", "ends"),
        ("Sure\n", "ends"),
        ("\n\nSure", "starts"),
        ("\tSure\r\n", "starts and ends"),
        ("Sure\x0b", "ends"),
    ],
)
def test_white_space_around_a_few_answers_is_reported_once_with_their_share(text, where):
    rows = [CLEAN, chat("user: Hi", f"assistant: {text}"), CLEAN, chat("user: Hi", f"assistant: {text}"), CLEAN]
    message = f"Assistant text {where} with white space, in 2 of 5 rows (40%)"
    assert lint("FT302", rows) == [f"2:/messages/1/content {message}"]


def test_white_space_that_half_of_the_rows_have_is_how_the_author_writes():
    spaced = chat("user: Hi", "assistant:  Sure")
    assert lint("FT302", [spaced] * 9) == lint("FT302", [spaced]) == lint("FT302", [spaced, CLEAN]) == []
    assert len(lint("FT302", [spaced, CLEAN, CLEAN])) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "a", "completion": " b\n"},
        chat("system:  Be brief. ", "user:  Hi\n", "assistant: Hello"),
        chat("user: Hi", {"role": "assistant", "content": " What?", "weight": 0}, "user: Hi", "assistant: Hello"),
        chat("user: Hi", {"role": "assistant", "content": None, "tool_calls": [CALL]}, tools=[CLOCK]),
        chat("user: Hi", "assistant:  "),
        chat("user: Hi", "assistant: \xa0Hello\xa0"),
        {**PAIR, "non_preferred_output": [{"role": "assistant", "content": " x"}]},
    ],
    ids=["completion", "not the assistant", "weight 0", "a call", "blank", "no-break space", "not preferred"],
)
def test_white_space_elsewhere_is_left_alone(row):
    other = {"prompt": "a", "completion": "b"} if "prompt" in row else PAIR if "input" in row else CLEAN
    assert lint("FT302", [row, other, other]) == []


def test_the_white_space_is_marked():
    rows = [chat("user: Hi", "assistant: Sure\n"), CLEAN, CLEAN]
    (place,) = places("FT302", rows)
    start, end = map(int, place.split(":")[1].split("-"))
    assert end - start == len(r"\n")


WHOLE = [
    "TODO",
    "FIXME",
    " TBD\n",
    "<noinput>",
    "<nooutput>",
    "<no output>",
    "Noinput",
    "nooutput",
    "placeholder",
    "[Placeholder text]",
    "[answer]",
    "[your response]",
    "Your answer here",
    "<insert text here>",
    "lorem ipsum dolor",
    "Write your answer here.",
    "Lorem ipsum",
]


@pytest.mark.parametrize("text", WHOLE)
@pytest.mark.parametrize("role", ["user", "assistant"])
def test_a_text_that_is_a_placeholder_is_flagged(text, role):
    turns = [f"user: {text}", "assistant: Hello"] if role == "user" else ["user: Hi", f"assistant: {text}"]
    (found,) = lint("FT306", chat(*turns))
    assert f'/content Text is a placeholder: "{text.strip()}"' in found


@pytest.mark.parametrize("text", ["TODO: write the answer", "FIXME(ada) later", "TBD - ask Bob"])
def test_an_answer_that_is_a_note_to_write_it_is_flagged(text):
    assert len(lint("FT306", chat("user: Hi", f"assistant: {text}"))) == 1
    assert lint("FT306", chat(f"user: {text}", "assistant: Hello")) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hello! I am {{name}}, made by {{author}}.", "{{name}}"),
        ("您好，我是 {{name}}，由 {{author}} 开发。", "{{name}}"),
        ("你好{{user}}！", "{{user}}"),
        ("{{ first_name }}’s order", "{{ first_name }}"),
        ("Summarise: {{text}}", "{{text}}"),
        ("Dear Ada,\n\nyour <noinput> arrived", "<noinput>"),
    ],
)
def test_a_variable_that_was_not_filled_in_is_flagged_and_marked(text, named):
    for row in (chat("user: Hi", f"assistant: {text}"), chat(f"user: {text}", "assistant: Hello")):
        (found,) = lint("FT306", row)
        assert found.endswith(f' Text contains the placeholder "{named}"')
        (place,) = places("FT306", row)
        start, end = map(int, place.split(":")[1].split("-"))
        assert end - start == len(named)


@pytest.mark.parametrize(
    "text", ["It was on [insert date and time].", "1. [Insert Blog Post 1]\n2.", "[INSERT NAME] says"]
)
def test_an_answer_that_asks_to_insert_something_is_flagged(text):
    assert len(lint("FT306", chat("user: Hi", f"assistant: {text}"))) == 1
    assert lint("FT306", chat(f"user: {text}", "assistant: Hello")) == []


FINE = [
    "todo",
    "Todo bien, gracias.",
    "TODO el mundo lo sabe",
    "Put it on your TODO list",
    "x = 1  # TODO: Add more valid elements",
    "def f():\n    # FIXME later\n    pass",
    "D. 69 XXX",
    "Dear [Your Name],",
    "[Insert](https://example.com)",
    "Use ${{ secrets.GITHUB_TOKEN }} there",
    "style={{ color }}",
    "<h1>{{ title }}</h1>",
    "```jinja\n{{ name }}\n```",
    "In the template, {{ name }} is replaced.",
    "{% for x in y %} {{ x }} {% endfor %}",
    "f'{{name}}'",
    r"\frac{{x}}{{2}}",
    r"\mathbf{a} and {{b}}",
    "`{{ name }}` is a tag",
    "{{{name}}}",
    "{{ a.b }} {{ 1 }} {{ ... }} {{}}",
    "[insertion sort] is slow",
    "Template: [insert date]",
    "no output",
    "No input was given.",
    "A placeholder is shown",
    "The answer is here",
    "Lorem ipsum is old filler text.\nIt comes from Cicero.",
]


@pytest.mark.parametrize("text", FINE)
def test_code_talk_and_other_languages_are_no_placeholders(text):
    assert lint("FT306", chat(f"user: {text}", f"assistant: {text}")) == []


def test_results_and_arguments_of_tools_are_data_and_no_placeholders():
    call = {**CALL, "function": {"name": "clock", "arguments": '{"template": "{{name}}"}'}}
    row = chat(
        "user: Hi",
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "content": "TODO", "tool_call_id": "call_1"},
        "assistant: Done",
        tools=[CLOCK],
    )
    assert lint("FT306", row) == []


BOILERPLATE = [
    ("As an AI language model, I do not have opinions.", "As an AI language model,"),
    ("Personally, as an AI language model I cannot say.", "as an AI language model I"),
    ("It depends.\nAs a large language model, I know both.", "As a large language model,"),
    ("As a language model, it is not my place.", "As a language model,"),
    ("As an AI, I don't have access to that.", "As an AI, I don't"),
    ("As an AI, I don’t have access to that.", "As an AI, I don't"),
    ("as an AI assistant, I cannot predict it", "as an AI assistant, I cannot"),
    ("I'm sorry, but I can't assist with that.", "I'm sorry, but I can't assist"),
    ("I’m sorry, but I can’t help with that.", "I'm sorry, but I can't help"),
    ("I am sorry, but I am unable to comply.", "I am sorry, but I am unable to comply"),
    ("Sorry, I cannot help you.", "Sorry, I cannot help"),
    ("I'm sorry, I'm an AI language model and cannot.", "sorry, I'm an AI language model"),
]


@pytest.mark.parametrize(("text", "phrase"), BOILERPLATE)
def test_boilerplate_is_reported_once_a_file_with_its_share(text, phrase):
    row = chat("user: Hi", f"assistant: {text}")
    message = f'Assistant text contains the boilerplate "{phrase}", in 2 of 3 rows (67%)'
    assert lint("FT307", [CLEAN, row, row]) == [f"2:/messages/1/content {message}"]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 is often described as an AI language model by the press.",
        "She works as an AI engineer.",
        "As an AI assistant, I am designed to help you.",
        "As an AI, I can assist you.",
        "I am an AI language model.",
        "I'm sorry, but I couldn't find that stock.",
        "I'm sorry, but I have an appointment now.",
        "Sorry, I can't make it.",
        "I'm sorry to hear that. I can't imagine it.",
        "He said: I'm sorry, but I can't help it.",
        "As an aid, I didn't mind.",
        "as an air model",
    ],
)
def test_what_people_say_is_no_boilerplate(text):
    assert lint("FT307", chat("user: Hi", f"assistant: {text}")) == []


def test_boilerplate_is_left_alone_where_it_is_not_to_be_learned_or_marked_as_a_refusal():
    text = "As an AI language model, I cannot."
    rows = [
        chat(f"user: {text}", "assistant: Hello"),
        chat(f"system: {text}", "user: Hi", "assistant: Hello"),
        chat("user: Hi", {"role": "assistant", "refusal": text}),
        chat("user: Hi", {"role": "assistant", "content": text, "weight": 0}, "user: Hi", "assistant: Hello"),
        {**PAIR, "non_preferred_output": [{"role": "assistant", "content": text}]},
    ]
    assert [lint("FT307", row) for row in rows] == [[]] * len(rows)
    assert len(lint("FT307", {**PAIR, "preferred_output": [{"role": "assistant", "content": text}]})) == 1
    assert len(lint("FT307", {"prompt": "Hi", "completion": text})) == 1
