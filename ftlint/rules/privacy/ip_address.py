"""FT807."""

import re
from collections.abc import Iterator

from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import PrivateRule

ADDRESS = re.compile(
    r"(?<![\w.:-])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w-]|[./][0-9])"
    r"|[23][0-9A-Fa-f]{3}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:]|/[0-9]))",
    re.ASCII,
)
"""
None of a range, `8.8.8.0/24`. IPv6 addresses that reach the whole net begin with 2 or 3:
https://www.rfc-editor.org/rfc/rfc4291 (2026-11-25).
"""
VERSION = re.compile(r"(?:version|release|build|v)[ :=]{0,2}$", re.IGNORECASE)
NEAR = 12
SHOWN = 4


class IpAddress(PrivateRule):
    """
    A row contains an IP address of the public net.

    ## Why it matters
    What a model was trained on it may write to anyone who asks; the address of a person's connection is personal data.
    Addresses of private nets, of the machine itself and those reserved for documentation are left alone. Off by
    default: numbers of versions look like addresses, and those of public services are no secret.

    ## Fix
    Unsafe: the address is replaced by `[REDACTED IP address]`.
    """

    code = "FT807"
    name = "ip-address"
    severity = Severity.WARNING
    default = False
    says = "Text contains an IP address:"
    help = "take it out"
    options = {"extend_select": ("FT807",)}

    bad = later(lambda: said("The server at 93." + "184.216.34 is down."))
    good = later(lambda: said("The server at 192.168.0.12 is down."))

    trigger = (
        rb"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"
        rb"|[23][0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:"
    )

    def find(self, text: str) -> Iterator[Spot]:
        """Every address that is global."""
        from ipaddress import ip_address

        for match in ADDRESS.finditer(text):
            start = match.start()
            try:
                address = ip_address(match[0])
            except ValueError:
                continue
            if (
                address.is_global
                and not address.is_multicast
                and not VERSION.search(text[max(0, start - NEAR) : start])
            ):
                yield Spot(*match.span(), "IP address", match[0][:SHOWN], None, "[REDACTED IP address]")
