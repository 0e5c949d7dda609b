"""Choosing the language and the size of type, from the foot of every page."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.appearance import LANGUAGE_COOKIE, LARGE, TYPE_COOKIE, USUAL, keep
from gateway.call import Call
from gateway.policies import ANYONE
from gateway.routing import page
from gateway.web.forms import local, onward, typed
from gateway.words import LANGUAGES, _


@page("POST", "/appearance", policy=ANYONE, summary=_("换语言或字号"))
def choose_appearance(call: Call) -> Response:
    given = typed(call)
    response = onward(local(given.get("next", "/")))
    if given.get("language") in LANGUAGES:
        keep(response, LANGUAGE_COOKIE, given["language"], secure=call.secure)
    if given.get("type") in {LARGE, USUAL}:
        keep(response, TYPE_COOKIE, given["type"], secure=call.secure)
    return response
