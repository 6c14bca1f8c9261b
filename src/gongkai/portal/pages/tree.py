"""The catalogue at the left of an agency's page. Drawn once for a while: it is the same on every page of the agency."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.published.domain import blocks
from gongkai.published.selectors import catalogue, listing
from gongkai.published.selectors.directory import Body
from gongkai.published.selectors.remembered import Remembered


def rendered(body: Body, *, current: str) -> SafeString:
    """The tree as nested lists, the current column marked and the branches above it open."""
    html = _drawn((body.id, reverse("portal:agency", args=[body.code])))
    for column in catalogue.tree(body.id).line(current)[:-1]:
        html = html.replace(f'<details data-code="{escape(column.code)}">', "<details open>")
    if current:
        html = html.replace(f'<details data-code="{escape(current)}">', "<details open>")
        html = html.replace(f' data-code="{escape(current)}"', ' aria-current="page"')
    return mark_safe(html)  # every title and code is escaped below


def _draw(key: tuple[int, str]) -> str:
    agency_id, url = key
    counts = listing.count_by_column(agency_id)
    roots = catalogue.tree(agency_id).roots
    fixed = [root for root in roots if root.code in blocks.BLOCKS]
    # An agency whose columns are not ordered into the blocks shows them as what they are: statutory content.
    loose = tuple(root for root in roots if root.code not in blocks.BLOCKS)
    return "".join(
        [*(_block(root, url, counts) for root in fixed), *(_node(root, url, counts, depth=1) for root in loose)]
    )


_drawn = Remembered(_draw, seconds=15)


def _block(column: catalogue.Column, url: str, counts: dict[str, int]) -> str:
    inner = "".join(_node(child, url, counts, depth=1) for child in column.children)
    below = f"<ul>{inner}</ul>" if inner else ""
    return f'<li class="block">{_link(column, url, counts, is_block=True)}{below}</li>'


def _node(column: catalogue.Column, url: str, counts: dict[str, int], *, depth: int) -> str:
    link = _link(column, url, counts)
    if not column.children:
        return f"<li>{link}</li>"
    inner = "".join(_node(child, url, counts, depth=depth + 1) for child in column.children)
    # The mark to open a branch stands beside the link, so that either can be reached by keyboard.
    return (
        f'<li class="branch">{link}<details data-code="{escape(column.code)}">'
        f'<summary aria-label="展开“{escape(column.title)}”的下级栏目"></summary><ul>{inner}</ul></details></li>'
    )


def _link(column: catalogue.Column, url: str, counts: dict[str, int], *, is_block: bool = False) -> str:
    total = sum(counts.get(code, 0) for code in column.codes)
    number = "" if is_block or not total else f' <span class="count">{total}</span>'
    code = escape(column.code)
    return f'<a href="{url}columns/{code}/" data-code="{code}">{escape(column.title)}{number}</a>'
