"""Forms: what was typed, checked by the same schemas as the API's bodies, and the messages beside each field."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import Schema
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from gateway import parsing
from gateway.call import Call
from gateway.problems import Problem

JSON = "application/json"


def typed(call: Call) -> dict[str, str]:
    """The form's fields without surrounding blanks."""
    return {name: value.strip() for name, value in call.request.form.items()}


def check(schema: type[Schema], given: dict[str, Any]) -> dict[str, Any]:
    """The checked values; what was left empty counts as not given. Raises Problem (422)."""
    names = schema().fields
    return parsing.load(
        schema, {name: value for name, value in given.items() if name in names and value != ""}
    )


def errors_of(problem: Problem) -> dict[str, str]:
    """Messages by the last part of the field's name, as the form names it."""
    return {name.rpartition(".")[2]: message for name, message in problem.errors}


def onward(path: str) -> Response:
    """To another page with GET, after a form was accepted."""
    return redirect(path, 303)


def by_script(request: Request) -> bool:
    """Whether a script of ours sent the form: it wants to know what became of it, not a page."""
    return request.accept_mimetypes.best == JSON


def told(found: dict[str, Any], *, status: int) -> Response:
    """What became of a form, for the script that sent it."""
    return Response(json.dumps(found, ensure_ascii=False), status, content_type=JSON)


def local(path: str) -> str:
    """A path of this site to go on to; anything else leads home."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
