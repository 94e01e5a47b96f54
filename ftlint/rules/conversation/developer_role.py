"""FT214."""

from ftlint.core.types import Edit, Fix, Severity
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target


class DeveloperRole(MessageRule):
    """
    A message has the role developer where the method's rows have system, or the reverse.

    ## Why it matters
    Reasoning models, which reinforcement training is for, call the system message the developer's. The
    documented rows of the other methods know system only. Whether the other name is accepted is not
    documented; Azure refused system messages in rows for reinforcement.

    Which of the two is expected depends on the target's method, the severity on the target.

    ## Fix
    Unsafe: the role is renamed.
    """

    code = "FT214"
    name = "developer-role"
    severity = Severity.WARNING
    provider_error = "System messages are not supported in 'reinforcement' examples"

    bad = {
        "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report the one of the two roles that the method does not document."""
        reinforcement = target.method_name == "reinforcement"
        if message.role != ("system" if reinforcement else "developer"):
            return
        meant = "developer" if reinforcement else "system"
        report(
            f'Role "{message.role}" is not documented for {target.method_name} training, "{meant}" is',
            at=(*message.at, "role"),
            fix=Fix(f'Rename the role to "{meant}"', "unsafe", (Edit("replace", meant),)),
        )
