"""Scans: pictures and PDFs whose pages are pictures, read by RapidOCR (the extra `[ocr]`).

Words come from the recogniser, boxes from the ruled lines in the picture; a box with ink but without a sure word is
unreadable, never blank and never zero. Without the extra, or where recognition was not asked for, scans are named.
"""

import functools
import importlib
import importlib.util
import io
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pdfplumber.table
import PIL.Image
import pypdfium2

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Document
from gongkai.auditing.reading import layout, scanning

MOST_PAGES = 15
MOST_PIXELS = 60_000_000
WIDTH = 1240
SURE = 0.6
_NO_PAGE: Any = None  # pdfplumber's rows need the boxes only
INK = 0.008
STEEPEST = 5.0
_MISSING = "这是扫描件(图片),没有文字层;安装文字识别组件(gongkai[ocr])后可以检查"


def read(path: Path, data: bytes) -> Document:
    """The document of a picture."""
    _ready()
    try:
        with PIL.Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise errors.TooLarge("图片太大,不是年度报告")
            page = picture.convert("L")
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError) as problem:
        raise errors.Damaged("图片已损坏,无法读取") from problem
    return Document(str(path), "image", tuple(layout.joined(_blocks(page, 1))))


def read_pdf(path: Path, data: bytes) -> Document:
    """The document of a PDF whose pages are pictures."""
    _ready()
    source = pypdfium2.PdfDocument(data)
    if len(source) > MOST_PAGES:
        raise errors.TooLarge(f"扫描件有{len(source)}页,超过{MOST_PAGES}页的上限")
    found: list[Block] = []
    for number in range(len(source)):
        page = source[number]
        scale = min(WIDTH / max(page.get_width(), 1), 4)
        picture = page.render(scale=scale).to_pil().convert("L")
        found.extend(_blocks(picture, number + 1))
    return Document(str(path), "image", tuple(layout.joined(found)))


def _ready() -> None:
    if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
        raise errors.NoText(_MISSING)
    if not scanning.allowed:
        raise errors.Scan("扫描件")


@functools.cache
def _engine() -> Any:
    rapidocr = importlib.import_module("rapidocr")
    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})


def _blocks(picture: PIL.Image.Image, number: int) -> Iterator[Block]:
    numpy = importlib.import_module("numpy")
    factor = WIDTH / picture.width
    if not 0.8 < factor < 1.25:
        picture = picture.resize((WIDTH, max(round(picture.height * factor), 1)), PIL.Image.Resampling.LANCZOS)
    image = _upright(numpy.asarray(picture))
    words = _words(image)
    tables = _tables(image, words, number)
    return layout.flow(tables, _lines(words), number)


def _upright(image: Any) -> Any:
    """Turned by the slope of its long lines, if there is one."""
    cv2, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    edges = cv2.Canny(image, 60, 180)
    width = image.shape[1]
    lines = cv2.HoughLinesP(edges, 1, numpy.pi / 1800, 200, minLineLength=width / 3, maxLineGap=12)
    if lines is None:
        return image
    slopes = [float(numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))) for x0, y0, x1, y1 in lines.reshape(-1, 4).tolist()]
    flat = [slope for slope in slopes if abs(slope) < STEEPEST]
    angle = statistics.median(flat) if flat else 0.0
    if abs(angle) < 0.1:
        return image
    height = image.shape[0]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _words(image: Any) -> list[layout.Line]:
    """Words with their boxes; doubtful ones carry a question mark, so that no number is made of them."""
    cv2 = importlib.import_module("cv2")
    result = _engine()(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), use_cls=False)
    if result.txts is None:
        return []
    words = []
    for corners, text, score in zip(result.boxes.tolist(), result.txts, result.scores, strict=True):
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        words.append(
            {
                "x0": min(xs),
                "x1": max(xs),
                "top": min(ys),
                "bottom": max(ys),
                "text": text if score >= SURE else f"?{text}",
            }
        )
    return words


def _tables(image: Any, words: Sequence[layout.Line], number: int) -> list[layout.Placed]:
    edges = pdfplumber.table.merge_edges(_rules(image), 6, 6, 10, 10)
    crossings = pdfplumber.table.edges_to_intersections(edges, 6, 6)
    cells = pdfplumber.table.intersections_to_cells(crossings)
    found: list[layout.Placed] = []
    for group in pdfplumber.table.cells_to_tables(cells):
        rows = [row.cells for row in pdfplumber.table.Table(_NO_PAGE, group).rows]
        texts = [[_content(image, cell, words) if cell else None for cell in row] for row in rows]
        found.extend(layout.parts(rows, texts, number))
    return found


def _rules(image: Any) -> list[dict[str, Any]]:
    """Ruled lines as pdfplumber's edges: long dark runs, across and down."""
    cv2 = importlib.import_module("cv2")
    dark = cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    edges: list[dict[str, Any]] = []
    for orientation, size in (("h", (60, 1)), ("v", (1, 34))):
        runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        runs = cv2.dilate(runs, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        outlines, _ = cv2.findContours(runs, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            edges.extend(_edges(cv2.boundingRect(outline), orientation))
    return edges


def _edges(rectangle: tuple[int, int, int, int], orientation: str) -> Iterator[dict[str, Any]]:
    """The middle of a thin rectangle; a thick one is a picture and no rule."""
    x, y, width, height = rectangle
    if orientation == "h" and height <= 14:
        middle = y + height / 2
        yield _edge(x, x + width, middle, middle, "h")
    elif orientation == "v" and width <= 14:
        middle = x + width / 2
        yield _edge(middle, middle, y, y + height, "v")


def _edge(x0: float, x1: float, top: float, bottom: float, orientation: str) -> dict[str, Any]:
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
    }


def _content(image: Any, cell: layout.Box, words: Sequence[layout.Line]) -> str:
    """The words whose middle lies in the box; a mark for ink that no word explains."""
    x0, top, x1, bottom = cell
    inside = [
        word
        for word in words
        if x0 <= (word["x0"] + word["x1"]) / 2 <= x1 and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]
    if inside:
        return "\n".join(line["text"] for line in _lines(inside))
    within = image[int(top) + 6 : int(bottom) - 5, int(x0) + 6 : int(x1) - 5]
    inked = within.size > 0 and float((within < 128).mean()) > INK
    return "?" if inked else ""


def _lines(words: Sequence[layout.Line]) -> list[layout.Line]:
    """Words side by side as one line each, from top to bottom."""
    lines: list[list[layout.Line]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        middle = (word["top"] + word["bottom"]) / 2
        last = lines[-1] if lines else None
        if last and middle < max(other["bottom"] for other in last) - (word["bottom"] - word["top"]) / 3:
            last.append(word)
        else:
            lines.append([word])
    return [
        {
            "x0": min(word["x0"] for word in line),
            "x1": max(word["x1"] for word in line),
            "top": min(word["top"] for word in line),
            "bottom": max(word["bottom"] for word in line),
            "text": " ".join(word["text"] for word in sorted(line, key=lambda word: float(word["x0"]))),
        }
        for line in lines
    ]
