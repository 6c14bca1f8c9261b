"""What happened to a file that an agency imports. Handlers run in the transaction of the act."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileSubmitted:
    """A file came in and is to be looked through."""

    import_id: int


@dataclass(frozen=True)
class FileConfirmed:
    """A file is cleared and confirmed and is to be imported."""

    import_id: int


@dataclass(frozen=True)
class FilesDropped:
    """Files came in and are to be read."""

    batch_id: int


@dataclass(frozen=True)
class RegisterSubmitted:
    """A register of issued documents came in and is to be looked through."""

    table_id: int


@dataclass(frozen=True)
class RegisterConfirmed:
    """A register is confirmed and is to be entered."""

    table_id: int
