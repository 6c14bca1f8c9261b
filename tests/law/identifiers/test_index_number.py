import itertools
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.identifiers import index_number
from gongkai.law.identifiers.index_number import Numbering
from gongkai.law.identifiers.invalid import Invalid

pytestmark = pytest.mark.pure

NATIONAL = Numbering.read(index_number.examples()["national"])
CODES = {"org9": "000014349"}


def numbering(template: str, **settings: object) -> Numbering:
    return Numbering.read({"template": template, **settings})


@pytest.mark.parametrize("name", index_number.examples())
def test_every_shape_met_in_the_country_can_be_read_and_rendered_again(name: str) -> None:
    example = index_number.examples()[name]
    rule, number = Numbering.read(example), str(example["example"])
    values = rule.template.read(number)
    stamp = values.get("yyyymmdd") or (values.get("yyyymm") or values["yyyy"] + "01") + "01"
    on = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:]))
    assert rule.render(values, on=on, sequence=int(values["seq"])) == number
    assert index_number.validate(number) == number
    assert index_number.parse_template(str(rule.template)) == rule.template
    assert rule.counter(values, on=on)


def test_the_national_shape_has_twenty_characters_and_a_rear_segment() -> None:
    number = NATIONAL.render(CODES, on=date(2017, 3, 1), sequence=110)
    assert number == "000014349/2017-00110"
    assert len(number) == 20
    assert index_number.rear_segment(number) == "2017-00110"


def test_the_shanghai_shape_has_twenty_one_characters() -> None:
    rule = Numbering.read(index_number.examples()["shanghai"])
    number = rule.render({"org9": "00242012-0", "source": "1"}, on=date(2026, 3, 2), sequence=7)
    assert (number, len(number)) == ("SY0024201201202600007", 21)


def test_codes_are_taken_in_any_spelling_and_padded_to_their_width() -> None:
    assert NATIONAL.render({"org9": "00001434－9"}, on=date(2026, 1, 1), sequence=1) == "000014349/2026-00001"
    padded = numbering("{org9}-{dept:3}-{yyyy}-{seq:4}")
    assert padded.render({**CODES, "dept": "7"}, on=date(2026, 1, 1), sequence=12) == "000014349-007-2026-0012"


def test_a_sequence_that_outgrows_its_width_gets_longer_and_never_repeats() -> None:
    number = NATIONAL.render(CODES, on=date(2026, 1, 1), sequence=100_000)
    assert number == "000014349/2026-100000"
    assert NATIONAL.template.read(number)["seq"] == "100000"


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{org9}/{yyyy}",
        "{seq:5}{seq:5}",
        "{org9}/{org9}/{seq:5}",
        "{org9}/{yyyy}-{seq}",
        "{org9}/{yyyy}-{seq:0}",
        "{org9}/{yyyy}-{seq:10}",
        "{org9}/{yyyy}-{seq:-}",
        "{nothing}/{seq:5}",
        "{org9}/{yyyy:2}-{seq:5}",
        "{uscc:-}/{seq:5}",
        "{dept:19}/{seq:5}",
        "{dept}{topic}/{yyyy}-{seq:5}",
        "{seq:5}{yyyy}",
        "{uscc}{yyyy}-{seq:5}",
        "索引{org9}/{seq:5}",
        "{org9} {seq:5}",
        "{org9/{seq:5}",
        "{ORG9}/{seq:5}",
    ],
)
def test_a_template_that_could_not_give_clear_numbers_is_refused(template: str) -> None:
    with pytest.raises(Invalid):
        index_number.parse_template(template)


@pytest.mark.parametrize(
    ("template", "settings"),
    [
        ("{org9}-{seq:5}", {"reset": "yearly"}),
        ("{org9}-{yyyy}-{seq:5}", {"reset": "monthly"}),
        ("{org9}-{yyyymm}-{seq:5}", {"reset": "daily"}),
        ("{yyyy}-{seq:5}", {"scope": ["agency"]}),
        ("{org9}-{yyyy}-{seq:5}", {"scope": ["agency", "topic"]}),
        ("{org9}-{yyyy}-{seq:5}", {"scope": "agency"}),
    ],
)
def test_settings_under_which_two_records_could_share_a_number_are_refused(
    template: str, settings: Mapping[str, object]
) -> None:
    with pytest.raises(Invalid):
        numbering(template, **settings)


def test_an_unknown_scope_or_reset_is_refused() -> None:
    with pytest.raises(ValueError, match="planet"):
        numbering("{org9}-{yyyy}-{seq:5}", scope=["planet"])
    with pytest.raises(ValueError, match="weekly"):
        numbering("{org9}-{yyyy}-{seq:5}", reset="weekly")


