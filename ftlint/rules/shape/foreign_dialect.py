"""FT110."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class ForeignDialect(Rule):
    """
    The rows are written in the format of another tool or provider.

    ## Why it matters
    ShareGPT, Alpaca, Gemini, Bedrock, Anthropic, KTO, LLaMA-Factory and TRL's preference rows hold the same
    conversations under other names. A provider knows its own names only and refuses the file.

    ## Fix
    None: rewrite the rows in the target's format.
    """

    code = "FT110"
    name = "foreign-dialect"
    severity = Severity.ERROR
    help = 'rewrite each row as {"messages": [{"role": "user", "content": "…"}, …]}'

    bad = b'{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}\n'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
