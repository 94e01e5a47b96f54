"""Which texts of a message rules look at."""

from ftlint.formats.views import Message


def test_reasoning_beside_the_answer_is_a_text_of_the_answer():
    value = {"role": "assistant", "content": "4", "reasoning_content": "2+2", "thinking": "Hm", "refusal": None}
    texts = list(Message(value, ("messages", 1)).texts())
    assert [(text.value, text.at[-1], text.is_answer) for text in texts] == [
        ("4", "content", True),
        ("2+2", "reasoning_content", True),
        ("Hm", "thinking", True),
    ]
