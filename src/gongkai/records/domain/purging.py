"""What a purge takes, and what it leaves behind as evidence."""

from enum import StrEnum


class Scope(StrEnum):
    """Everything, or only what was public before a correction."""

    EVERYTHING = "everything"
    EARLIER = "earlier"

    @property
    def label(self) -> str:
        return {"everything": "全部内容和附件", "earlier": "更正以前的版本和附件"}[self.value]


ERASED_TITLE = "（内容已清除）"
# What stays of a record when everything is purged: who had it in hand, when, where it stood, and its digests. Every
# other field is emptied, fields that are added later included.
KEPT_FIELDS = frozenset(
    {
        *("id", "agency", "state", "stage", "stage_post", "held_at", "scheme", "submitted", "digest", "clearance"),
        *("version_count", "released_number", "entry_id", "index_number", "attribute", "column_code", "validity"),
        *("drafter_id", "drafter_name", "writers", "drafted_at", "changed_at", "published_at", "withdrawn_at"),
        *("due_on", "due_edition", "lock_version"),
    }
)
