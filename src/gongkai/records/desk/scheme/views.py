"""The stages of review of an agency: put in order, read in words, chosen."""

from collections.abc import Sequence

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.agencies.models import Agency
from gongkai.records.desk.access import door
from gongkai.records.desk.scheme import contexts
from gongkai.records.desk.scheme.forms import SchemeForm
from gongkai.records.domain.stages import DEFAULT, Scheme, UnsoundScheme
from gongkai.records.models import ReviewScheme
from gongkai.records.selectors import case_file
from gongkai.records.services import schemes


@door(Duty.CHOOSE_REVIEW_SCHEME)
def scheme(request: DeskRequest) -> HttpResponseBase:
    """The stages of review and how many persons take part."""
    versions = case_file.schemes(request.viewer, request.seat.agency_id)
    superiors = accounts.superiors(request.seat.agency_id, on=timezone.localdate())
    current = schemes.read(versions[0]) if versions else DEFAULT
    form = SchemeForm(request.POST or None, current=current, superiors=superiors)
    if form.is_saving and form.is_valid() and _chosen(request, form):
        messages.success(request, "审核流程已更新，今后提交的信息按新流程办理，在办的不变。")
        return redirect("records:scheme", request.seat.agency_code)
    page = contexts.scheme_page(form, versions, _names(current, versions, superiors))
    return render(request, "records/scheme.html", {"page": page})


def _chosen(request: DeskRequest, form: SchemeForm) -> bool:
    try:
        actor = request.actor(Duty.CHOOSE_REVIEW_SCHEME)
        schemes.choose(scheme=form.scheme(), actor=actor, at=timezone.now())
    except (UnsoundScheme, schemes.CannotChooseScheme) as error:
        form.refusal = str(error)
        return False
    return True


def _names(current: Scheme, versions: Sequence[ReviewScheme], superiors: Sequence[Agency]) -> dict[str, str]:
    """Also of offices that stood above once."""
    codes = {stage.get("held_at", "") for row in versions for stage in row.stages} - {""}
    codes |= {stage.held_at for stage in current.stages} - {""}
    known = {agency.code: agency.name for agency in superiors}
    return known | dict(Agency.objects.filter(code__in=codes - known.keys()).values_list("code", "name"))
