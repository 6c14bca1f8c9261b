"""Posts and what they may do."""

import pytest

from gongkai.accounts.domain.posts import ADMINISTRATORS, CASEWORK, Post, may_be_combined

pytestmark = pytest.mark.pure


def test_one_person_may_hold_all_casework_posts() -> None:
    assert may_be_combined(CASEWORK)


@pytest.mark.parametrize("post", sorted(ADMINISTRATORS))
def test_an_administrator_holds_that_post_alone(post: Post) -> None:
    assert may_be_combined(frozenset({post}))
    for other in set(Post) - {post}:
        assert not may_be_combined(frozenset({post, other}))


def test_every_post_has_a_chinese_name() -> None:
    assert len({post.label for post in Post}) == len(Post)
