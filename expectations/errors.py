"""The errors Orchard raises, by what a person can do about them.

Every message says what is wrong, where, and what to do next, and never quotes a pupil's value.
This module holds no logic beyond building those sentences.
"""

from __future__ import annotations


class OrchardError(Exception):
    """Base of every error shown to a person without a traceback.

    ``exit_code`` is what the command line returns: 2 refused (bad use or settings), 3 failed and the
    last good release stands.
    """

    exit_code = 3

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """One line for a person: what, where, what next."""
        where = f" ({self.where})" if self.where else ""
        next_step = f" {self.next_step}" if self.next_step else ""
        return f"{self.what}{where}.{next_step}"


class SettingsError(OrchardError):
    """A setting is missing or wrong; nothing was started."""

    exit_code = 2


class BusyError(OrchardError):
    """Another refresh, server or program holds what this one needs; nothing was started."""

    exit_code = 2


class SourceFileError(OrchardError):
    """One delivered file cannot be taken. The file is refused, the night goes on.

    ``rule`` is the stable code that the "please mend" list and the tests use.
    """

    def __init__(self, rule: str, what: str, where: str = "", next_step: str = "") -> None:
        self.rule = rule
        super().__init__(what, where, next_step)


class DeclarationError(OrchardError):
    """A table, column or check is declared wrongly. Raised when the declaration is imported."""


class ContractViolation(OrchardError):  # noqa: N818 - the word a reader expects
    """A table does not hold what its contract promises. Blocks what hangs on it."""


class DisclosureError(OrchardError):
    """Something that is not a released aggregate was about to be published."""
