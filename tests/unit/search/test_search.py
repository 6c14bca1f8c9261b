import pytest

from gongkai.groundwork.search import contract
from gongkai.groundwork.search.contract import Reading, SearchQuery, Sort, Within
from tests.unit.search.sheets import DAY, document, filled

pytestmark = pytest.mark.pure


def keys(reader: contract.Reader, text: str = "", **asked: object) -> tuple[int, ...]:
    return reader.search(SearchQuery(text=text, **asked)).keys  # type: ignore[arg-type]


def test_a_word_of_two_characters_finds_every_text_that_holds_them(
    indexer: contract.Indexer, reader: contract.Reader
) -> None:
    texts = ["上海市人民政府", "在上海", "上海海关", "北上海淀", "海上", "上,海"]
    filled(indexer, *(document(key, body=text) for key, text in enumerate(texts, 1)))
    assert set(keys(reader, "上海")) == {1, 2, 3, 4}


def test_all_words_must_occur_anywhere_in_the_document(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(
        indexer,
        document(1, "城市规划", attachments="人民政府的决定"),
        document(2, "城市规划"),
        document(3, "决定", body="人民政府"),
    )
    assert keys(reader, "规划 人民政府") == (1,)


def test_personal_names_are_found(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(
        indexer,
        document(1, body="任命欧阳娜娜同志为局长"),
        document(2, body="免去闫凛冬的职务"),
        document(3, body="王　伟、李　强"),
    )
    assert keys(reader, "欧阳娜娜") == (1,)
    assert keys(reader, "闫凛冬") == (2,)
    assert keys(reader, "王伟") == (3,)


def test_one_character_finds_its_texts(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, document(1, "公厕"), document(2, "道路"))
    assert keys(reader, "厕") == (1,)


def test_quotes_ask_for_the_text_as_written(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, document(1, body="信息公开"), document(2, body="公开信息"), document(3, body="信息,公开"))
    assert set(keys(reader, "信息公开")) == {1, 2, 3}
    assert keys(reader, "“信息公开”") == (1,)


NUMBERED = ("国办发〔2023〕27号", "国办发[2023]27号", "国办发（2023）27号", "国办发 2023 27", "国办发2023 27号")


@pytest.mark.parametrize("text", NUMBERED)
def test_the_document_of_a_number_comes_before_those_that_cite_it(
    indexer: contract.Indexer, reader: contract.Reader, text: str
) -> None:
    filled(
        indexer,
        document(1, "关于转发国办发〔2023〕27号的通知", body="国办发〔2023〕27号"),
        document(2, "意见", number="国办发〔2023〕27号"),
        document(3, "意见", number="国办发〔2023〕127号"),
    )
    result = reader.search(SearchQuery(text=text))
    assert result.reading is Reading.NUMBER
    assert result.keys == (2, 1)


def test_unusual_numbers_and_index_numbers_are_found_whole(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(
        indexer,
        document(1, number="2023年第5号公告"),
        document(2, index_number="000014349/2023-00012"),
        document(3, body="2023年第5号公告"),
    )
    assert keys(reader, "2023年第5号公告")[0] == 1
    assert keys(reader, "000014349/2023-00012") == (2,)
    assert keys(reader, "000014349202300012") == (2,)


def test_numbers_can_be_filtered_by_their_beginning(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(
        indexer,
        document(1, number="国办发〔2022〕1号"),
        document(2, number="国办发〔2023〕1号"),
        document(3, number="国发〔2023〕1号"),
    )
    assert keys(reader, number="国办发") == (2, 1)
    assert keys(reader, number="国办发〔2023〕") == (2,)
    assert keys(reader, number="国办发 2022 1") == (1,)
    assert keys(reader, number="国办函") == ()


def test_titles_come_before_numbers_and_numbers_before_texts(
    indexer: contract.Indexer, reader: contract.Reader
) -> None:
    filled(
        indexer,
        document(1, "通知", body="国办发 国办发 国办发"),
        document(2, "通知", number="国办发〔2023〕1号"),
        document(3, "国办发文件汇编"),
    )
    assert keys(reader, "国办发") == (3, 2, 1)


def test_of_equals_the_newer_comes_first(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, *(document(key, "住房补贴办法") for key in range(1, 2_000, 200)))
    assert keys(reader, "住房补贴", at=2_000 * DAY) == tuple(sorted(range(1, 2_000, 200), reverse=True))


def test_sort_by_date_is_newest_first_and_stable_within_a_day(
    indexer: contract.Indexer, reader: contract.Reader
) -> None:
    filled(indexer, *(document(key, "住房", published_at=key // 2 * DAY) for key in (3, 1, 4, 2)))
    assert keys(reader, "住房", sort=Sort.DATE) == (4, 3, 2, 1)
    assert keys(reader) == (4, 3, 2, 1)


def test_dates_narrow_the_hits(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, *(document(key) for key in range(-2, 5) if key >= 0), document(9, published_at=-DAY))
    assert keys(reader, published_from=2 * DAY, published_before=4 * DAY) == (3, 2)
    assert keys(reader, published_before=0) == (9,)
    assert keys(reader, published_from=3 * DAY) == (4, 3)
    assert keys(reader, published_from=10**30) == keys(reader, published_before=-(10**30)) == ()


def test_facets_count_documents_under_every_value(indexer: contract.Indexer, reader: contract.Reader) -> None:
    def placed(key: int, agency: str, path: str) -> contract.SearchDocument:
        return document(key, facets={"agency": (agency,), "node": contract.ancestors(path)})

    filled(indexer, placed(1, "甲", "a/b"), placed(2, "甲", "a/c"), placed(3, "乙", "d"), document(4))
    result = reader.search(SearchQuery(text="通知", facets=("agency", "node")))
    assert result.total == 4
    assert result.facets["agency"] == (contract.FacetCount("甲", 2), contract.FacetCount("乙", 1))
    assert {count.value: count.count for count in result.facets["node"]} == {"a": 2, "a/b": 1, "a/c": 1, "d": 1}


def test_filters_take_any_value_of_a_facet_and_all_facets(indexer: contract.Indexer, reader: contract.Reader) -> None:
    for key, (agency, year) in enumerate([("甲", "1"), ("乙", "1"), ("丙", "1"), ("甲", "2")], 1):
        filled(indexer, document(key, facets={"agency": (agency,), "year": (year,)}))
    result = reader.search(
        SearchQuery(text="通知", filters={"agency": ("甲", "乙"), "year": ("1",)}, facets=("agency",))
    )
    assert set(result.keys) == {1, 2}
    assert {count.value for count in result.facets["agency"]} == {"甲", "乙"}
    assert keys(reader, "通知", filters={"agency": ("丁",)}) == ()


def test_titles_can_be_searched_alone(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, document(1, "住房", number="市发〔2020〕1号"), document(2, "通知", body="住房"))
    assert keys(reader, "住房", within=Within.TITLE) == (1,)
    assert keys(reader, "住房") == (1, 2)


def test_long_words_are_taken_apart_when_nothing_holds_them(indexer: contract.Indexer, reader: contract.Reader) -> None:
    filled(indexer, document(1, body="共和国属于中华的人民"))
    result = reader.search(SearchQuery(text="中华人民共和国"))
    assert (result.keys, result.reading) == ((1,), Reading.PARTS)
    assert keys(reader, "“中华人民共和国宪法”") == ()


def test_pages_follow_each_other_and_end_at_the_limit(indexer: contract.Indexer, reader: contract.Reader) -> None:
    count = contract.PAGED_HITS + 30
    filled(indexer, *(document(key, "住房" if key % 3 else "通知", body="住房") for key in range(1, count + 1)))
    for order in ({"at": count * DAY}, {"at": None}, {"sort": Sort.DATE}):
        pages = [keys(reader, "住房", offset=offset, limit=90, **order) for offset in range(0, 1_080, 90)]
        seen = [key for page in pages for key in page]
        assert len(seen) == len(set(seen)) == contract.PAGED_HITS
    result = reader.search(SearchQuery(text="住房", offset=5_000))
    assert (result.keys, result.total, result.pageable) == ((), count, contract.PAGED_HITS)


def test_unknown_facets_are_the_callers_mistake(indexer: contract.Indexer, reader: contract.Reader) -> None:
    with pytest.raises(ValueError, match="colour"):
        reader.search(SearchQuery(facets=("colour",)))
    with pytest.raises(ValueError, match="colour"):
        filled(indexer, document(1, facets={"colour": ("red",)}))


HOSTILE = [
    '"',
    '""""',
    "“”",
    "title:上海 OR *",
    "上海*?~^\\",
    "[2023 TO 2024]",
    "\x00上海\x1f",
    "🙂🙂",
    "👨‍👩‍👧",
    "'; DROP TABLE--",
    "﷽",
    "\ud800",
    "上" * 100_000,
    "a" * 100_000,
    "上海 " * 50_000,
    "〔" * 500 + "2023" + "〕" * 500,
    "国" * 30 + "〔2023〕99999999999999999号",
    "\u202e上海\u202c",
    "|",
    "١٢٣ ० ㊀",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered(indexer: contract.Indexer, reader: contract.Reader, text: str) -> None:
    filled(indexer, document(1, "上海"))
    for sort in Sort:
        result = reader.search(SearchQuery(text=text, sort=sort, facets=("agency",), number=text, at=DAY))
        assert result.total == len(result.keys) <= 1


@pytest.mark.parametrize(
    "text", ["市发 2020 1", "市发〔2020〕1号", "市发", "住房 通知", "住房补贴", "国", "住房公积金"]
)
@pytest.mark.parametrize("within", Within)
def test_the_hits_are_as_many_as_the_total_says(
    indexer: contract.Indexer, reader: contract.Reader, text: str, within: Within
) -> None:
    pool = ["住房补贴", "住房的补贴", "关于住房的通知", "市发〔2020〕1号", "住房公积金", "国家"]
    parts = [(title, body) for title in pool for body in pool]
    filled(
        indexer,
        *(
            document(key, title, body=body, number=pool[3] if key % 5 == 0 else "")
            for key, (title, body) in enumerate(parts, 1)
        ),
    )
    for sort in Sort:
        result = reader.search(SearchQuery(text=text, within=within, sort=sort, limit=100, at=DAY))
        assert result.total == len(result.keys) == len(set(result.keys)) > 0
