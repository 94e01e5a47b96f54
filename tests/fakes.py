"""Values that look private and are nobody's: made when tests run, so that no host of code refuses the repository."""

from __future__ import annotations

import json
import string
from base64 import b64encode, urlsafe_b64encode
from random import Random
from zlib import crc32

from ftlint.core.private.accounts import is_card
from ftlint.core.private.checks import base62

WORD = string.ascii_letters + string.digits
WIDE = WORD + "_-"
HEX = "0123456789abcdef"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def chars(random: Random, alphabet: str, size: int) -> str:
    return "".join(random.choice(alphabet) for _ in range(size))


def with_crc(random: Random, prefix: str) -> str:
    body = chars(random, WORD, 30)
    return prefix + body + base62(crc32(body.encode()))


def web_token(random: Random) -> str:
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": chars(random, WORD, 12), "iat": random.randrange(10**9)}]
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, chars(random, WIDE, 43)])


def private_key(random: Random, kind: str) -> str:
    body = b64encode(random.randbytes(900)).decode()
    lines = "\n".join(body[start : start + 64] for start in range(0, len(body), 64))
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----"


def tail(random: Random) -> str:
    """Never at the end of a word that goes on, so that a right boundary holds: a letter."""
    return random.choice(string.ascii_letters)


def fake_keys(seed: int) -> dict[str, tuple[str, str]]:
    """A text that holds a secret of each kind, and the secret."""
    r = Random(seed)
    whole = {
        "openai project": "sk-proj-" + chars(r, WIDE, 74) + "T3BlbkFJ" + chars(r, WIDE, 73) + tail(r),
        "openai project, short": "sk-proj-" + chars(r, WIDE, 47) + tail(r),
        "openai service account": "sk-svcacct-" + chars(r, WIDE, 57) + tail(r),
        "openai admin": "sk-admin-" + chars(r, WIDE, 57) + tail(r),
        "openai legacy": "sk-" + chars(r, WORD, 20) + "T3BlbkFJ" + chars(r, WORD, 20),
        "openai legacy without the mark": "sk-" + chars(r, WORD, 48),
        "deepseek": "sk-" + chars(r, HEX, 32),
        "openrouter": "sk-or-v1-" + chars(r, HEX, 64),
        "anthropic": "sk-ant-api03-" + chars(r, WIDE, 93) + "AA",
        "anthropic admin": "sk-ant-admin01-" + chars(r, WIDE, 93) + "AA",
        "groq": "gsk_" + chars(r, WORD, 52),
        "xai": "xai-" + chars(r, WORD, 80),
        "replicate": "r8_" + chars(r, WORD, 37),
        "perplexity": "pplx-" + chars(r, WORD, 48),
        "hugging face": "hf_" + chars(r, string.ascii_letters, 34),
        "aws id": "AKIA" + chars(r, BASE32, 16),
        "aws temporary id": "ASIA" + chars(r, BASE32, 16),
        "google api": "AIza" + chars(r, WIDE, 34) + tail(r),
        "google oauth secret": "GOCSPX-" + chars(r, WIDE, 27) + tail(r),
        "google oauth token": "ya29." + chars(r, WIDE, 119) + tail(r),
        **{f"github {kind}": with_crc(r, f"gh{kind}_") for kind in "pousr"},
        "github fine-grained": "github_pat_" + chars(r, WORD, 22) + "_" + chars(r, WORD, 59),
        "gitlab": "glpat-" + chars(r, WIDE, 19) + tail(r),
        "gitlab routable": "glpat-" + chars(r, WIDE, 27) + "." + chars(r, string.digits, 2) + chars(r, HEX, 7),
        "slack bot": f"xoxb-{chars(r, '23456789', 12)}-{chars(r, '23456789', 13)}-{chars(r, WORD, 24)}",
        "slack user": f"xoxp-{'-'.join(chars(r, '23456789', 12) for _ in range(3))}-{chars(r, HEX, 32)}",
        "slack app": f"xapp-1-A{chars(r, BASE32, 10)}-{chars(r, '23456789', 13)}-{chars(r, HEX, 64)}",
        "stripe": "sk_live_" + chars(r, WORD, 24),
        "stripe restricted": "rk_live_" + chars(r, WORD, 99),
        "sendgrid": "SG." + chars(r, WIDE, 22) + "." + chars(r, WIDE, 42) + tail(r),
        "telegram": "5" + chars(r, string.digits, 9) + ":AA" + chars(r, WIDE, 32) + tail(r),
        "npm": with_crc(r, "npm_"),
        "pypi": "pypi-AgEIcHlwaS5vcmc" + chars(r, WIDE, 149) + tail(r),
        "twilio": "SK" + chars(r, HEX, 32),
        "mailgun": "key-" + chars(r, HEX, 32),
        "digitalocean": "dop_v1_" + chars(r, HEX, 64),
        "databricks": "dapi" + chars(r, HEX, 32),
        "json web token": web_token(r),
        **{
            f"private key {kind}": private_key(r, kind)
            for kind in (
                "PRIVATE KEY",
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK",
            )
        },
    }
    found = {name: (f"Use {value} for it", value) for name, value in whole.items()}
    hook = f"T{chars(r, BASE32, 9)}/B{chars(r, BASE32, 9)}/{chars(r, WORD, 24)}"
    found["slack webhook"] = (f"Post to https://hooks.slack.com/services/{hook} now", hook)
    secret = chars(r, WORD + "+/", 40)
    found["aws secret"] = (f"aws_secret_access_key = {secret}", secret)
    account = b64encode(r.randbytes(64)).decode()
    found["azure storage"] = (f"DefaultEndpointsProtocol=https;AccountName=x;AccountKey={account};", account)
    for scheme in ("postgres", "postgresql+psycopg2", "mysql", "mongodb+srv", "redis", "amqp"):
        password = chars(r, WORD, 15) + "7"
        found[scheme] = (f"{scheme}://app:{password}@db.internal.net:5432/main", password)
    return found


def fake_card(seed: int, start: str = "4", size: int = 16) -> str:
    """The digits of a card number."""
    random = Random(seed)
    while True:
        digits = start + chars(random, string.digits, size - len(start))
        if is_card(digits) and len(set(digits)) > 4:
            return digits


def fake_iban(seed: int) -> str:
    """A German account number."""
    account = chars(Random(seed), string.digits, 18)
    return f"DE{98 - int(account + '131400') % 97:02}{account}"
