"""Where numbers of payment cards and of bank accounts stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ftlint.core.private.spots import Spot

# The networks that number cards worldwide, by how their numbers begin and how long they are.
# https://en.wikipedia.org/wiki/Payment_card_number, after ISO/IEC 7812 (2026-11-25).
ISSUERS = (
    (r"4", (13, 16, 19)),  # Visa
    (r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)", (16,)),  # Mastercard
    (r"3[47]", (15,)),  # American Express
    (r"6011|64[4-9]|65", (16, 19)),  # Discover
    (r"35(?:2[89]|[3-8])", (16,)),  # JCB
    (r"30[0-5]|309|36|3[89]", (14,)),  # Diners Club
    (r"62", (16, 17, 18, 19)),  # UnionPay
)
OF_TESTS = frozenset(
    [
        *("4012888888881881", "4000056655665556", "5200828282828210", "5105105105105100", "2223003122003222"),
        *("378282246310005", "371449635398431", "6011000990139424", "30569309025904", "36227206271667"),
        "3566002020360505",
    ]
)
"""Numbers for tests that look like others: https://docs.stripe.com/testing, by copies of it (2026-11-25)."""
ROUND = re.compile(r"([0-9])\1{4}")
"""Most numbers for tests, `4000 0000 0000 0002`, and hardly one in a thousand that are given out."""
GROUPED = (
    r"(?<![\w.,:/-])(?<![0-9]{4}[ -])(?:[2-6][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?"
    r"|3[47][0-9]{2}([ -])[0-9]{6}\2[0-9]{5}|3[0689][0-9]{2}([ -])[0-9]{6}\3[0-9]{4})(?![\w-]|[.,:/][0-9]|[ -][0-9]{4})"
)
"""As they are printed on cards; longer rows of such groups are lists of numbers."""
DIGITS = r"[0-9]{4}"
"""What every card number holds, however it is written: found faster than the numbers."""
PLAIN = r"(?<![\w.,:/-])[2-6][0-9]{12,18}(?![\w-]|[.,:/][0-9])"
CARD = r"(?i)card|visa|maestro|amex|american express|credit|debit|tarjeta|cart[aã]o|carte\b|karte|kaart|carta\b"
"""What has to stand before a number that is not grouped."""
NEAR = 40

# ISO 13616, by SWIFT's registry, as python-stdnum's iban.dat has it (2026-11-25): how long an account number of a
# country is.
LENGTHS = {
    **dict.fromkeys(["NO"], 15),
    **dict.fromkeys(["BE"], 16),
    **dict.fromkeys(["DK", "FI", "FK", "FO", "GL", "NL", "SD"], 18),
    **dict.fromkeys(["MK", "SI"], 19),
    **dict.fromkeys(["AT", "BA", "EE", "KZ", "LT", "LU", "MN", "XK"], 20),
    **dict.fromkeys(["CH", "HR", "LI", "LV"], 21),
    **dict.fromkeys(["BG", "BH", "CR", "DE", "GB", "GE", "IE", "ME", "RS", "VA"], 22),
    **dict.fromkeys(["AE", "GI", "IL", "IQ", "OM", "SO", "TL"], 23),
    **dict.fromkeys(["AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"], 24),
    **dict.fromkeys(["LY", "PT", "ST"], 25),
    **dict.fromkeys(["IS", "TR"], 26),
    **dict.fromkeys(["BI", "DJ", "FR", "GR", "IT", "MC", "MR", "SM"], 27),
    **dict.fromkeys(["AL", "AZ", "BY", "CY", "DO", "GT", "HN", "HU", "LB", "NI", "PL", "SV"], 28),
    **dict.fromkeys(["BR", "EG", "PS", "QA", "UA"], 29),
    **dict.fromkeys(["JO", "KW", "MU", "YE"], 30),
    **dict.fromkeys(["MT", "SC"], 31),
    **dict.fromkeys(["LC"], 32),
    **dict.fromkeys(["RU"], 33),
}
ACCOUNT = r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?![A-Za-z0-9])"
OF_EXAMPLES = frozenset(
    [
        *("GB29NWBK60161331926819", "GB82WEST12345698765432", "DE89370400440532013000", "NL91ABNA0417164300"),
        *("FR1420041010050500013M02606", "CH9300762011623852957", "ES9121000418450200051332", "BE68539007547034"),
        *("AT611904300234573201", "IE29AIBK93115212345678", "PT50000201231234567890154", "SE4550000000058398257466"),
        *("IT60X0542811101000000123456", "NO9386011117947", "DK5000400440116243", "FI2112345600000785"),
        *("PL61109010140000071219812874", "LU280019400644750000", "CZ6508000000192000145399"),
    ]
)
"""Those by which the registry and its readers show what an IBAN is: SWIFT's registry, and
https://en.wikipedia.org/wiki/International_Bank_Account_Number (2026-11-25)."""
MARK = 4
"""Characters that are shown: a card's issuer, an account's country and check digits."""


def cards(text: str) -> Iterator[Spot]:
    """Card numbers: by issuer, length and check digit, and grouped as on a card, or behind a word for one."""
    if _compiled(DIGITS).search(text) is None:
        return
    for match in _compiled(GROUPED).finditer(text):
        if is_card(re.sub("[ -]", "", match[0])):
            yield _spot(match.span(), "payment card number", text)
    for match in _compiled(PLAIN).finditer(text):
        start, end = match.span()
        if is_card(match[0]) and _compiled(CARD).search(text, max(0, start - NEAR), start):
            yield _spot((start, end), "payment card number", text)


def ibans(text: str) -> Iterator[Spot]:
    """Account numbers: by the length of their country's and their check digits."""
    for match in _compiled(ACCOUNT).finditer(text):
        start, end = match.span()
        # Behind a number that is written in groups, a word of capitals looks like one more group.
        size = LENGTHS.get(match[0][:2], 0)
        value = match[0].replace(" ", "")
        if " " in match[0] and len(value) > size:
            end = start + size + (size - 1) // 4
            value = text[start:end].replace(" ", "")
        if len(value) == size and is_iban(value) and value not in OF_EXAMPLES:
            yield _spot((start, end), "IBAN", text)


def is_card(digits: str) -> bool:
    """Whether an issuer gives out numbers that begin so and are so long, and whether the check digit is right."""
    known = any(len(digits) in lengths and re.match(start, digits) for start, lengths in ISSUERS)
    return known and luhn(digits) and not ROUND.search(digits) and digits not in OF_TESTS and len(set(digits)) > 2


def luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + index % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def is_iban(value: str) -> bool:
    """The check digits of ISO 13616."""
    return int("".join(str(int(char, 36)) for char in value[4:] + value[:4])) % 97 == 1


def _spot(span: tuple[int, int], kind: str, text: str) -> Spot:
    # No digest: of so few unknown digits, all can be tried.
    return Spot(*span, kind, text[span[0] : span[0] + MARK], None, f"[REDACTED {kind}]")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
