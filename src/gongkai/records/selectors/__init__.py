"""Reads of this room. Each takes the viewer and shows only what that person may see."""

from gongkai.records.selectors.worklist import work_counts, work_waiting

__all__ = ["work_counts", "work_waiting"]
