"""The component kit says what it must to eyes, keyboards and screen readers."""

from django.template import engines
from lxml import html

from tests.desk.ui import gallery


def page() -> html.HtmlElement:
    return html.fromstring(gallery.html())


def test_a_field_in_error_names_its_help_and_its_error() -> None:
    found = page().get_element_by_id("id_title")
    assert found.get("aria-describedby") == "id_title_helptext id_title_error"
    assert found.get("aria-invalid") == "true"
    assert page().get_element_by_id("id_title_error").text_content() == "请填写标题。"


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    (group,) = page().xpath('//fieldset[legend[contains(., "公开属性")]]')
    assert group.get("aria-describedby") == "id_attribute_error"
    assert len(group.xpath('.//input[@type="radio"]')) == 2


def test_the_list_of_errors_jumps_to_each_field() -> None:
    anchors = page().xpath('//div[contains(@class, "form-errors")]//a/@href')
    ids = set(page().xpath("//@id"))
    assert anchors
    assert all(anchor[1:] in ids for anchor in anchors)


def test_no_id_appears_twice() -> None:
    ids = page().xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_chip_that_is_on_says_so_and_the_first_lifts_the_filter() -> None:
    (on,) = page().xpath('//a[@class="chip" and @aria-current]')
    assert "审核中" in on.text_content()
    assert page().xpath('//a[@class="chip"]/@href')[0] == "?sort=-title"


def test_filters_folded_on_a_phone_say_what_is_chosen() -> None:
    group = gallery.context()["groups"]
    assert isinstance(group, list)
    folded = engines["django"].from_string("{% filters groups %}").render({"groups": [*group, *group]})
    assert "筛选：审核中、审核中" in folded


def test_a_state_has_a_shape_and_a_word() -> None:
    (badge,) = page().xpath('//div[@class="page-title"]/span[contains(@class, "badge-state")]')
    assert badge.text_content().strip() == "等待审核"
    assert badge.xpath("./svg/path")


def test_a_finding_cites_its_article_and_jumps_to_its_place() -> None:
    (panel,) = page().xpath('//section[contains(@class, "findings")]')
    assert "《条例》第二十六条" in panel.text_content()
    assert panel.xpath('.//a[@href="#id_document_number"]')


def test_pages_carry_no_inline_style_or_script() -> None:
    assert page().xpath("//@style | //style | //script[not(@src)]") == []
