"""FT806."""

import re
from collections.abc import Iterator

from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import PrivateRule

# https://secure.ssa.gov/apps10/poms.nsf/lnx/0110201035: what was never assigned (2026-11-25).
SSN = re.compile(
    r"(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])",
    re.ASCII,
)
KNOWN = frozenset(["078-05-1120", "219-09-9999", "123-45-6789"])
"""Numbers that were printed for show: https://en.wikipedia.org/wiki/Social_Security_number (2026-11-25)."""
CPF = re.compile(r"(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-])", re.ASCII)
CNPJ = re.compile(r"(?<![\w./-])[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-[0-9]{2}(?![\w-])", re.ASCII)
PLAIN = re.compile(r"(?<![A-Za-z0-9])(?:[0-9]{11}|[0-9A-Z]{12}[0-9]{2})(?![A-Za-z0-9])")
WORD = re.compile("cpf|cnpj", re.IGNORECASE)
"""What has to stand before a number without its points."""
NEAR = 20


class NationalId(PrivateRule):
    """
    A row contains a number by which a state knows a person or a company: a US social security number, a Brazilian CPF
    or CNPJ.

    ## Why it matters
    What a model was trained on it may write to anyone who asks. Social security numbers are told by the ranges that
    were never assigned, CPF and CNPJ, also those with letters, which are given out from 2026 on, by their check digits.
    Off by default: other numbers look like these.

    ## Fix
    Unsafe: the number is replaced by its kind in brackets, `[REDACTED CPF]`.
    """

    code = "FT806"
    name = "national-id"
    severity = Severity.WARNING
    default = False
    says = "Text contains a national id: {kind}"
    help = "take it out"
    options = {"extend_select": ("FT806",)}

    bad = later(lambda: said("My number is 512-" + "34-7801."))
    good = later(lambda: said("My number is 078-05-1120."))

    trigger = (
        rb"[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"
        rb"|[0-9A-Z]{3}\\*(?:/|u002[fF])[0-9A-Z]{4}-[0-9]{2}|(?i:cpf|cnpj)"
    )
    of_key = WORD

    def find(self, text: str) -> Iterator[Spot]:
        """Every number, by state."""
        for match in SSN.finditer(text):
            if match[0] not in KNOWN:
                yield _spot(match, "US social security number")
        for match in CPF.finditer(text):
            if is_cpf(re.sub("[.-]", "", match[0])):
                yield _spot(match, "CPF")
        for match in CNPJ.finditer(text):
            if is_cnpj(re.sub("[./-]", "", match[0])):
                yield _spot(match, "CNPJ")
        if WORD.search(text):
            yield from _plain(text)


def is_cpf(digits: str) -> bool:
    """The two check digits of a CPF, modulo 11."""
    return len(set(digits)) > 1 and digits[9:] == _check_digits(digits[:9], 11)


def is_cnpj(number: str) -> bool:
    """
    The two check digits of a CNPJ, modulo 11, where a letter counts as its ASCII code less 48.

    Receita Federal, Instrução Normativa RFB nº 2.229/2024 and Nota Técnica COCAD/SUARA/RFB nº 49/2024 (2026-11-25).
    """
    return len(set(number)) > 1 and number[12:] == _check_digits(number[:12], 9)


def _check_digits(number: str, last: int) -> str:
    """Weights from 2 to `last` and from 2 again, beginning at the right."""
    for _ in range(2):
        total = sum((ord(char) - 48) * (2 + index % (last - 1)) for index, char in enumerate(reversed(number)))
        rest = total % 11
        number += str(0 if rest < 2 else 11 - rest)
    return number[-2:]


def _plain(text: str) -> Iterator[Spot]:
    for match in PLAIN.finditer(text):
        number = match[0]
        if WORD.search(text, max(0, match.start() - NEAR), match.start()):
            if len(number) == 11 and is_cpf(number):
                yield _spot(match, "CPF")
            elif len(number) == 14 and is_cnpj(number):
                yield _spot(match, "CNPJ")


def _spot(match: re.Match[str], kind: str) -> Spot:
    return Spot(*match.span(), kind, "", None, f"[REDACTED {kind}]")
