"""The lists of words: an agency's own, and the one for the whole platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.law import wrong_words
from gongkai.law.findings import Severity
from gongkai.records.desk.access import door
from gongkai.records.desk.words.forms import WordsForm
from gongkai.records.models import AgencyWord, PlatformWord
from gongkai.records.selectors import words as selector
from gongkai.records.services import words


@dataclass(frozen=True)
class WordLine:
    """A word of the list, with the way to take it off."""

    id: int
    wrong: str
    right: str
    level: str
    who: str
    at: datetime


@dataclass(frozen=True)
class WordsPage:
    title: str
    sentence: str
    lines: tuple[WordLine, ...]
    total: int
    sought: str
    in_product: int
    remove_url: str


@door(Duty.KEEP_CATALOGUE)
def word_list(request: DeskRequest) -> HttpResponseBase:
    """The agency's own words."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, words.add, Duty.KEEP_CATALOGUE):
        return redirect("records:words", request.seat.agency_code)
    found = selector.of_agency(request.viewer, request.seat.agency_id, sought=_sought(request))
    sentence = "本单位发布前检查时，在系统和全平台词表之外再查这些词语。"
    return _show(request, form, found, title="本单位词表", sentence=sentence, remove_url="records:word_remove")


@door(Duty.SUPERVISE_CATALOGUES)
def platform_list(request: DeskRequest) -> HttpResponseBase:
    """The words for all agencies."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept_for_all(request, form):
        return redirect("records:platform_words", request.seat.agency_code)
    sentence = "各单位发布前检查时都查这些词语。"
    found = selector.of_all(sought=_sought(request))
    return _show(request, form, found, title="全平台词表", sentence=sentence, remove_url="records:platform_word_remove")


@door(Duty.KEEP_CATALOGUE)
@require_POST
def word_remove(request: DeskRequest, word_id: int) -> HttpResponse:
    """Takes a word off the agency's list."""
    _removed(request, word_id, words.remove, Duty.KEEP_CATALOGUE)
    return redirect("records:words", request.seat.agency_code)


@door(Duty.SUPERVISE_CATALOGUES)
@require_POST
def platform_word_remove(request: DeskRequest, platform_word_id: int) -> HttpResponse:
    """Takes a word off the list for all."""
    _removed(request, platform_word_id, words.remove_for_all, Duty.SUPERVISE_CATALOGUES)
    return redirect("records:platform_words", request.seat.agency_code)


def _kept(request: DeskRequest, form: WordsForm, keep: Callable[..., int], duty: Duty) -> bool:
    try:
        how_many = keep(lines=form.lines(), actor=request.actor(duty), at=timezone.now())
    except words.CannotKeepWords as error:
        form.add_error("words", error.reason)
        return False
    messages.success(request, f"已保存{how_many}个词语，下次检查即生效。")
    return True


def _kept_for_all(request: DeskRequest, form: WordsForm) -> bool:
    return _kept(request, form, words.add_for_all, Duty.SUPERVISE_CATALOGUES)


def _removed(request: DeskRequest, word_id: int, remove: Callable[..., str], duty: Duty) -> None:
    try:
        word = remove(word_id=word_id, actor=request.actor(duty), at=timezone.now())
    except words.CannotKeepWords as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, f"已移除“{word}”。")


def _show(
    request: DeskRequest,
    form: WordsForm,
    found: tuple[list[AgencyWord], int] | tuple[list[PlatformWord], int],
    **texts: str,
) -> HttpResponse:
    rows, total = found
    lines = tuple(
        WordLine(row.pk, row.wrong, row.right, Severity(row.severity).label, row.entered_by, row.entered_at)
        for row in rows
    )
    page = WordsPage(lines=lines, total=total, sought=_sought(request), in_product=len(wrong_words.base()), **texts)
    return render(request, "records/words/list.html", {"form": form, "page": page})


def _sought(request: DeskRequest) -> str:
    return request.GET.get("q", "").strip()[:60]
