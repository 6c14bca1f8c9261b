"""Small documents for the tests of the search room."""

from gongkai.groundwork.search import contract

FACETS = ("agency", "year", "node")
DAY = 86_400


def document(key: int, title: str = "关于印发工作方案的通知", **fields: object) -> contract.SearchDocument:
    values: dict[str, object] = {"published_at": key * DAY, **fields}
    return contract.SearchDocument(key=key, title=title, **values)  # type: ignore[arg-type]


def filled(engine: contract.Indexer, *documents: contract.SearchDocument) -> None:
    engine.apply(documents, (), "1")
