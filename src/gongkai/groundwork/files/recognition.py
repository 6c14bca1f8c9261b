"""Reads the words of scans (the extra ``[ocr]``) in a process of its own, with limits."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile

WAITING, RECOGNISED, UNREADABLE = "waiting", "recognised", "none"
_KINDS = frozenset({"application/pdf", "image/jpeg", "image/png"})
_SECONDS = 15 * 60


def is_installed() -> bool:
    """Whether this machine can read scans at all."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def may_be_read(file: StoredFile) -> bool:
    """Whether it is a scan that the machine could read."""
    return file.text_status == UNREADABLE and file.media_type in _KINDS and is_installed()


def read(file: StoredFile) -> None:
    """Keeps the words of a waiting scan; one that cannot be read within its limits goes back to being unreadable."""
    if file.text_status != WAITING:
        return
    words = _words(store.path_of(file.digest))
    file.text, file.text_status = words, RECOGNISED if words.strip() else UNREADABLE
    file.save(update_fields=["text", "text_status"])


def _words(path: Path) -> str:
    """Empty where the child was stopped, or there was nothing to read."""
    command = [sys.executable, "-m", "gongkai.groundwork.files.recognising", str(path)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return ""
    if done.returncode != 0:
        return ""
    pages: list[str] = json.loads(done.stdout)
    return "\n".join(pages)
