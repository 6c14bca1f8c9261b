"""Tables for the tests of the import, in the columns of the built-in mapping."""

from pathlib import Path

HEADER = ("source", "title", "document_number", "date_written", "date_published", "days_between", "url")


def row(number: int, **values: str) -> dict[str, str]:
    """A good row; every number has its own address."""
    return {
        "source": "青川市人民政府",
        "title": f"关于第{number}件事的通知",
        "document_number": f"青政发〔2024〕{number}号",
        "date_written": "2024-03-01",
        "date_published": "2024-03-05",
        "days_between": "4",
        "url": f"https://example.gov.cn/{number}.html",
    } | values


def write(path: Path, rows: list[dict[str, str]], *, encoding: str = "utf-8") -> Path:
    lines = ["\t".join(HEADER), *("\t".join(cells[name] for name in HEADER) for cells in rows)]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path