def test_the_counter_starts_anew_with_its_period_and_its_scope() -> None:
    assert NATIONAL.counter(CODES, on=date(2026, 1, 1)) == "org9=000014349;2026"
    assert NATIONAL.counter(CODES, on=date(2026, 12, 31)) == NATIONAL.counter(CODES, on=date(2026, 1, 1))
    assert NATIONAL.counter(CODES, on=date(2027, 1, 1)) != NATIONAL.counter(CODES, on=date(2026, 1, 1))
    by_topic = numbering("{org9}/{topic}-{yyyy}-{seq:5}", scope=["agency", "topic"])
    assert by_topic.counter({**CODES, "topic": "07"}, on=date(2026, 1, 1)) == "org9=000014349;topic=07;2026"
    forever = numbering("{org9}/{yyyy}-{seq:5}", reset="never")
    assert forever.counter(CODES, on=date(2026, 1, 1)) == forever.counter(CODES, on=date(2027, 1, 1))
    whole_site = numbering("GK{yyyy}-{seq:6}", scope=[], reset="never")
    assert whole_site.counter({}, on=date(2026, 1, 1)) == "all"


def test_agencies_behind_one_site_code_draw_from_one_sequence() -> None:
    rule = Numbering.read(index_number.examples()["site_code"])
    shared = {"site_code": "6107280000"}
    assert rule.counter({**shared, "org9": "000000001"}, on=date(2026, 1, 1)) == rule.counter(
        {**shared, "org9": "000000002"}, on=date(2026, 1, 1)
    )


@pytest.mark.parametrize("codes", [{}, {"org9": ""}, {"org9": "123"}, {"org9": "12345678*"}])
def test_a_missing_or_malformed_code_is_refused(codes: Mapping[str, str]) -> None:
    with pytest.raises(Invalid):
        NATIONAL.render(codes, on=date(2026, 1, 1), sequence=1)


def test_sequences_begin_at_one_and_numbers_do_not_grow_beyond_reason() -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        NATIONAL.render(CODES, on=date(2026, 1, 1), sequence=0)
    long = numbering("{org9}/" + "x" * 60 + "{yyyy}-{seq:5}")
    with pytest.raises(Invalid):
        long.render(CODES, on=date(2026, 1, 1), sequence=1)


@pytest.mark.parametrize("number", ["000014349-2017-00110", "00014349/2017-00110", "000014349/2017-110", ""])
def test_a_number_of_another_shape_is_not_read(number: str) -> None:
    with pytest.raises(Invalid):
        NATIONAL.template.read(number)


@pytest.mark.parametrize("number", ["", "12345", "x" * 65, "000014349/2017-0011号", "a<b>/2017-1", "------"])
def test_what_is_no_index_number_of_any_template_is_refused(number: str) -> None:
    assert not index_number.is_valid(number)


def test_a_number_is_accepted_in_full_width_and_with_blanks() -> None:
    assert index_number.validate(" ０００014349／2017－00110 ") == "000014349/2017-00110"


CODE_SETS = st.fixed_dictionaries(
    {
        "org9": st.from_regex(r"[0-9A-Z]{9}", fullmatch=True),
        "uscc": st.from_regex(r"[0-9A-Z]{15,18}", fullmatch=True),
        "site_code": st.from_regex(r"(bm[0-9]{8}|N[0-9]{9}|[0-9]{10})", fullmatch=True),
        "region": st.sampled_from(["330000", "330200"]),
        "dept": st.sampled_from(["1", "031", "31"]),
        "topic": st.sampled_from(["1", "07"]),
        "genre": st.sampled_from(["3", "03"]),
        "group": st.sampled_from(["8", "08"]),
        "source": st.sampled_from(["1", "2"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(index_number.examples())),
    records=st.lists(st.tuples(CODE_SETS, st.integers(0, 800)), min_size=2, max_size=12),
)
def test_no_two_records_ever_get_the_same_number(name: str, records: list[tuple[dict[str, str], int]]) -> None:
    rule = Numbering.read(index_number.examples()[name])
    used: dict[str, int] = {}
    numbers = []
    for codes, offset in records:
        on = date(2025, 6, 1) + timedelta(days=offset)
        used[rule.counter(codes, on=on)] = used.get(rule.counter(codes, on=on), 0) + 1
        numbers.append(rule.render(codes, on=on, sequence=used[rule.counter(codes, on=on)]))
    assert all(one != other for one, other in itertools.combinations(numbers, 2))
