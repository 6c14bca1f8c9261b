"""A body with the people who act in it."""

from dataclasses import dataclass

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from tools.demo.city import Body
from tools.demo.documents import Document


@dataclass
class Office:
    """The body, its row, who acts in which post, and the last number of each 文号 series."""

    body: Body
    agency: Agency
    actors: dict[Post, Actor]
    numbers: dict[tuple[str, int], int]

    def number_for(self, document: Document) -> str:
        """The next 文号 of the series and year, or none for papers without one."""
        if not document.number_prefix or document.genre == "公告":
            return ""
        key = (document.number_prefix, document.created_on.year)
        self.numbers[key] += 1
        return f"{document.number_prefix}〔{key[1]}〕{self.numbers[key]}号"
