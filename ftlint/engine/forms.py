"""
The usual ways to write a row. Each names its keys one by one: a row that is written so repeats none.

That spares most rows the parser that looks for repeated keys. The patterns are asked in one set with the triggers of
the text rules, where they cost next to nothing; a row that none of them matches is parsed in the slower way.
"""

from __future__ import annotations

MESSAGES, TOOLS, PAIR = "messages", "tools", "pair"
"""Forms: of messages and nothing else, of messages before definitions of tools, of a prompt and a completion."""

STRING = r'"(?:[^"\\]|\\.)*"'


def _pattern(text: str) -> bytes:
    """A pattern of signs set apart by blanks: each stands behind any white space, but for groups and anchors."""
    signs = [sign if sign.startswith(("(", ")", "|", "^", "$")) else rf"\s*{sign}" for sign in text.split()]
    return "".join(signs).encode()


CALL = rf'\{{ "id" : {STRING} , "type" : {STRING} , "function" : \{{ "name" : {STRING} , "arguments" : {STRING} \}} \}}'
CALLS = rf'"tool_calls" : \[ {CALL} (?: , {CALL} )* \]'
REST = rf"""
    (?: , "content" : {STRING} (?: , "tool_call_id" : {STRING} )?
      | , "tool_call_id" : {STRING} , "content" : {STRING}
      | (?: , "content" : (?: {STRING} | null ) )? , {CALLS} )
"""
MESSAGE = rf'\{{ "role" : {STRING} {REST} \}}'
LIST = rf'^ \{{ "messages" : \[ {MESSAGE} (?: , {MESSAGE} )* \]'

FORMS = {
    MESSAGES: _pattern(rf"{LIST} \}} \s*$"),
    TOOLS: _pattern(rf'{LIST} , "tools" :'),
    PAIR: _pattern(rf'^ \{{ "prompt" : {STRING} , "completion" : {STRING} \}} \s*$'),
}
"""RE2 patterns of whole rows, but for the second: what follows the key of the tools is left open."""
