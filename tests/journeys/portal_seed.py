"""Public entries for the portal's journeys: run as a module in the environment of the site."""

import datetime
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.accounts.viewer import SYSTEM  # noqa: E402  # Django first
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.published.domain.content import ReleasedContent  # noqa: E402
from gongkai.published.domain.vocabulary import Validity  # noqa: E402
from gongkai.published.services import releasing, validity, withdrawing  # noqa: E402

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
AT = datetime.datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
BODY = (
    "<h2>一、总体要求</h2><p>各学校要认真做好校车安全工作。</p>"
    "<table><tr><th>学校</th><th>校车</th></tr><tr><td>第一小学</td><td>12</td></tr></table>"
)


def content(agency: Agency, number: int, **values: object) -> ReleasedContent:
    return ReleasedContent(
        **{  # type: ignore[arg-type]
            "agency_id": agency.pk,
            "title": f"关于校车安全的通知(第{number}号)",
            "document_number": f"甲政发〔2026〕{number}号",
            "published_at": AT + datetime.timedelta(days=number),
            "digest": f"{number:064x}",
            "node_code": "art20_03_planning",
            "in_library": True,
            "topic": "教育" if number % 2 else "交通",
            "genre": "通知",
            "summary": "校车安全",
            "body_html": BODY,
            "body_text": "各学校要认真做好校车安全工作。第一小学",
            **values,
        }
    )


if __name__ == "__main__":
    agency = Agency.objects.get(code="shi-zhengfu")
    entries = [releasing.release(content=content(agency, n), actor=SYSTEM, at=AT) for n in range(1, 26)]
    releasing.release(
        content=content(agency, 90, title="甲市人民政府政府信息公开指南", node_code="guide"), actor=SYSTEM, at=AT
    )
    change = validity.Change(validity=Validity.REPEALED, since=AT.date(), successor_id=entries[1].pk, basis="清理决定")
    validity.change_validity(entry_id=entries[0].pk, change=change, actor=SYSTEM, at=AT)
    withdrawing.withdraw(entry_id=entries[2].pk, ground="依据第十五条撤下", actor=SYSTEM, at=AT)
    json.dump({"repealed": entries[0].pk, "valid": entries[1].pk, "stone": entries[2].pk}, sys.stdout)
