"""The description of the public interface as a committed file: ``python -m tools.docs.interface`` writes it anew."""

import json
import os
from pathlib import Path

import django

COMMITTED = Path(__file__).parents[2] / "docs" / "api" / "public-v1.json"
PREFIX = "/api/public/v1/"


def description() -> str:
    """OpenAPI as the interface serves it, in a form that is pleasant to compare."""
    from gongkai.api.public.views import api

    return json.dumps(api.get_openapi_schema(path_prefix=PREFIX), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    COMMITTED.write_text(description(), encoding="utf-8")
