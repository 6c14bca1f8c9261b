import pytest

from gongkai.law.tables import NotAllowed, Table, Transition

pytestmark = pytest.mark.pure

TABLE = Table(
    initial="draft",
    transitions=(
        Transition("submit", ("draft", "returned"), "review", frozenset({"editor"})),
        Transition("send_back", ("review",), "returned", frozenset({"head"}), ("reason_given",)),
        Transition("comment", ("review",), None, frozenset({"head", "leader"})),
        Transition("sign", ("review",), "signed", frozenset({"leader"}), ("not_the_drafter", "cleared")),
    ),
    labels={"draft": "草稿", "signed": "已签发", "sign": "签发", "submit": "送审"},
)


def test_states_actions_and_posts_are_read_off_the_table() -> None:
    assert TABLE.states == ("draft", "returned", "review", "signed")
    assert TABLE.actions == ("submit", "send_back", "comment", "sign")
    assert TABLE.posts == ("editor", "head", "leader")
    assert TABLE.final_states == ("signed",)


def test_only_what_state_and_posts_allow_is_available() -> None:
    assert [line.action for line in TABLE.available("review", {"head"})] == ["send_back", "comment"]
    assert [line.action for line in TABLE.available("review", ["leader", "editor"])] == ["comment", "sign"]
    assert TABLE.available("signed", {"leader"}) == ()
    assert TABLE.available("review", ()) == ()


def test_requiring_gives_the_line_with_its_guards() -> None:
    line = TABLE.require("sign", state="review", posts={"leader"})
    assert (line.target, line.guards) == ("signed", ("not_the_drafter", "cleared"))


def test_a_forbidden_act_says_why_in_chinese() -> None:
    with pytest.raises(NotAllowed, match="“草稿”状态下不能“签发”"):
        TABLE.require("sign", state="draft", posts={"leader"})
    with pytest.raises(NotAllowed, match="您的岗位不能“签发”"):
        TABLE.require("sign", state="review", posts={"editor"})


def test_the_product_covers_every_combination_and_agrees_with_availability() -> None:
    cases = list(TABLE.product())
    assert len(cases) == 4 * 4 * 3
    for case in cases:
        allowed = case.action in [line.action for line in TABLE.available(case.state, {case.post})]
        assert allowed == (case.transition is not None)


def test_an_ambiguous_or_unreachable_line_is_refused() -> None:
    line = Transition("go", ("a",), "b", frozenset({"x"}))
    other = Transition("go", ("a", "c"), "c", frozenset({"y"}))
    with pytest.raises(ValueError, match="one line per action and state"):
        Table("a", (line, other))
    with pytest.raises(ValueError, match="posts"):
        Table("a", (Transition("go", ("a",), "b", frozenset()),))


def test_the_diagram_shows_every_arrow_with_its_label() -> None:
    diagram = TABLE.mermaid()
    assert diagram.startswith("stateDiagram-v2\n")
    for arrow in (
        '    state "草稿" as draft',
        "    [*] --> draft",
        "    returned --> review: 送审",
        "    review --> review: comment",
        "    review --> signed: 签发",
        "    signed --> [*]",
    ):
        assert arrow in diagram.splitlines()


def test_the_duty_rows_list_each_action_with_its_posts() -> None:
    assert dict(TABLE.duties()) == {
        "submit": ("editor",),
        "send_back": ("head",),
        "comment": ("head", "leader"),
        "sign": ("leader",),
    }
