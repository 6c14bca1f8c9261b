"""Takes the files out of a ZIP: the child process reads the archive, here they only land in drafts."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple

from gongkai.groundwork.files import inspection, store
from gongkai.groundwork.files.inspecting.unpacking import FRAME
from gongkai.groundwork.files.refusals import Code, RefusedFile

_LONGEST_FRAME = 1 << 20


class Unpacked(NamedTuple):
    """A file from the archive, not yet looked into; ``refusal`` where its bytes alone stand against it."""

    name: str
    draft: store.Draft | None
    refusal: RefusedFile | None = None


@contextmanager
def unpacked(file: BinaryIO) -> Iterator[list[Unpacked]]:
    """All files of the archive as drafts, which vanish at the end of the block. ``file`` is a real file.

    Raises:
        RefusedFile: no archive, damage, a password, a bomb, an archive in it, too many files.
    """
    with ExitStack() as drafts, inspection.asked({"task": "unpack"}, file.fileno()) as channel:
        yield list(_files(Frames(channel), drafts))


def _files(frames: "Frames", drafts: ExitStack) -> Iterator[Unpacked]:
    letter, content = frames.next()
    while letter == b"N":
        name, source = content.decode(), Pieces(frames)
        try:
            yield Unpacked(name, drafts.enter_context(store.receive(source)))
        except RefusedFile as refusal:
            yield Unpacked(name, None, refusal)
        letter, content = source.rest()
    if letter == b"R":
        code, message = json.loads(content)
        raise RefusedFile(Code(code), message)


class Frames:
    """Frames from the child. Raises RefusedFile where it was stopped."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def next(self) -> tuple[bytes, bytes]:
        letter, length = FRAME.unpack(self._exactly(FRAME.size))
        if length > _LONGEST_FRAME:
            raise _stopped()
        return letter, self._exactly(length)

    def _exactly(self, size: int) -> bytes:
        pieces, missing = [], size
        while missing:
            try:
                piece = self._channel.recv(missing)
            except TimeoutError as error:
                raise _stopped() from error
            if not piece:
                raise _stopped()
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)


class Pieces:
    """One file as a source; it ends where the next frame is no piece of it."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._after: tuple[bytes, bytes] | None = None

    def read(self, size: int, /) -> bytes:
        while self._after is None:
            letter, content = self._frames.next()
            if letter != b"B":
                self._after = letter, content
            elif content:
                return content
        return b""

    def rest(self) -> tuple[bytes, bytes]:
        """The frame after the file, past whatever was not read of it."""
        while self.read(1):
            pass
        assert self._after is not None
        return self._after


def _stopped() -> RefusedFile:
    return RefusedFile(Code.TIMED_OUT, "解开该压缩包用时或用量过多，未保存。请拆分后分别上传。")
