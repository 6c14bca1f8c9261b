"""What a decision is bound to: SM3 over everything that the public would get."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongkai.groundwork import digests

# Part of the hashed content, so that a change of the form can never make two contents look alike.
_FORM = "gongkai-record-1"


class PublicFile(NamedTuple):
    """A file that goes out with the record; ``digest`` is that of its bytes."""

    title: str
    file_name: str
    digest: str


def of_content(metadata: Mapping[str, object], *, body_html: str, files: Iterable[PublicFile]) -> str:
    """64 hexadecimal digits for the public metadata, the sanitised text and the files in their order."""
    return of_canonical(
        {"form": _FORM, "metadata": metadata, "body": body_html, "files": [list(file) for file in files]}
    )


def of_canonical(value: Mapping[str, object]) -> str:
    """SM3 of the canonical JSON: sorted keys, no blanks, UTF-8; dates must already be text."""
    return digests.sm3(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))
