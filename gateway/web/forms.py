"""Forms: what was typed, checked by the same schemas as the API's bodies, and the messages beside each field."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from gateway import parsing
from gateway.call import Call
from gateway.problems import Problem


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


def local(path: str) -> str:
    """A path of this site to go on to; anything else leads home."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
