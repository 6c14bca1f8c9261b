"""How many questions a page may ask the database. More than these, and a busy day is slow."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.published.domain.content import ReleasedFile
from tests.integration.published import building

pytestmark = building.COMMITTING

FILE = ReleasedFile(title="附件", file_name="a.pdf", media_type="application/pdf", size=1, digest="e" * 64)

# Page → queries with warm memories (agencies, trees, counts), whatever the number of entries shown.
BUDGETS = {
    "/": 3,
    "/latest/": 2,
    "/agencies/": 1,
    "/agencies/jyj/": 2,
    "/agencies/jyj/columns/plans/": 3,
    "/library/": 1,
    "/search/?q=通知": 3,
    "/entries/{}/": 5,
    "/feed.xml": 2,
    "/requests/": 1,
}


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_keeps_to_its_budget(client: Client, bureau: Agency, index: Callable[[], None], path: str) -> None:
    for node in ("plans", "plans.five"):
        for _ in range(12):
            last = building.entry(bureau.pk, node_code=node, in_library=True, files=(FILE,))
    index()
    address = path.format(last.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= BUDGETS[path], [query["sql"][:120] for query in queries.captured_queries]
