"""Orders in the cells of tables: by state and age, by weekday and hour of the city's clock."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, Date, Integer, cast, extract, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.dispatch.contracts import State
from services.evaluation.contracts import AGES, UNFINISHED
from services.evaluation.domain.days import CITY
from services.evaluation.store.figures import Scope
from services.evaluation.store.histories import ORDERS

_LOCAL = func.timezone(CITY.key, ORDERS.c.at)
WEEKDAY: ColumnElement[int] = cast(extract("isodow", _LOCAL), Integer)
HOUR: ColumnElement[int] = cast(extract("hour", _LOCAL), Integer)
IS_OPEN: ColumnElement[bool] = ORDERS.c.state.in_(UNFINISHED)


def age_at(last: date) -> ColumnElement[int]:
    """Which of AGES (counted from 1) the order had reached on the day."""
    days = literal(last, Date) - cast(_LOCAL, Date)
    return func.width_bucket(cast(days, Integer), cast(list(AGES), ARRAY(Integer)))


def count_by_age(db: Connection, scope: Scope) -> dict[tuple[State, int], int]:
    """Open orders by state and number of their age, where there are any."""
    age = age_at(scope.period.until).label("age")
    query = select(ORDERS.c.state, age, func.count()).where(IS_OPEN).group_by(ORDERS.c.state, age)
    return {(State(state), number): count for state, number, count in db.execute(query, scope.parameters())}


def count_by_hour(db: Connection, scope: Scope) -> dict[tuple[int, int], int]:
    """Orders by weekday (1 Monday – 7) and hour (0–23), where there are any."""
    weekday, hour = WEEKDAY.label("weekday"), HOUR.label("hour")
    query = select(weekday, hour, func.count()).select_from(ORDERS).group_by(weekday, hour)
    return {(day, at): count for day, at, count in db.execute(query, scope.parameters())}
