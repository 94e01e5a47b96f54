"""The rules about personal data, which are off by default."""

import pytest

from tests.support import chat, check


@pytest.mark.parametrize(
    ("code", "found", "passed"),
    [
        ("FT804", ["ada@engine-works.co.uk", "<ada+x@web.de>."], ["a@example.com", "git@github.com", "logo@2x.png"]),
        ("FT805", ["+49 30 2309 5417", "(212) 736-5000", "212-736-5000"], ["(212) 555-0123", "+960397912423686"]),
        (
            "FT806",
            ["512-34-7801", "529.982.247-25", "CPF 52998224725", "11.222.333/0001-81", "12.ABC.345/01DE-35"],
            ["078-05-1120", "666-34-7801", "529.982.247-26", "111.111.111-11", "11.222.333/0001-82", "52998224725"],
        ),
        (
            "FT807",
            ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
            ["192.168.0.1", "127.0.0.1", "203.0.113.7", "version 93.184.216.34", "8.8.8.0/24", "2001:db8::1"],
        ),
    ],
)  # fmt: skip
def test_what_is_found_and_what_is_left_alone(code, found, passed):
    for text in found:
        row = chat(f"user: This: {text}", "assistant: Hi")
        report = check(row, select=(code,))
        assert [item.code for item in report.findings] == [code], text
        assert text.strip("<>.") not in report.excerpts[0].text + report.findings[0].message
        assert check(row, ignore=("FT504",)).findings == []
    for text in passed:
        assert check(chat(f"user: This: {text}", "assistant: Hi"), select=(code,)).findings == [], text
