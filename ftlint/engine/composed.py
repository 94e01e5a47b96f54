"""
Whether the bytes of a row can hold text that is not in NFC, the composed form of Unicode.

Asked in one set with the triggers of the text rules, that costs a tenth of looking at the characters of the text. The
characters below may compose with the one before, have another form, or an order of their own; with them whole scripts
of which a part does (their text is looked at). Everything else stays as it is, whatever stands beside it.
"""

from __future__ import annotations

SUSPECTS = (
    # what, as UTF-8, and what follows \u where it is escaped
    ("combining marks", rb"\xCC|\xCD[\x80-\xAF]", rb"03[0-6]"),
    ("Greek signs with another form", rb"\xCD[\xB4\xBE]|\xCE\x87", rb"037[4Ee]|0387"),
    ("Cyrillic marks", rb"\xD2[\x80-\x8F]", rb"048"),
    ("Hebrew, Arabic and their neighbours", rb"\xD6[\x90-\xBF]|[\xD7-\xDF]", rb"059|05[A-Fa-f]|0[67]"),
    ("South and South-East Asia, Hangul letters, Greek with accents", rb"[\xE0\xE1]", rb"0[89A-Fa-f]|1"),
    ("spaces with another form", rb"\xE2\x80[\x80\x81]", rb"200[01]"),
    ("marks around symbols", rb"\xE2\x83[\x90-\xBF]", rb"20[D-Fd-f]"),
    ("ohm, kelvin, angstrom", rb"\xE2\x84[\xA6\xAA\xAB]", rb"212[6ABab]"),
    ("angle brackets", rb"\xE2\x8C[\xA9\xAA]", rb"232[9Aa]"),
    ("forking", rb"\xE2\xAB\x9C", rb"2[Aa][Dd][Cc]"),
    ("Coptic, Tifinagh and their neighbours", rb"\xE2[\xB2-\xB7]", rb"2[CDcd]"),
    ("marks of tone and voice", rb"\xE3\x80[\xA8-\xAF]|\xE3\x82[\x98-\x9F]", rb"302[89A-Fa-f]|309[89A-Fa-f]"),
    ("Lisu to Meetei", rb"\xEA[\x80-\xAF]", rb"[Aa][0-9ABab]"),
    ("Hangul letters, behind the syllables", rb"\xED\x9E[\xA0-\xBF]", rb"[Dd]7[A-Fa-f]"),
    ("private use, forms for compatibility", rb"\xEE|\xEF[\x80-\xAD]", rb"[Ee]|[Ff][0-9ABab]"),
    ("half marks", rb"\xEF\xB8[\xA0-\xAF]", rb"[Ff][Ee]2"),
    (
        "beyond the basic plane, but for emoji",
        rb"\xF0[\x90-\x9E\xA0-\xBF]|[\xF1-\xF4]",
        rb"[Dd](?:8[0-24-9A-Fa-f]|83[0-9ABFabf]|[9ABab])",
    ),
)

PERHAPS_NOT_COMPOSED = b"|".join(
    [*(utf8 for _, utf8, _ in SUSPECTS), rb"\\u(?:%s)" % b"|".join(escaped for *_, escaped in SUSPECTS)]
)
