"""Takes the text of a file piece by piece: keeps the beginning for the search, looks for secret marks in all of it."""

from gongkai.groundwork.files.inspecting import limits
from gongkai.groundwork.files.refusals import Code, RefusedFile
from gongkai.law import secrecy_marks

# A mark may lie across two pieces, so that the end of each is read again with the next.
_OVERLAP = 200
_BLOCK = 1 << 16


class TextCollector:
    """Raises `RefusedFile` as soon as a secret mark turns up or the text passes all measure."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._kept_characters = 0
        self._read = 0
        self._tail = ""
        self._waiting: list[str] = []
        self._waiting_characters = 0

    def add(self, piece: str) -> None:
        """One piece; whoever adds it puts line breaks where the file has them."""
        self._read += len(piece)
        if self._read > limits.READ_CHARACTERS:
            raise RefusedFile(Code.BOMB, "文件展开后的文字过多，未保存。请拆分后重新上传。")
        self._waiting.append(piece)
        self._waiting_characters += len(piece)
        if self._waiting_characters >= _BLOCK:
            self._search()
        room = limits.KEPT_CHARACTERS - self._kept_characters
        if room > 0:
            self._kept.append(piece[:room])
            self._kept_characters += min(len(piece), room)

    def refuse_if_marked(self, text: str) -> None:
        """For what is not shown as text, such as properties."""
        refuse_marks(text)

    def finish(self) -> str:
        """The kept text without NULs and outer blanks."""
        self._search()
        return "".join(self._kept).replace("\x00", "").strip()

    def _search(self) -> None:
        block = self._tail + "".join(self._waiting)
        refuse_marks(block)
        self._tail = block[-_OVERLAP:]
        self._waiting.clear()
        self._waiting_characters = 0


def refuse_marks(text: str) -> None:
    """Raises RefusedFile where the text carries the marking of a state secret. The sentence never quotes the text."""
    if secrecy_marks.is_marked(text):
        raise RefusedFile(
            Code.SECRET_MARK,
            "文件中有国家秘密标志，已拒收，未留存任何内容。本系统为非涉密系统，严禁上传涉密信息；"
            "请立即按保密规定处置该文件，并向本单位保密工作机构报告。",
        )
