"""axe-core finds nothing and nothing scrolls sideways, on every kind of page, on a desktop and on a phone.

The kinds are read from the URL configuration: a new one that is not visited here fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import URLPattern
from playwright.sync_api import Page, expect

from gongkai.portal import urls as portal_urls
from tests.architecture import doors
from tests.factories import standards
from tests.journeys import exhibits, walking
from tests.journeys.conftest import DESKTOP, PHONE, Site, problems_found_by_axe, scrolls_sideways

pytestmark = pytest.mark.journey

_OFFICE = f"/desk/{exhibits.CODE}"
_TOO_LONG = "长" * 201


@dataclass(frozen=True)
class _Kind:
    """A kind of page: the name of its URL, where it is seen, in which states. ``{names}`` are those of the exhibits."""

    name: str
    addresses: tuple[str, ...]
    status: int = 200


_PORTAL = (
    _Kind("home", ("/", "/elder/")),
    _Kind("latest", ("/latest/", "/elder/latest/")),
    _Kind("agencies", ("/agencies/", "/agencies/?name=没有")),
    _Kind("agency", ("/agencies/bing-ju/", "/agencies/bing-ju/#catalogue", "/elder/agencies/bing-ju/")),
    _Kind(
        "column",
        (
            "/agencies/bing-ju/columns/art20_01_normative.normative/",
            "/agencies/bing-ju/columns/guide/",
            "/agencies/jia-ju/columns/statutory/",
        ),
    ),
    _Kind("key_areas", ("/key-areas/", "/key-areas/?year=2026")),
    _Kind("key_area", ("/key-areas/finance.budget/",)),
    _Kind("gazettes", ("/gazette/", "/elder/gazette/")),
    _Kind("gazette", ("/gazette/{gazette_id}/",)),
    _Kind("tables", ("/agencies/bing-ju/standards/", "/agencies/jia-ju/standards/")),
    _Kind("table", (f"/agencies/bing-ju/standards/{standards.FIELD}/",)),
    _Kind("library", ("/library/", "/library/?validity=repealed", "/elder/library/")),
    _Kind(
        "search",
        ("/search/", "/search/?q=空气质量", "/search/?q=积雪", "/search/?q=积雪#filters", "/search/?q=没有这样的词语"),
    ),
    _Kind(
        "entry",
        (
            "/entries/{entry_usual}/",
            "/entries/{entry_cut}/",
            "/entries/{entry_ended}/",
            "/elder/entries/{entry_ended}/",
        ),
    ),
    _Kind("entry", ("/entries/{entry_withdrawn}/", "/elder/entries/{entry_withdrawn}/"), status=410),
    _Kind("requests", ("/requests/",)),
    _Kind("annual_reports", ("/annual-reports/",)),
    _Kind("open_data", ("/open-data/",)),
    _Kind("accessibility", ("/accessibility/",)),
    _Kind("site_map", ("/site-map/",)),
    _Kind("slash_missing", ("/no-such-page/", "/elder/no-such-page/"), status=404),
    _Kind("search", (f"/search/?q={_TOO_LONG}", f"/elder/search/?q={_TOO_LONG}"), status=400),
)
_NO_PAGES_OF_THE_PORTAL = {
    *("table_csv", "agency_feed", "column_feed", "feed", "qr_code", "content", "reading", "file", "robots"),
    *("sitemap", "sitemap_pages", "sitemap_part"),
}

_BY_NOBODY = (_Kind("accounts:sign_in", ("/desk/sign-in/",)),)
_BY_HONG = (
    _Kind("workbench:today", ("/desk/",)),
    _Kind("accounts:account", ("/desk/account/",)),
    _Kind("accounts:password", ("/desk/account/password/",)),
    _Kind("accounts:second_factor_on", ("/desk/account/second-factor/",)),
    _Kind("accounts:second_factor_off", ("/desk/account/second-factor/off/",)),
    _Kind("accounts:absence_new", ("/desk/account/absences/new/",)),
    _Kind("accounts:away", ("absences/",)),
    _Kind("accounts:away_new", ("absences/new/",)),
    _Kind("workbench:notices", ("/desk/notices/",)),
    _Kind("workbench:falling_due", ("falling-due/", "falling-due/?until=2027-12-31", "falling-due/?until=1990-01-01")),
    _Kind("workbench:reminders", ("reminders/",)),
    _Kind("workbench:webhook_new", ("reminders/webhooks/new/",)),
    _Kind("workbench:webhook_remove", ("reminders/webhooks/{webhook_id}/remove/",)),
    _Kind("workbench:handovers", ("handovers/",)),
    _Kind("workbench:handover_new", ("handovers/new/",)),
    _Kind("workbench:handover", ("handovers/{handover_id}/",)),
    _Kind("records:list", ("records/", "records/?state=draft", "records/?q=没有这样的词语")),
    _Kind("records:addresses", ("records/addresses/", "records/addresses/?level=1")),
    _Kind("records:addresses_below", ("records/addresses/below/",)),
    _Kind("records:certificate", ("records/{record_published}/certificate/", "records/{record_purged}/certificate/")),
    _Kind("records:most_read", ("records/reading/", "records/reading/?days=365")),
    _Kind("records:new", ("records/new/",)),
    _Kind("records:removals", tuple(f"records/remove-now/{asked}" for asked in ("", "?q=积雪", "?q=没有这样的词语"))),
    _Kind(
        "records:case",
        tuple(
            f"records/{{record_{state}}}/"
            for state in (
                *("draft", "incomplete", "in_review", "returned", "signed"),
                *("published", "correcting", "withdrawn", "removed", "reopened", "kept", "discarded"),
                *("purge_asked", "purged"),
            )
        ),
    ),
    _Kind("records:case", ("records/{record_joint}/",)),
    _Kind("records:ask_issuers", ("records/{record_joint}/ask-issuers/",)),
    _Kind("records:note_confirmation", ("records/{record_joint}/confirmations/new/",)),
    _Kind("records:evaluations", ("records/evaluations/", "records/evaluations/?due=overdue")),
    _Kind("records:secrets", ("records/evaluations/secrets/",)),
    _Kind("records:secret_new", ("records/evaluations/secrets/new/",)),
    _Kind("records:secret_evaluate", ("records/evaluations/secrets/{refusal_id}/",)),
    _Kind("records:confirmations", ("records/confirmations/",)),
    _Kind("records:confirm", ("records/confirmations/{request_id}/",)),
    _Kind("records:edit", ("records/{record_incomplete}/edit/", "records/{record_returned}/edit/")),
    _Kind(
        "records:cuts",
        ("records/{record_cut}/cuts/", "records/{record_draft}/cuts/", "records/{record_published}/cuts/"),
    ),
    _Kind("records:version", ("records/{record_published}/versions/1/",)),
    _Kind("records:review", ("records/{record_in_review}/review/", "records/{record_checked}/review/")),
    _Kind("records:words", ("records/words/", "records/words/?q=没有这样的词语")),
    _Kind("records:platform_words", ("records/platform-words/",)),
    _Kind("records:dismiss", ("records/{record_checked}/findings/{finding}/dismiss/",)),
    _Kind("records:read_by_eye", ("records/{record_checked}/files/{scan_id}/read/",)),
    _Kind("records:approval_slip", ("records/{record_published}/versions/1/approval/",)),
    _Kind("records:secrecy_slip", ("records/{record_in_review}/versions/1/secrecy/",)),
    _Kind("records:slip_verify", ("records/slips/", "records/slips/?code=1-1-000000000000")),
    _Kind("records:follow_up", ("records/{record_owed}/follow-up/",)),
    _Kind("records:paper", ("records/{record_in_review}/paper/",)),
    _Kind("records:paper_clearance", ("records/{record_signed}/paper/clearance/",)),
    _Kind("records:held", ("records/held/{record_held}/",)),
    _Kind("records:clearance", ("records/{record_signed}/clearance/",)),
    *(
        _Kind(f"records:{act}", (f"records/{{record_{state}}}/{act.replace('_', '-')}/",))
        for act, state in (
            *(("recall", "in_review"), ("discard", "draft"), ("abandon", "correcting"), ("send_back", "signed")),
            *(("plan_release", "signed"), ("plan_withdrawal", "published"), ("cancel_plan", "planned")),
            *(("publish", "signed"), ("keep", "signed"), ("reevaluate", "kept"), ("reopen", "kept")),
            *(("correct", "published"), ("validity", "published"), ("withdraw", "published"), ("take_over", "draft")),
            *(("mark_urgent", "in_review"), ("lift_urgency", "urgent")),
            *(("ask_purge", "published"), ("purge", "purge_asked")),
            *(("remove_now", "published"), ("explain", "removed"), ("republish", "withdrawn"), ("leave", "reopened")),
        )
    ),
    _Kind("records:channel_list", ("records/channels/", "records/channels/?channel=weibo")),
    _Kind("records:channel_paste", ("records/channels/paste/",)),
    _Kind("records:channel_new", ("records/{record_published}/channels/new/",)),
    _Kind("records:channel_remove", ("records/{record_published}/channels/{channel_id}/remove/",)),
    _Kind("records:guide", ("records/guide/",)),
    _Kind("records:guide_write", ("records/guide/write/",)),
    _Kind("records:key_areas", ("records/key-areas/", "records/key-areas/?year=2026")),
    _Kind("records:key_area", ("records/key-areas/finance.budget/",)),
    _Kind("records:gazette_list", ("records/gazette/",)),
    _Kind("records:gazette_new", ("records/gazette/new/",)),
    _Kind("records:gazette", ("records/gazette/{issue_id}/",)),
    _Kind("records:gazette_change", ("records/gazette/{issue_id}/change/",)),
    _Kind("records:deposit_list", ("records/deposits/",)),
    _Kind("records:deposit_new", ("records/deposits/new/",)),
    _Kind("records:deposit", ("records/deposits/{deposit_id}/", "records/deposits/{handed_over_id}/")),
    _Kind("records:deposit_hand_over", ("records/deposits/{deposit_id}/hand-over/",)),
    _Kind("records:deposit_receipt", ("records/deposits/{handed_over_id}/receipt/",)),
    _Kind("imports:standard", ("imports/standard/",)),
    _Kind("records:standard_list", ("records/standards/",)),
    _Kind("records:standard", ("records/standards/{standard_id}/", "records/standards/{standard_waiting_id}/")),
    _Kind("records:standard_approve", ("records/standards/{standard_waiting_id}/approve/",)),
    _Kind("records:standard_discard", ("records/standards/{standard_waiting_id}/discard/",)),
    _Kind("records:standard_links", ("records/standards/{standard_id}/links/",)),
    _Kind("records:standard_column", (f"records/standards/{{standard_id}}/links/{standards.MATTERS[0].key}/column/",)),
    _Kind("records:standard_report", ("records/standards/{standard_id}/report/",)),
    _Kind("records:upkeep", ("records/upkeep/", "records/upkeep/?show=stale", "records/upkeep/?show=late")),
    _Kind("records:upkeep_below", ("records/upkeep/below/", "records/upkeep/below/?only=problems")),
    _Kind(
        "records:figures", tuple(f"records/figures/{asked}" for asked in ("", "?form=G2014", "?whose=own&year=2020"))
    ),
    _Kind("records:normative", ("records/normative/", "records/normative/?show=30", "records/normative/?show=ended")),
    _Kind("records:normative_rule", ("records/normative/rule/",)),
    _Kind("records:evaluate", ("records/{record_normative}/evaluate/",)),
    _Kind("records:register", ("records/{record_normative}/register/",)),
    _Kind("records:clean_ups", ("records/clean-ups/",)),
    _Kind("records:clean_up_new", ("records/clean-ups/new/",)),
    _Kind("records:clean_up", ("records/clean-ups/{clean_up_id}/",)),
    _Kind("records:clean_up_close", ("records/clean-ups/{clean_up_id}/close/",)),
    _Kind("records:figure_rows", ("records/figures/published/", "records/figures/weibo/")),
    _Kind("records:catalogue", ("records/catalogue/",)),
    _Kind("records:column", ("records/catalogue/art20_01_normative/",)),
    _Kind("records:column_new", ("records/catalogue/art20_01_normative/new/",)),
    _Kind(
        "records:batch_new",
        (
            "records/batches/new/?act=submit&all=1",
            "records/batches/new/?act=approve&all=1",
            "records/batches/new/?act=publish",
        ),
    ),
    _Kind("records:batch", ("records/batches/{run_id}/",)),
    _Kind("records:scheme", ("records/scheme/",)),
    _Kind("imports:list", ("imports/",)),
    _Kind("imports:upload", ("imports/new/",)),
    _Kind("imports:case", ("imports/{import_id}/",)),
    _Kind("imports:drops", ("imports/drops/",)),
    _Kind("imports:drop_new", ("imports/drops/new/",)),
    _Kind("imports:drop", ("imports/drops/{batch_id}/",)),
    _Kind("records:issued", ("records/issued/", "records/issued/?year=2026")),
    _Kind("records:issued_rows", ("records/issued/rows/", "records/issued/rows/?q=没有")),
    _Kind("imports:registers", ("imports/register/",)),
    _Kind("imports:register", ("imports/register/{register_id}/",)),
    _Kind("imports:refuse", ("imports/{import_id}/refuse/",)),
    _Kind("reports:list", ("reports/",)),
    _Kind("reports:upload", ("reports/new/",)),
    _Kind("reports:case", ("reports/{check_id}/",)),
    _Kind("reports:cells", ("reports/{check_id}/cells/1/",)),
    _Kind("reports:compare", ("reports/{check_id}/compare/",)),
    _Kind("404", ("records/999999/", "/desk/no-such-page/"), status=404),
)
_BY_ZHENG = (
    _Kind("workbench:today", ("/desk/",)),
    _Kind("system:agencies", ("/desk/system/agencies/", "/desk/system/agencies/?q=没有")),
    _Kind("system:agency_new", ("/desk/system/agencies/new/",)),
    _Kind("system:agency_change", ("/desk/system/agencies/{agency_id}/change/",)),
    _Kind("system:agency_merge", ("/desk/system/agencies/{agency_id}/merge/",)),
    _Kind("system:agency_end", ("/desk/system/agencies/{agency_id}/end/",)),
    _Kind("system:status", ("/desk/system/status/",)),
    _Kind("system:mail", ("/desk/system/mail/",)),
    _Kind("accounts:people", ("/desk/system/people/", "/desk/system/people/?q=没有")),
    _Kind("accounts:person_new", ("/desk/system/people/new/",)),
    _Kind("accounts:person", ("/desk/system/people/{person_id}/",)),
    _Kind("accounts:person_change", ("/desk/system/people/{person_id}/change/",)),
    _Kind("accounts:person_close", ("/desk/system/people/{person_id}/close/",)),
    _Kind("accounts:person_password", ("/desk/system/people/{person_id}/password/",)),
    _Kind("403", ("/desk/shi-zhengfu/records/",), status=403),
)
_BY_KONG = (
    _Kind("accounts:person", ("/desk/system/people/{person_id}/", "/desk/system/people/{person_with_substitute}/")),
    _Kind("accounts:substitute_new", ("/desk/system/posts/{holding_id}/substitutes/new/",)),
    _Kind("accounts:substitute_end", ("/desk/system/substitutes/{substitute_id}/end/",)),
    _Kind("accounts:post_new", ("/desk/system/people/{person_id}/posts/new/",)),
    _Kind("accounts:mandates", ("/desk/system/mandates/",)),
    _Kind("accounts:mandate_new", ("/desk/system/mandates/new/",)),
    _Kind("accounts:mandate_end", ("/desk/system/mandates/{mandate_id}/end/",)),
    _Kind("accounts:post_end", ("/desk/system/posts/{holding_id}/end/",)),
    _Kind("accounts:person_second_factor", ("/desk/system/people/{person_id}/second-factor/",)),
)
_BY_CAO = (
    _Kind("system:audit", ("/desk/system/audit/", "/desk/system/audit/?person=没有")),
    _Kind("system:audit_verify", ("/desk/system/audit/verify/",)),
)
# They act and lead elsewhere, or answer with a file or a part of a page.
_NO_PAGES_OF_THE_DESK = {
    *("workbench:webhook_test", "workbench:at_agency", "accounts:sign_out", "accounts:end_other_sessions"),
    *("accounts:person_reopen", "accounts:person_unlock", "accounts:absence_cancel", "accounts:away_cancel"),
    *(
        "records:batch_progress",
        "records:autosave",
        "records:clean",
        "records:confirmation_file",
        "records:cut_restore",
        "records:submit",
        "records:upload",
        "records:file",
        "records:held_file",
        "records:scan",
        "records:clean_up_decide",
        "records:clean_up_notice",
        "records:figure_csv",
        "records:figure_workbook",
    ),
    *("records:guide_check", "records:standard_clear", "records:deposit_bundle"),
    *("records:standard_clear", "records:deposit_bundle"),
    "records:standard_clear",
    *("records:addresses_workbook", "records:addresses_csv"),
    *("records:addresses_below_workbook", "records:addresses_below_csv"),
    *("records:file_up", "records:file_down", "records:file_remove"),
    *("records:word_remove", "records:platform_word_remove"),
    *("imports:progress", "imports:clear", "imports:confirm", "imports:discard", "imports:download", "imports:rejects"),
    *("records:export", "records:issued_export", "records:issued_draft"),
    *("imports:register_progress", "imports:register_confirm", "imports:register_discard"),
    *("imports:drop_progress", "imports:drop_original"),
    *("reports:progress", "reports:repeat", "reports:original", "reports:as_json", "reports:as_workbook"),
}


def _check(page: Page, site: Site, kinds: tuple[_Kind, ...], *, office: str = "") -> None:
    """Looks at all of them and says everything that is wrong at once."""
    ids = exhibits.read(site.home)
    wrong = []
    for kind in kinds:
        for address in kind.addresses:
            place = address.format_map(ids)
            page.set_viewport_size(DESKTOP)
            page.goto("about:blank")  # a change of the fragment alone would load nothing
            answer = page.goto(place if place.startswith("/") else f"{office}/{place}")
            assert answer is not None
            if answer.status != kind.status:
                wrong.append(f"{place}: answers {answer.status}, not {kind.status}")
            wrong += [f"{place} {finding}" for finding in _faults(page)]
    assert not wrong, "\n".join(wrong)


def _faults(page: Page) -> list[str]:
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found += [f"at {size['width']}: {problem}" for problem in problems_found_by_axe(page)]
        if scrolls_sideways(page):
            found.append(f"at {size['width']}: scrolls sideways")
    return found


def test_every_kind_of_page_is_visited() -> None:
    patterns = [pattern for pattern in portal_urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert {pattern.name for pattern in patterns} == {kind.name for kind in _PORTAL} | _NO_PAGES_OF_THE_PORTAL
    visited = {kind.name for kinds in (_BY_NOBODY, _BY_HONG, _BY_ZHENG, _BY_KONG, _BY_CAO) for kind in kinds}
    named = {name for name in visited if not re.fullmatch(r"\d+", name)}
    assert {url.name for url in doors.desk_urls()} == named | _NO_PAGES_OF_THE_DESK


@pytest.mark.parametrize("kinds", [_PORTAL[:8], _PORTAL[8:], _BY_NOBODY], ids=["portal", "portal-2", "sign-in"])
def test_pages_for_everybody(new_page: Callable[..., Page], site: Site, kinds: tuple[_Kind, ...]) -> None:
    page = new_page()
    walking.search_until(page, "积雪", "关于清扫积雪的规定")
    _check(page, site, kinds)


@pytest.mark.parametrize(
    ("name", "agency", "kinds"),
    [
        ("洪", exhibits.CODE, _BY_HONG),
        ("郑", "shi-zhengfu", _BY_ZHENG),
        ("孔", "shi-zhengfu", _BY_KONG),
        ("曹", "shi-zhengfu", _BY_CAO),
    ],
    ids=["casework", "system", "security", "audit"],
)
def test_pages_of_the_desk(
    new_page: Callable[..., Page], site: Site, name: str, agency: str, kinds: tuple[_Kind, ...]
) -> None:
    _check(walking.at_desk(new_page, name, agency=agency), site, kinds, office=f"/desk/{agency}")


def test_pages_that_say_what_is_wrong(new_page: Callable[..., Page], site: Site) -> None:
    ids = exhibits.read(site.home)
    page = new_page()
    walking.sign_in(page, "洪", agency=exhibits.CODE, password="wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    wrong = _faults(page)
    walking.sign_in(page, "洪", agency=exhibits.CODE)
    for place, button in (
        ("records/new/", "保存"),
        (f"records/{ids['record_incomplete']}/edit/", "添加附件"),
        (f"records/{ids['record_in_review']}/review/", "退回修改"),
        (f"records/{ids['record_signed']}/clearance/", "作出结论"),
        (f"records/{ids['record_published']}/withdraw/", "撤下"),
        ("imports/new/", "上传并检查"),
        ("imports/drops/new/", "放入并读取"),
        (f"imports/{ids['import_id']}/refuse/", "退回"),
    ):
        page.set_viewport_size(DESKTOP)
        page.goto(f"{_OFFICE}/{place}")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        wrong += [f"{place} after {button}: {fault}" for fault in _faults(page)]
    assert not wrong, "\n".join(wrong)
