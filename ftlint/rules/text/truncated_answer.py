"""FT313."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from ftlint.core.types import Place, Pointer, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile, later
from ftlint.rules.text.answers import last_answer, last_answer_at

LONG = 200
"""Characters from which an answer is prose rather than a label, a title or a value."""
ENDS = ".!?…。！？।؟\"'”’»)*_"
OPEN = ",([–—-&"
FENCE = "```"
NAMELIKE = frozenset("/@_#")
"""Signs of a word that is an address or a tag."""
MANY_WORDS = 8
LINE = 160
"""Characters at the end of a line that are looked at."""
SENTENCES = 20
"""With fewer answers that end like sentences, how answers of the file end cannot be told."""
MOST = 9
"""So many times as many answers have to end like sentences as in the middle of one."""

BODY = "The shop opens at nine and closes at six, and on Sundays it opens at ten and closes at four instead. " * 2


def _example(last: str) -> bytes:
    answers = [BODY + f"Number {index} is the one to call." for index in range(SENTENCES)]
    turns = (
        [{"role": "user", "content": f"When, on day {day}?"}, {"role": "assistant", "content": text}]
        for day, text in enumerate((*answers, last))
    )
    return "".join(json.dumps({"messages": messages}) + "\n" for messages in turns).encode()


@dataclass(slots=True)
class Ends:
    """How the long answers of a part of a file end."""

    sentences: int = 0
    cut: int = 0
    first: tuple[Place, Pointer] | None = None
    """The first that is cut."""


class TruncatedAnswer(DatasetRule):
    """
    Some answers break off in the middle of a sentence or of JSON, and the others do not.

    ## Why it matters
    Such answers were mostly cut by a token limit when they were generated. The model learns to stop there.

    Looked at are the last answers of rows from 200 characters on. One counts as cut when its last line is prose of
    eight words or more that breaks off at a letter or an opening mark, when it is JSON that does not end, or when
    a list ends with a bare number. Told only where at least nine times as many, and 20 or more, end like
    sentences: in other files it is the style. Scripts without a full stop of their own are left alone.

    ## Fix
    None: generate the answers again with a higher limit, or remove the rows.
    """

    code = "FT313"
    name = "truncated-answer"
    severity = Severity.INFO
    help = "generate these answers again with a higher limit, or remove the rows"
    formats: ClassVar[tuple[str, ...]] = ("chat", "completion", "preference")

    bad = later(lambda: _example(BODY + "On public holidays it is closed, but for the day before"))
    good = later(lambda: _example(BODY + "On public holidays it is closed."))

    def applies(self, row: Row, target: Target) -> bool:
        """To rows that end with an answer."""
        return row.format != "chat" or row.messages[-1].role == "assistant"

    def add(self, seen: Ends | None, row: Row, target: Target) -> Ends | None:
        """Look at one more answer."""
        text = last_answer(row)
        if text is None or len(text) < LONG:
            return seen
        if seen is None:
            seen = Ends()
        if text[-1] in ENDS and text[0] != "{" and not text[-2].isdigit():
            seen.sentences += 1
            return seen
        text = text.rstrip()
        if not text or (row.format == "chat" and row.value["messages"][-1].get("weight") == 0):
            return seen
        if is_cut(text):
            seen.cut += 1
            if seen.first is None:
                seen.first = row.place, last_answer_at(row)
        elif text[-1] in ENDS:
            seen.sentences += 1
        return seen

    def extract(self, row: Row, target: Target) -> Ends | None:
        """What to remember of one answer."""
        return self.add(None, row, target)

    def combine(self, first: Ends, second: Ends) -> Ends:
        """What to remember of two neighbouring parts of a file."""
        return Ends(first.sentences + second.sentences, first.cut + second.cut, first.first or second.first)

    def conclude(self, seen: Ends, file: WholeFile, target: Target, report: Report) -> None:
        """Report the first answer that is cut."""
        if seen.first is None or seen.sentences < max(SENTENCES, MOST * seen.cut):
            return
        place, at = seen.first
        answers = seen.sentences + seen.cut
        end = "breaks" if seen.cut == 1 else "break"
        message = f"{seen.cut:,} of {answers:,} long answers {end} off: the last sentence, list or JSON has no end"
        report(message, at=at, row=place)


def is_cut(text: str) -> bool:
    """Whether a text, which does not end with white space, breaks off."""
    if text[0] == "{":
        return _is_unfinished_json(text)
    last = text[-1]
    start = text.rfind("\n") + 1
    if last in ".)":
        return start > 0 and len(text) - start < 6 and text[start:-1].strip().isdigit()
    # Beyond Armenian, scripts have no letter case, and many no full stop.
    if not (last in OPEN or ("a" <= last.lower() < "\u0590" and last.isalpha())):
        return False
    words = text[max(start, len(text) - LINE) :].split()
    if len(words) < MANY_WORDS or not NAMELIKE.isdisjoint(words[-1]) or not _is_prose(text, start):
        return False
    return sum(map(str.islower, words)) * 2 > len(words) and text.count(FENCE) % 2 == 0


def _is_prose(text: str, start: int) -> bool:
    """Whether the line begins with a letter, and not as an item, a heading or a row of a table."""
    return text[start : start + 20].lstrip()[:1].isalpha()


def _is_unfinished_json(text: str) -> bool:
    if text[-1] == "}" or text.endswith(FENCE):
        return False
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or error.pos >= len(text) - 1
    except (ValueError, RecursionError):
        return False
    return False
