"""The child that looks into a file is stopped by the kernel, and the next file is looked into all the same."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.groundwork.files import inspection
from gongkai.groundwork.files.inspecting import limits, server
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.refusals import RefusedFile
from tests.integration.files import material

pytestmark = pytest.mark.pure


@pytest.fixture(autouse=True)
def _server_ends() -> Iterator[None]:
    yield
    inspection.stop()


def look(folder: Path, content: bytes, name: str = "文件.docx") -> inspection.Inspected:
    path = folder / "file"
    path.write_bytes(content)
    with path.open("rb") as file:
        return inspection.inspect(file, name)


def in_a_child(work: object) -> int:
    """Runs ``work`` under the limits in a fork and returns its wait status."""
    child = os.fork()
    if child == 0:
        try:
            server.restrict()
            work()  # type: ignore[operator]
        except MemoryError:
            os._exit(7)
        except OSError:
            os._exit(8)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


class TestTheKernel:
    def test_refuses_memory_beyond_the_limit(self) -> None:
        status = in_a_child(lambda: bytearray(limits.MEMORY_BYTES))
        assert os.waitstatus_to_exitcode(status) == 7

    def test_refuses_to_write_files(self, tmp_path: Path) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        status = in_a_child(lambda: (tmp_path / "out").write_bytes(b"x" * 10))
        assert os.waitstatus_to_exitcode(status) == 8
        assert not (tmp_path / "out").exists() or (tmp_path / "out").stat().st_size == 0

    def test_stops_what_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "WALL_SECONDS", 0.2)
        status = in_a_child(lambda: threading.Event().wait(30))
        assert os.WTERMSIG(status) == signal.SIGALRM

    def test_stops_what_computes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "CPU_SECONDS", 1)
        status = in_a_child(lambda: sum(iter(int, 1)))
        assert os.WTERMSIG(status) == signal.SIGKILL


class TestTheCaller:
    def test_a_child_that_dies_silently_is_a_refusal(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(inspection, "_receive", lambda channel: b"")
        with pytest.raises(RefusedFile) as caught:
            look(tmp_path, material.docx("x"))
        assert caught.value.code == "timed_out"

    def test_a_dead_server_is_started_again(self, tmp_path: Path) -> None:
        assert look(tmp_path, material.docx("一")).text == "一"
        process = inspection._server._process
        assert process is not None
        process.kill()
        process.wait()
        assert look(tmp_path, material.docx("二")).text == "二"

    def test_many_at_once_each_get_their_own_answer(self, tmp_path: Path) -> None:
        found: dict[int, str] = {}

        def work(number: int) -> None:
            folder = tmp_path / str(number)
            folder.mkdir()
            found[number] = look(folder, material.docx(f"第{number}份")).text

        threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {number: f"第{number}份" for number in range(12)}

    def test_the_position_of_the_callers_file_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_bytes(material.docx("x"))
        with path.open("rb") as file:
            file.seek(5)
            assert inspection.inspect(file, "a.docx").kind is Kind.DOCX
            assert file.tell() == 5
