"""What binds a member to a place ends where the member leaves it."""

from __future__ import annotations

from services.kit.work import Work
from services.members.domain.files import MemberFile
from services.members.domain.posts import serves
from services.members.domain.teams import without
from services.members.handlers.firms import leave_firms
from services.members.handlers.teams import settle
from services.members.store import helps, posts, teams

LEFT = "帮扶党员已注销报到"


def leave_bonds(work: Work, file: MemberFile) -> None:
    """Out of the teams and posts of places that the member does not serve any more; out of all after checking out."""
    gone = file.checked_out_at is not None
    for team_id in teams.of_member(work.db, file.id):
        team = teams.lock(work.db, team_id)
        if team is not None and (gone or not file.place.startswith(team.node)):
            settle(work, team, without(team, {file.id}), checked=False)
    for post in posts.held(work.db, file.id):
        if gone or not serves(file, post.node):
            posts.leave(work.db, post.id, file.id, work.now)
    if gone:
        leave_firms(work, file.id)
        helps.end_of_member(work.db, file.id, LEFT, work.now)
