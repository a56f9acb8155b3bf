"""The exceptions of govbrief, each with the exit code the command line answers with.

    GovbriefError (1)
     ├── UserError (2)            wrong use: an unknown key, theme, option
     ├── PartialFailure (3)       some sources, rows or contracts failed, the rest is kept
     ├── NothingUsable (4)        nothing usable came out, or the publication was refused
     ├── EnvironmentProblem (5)   disk, port, permission
     ├── NotBuilt (69)            this version does not hold that room yet
     └── LockHeld (75)            another run holds the lock

Every message is one sentence for a person: which source, file or field, and the remedy.
"""


class GovbriefError(Exception):
    """Anything govbrief reports to a person; the message is complete without a traceback."""

    exit_code = 1


class UserError(GovbriefError):
    """What the person asked for cannot be done as written; the message says how to write it."""

    exit_code = 2


class PartialFailure(GovbriefError):
    """Part of the work failed; what succeeded is kept."""

    exit_code = 3


class NothingUsable(GovbriefError):
    """Nothing usable was produced, or a check refused the publication; what was published stays."""

    exit_code = 4


class EnvironmentProblem(GovbriefError):
    """The machine refused: a full disk, a port in use, a missing permission."""

    exit_code = 5


class NotBuilt(GovbriefError):
    """The verb exists in the design, but this version does not carry it out."""

    exit_code = 69


class LockHeld(GovbriefError):
    """Another govbrief process holds the lock this work needs."""

    exit_code = 75
