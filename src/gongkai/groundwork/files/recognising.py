"""The child that reads a scan: ``python -m gongkai.groundwork.files.recognising PATH`` prints its pages as JSON.

Stops itself at its limits on memory and, page by page, on processor time; then it prints nothing.
"""

import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

import PIL.Image
import pypdfium2

MEMORY_BYTES = 1 << 30
SECONDS_PER_PAGE = 5
MOST_PAGES = 200
_START_SECONDS = 20
_WIDTH = 1240
_MOST_PIXELS = 60_000_000
_SURE = 0.5


def main(path: str) -> int:
    """Reads all pages, or none."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # What the runtime reserves is many times what it uses: data, not address space, is what counts.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    # Nothing about what is read here may leave the machine.
    importlib.import_module("onnxruntime").disable_telemetry_events()
    engine = importlib.import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical"})
    numpy = importlib.import_module("numpy")
    found = []
    for number, page in enumerate(_pages(path), 1):
        limit = _START_SECONDS + number * SECONDS_PER_PAGE
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        found.append(_read(engine, numpy.asarray(page)))
    print(json.dumps(found))
    return 0


def _pages(path: str) -> Iterator[PIL.Image.Image]:
    with open(path, "rb") as stream:  # noqa: PTH123  # the descriptor is what the readers take
        if stream.read(5) != b"%PDF-":
            yield _fitted(PIL.Image.open(path))
            return
    document = pypdfium2.PdfDocument(path)
    if len(document) > MOST_PAGES:
        raise SystemExit(2)
    for number in range(len(document)):
        page = document[number]
        scale = min(_WIDTH / max(page.get_width(), 1), 4)
        yield page.render(scale=scale).to_pil().convert("RGB")
        page.close()


def _fitted(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.width * picture.height > _MOST_PIXELS:
        raise SystemExit(2)
    page = picture.convert("RGB")
    height = max(round(page.height * _WIDTH / page.width), 1)
    return page if page.width <= _WIDTH else page.resize((_WIDTH, height), PIL.Image.Resampling.LANCZOS)


def _read(engine: Any, page: Any) -> str:
    result = engine(page, use_cls=False)
    if result.txts is None:
        return ""
    return "\n".join(text for text, score in zip(result.txts, result.scores, strict=True) if score >= _SURE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
