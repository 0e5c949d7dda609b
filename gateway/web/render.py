"""Templates to answers. What pages need to say often (times, names of states) is a filter here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.web import labels
from gateway.web.navigation import head_of
from gateway.web.notice import NOTICE
from gateway.words import _

HERE = Path(__file__).parent

_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals["_"] = _
_environment.globals["notice"] = NOTICE
_environment.filters.update(labels.FILTERS)


def render(template: str, *, status: int = 200, **values: Any) -> Response:
    text = _environment.get_template(template).render(**values)
    return Response(text, status, content_type="text/html; charset=utf-8")


def show(call: Call, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page for the one who called, with the ways onward that their roles open."""
    return render(
        template,
        status=status,
        account=call.account,
        head=head_of(call.actor, call.request.path),
        here=call.request.path,
        **values,
    )
