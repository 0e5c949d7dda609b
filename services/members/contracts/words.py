"""The words of members: roles, levels, kinds of imports, and its error slugs."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Roles, each granted at a node of the organisation tree and valid below it (LOOP.md)."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    MEMBER = "member"
    TEAM_LEADER = "team_leader"
    GRID_WORKER = "grid_worker"
    GRID_HEAD = "grid_head"
    LIAISON = "liaison"
    UNIT_LEADER = "unit_leader"
    SUPERVISOR = "supervisor"
    EVALUATOR = "evaluator"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class Level(StrEnum):
    """Levels of the organisation tree, from above; each code extends its parent's. Quarters may be left out."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    QUARTER = "quarter"
    GRID = "grid"
    BUILDING_GROUP = "building_group"
    HOUSEHOLD_CENTRE = "household_centre"


class FileKind(StrEnum):
    """Whose file it is; the words are those of dispatch's kinds of hands."""

    MEMBER = "member"
    UNIT = "unit"


class PersonKind(StrEnum):
    """What kind of person lends a hand: in-service party members, and the seven others of one pool."""

    MEMBER = "member"
    COMMUNITY_WORKER = "community_worker"
    GRID_WORKER = "grid_worker"
    VOLUNTEER = "volunteer"
    SECONDED_CADRE = "seconded_cadre"
    GRID_HEAD = "grid_head"
    BUILDING_HEAD = "building_head"
    STAIR_HEAD = "stair_head"


PERSON_KINDS = {
    PersonKind.MEMBER: "在职党员",
    PersonKind.COMMUNITY_WORKER: "社区工作者",
    PersonKind.GRID_WORKER: "网格员",
    PersonKind.VOLUNTEER: "志愿者",
    PersonKind.SECONDED_CADRE: "下派干部",
    PersonKind.GRID_HEAD: "网格长",
    PersonKind.BUILDING_HEAD: "楼栋长",
    PersonKind.STAIR_HEAD: "单元长",
}
"""What registers and pages call them."""


class ImportKind(StrEnum):
    DIVISIONS = "divisions"
    QUARTERS = "quarters"
    GRIDS = "grids"
    BUILDING_GROUPS = "building_groups"
    HOUSEHOLD_CENTRES = "household_centres"
    UNITS = "units"
    MEMBERS = "members"
    RESPONSIBILITIES = "responsibilities"
    SHAPES = "shapes"


class Slug(StrEnum):
    """Errors that members answers with."""

    WRONG_CREDENTIALS = "wrong-credentials"
    SESSION_ENDED = "session-ended"
    CODE_WRONG = "code-wrong"
    CODE_EXPIRED = "code-expired"
    TOO_MANY_TRIES = "too-many-tries"
    NAME_TAKEN = "name-taken"
    NOT_ALLOWED = "not-allowed"
    NO_SUCH_NODE = "no-such-node"
    NO_SUCH_UNIT = "no-such-unit"
    NO_SUCH_MEMBER = "no-such-member"
    NO_SUCH_ACCOUNT = "no-such-account"
    NO_SUCH_IMPORT = "no-such-import"
    NO_SUCH_TEAM = "no-such-team"
    TEAM_DISSOLVED = "team-dissolved"
    NO_SUCH_BALLOT = "no-such-ballot"
    BALLOT_CLOSED = "ballot-closed"
    BALLOT_OPEN = "ballot-open"
    ALREADY_VOTED = "already-voted"
    ALREADY_CHECKED_IN = "already-checked-in"
    NO_SUCH_POST = "no-such-post"
    POST_FULL = "post-full"
    POST_CLOSED = "post-closed"
    TOO_MANY_POSTS = "too-many-posts"
    POST_UNFIT = "post-unfit"
    NO_SUCH_PROMISE = "no-such-promise"
    ALREADY_DONE = "already-done"
    CHECKED_OUT = "checked-out"
    NO_SUCH_PAIRING = "no-such-pairing"
    ALREADY_PAIRED = "already-paired"
    PAIRING_ENDED = "pairing-ended"
    NO_SUCH_HELP = "no-such-help"
    HELP_ENDED = "help-ended"
    NOT_REPORTED = "not-reported"
    ALREADY_REPORTED = "already-reported"
    NO_SUCH_FIRM = "no-such-firm"
    FIRM_KNOWN = "firm-known"
    NO_SUCH_RESPONSIBILITY = "no-such-responsibility"
    NO_SUCH_CLIENT = "no-such-client"
    NO_SUCH_FEED = "no-such-feed"
    INVALID = "invalid"
