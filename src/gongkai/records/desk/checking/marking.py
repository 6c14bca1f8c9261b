"""Marks findings in the text: each becomes a place that one can jump to, with the way back to its line."""

from collections.abc import Iterator, Sequence

from lxml import html

from gongkai.groundwork.ui.parts import Tone

MARK, LINE = "mark", "found"
_SKIPPED = " \t\r\n\f\v\xa0\u200b\ufeff\u3000"


def marked(body_html: str, body_text: str, places: Sequence[tuple[int, int, int, Tone]]) -> str:
    """The HTML with a mark about every (number, start, end, tone) of its plain text; places must not overlap.

    Both are read without blanks, which is where they differ. Where they differ otherwise (passages are cut from the
    text of the desk), the text comes back as it is.
    """
    if not places:
        return body_html
    root = html.fragment_fromstring(body_html, create_parent="div")
    nodes = list(_nodes(root))
    if "".join(_dense(text) for _, _, text in nodes) != _dense(body_text):
        return body_html
    dense = [(number, *_dense_range(body_text, start, end), tone) for number, start, end, tone in places]
    before = sum(len(_dense(text)) for _, _, text in nodes)
    for element, is_tail, text in reversed(nodes):
        before -= len(_dense(text))
        _mark_node(element, text, is_tail=is_tail, places=_inside(text, before, dense))
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return html.tostring(root, encoding="unicode") if root.text and root.text.strip() else inner


def _nodes(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, bool, str]]:
    if element.text:
        yield element, False, element.text
    for child in element:
        yield from _nodes(child)
        if child.tail:
            yield child, True, child.tail


def _dense(text: str) -> str:
    return "".join(character for character in text if character not in _SKIPPED)


def _dense_range(text: str, start: int, end: int) -> tuple[int, int]:
    return len(_dense(text[:start])), len(_dense(text[:end]))


def _inside(text: str, before: int, places: Sequence[tuple[int, int, int, Tone]]) -> list[tuple[int, int, int, Tone]]:
    """The places as ranges of this node, blanks included, last first."""
    at = [index for index, character in enumerate(text) if character not in _SKIPPED]
    found = []
    for number, start, end, tone in places:
        first, last = max(start - before, 0), min(end - before, len(at))
        if first < last:
            found.append((number, at[first], at[last - 1] + 1, tone))
    return sorted(found, key=lambda place: place[1], reverse=True)


def _mark_node(
    element: html.HtmlElement, text: str, *, is_tail: bool, places: Sequence[tuple[int, int, int, Tone]]
) -> None:
    for number, start, end, tone in places:
        link = html.Element("a", {"href": f"#{LINE}-{number}", "id": f"{MARK}-{number}", "class": f"found tone-{tone}"})
        link.text, link.tail = text[start:end], text[end:]
        text = text[:start]
        if is_tail:
            element.tail = text
            element.addnext(link)
            # `addnext` carries the tail of the element along.
            element.tail = text
        else:
            element.text = text
            element.insert(0, link)
