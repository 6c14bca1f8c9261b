"""Puts the cast into the journey's own database: run as a module in the environment of that site."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.accounts.domain.posts import CASEWORK, Post  # noqa: E402  # Django first
from gongkai.accounts.viewer import SYSTEM  # noqa: E402
from gongkai.agencies.domain.kinds import AgencyKind  # noqa: E402
from gongkai.groundwork import scoping  # noqa: E402
from gongkai.records.services import catalogue  # noqa: E402
from tests import cast as casting  # noqa: E402
from tests.journeys import exhibits  # noqa: E402

if __name__ == "__main__":
    city = casting.agency("shi-zhengfu", "甲市人民政府", kind=AgencyKind.GOVERNMENT, organisation_code="111111111")
    cast = casting.assemble()
    town = casting.town_of_three()[0].agency
    for agency in (city, town, cast.agency, cast.other_agency):
        with scoping.narrow_to([agency.pk]):
            catalogue.ensure_shown(agency.pk, actor=SYSTEM, at=casting.AT)
    casting.person("郑", post=Post.SYSTEM_ADMIN, agency=city)
    casting.person("孔", post=Post.SECURITY_ADMIN, agency=city)
    casting.person("曹", post=Post.AUDIT_ADMIN, agency=city)
    casting.person("严", post=CASEWORK, agency=city)
    exhibits.assemble(Path(os.environ["GONGKAI_HOME"]), city)
