"""How people write numbers: full-width characters, blanks and dashes of many kinds."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys([*map(ord, " \t\r\n\u3000\xa0\u200b\u200c\u200d\u2060\ufeff"), *range(0x2000, 0x200B)])
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")


def narrow(text: str) -> str:
    """Full-width Latin letters, digits and signs as half-width ones, all dashes as hyphens; the length stays."""
    return text.translate(_NARROW).translate(_DASHES)


def closed_up(text: str) -> str:
    """As `narrow`, without blanks of any kind."""
    return narrow(text).translate(_BLANKS)


def plain(text: str) -> str:
    """As `closed_up`, without hyphens, in capitals: the spelling of codes."""
    return closed_up(text).replace("-", "").upper()
