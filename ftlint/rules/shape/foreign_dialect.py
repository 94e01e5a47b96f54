"""FT110."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class ForeignDialect(Rule):
    """
    The rows are written in the format of another tool or provider.

    ## Why it matters
    ShareGPT, Alpaca, Gemini, Bedrock, Anthropic, KTO, LLaMA-Factory, OpenAssistant and TRL's preference rows hold
    the same conversations under other names. A provider knows its own names only and refuses the file.

    ## Fix
    `ftlint convert FILE -o OUT.jsonl --to chat` (or `preference`) writes the rows in the provider's format, and
    says what has no counterpart there.
    """

    code = "FT110"
    name = "foreign-dialect"
    severity = Severity.ERROR
    help = "run `ftlint convert FILE -o OUT.jsonl --to chat` (or `--to preference`)"

    bad = b'{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}\n'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
