"""FT306."""

import re

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule

WHITESPACE = " \t\n\r\f\v"
NOUN = "(?:text|answer|response|completion|prompt|question|message)"
WHOLE = re.compile(
    r"TODO|FIXME|TBD"
    r"|(?i:<no ?(?:in|out)put>|no(?:in|out)put|[\[<]?placeholder(?: text)?[\]>]?|\[(?:your )?(?:answer|response)\]"
    rf"|[\[<{{(]?(?:insert|your|write|enter|add|put) (?:the |your |an? )?{NOUN}(?: goes)? here[\]>}})]?\.?"
    r"|lorem ipsum\b[^\n]*)",
    re.ASCII,
)
"""A text that is nothing but a placeholder."""
NOTE = re.compile(r"(?:TODO|FIXME|TBD)(?::|\(| -)[^\n]*")
"""An answer that is nothing but a note to write it."""

VARIABLE = re.compile(
    r"(?<![\w$&=<>/{}\\`'|%+@#.\[\]])\{\{ ?[A-Za-z_][A-Za-z0-9_]* ?\}\}(?![\w{}<>/=\\`|%+\[\]])|<noinput>", re.ASCII
)
INSERT = re.compile(r"\[(?:insert|Insert|INSERT) [^\]\n]{1,60}\](?!\()")
CODE = re.compile(
    r"```|\{%|</|\\[a-z]+\{|\{\{[#/>!^{]|=>|template|placeholder|variable|jinja|handlebars|mustache|liquid|curly",
    re.IGNORECASE | re.ASCII,
)
"""A text with code in it, or about templates, has braces for good reasons."""


class PlaceholderText(TextRule):
    """
    A text is a placeholder or still has one in it: `TODO`, `{{name}}`, `[insert date]`, `<noinput>`.

    ## Why it matters
    A template was not filled in, and the model learns to write the placeholder. Code, texts about templates and
    comments with a TODO are left alone.

    ## Fix
    None: only the author knows what was to stand there.
    """

    code = "FT306"
    name = "placeholder-text"
    severity = Severity.WARNING
    help = "fill it in, or leave the row out"

    bad = {
        "messages": [{"role": "user", "content": "Who are you?"}, {"role": "assistant", "content": "I am {{name}}."}]
    }
    good = {"messages": [{"role": "user", "content": "Who are you?"}, {"role": "assistant", "content": "I am Ada."}]}

    trigger = (
        rb'"(?:\s|\\[tnrf])*(?:TODO|FIXME|TBD|(?i:noinput|nooutput|lorem ipsum|\[(?:your )?(?:answer|response)\]'
        rb"|[\[<]?placeholder|[\[<{(]?(?:insert|your|write|enter|add|put) (?:the |your |an? )?%s ))"
        rb"|(?i:<no ?(?:in|out)put>|\[insert )|\{\{ ?[A-Za-z_][A-Za-z0-9_]* ?\}\}"
    ) % NOUN.encode()

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report a text that is a placeholder, or the first placeholder in it."""
        if not text.is_prose or (text.message is not None and text.message.role in ("tool", "function")):
            return
        value = text.value
        stripped = value.strip(WHITESPACE)
        if WHOLE.fullmatch(stripped) or (text.is_wanted and NOTE.fullmatch(stripped)):
            report(f"Text is a placeholder: {shorten(stripped)}", at=text.at)
            return
        found = VARIABLE.search(value)
        if found is None and text.is_wanted:
            found = INSERT.search(value)
        if found is not None and not CODE.search(value):
            report(f"Text contains the placeholder {shorten(found[0])}", at=text.at, part=found.span())
