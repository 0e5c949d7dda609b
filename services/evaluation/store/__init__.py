"""Tables of evaluation and the queries over them."""

from services.evaluation.store.figures import DEFINITIONS as DEFINITIONS
from services.evaluation.store.figures import Scope as Scope
from services.evaluation.store.figures import count_all as count_all
from services.evaluation.store.figures import list_behind as list_behind
from services.evaluation.store.hands import CheckIn as CheckIn
from services.evaluation.store.hands import check_in as check_in
from services.evaluation.store.hands import count_hands as count_hands
from services.evaluation.store.hands import last_check_in as last_check_in
from services.evaluation.store.hands import place_of_unit as place_of_unit
from services.evaluation.store.hands import report_unit as report_unit
from services.evaluation.store.ledger import Entry as Entry
from services.evaluation.store.ledger import add_entry as add_entry
from services.evaluation.store.ledger import booked_for as booked_for
from services.evaluation.store.ledger import entries_of as entries_of
from services.evaluation.store.ledger import next_sequence as next_sequence
from services.evaluation.store.ledger import total_of as total_of
from services.evaluation.store.orders import add_follow_up as add_follow_up
from services.evaluation.store.orders import add_order as add_order
from services.evaluation.store.orders import add_rating as add_rating
from services.evaluation.store.orders import add_step as add_step
from services.evaluation.store.orders import facts_of as facts_of
from services.evaluation.store.orders import list_follow_ups as list_follow_ups
from services.evaluation.store.orders import lock_order as lock_order
from services.evaluation.store.orders import work_for as work_for
from services.evaluation.store.tables import metadata as metadata
