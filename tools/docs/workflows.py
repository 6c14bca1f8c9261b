"""The pages of `docs/workflows/`: state diagrams and duty matrices, read off the tables that the services follow."""

from collections.abc import Iterator, Mapping, Sequence

from gongkai.accounts.domain.duties import DUTIES, Duty
from gongkai.accounts.domain.posts import Post
from gongkai.law.tables import Table
from gongkai.records.domain import lifecycle, stages
from tools.docs import markdown

_POSTS = {post.value: post.label for post in Post}


def pages() -> Mapping[str, str]:
    return {"docs/workflows/records.md": _records(), "docs/workflows/duties.md": _duties()}


def _records() -> str:
    scheme = " → ".join(stage.label for stage in stages.DEFAULT.stages)
    text = [
        "# The life of a record (主动公开信息)",
        "",
        "```mermaid",
        lifecycle.TABLE.mermaid().rstrip(),
        "```",
        "",
        "## Who may do what, from where to where",
        "",
        markdown.table(("Act", "In state", "Becomes", "Posts", "Checked besides"), _lines(lifecycle.TABLE)),
        "",
        f"The default scheme is 起草 → {scheme}, by at least {stages.DEFAULT.distinct_persons} different persons.",
        "A scheme is pinned to a record when it is submitted. Clearance (保密审查) stands beside the stages; both it",
        "and the signature are bound to the SM3 digest of everything that the public would get.",
        "",
        "## What is checked besides",
        "",
        *(f"- `{name}`: {words}" for name, words in lifecycle.GUARDS.items()),
        "",
    ]
    return "\n".join(text)


def _lines(table: Table) -> Iterator[Sequence[str]]:
    for line in table.transitions:
        yield (
            f"{table.label(line.action)} `{line.action}`",
            "、".join(table.label(state) for state in line.sources),
            table.label(line.target) if line.target else "—",
            "、".join(_POSTS.get(post) or table.label(post) for post in sorted(line.posts)),
            "、".join(f"`{guard}`" for guard in line.guards),
        )


def _duties() -> str:
    head = ("Duty", *(post.label for post in Post))
    rows = ((f"`{duty}`", *("●" if duty in DUTIES[post] else "" for post in Post)) for duty in Duty)
    text = [
        "# Duty matrix",
        "",
        "Which post may do what on the desk. What is not marked is refused; nobody has a right without a post.",
        "",
        markdown.table(head, rows),
    ]
    return "\n".join(text)
