"""A city with one bureau, its catalogue, and the index of what was released."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published import indexing
from gongkai.published.services import catalogue
from tests.integration.published import building

NODES = (
    catalogue.Node(code="guide", title="政府信息公开指南", position=1),
    catalogue.Node(code="statutory", title="法定主动公开内容", position=2),
    catalogue.Node(code="plans", title="规划计划", parent_code="statutory", description="规划和计划", position=1),
    catalogue.Node(
        code="charges",
        title="行政事业性收费",
        parent_code="statutory",
        empty_note="本机关没有收费项目。",
        position=2,
    ),
    catalogue.Node(code="plans.five", title="五年规划", parent_code="plans"),
    catalogue.Node(code="annual_reports", title="政府信息公开年报", position=3),
    catalogue.Node(code="request_entry", title="依申请公开", position=4),
)


@pytest.fixture
def city(db: None) -> Agency:
    return building.agency(
        "city",
        name="清江市人民政府",
        short_name="市政府",
        kind="government",
        organisation_code="000000019",
        site_code="4305000009",
        site_name="清江市政府信息公开平台",
        phone="0990-1234567",
        address="清江市公园路1号",
        icp_number="清ICP备00000001号",
    )


@pytest.fixture
def bureau(city: Agency) -> Agency:
    made = building.agency(parent=city, disclosure_office="市教育局办公室")
    catalogue.replace_catalogue(agency_id=made.pk, nodes=NODES, actor=SYSTEM, at=building.AT)
    return made


@pytest.fixture
def index(db: None, tmp_path: Path, settings: Settings) -> Iterator[Callable[[], None]]:
    """An empty index; call it to bring in what was released."""
    settings.INDEX_ROOT = tmp_path / "index"
    indexer = indexing.open_indexer()

    def catch_up() -> None:
        while indexing.catch_up(indexer):
            pass

    catch_up()
    if indexer.cursor() is None:
        indexer.apply([], [], "-1:0")
    yield catch_up
    indexer.close()


@pytest.fixture
def no_index(tmp_path: Path, settings: Settings) -> None:
    settings.INDEX_ROOT = tmp_path / "nothing"


def day(number: int) -> datetime.datetime:
    return building.AT + datetime.timedelta(days=number)
