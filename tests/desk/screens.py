"""Small readers for screens: the text, the errors beside the fields, the rows of a table."""

from typing import Any

from django.http import HttpResponse
from lxml import html


def tree(response: HttpResponse | Any) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def text(response: HttpResponse | Any) -> str:
    """The words of the page's main part, blanks closed up."""
    (main,) = tree(response).xpath("//main")
    return words(main)


def errors(response: HttpResponse | Any) -> list[str]:
    """What stands beside the fields and, for the whole form, at its top."""
    found = tree(response).xpath(
        '//div[contains(@class, "field-error")] | //div[contains(@class, "form-errors")]/p[not(following-sibling::ul)]'
    )
    return [words(each) for each in found]


def notices(response: HttpResponse | Any) -> list[str]:
    return [words(each) for each in tree(response).xpath('//div[contains(@class, "notice")]')]


def rows(response: HttpResponse | Any) -> list[str]:
    return [words(row) for row in tree(response).xpath("//tbody/tr")]


def menu(response: HttpResponse | Any) -> list[str]:
    return [words(link) for link in tree(response).xpath('//nav[@class="menu"]//a')]


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
