"""
Objects in a text that is no JSON Lines: an array, pretty-printed objects, several objects on a line.

A scan for brackets and strings only: what it finds is parsed by others. An object that never closes is given
up at the next line that begins with `{`, so that one broken row does not hide the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson

MAX_DEPTH = 100
MARK = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|["{}\[\]]')
STRING_OR_BRACE = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?|\{')  # an unclosed string is passed over at once
OPENER = re.compile(rb"(?m)^\{")


def spans(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """
    The outermost objects of `data`, inside arrays or not: start, end, and whether the object closes.

    An unclosed object ends where its line does.
    """
    position = 0
    while (start := _next_object(data, position)) >= 0:
        end = _end_of_object(data, start)
        if end is not None:
            yield start, end, True
            position = end
            continue
        line_end = data.find(b"\n", start)
        line_end = len(data) if line_end < 0 else line_end
        yield start, line_end, False
        following = OPENER.search(data, line_end)
        if following is None:
            return
        position = following.start()


def _next_object(data: bytes, position: int) -> int:
    for mark in STRING_OR_BRACE.finditer(data, position):
        if mark[0] == b"{":
            return mark.start()
    return -1


def _end_of_object(data: bytes, start: int) -> int | None:
    depth = 0
    for mark in MARK.finditer(data, start):
        token = mark[0]
        if token in (b"{", b"["):
            depth += 1
            if depth > MAX_DEPTH + 1:
                return None
        elif token in (b"}", b"]"):
            depth -= 1
            if depth == 0:
                return mark.end()
        elif token == b'"':  # a string that its line does not close: no JSON from here on
            return None
    return None


COMMENT = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[/#]')
WRAP = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|([,:]?)[ \t\r]*+\n[ \t\r\n]*+')


def on_one_line(raw: bytes) -> bytes | None:
    """An object without the line ends between its parts; None where something in it needs them, as comments do."""
    if any(match[0] in (b"/", b"#") for match in COMMENT.finditer(raw)):
        return None
    joined = WRAP.sub(lambda match: match[0] if match[1] is None else match[1] + b" " * len(match[1]), raw)
    try:
        return joined if orjson.dumps(orjson.loads(raw)) == orjson.dumps(orjson.loads(joined)) else None
    except (orjson.JSONDecodeError, TypeError):  # a comma too many, a number too large: another rule's
        return joined


def is_tidy(gap: bytes, first: bool, last: bool) -> bool:
    """Whether nothing but the signs of one array stands between two objects, or around the outermost ones."""
    signs = gap.translate(None, b" \t\r\n")
    if first:
        return signs == b"["
    return signs in (b"]", b",]") if last else signs == b","
