"""
The shapes of keys, tokens and passwords, each with where it is known from and the day it was looked up.

No shape takes more than linear time on any text: what may repeat is bounded, or stands behind a sign that cannot be a
part of it, or is matched possessively.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Check = Literal["random", "crc", "jwt", "password", "pem"]
"""What must hold besides, by the name of a function in `ftlint.core.private.checks`."""


class Shape(NamedTuple):
    """
    One kind of secret.

    `pattern` is for `re`. What its group `shown` matches may be printed, all else not; the secret is its group
    `secret`, or all of it. Texts that hold none of the `anchors` are not searched. `trigger` is for the raw bytes of a
    row, and matches wherever the pattern does, also where `/`, `=` and `+` stand as escapes.
    """

    title: str
    pattern: str
    anchors: tuple[str, ...]
    trigger: str
    source: str
    check: Check = "random"
    digested: bool = True
    """Whether a part of its SHA-256 may be printed: not of what people think up, which can be guessed from it."""
    checked: str = "2026-11-25"


L = r"(?<![A-Za-z0-9])"
R = r"(?![A-Za-z0-9])"
RW = r"(?![\w-])"
"""What must not stand before and behind."""
SIGN = r"""["'`]{0,3}\s{0,3}(?:\[[^\]\s]{0,24}\])?(?:=>|:=|=|:|>|\bis\b)?[\s\[("'`]{0,20}"""
"""Between a word and its value; in brackets, what `aws configure` has so far."""
SCHEMES = r"(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|clickhouse)"

GITLEAKS = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml"
TRUFFLEHOG = "https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors/"
YELP = "https://github.com/Yelp/detect-secrets/tree/master/detect_secrets/plugins/"

SHAPES = (
    Shape(
        "OpenAI key",
        L + r"(?P<shown>sk-(?:proj|svcacct|service|admin)-)[\w-]{40,}",
        ("sk-proj-", "sk-svcacct-", "sk-service-", "sk-admin-"),
        r"sk-(?:proj|svcacct|service|admin)-[A-Za-z0-9_-]{16}",
        TRUFFLEHOG + "openai",
    ),
    Shape(
        "OpenAI key",
        L + r"(?P<shown>sk-)(?:[A-Za-z0-9]{48}|[\w-]{16,120}T3BlbkFJ[\w-]{16,120})" + RW,
        ("sk-",),
        r"sk-[A-Za-z0-9]{32}|T3BlbkFJ",
        TRUFFLEHOG + "openai",
    ),
    Shape(
        "DeepSeek key",
        L + r"(?P<shown>sk-)[a-z0-9]{32}" + RW,
        ("sk-",),
        r"sk-[a-z0-9]{32}",
        TRUFFLEHOG + "deepseek",
    ),
    Shape(
        "OpenRouter key",
        L + r"(?P<shown>sk-or-v1-)[0-9a-f]{64}" + R,
        ("sk-or-v1-",),
        r"sk-or-v1-[0-9a-f]{8}",
        TRUFFLEHOG + "openrouter",
    ),
    Shape(
        "Anthropic key",
        L + r"(?P<shown>sk-ant-[a-z]{3,8}[0-9]{2,4}-)[\w-]{80,}",
        ("sk-ant-",),
        r"sk-ant-[a-z]{3,8}[0-9]{2,4}-",
        GITLEAKS,
    ),
    Shape(
        "Groq key",
        L + r"(?P<shown>gsk_)[A-Za-z0-9]{52}" + R,
        ("gsk_",),
        r"gsk_[A-Za-z0-9]{16}",
        TRUFFLEHOG + "groq",
    ),
    Shape("xAI key", L + r"(?P<shown>xai-)\w{80}" + R, ("xai-",), r"xai-[A-Za-z0-9_]{16}", TRUFFLEHOG + "xai"),
    Shape(
        "Replicate token",
        L + r"(?P<shown>r8_)[\w-]{37}" + RW,
        ("r8_",),
        r"r8_[A-Za-z0-9_-]{16}",
        TRUFFLEHOG + "replicate",
    ),
    Shape("Perplexity key", L + r"(?P<shown>pplx-)[A-Za-z0-9]{48}" + R, ("pplx-",), r"pplx-[A-Za-z0-9]{16}", GITLEAKS),
    Shape("Hugging Face token", L + r"(?P<shown>hf_)[A-Za-z0-9]{34}" + R, ("hf_",), r"hf_[A-Za-z0-9]{16}", GITLEAKS),
    Shape(
        "AWS access key id",
        L + r"(?P<shown>AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}" + R,
        ("AKIA", "ASIA", "ABIA", "ACCA"),
        r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html and " + GITLEAKS,
    ),
    Shape(
        "AWS secret access key",
        r"(?i:aws[ _-]?secret(?:[ _-]?access)?(?:[ _-]?key)?|secret[ _-]?access[ _-]?key)"
        + SIGN
        + r"(?P<secret>(?![0-9a-f]{40})[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])",
        ("secret", "Secret", "SECRET"),
        r"(?i:aws[ _-]?secret|secret[ _-]?access[ _-]?key)",
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html and " + YELP + "aws.py",
    ),
    Shape(
        "Azure storage key",
        r"(?i:(?:account|storage)[ _-]?key)" + SIGN + r"(?P<secret>[A-Za-z0-9+/]{86}==)",
        ("Key", "key", "KEY"),
        r"(?i:(?:account|storage)[ _-]?key)",
        YELP + "azure_storage_key.py",
    ),
    Shape("Google API key", L + r"(?P<shown>AIza)[\w-]{35}" + RW, ("AIza",), r"AIza[A-Za-z0-9_-]{16}", GITLEAKS),
    Shape(
        "Google OAuth client secret",
        L + r"(?P<shown>GOCSPX-)[\w-]{28}" + RW,
        ("GOCSPX-",),
        r"GOCSPX-[A-Za-z0-9_-]{8}",
        "https://support.google.com/googleapi/answer/6158849 and SonarSource's rule S6691",
    ),
    Shape(
        "Google OAuth access token",
        L + r"(?P<shown>ya29\.)[\w-]{40,}",
        ("ya29.",),
        r"ya29\.[A-Za-z0-9_-]{16}",
        "https://www.ndss-symposium.org/wp-content/uploads/2019/02/ndss2019_04B-3_Meli_paper.pdf",
    ),
    Shape(
        "GitHub token",
        L + r"(?P<shown>gh[pousr]_)[A-Za-z0-9]{36}" + R,
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        r"gh[pousr]_[A-Za-z0-9]{36}",
        "https://github.blog/engineering/behind-githubs-new-authentication-token-formats/",
        check="crc",
    ),
    Shape(
        "GitHub token",
        L + r"(?P<shown>github_pat_)[A-Za-z0-9]{22}_[A-Za-z0-9]{59}" + R,
        ("github_pat_",),
        r"github_pat_[A-Za-z0-9]{8}",
        GITLEAKS,
    ),
    Shape(
        "GitLab token",
        L
        + r"(?P<shown>gl(?:pat|dt|ptt|rt|cbt|ft|imt|agent|oas|soat|ffct)-)"
        + r"(?:[\w-]{27,300}+\.[0-9a-z]{9}(?![\w.-])|[\w-]{20,64}"
        + RW
        + ")",
        ("gl",),
        r"gl(?:pat|dt|ptt|rt|cbt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{16}",
        GITLEAKS,
    ),
    Shape(
        "Slack token",
        L + r"(?P<shown>xox[abeoprs](?:\.xox[bp])?-)[0-9A-Za-z-]{20,250}",
        ("xox",),
        r"xox[abeoprs](?:\.xox[bp])?-[0-9A-Za-z-]{16}",
        GITLEAKS,
    ),
    Shape(
        "Slack token",
        L + r"(?P<shown>xapp-)[0-9]-[A-Z0-9]{8,20}-[0-9]{8,20}-[a-f0-9]{32,100}" + R,
        ("xapp-",),
        r"xapp-[0-9]-[A-Z0-9]{8}",
        GITLEAKS,
    ),
    Shape(
        "Slack webhook",
        r"(?P<shown>hooks\.slack\.com/(?:services|workflows|triggers)/)[A-Za-z0-9+/]{40,80}",
        ("hooks.slack.com",),
        r"hooks\.slack\.com",
        GITLEAKS,
    ),
    Shape(
        "Stripe key",
        L + r"(?P<shown>[rs]k_(?:live|test|prod)_)[A-Za-z0-9]{16,247}" + R,
        ("k_live_", "k_test_", "k_prod_"),
        r"[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16}",
        GITLEAKS,
    ),
    Shape(
        "SendGrid key",
        L + r"(?P<shown>SG\.)[\w-]{22}\.[\w-]{43}" + RW,
        ("SG.",),
        r"SG\.[A-Za-z0-9_-]{22}\.",
        TRUFFLEHOG + "sendgrid",
    ),
    Shape(
        "Telegram bot token",
        L + r"[0-9]{8,10}:AA[\w-]{33}" + RW,
        (":AA",),
        r"[0-9]:AA[A-Za-z0-9_-]{16}",
        GITLEAKS,
    ),
    Shape(
        "npm token",
        L + r"(?P<shown>npm_)[A-Za-z0-9]{36}" + R,
        ("npm_",),
        r"npm_[A-Za-z0-9]{36}",
        "https://github.blog/security/announcing-npms-new-access-token-format/",
        check="crc",
    ),
    Shape(
        "PyPI token",
        L + r"(?P<shown>pypi-)(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZ)[\w-]{50,}",
        ("pypi-Ag",),
        r"pypi-Ag[A-Za-z0-9_-]{12}",
        GITLEAKS,
    ),
    Shape("Twilio key", L + r"(?P<shown>SK)[0-9a-f]{32}" + R, ("SK",), r"SK[0-9a-f]{32}", YELP + "twilio.py"),
    Shape("Mailgun key", r"(?<![\w-])(?P<shown>key-)[0-9a-f]{32}" + R, ("key-",), r"key-[0-9a-f]{16}", GITLEAKS),
    Shape(
        "DigitalOcean token",
        L + r"(?P<shown>do[opr]_v1_)[0-9a-f]{64}" + R,
        ("_v1_",),
        r"do[opr]_v1_[0-9a-f]{8}",
        GITLEAKS,
    ),
    Shape(
        "Databricks token",
        L + r"(?P<shown>dapi)[0-9a-f]{32}(?:-[0-9])?" + R,
        ("dapi",),
        r"dapi[0-9a-f]{16}",
        GITLEAKS,
    ),
    Shape(
        "JSON Web Token",
        r"(?<![\w-])(?P<shown>eyJ)[\w-]{10,}+\.[\w-]{10,}+(?:\.[\w-]*+){0,3}",
        ("eyJ",),
        r"eyJ[A-Za-z0-9_-]{10}",
        "https://www.rfc-editor.org/rfc/rfc7519",
        check="jwt",
    ),
    Shape(
        "private key",
        r"(?P<shown>-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)(?:[^-]|-(?!----))*+"
        r"(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?",
        ("PRIVATE KEY",),
        r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY",
        "https://www.rfc-editor.org/rfc/rfc7468 and " + GITLEAKS,
        check="pem",
    ),
    Shape(
        "password of a connection string",
        r"(?i:(?P<shown>" + SCHEMES + r"(?:\+[a-z0-9]{1,20})?://))"
        r"[^\s:/@\"'`<>\\]{0,64}:(?P<secret>[^\s@/\"'`<>\\]{1,128})@[\w.\[-]",
        ("://",),
        r"(?i:" + SCHEMES + r")(?i:(?:\+|\\+u002b)[a-z0-9]{1,20})?:(?:\\*/|\\+u002[fF]){2}",
        "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
        check="password",
        digested=False,
    ),
)
