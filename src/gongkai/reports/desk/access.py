"""The door of this room: that of the accounts, and 404 for what the agency does not have."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import Http404
from django.http.response import HttpResponseBase

from gongkai.accounts.access import DeskRequest, at_agency
from gongkai.accounts.domain.duties import Duty
from gongkai.reports.selectors import NotFound
from gongkai.reports.services.confirming import NoSuchReport

_Args = ParamSpec("_Args")
_View = Callable[Concatenate[DeskRequest, _Args], HttpResponseBase]


def door(view: _View[_Args]) -> Callable[..., HttpResponseBase]:
    """Opens to whoever checks reports at the agency; a check that is not there answers 404 to every method."""

    def found(request: DeskRequest, /, *args: _Args.args, **kwargs: _Args.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotFound, NoSuchReport) as error:
            raise Http404 from error

    return at_agency(Duty.CHECK_REPORTS)(functools.update_wrapper(found, view))
