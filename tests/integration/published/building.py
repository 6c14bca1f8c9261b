"""Agencies and public entries for tests, made by the services themselves."""

import datetime
import itertools
from typing import Any

import pytest
from django.conf import settings

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published.domain.content import ReleasedContent
from gongkai.published.models import Entry
from gongkai.published.services import releasing

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
AT = datetime.datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
# The feed shows what is committed. On SQLite everything is; on PostgreSQL a test must really commit for it.
COMMITTING = pytest.mark.django_db(transaction=settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))
_counter = itertools.count(1)


def agency(code: str = "jyj", **values: Any) -> Agency:
    parent = values.get("parent")
    made = Agency.objects.create(
        **{
            "code": code,
            "name": "清江市教育局",
            "short_name": "市教育局",
            "kind": "department",
            "organisation_code": "01441633-0",
            "valid_from": datetime.date(2008, 5, 1),
            **values,
        }
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def content(agency_id: int, **values: Any) -> ReleasedContent:
    number = next(_counter)
    return ReleasedContent(
        **{
            "agency_id": agency_id,
            "title": f"关于做好第{number}项工作的通知",
            "published_at": AT + datetime.timedelta(minutes=number),
            "digest": f"{number:064x}",
            "body_html": "<p>各学校:请认真做好各项工作。</p>",
            "body_text": "各学校:请认真做好各项工作。",
            **values,
        }
    )


def entry(agency_id: int, **values: Any) -> Entry:
    made = content(agency_id, **values)
    return releasing.release(content=made, actor=SYSTEM, at=made.published_at)
