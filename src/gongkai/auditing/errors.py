"""Why a file could not be read. Each is told to the user in one Chinese sentence."""


class CannotRead(Exception):
    """A source that cannot be read. `name` is stable for programs, the message is for people."""

    name = "unreadable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(CannotRead):
    """No such file, or no right to read it."""

    name = "not_found"


class TooLarge(CannotRead):
    """The file, or what it unpacks to, is beyond every honest report."""

    name = "too_large"


class Damaged(CannotRead):
    """Not the format it claims to be, or broken."""

    name = "damaged"


class Empty(CannotRead):
    """Opened without trouble, but there is no text in it."""

    name = "empty"


class Encrypted(CannotRead):
    """Needs a password."""

    name = "encrypted"


class Unsupported(CannotRead):
    """A format that the auditor does not read."""

    name = "unsupported"


class NoText(CannotRead):
    """A scan, and no character recognition is installed."""

    name = "not_assessable"


class Scan(CannotRead):
    """A scan that could be read with more time and memory. Only the guarded reader sees it."""

    name = "scan"


class TookTooLong(CannotRead):
    """Reading did not end in time and was stopped."""

    name = "took_too_long"


class OutOfMemory(CannotRead):
    """Reading wanted more memory than a report may."""

    name = "out_of_memory"


class Collapsed(CannotRead):
    """The reading process died."""

    name = "collapsed"


NAMED: dict[str, type[CannotRead]] = {
    kind.name: kind
    for kind in (
        NotFound,
        TooLarge,
        Damaged,
        Empty,
        Encrypted,
        Unsupported,
        NoText,
        TookTooLong,
        OutOfMemory,
        Collapsed,
    )
}
