"""The doors of this room: those of the accounts, and 404 for what the agency does not have."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import Http404
from django.http.response import HttpResponseBase

from gongkai.accounts.access import DeskRequest, at_agency
from gongkai.accounts.domain.duties import Duty
from gongkai.imports.selectors import NotFound
from gongkai.imports.services.clearance import NoSuchImport
from gongkai.imports.services.drops.confirming import NoSuchDrop
from gongkai.imports.services.registers import NoSuchRegister

_Args = ParamSpec("_Args")
_View = Callable[Concatenate[DeskRequest, _Args], HttpResponseBase]


def door(*duties: Duty) -> Callable[[_View[_Args]], Callable[..., HttpResponseBase]]:
    """As `at_agency`; an import, batch or file that is not there answers 404 to every method."""

    def wrap(view: _View[_Args]) -> Callable[..., HttpResponseBase]:
        def found(request: DeskRequest, /, *args: _Args.args, **kwargs: _Args.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except (NotFound, NoSuchImport, NoSuchDrop, NoSuchRegister) as error:
                raise Http404 from error

        return at_agency(*duties)(functools.update_wrapper(found, view))

    return wrap
