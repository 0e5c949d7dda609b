"""Templates to answers. What pages need to say often (times, names of states) is a filter here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from gateway.appearance import appearance_of
from gateway.call import Call
from gateway.web import duty_words, labels, wish_words
from gateway.web.navigation import head_of
from gateway.web.notice import NOTICE
from gateway.whose import HEADER, whose
from gateway.words import LANGUAGES, TAGS, translated
from services.kit.actor import VISITOR, Actor
from services.members.contracts import AccountView

HERE = Path(__file__).parent

_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(
    {"_": translated, "notice": NOTICE, "language_names": LANGUAGES, "language_tags": TAGS}
)
_environment.filters.update(labels.FILTERS)
_environment.filters.update(duty_words.FILTERS)
_environment.filters.update(wish_words.FILTERS)


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    actor: Actor = VISITOR,
    account: AccountView | None = None,
    live: str = "",
    mark: str = "",
    **values: Any,
) -> Response:
    """A page with the ways onward that ``actor`` has; ``back`` is where a choice made in the foot returns to.

    ``live`` are the subjects (``gateway.live.subjects``) whose changes the page shows by itself while it is open. What
    answers a form does not: it shows what was typed, and cannot be asked for again.
    """
    owner = whose(account)
    text = _environment.get_template(template).render(
        account=account,
        whose=owner,
        head=head_of(actor, request.path),
        here=request.path,
        back=request.full_path.rstrip("?") if request.method == "GET" else "/",
        appearance=appearance_of(request),
        live=live if request.method == "GET" else "",
        mark=mark,
        **values,
    )
    response = Response(text, status, content_type="text/html; charset=utf-8")
    response.headers[HEADER] = owner
    return response


def show(call: Call, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page for the one who called."""
    return render(
        call.request,
        template,
        status=status,
        actor=call.actor,
        account=call.account,
        mark=call.mark,
        **values,
    )
