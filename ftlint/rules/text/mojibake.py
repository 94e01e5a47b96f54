"""FT303."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Fix, Problem, Severity
from ftlint.core.visible import is_private, shorten
from ftlint.formats.views import Text, Value
from ftlint.rules.base import Report, Target, TextRule, later
from ftlint.rules.text.written import written

CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What cp1252 makes of the bytes 80 to 9F; five of them stay control characters, as all do in latin-1."""
BYTES = {character: character.encode("cp1252") for character in CP1252}

NEXT = f"[\x80-\xbf{CP1252}]"
"""The second and later bytes of a character, as they are shown."""
PLAIN = "\xa0\xad«»‘’“”…–—›•"
"""Those of them that often follow a letter: spaces, quotes, dashes."""
NEVER = f"(?![{PLAIN}]){NEXT}"
LETTERS = "ŠšŒœŽžŸ"
"""Those of them that are letters themselves."""
ODD = "[\x80-\x9f€‚ƒ„†‡ˆ‰˜‹¢¤¦¨¬¯±µ¶¸¼½¾]"
"""Those of them that follow a letter in no language."""

WITHIN = r"(?<=[a-z])(?<!\\[a-z])"
"""Behind a small letter, but not that of an escape such as \\n in a text about code."""

# By the first byte, from and to: which sequences are no text that someone meant. `SÃO`, `MANHÃ”`, `Café »` and
# `à ±5` are. Each is compiled when a character of its kind comes: all of them take as long as 20 rows.
SUSPECT = (
    ("Â", "Â", """(?<![«“"'‘(])Â[\xa0-\xac\xae-\xbf](?![»”])"""),  # signs: Â°, Â£
    ("Ã", "Ã", f"Ã{NEVER}|{WITHIN}Ã{NEXT}|(?<![A-ZÀ-Þ])Ã{NEXT}(?=[a-z])|(?<=\\s)Ã\xa0"),  # western letters: Ã©
    ("Ä", "È", f"{WITHIN}[ÄÅ](?![ŠšŒœŽž]){NEXT}|[ÄÅÈ](?![ŠšŒœŽž]){NEVER}(?=[a-z])"),  # eastern letters: wiÄ™c
    ("Ä", "ß", f"(?:[Ä-ß]{NEXT}){{2,8}}"),  # words of other alphabets: Ð´Ð°
    ("â", "â", f"â(?:{NEVER}{NEXT}|{NEXT}{NEVER})"),  # quotes, dashes, signs: â€™
    ("ã", "ï", f"[ã-ï]{ODD}{NEXT}|[ã-ï]{NEXT}{{2}}(?:[ã-ï]{NEXT}{{2}}){{1,8}}"),  # words of Asia: ä½ å¥½
    ("à", "à", f"à[¤¦¨¸¹]{NEXT}"),
    ("ð", "ð", f"ðŸ{NEXT}{{2}}|ð\x9f{NEXT}{{2}}"),  # emoji
)
CANDIDATE = re.compile(f"[Â-ô]{NEXT}")
"""Where to ask: one class of characters is found ten times faster than all of these."""
SEQUENCE = f"[Â-ß]{NEXT}|[à-ï]{NEXT}{{2}}|[ð-ô]{NEXT}{{3}}"
SPACE = re.compile(r"\s")
AROUND = 20


class Mojibake(TextRule):
    """
    A text contains mojibake: UTF-8 that was read as cp1252 or latin-1, such as `â€™` for `’`.

    ## Why it matters
    Somewhere on the way a file was read in the wrong encoding and saved again. The model learns to write the
    broken characters, and each of them costs several tokens.

    ## Fix
    Unsafe: decode the broken characters again.
    """

    code = "FT303"
    name = "mojibake"
    severity = Severity.WARNING
    help = 'read the source of the text with encoding="utf-8"'

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Itâ€™s a cafÃ©."}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "It’s a café in SÃO."}]}

    # As many bytes follow as the first one says: a French "é”" is none, a German "ß”" may be one.
    trigger = later(
        lambda: b"|".join(
            written(first) + count * written("\u0080-\u00bf", CP1252)
            for first, count in (("\u00c2-\u00df", 1), ("\u00e0-\u00ef", 2), ("\u00f0-\u00f4", 3))
        )
    )

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report the first mojibake of a text, with what it was."""
        value = text.value
        for start, end in _broken(value):
            word = value[start:end]
            fix = Fix("Decode the text again", "unsafe")
            message = "Text looks like UTF-8 read as cp1252"
            if not is_private(value, start, end):
                message += f": {shorten(word)} for {shorten(_mended(word))}"
            report(message, at=text.at, part=(start, end), fix=fix)
            return

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Decode the words that are broken, and leave the others."""
        text: str = value_at(row, problem.pointer or ())
        mended, done = "", 0
        for start, end in _broken(text):
            if start >= done:
                mended += text[done:start] + _mended(text[start:end])
                done = end
        yield Edit("replace", mended + text[done:], problem.pointer)


def _broken(text: str) -> Iterator[tuple[int, int]]:
    """Where words with mojibake in them stand."""
    for candidate in CANDIDATE.finditer(text):
        found = _suspect(text, candidate.start())
        if found is not None and _is_broken(found[0]):
            yield _word(text, *found.span())


def _suspect(text: str, start: int) -> re.Match[str] | None:
    """What begins at a candidate and was not meant."""
    for first, last, pattern in SUSPECT:
        if first <= text[start] <= last and (found := _compiled(pattern).match(text, start)):
            return found
    return None


_compiled = cache(re.compile)


def _is_broken(sequence: str) -> bool:
    """Whether it decodes to characters that exist, and is more than letters between quotes and dashes."""
    first, usual = sequence[0], LETTERS if len(sequence) == 3 else LETTERS + PLAIN
    if len(sequence) > 2 and first != "ð" and all(item in usual or "\xc2" <= item <= "\xf4" for item in sequence):
        return False
    from unicodedata import category

    decoded = _decoded(sequence)
    return decoded is not None and not any(category(character)[0] == "C" for character in decoded)


def _decoded(sequence: str) -> str | None:
    try:
        return b"".join(BYTES.get(item) or item.encode("latin-1") for item in sequence).decode()
    except UnicodeDecodeError:
        return None


def _mended(text: str) -> str:
    """The text decoded again, and again where it was broken twice."""
    for _ in range(3):
        mended = _compiled(SEQUENCE).sub(lambda found: _decoded(found[0]) or found[0], text)
        if mended == text:
            break
        text = mended
    return text


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """The word that the sequence stands in, or what of it is near."""
    before = SPACE.split(text[max(0, start - AROUND) : start])[-1]
    after = SPACE.split(text[end : end + AROUND], maxsplit=1)[0]
    return start - len(before), end + len(after)
