"""Use cases of notify: load, decide, save, tell; each in the one transaction of its ``Work``."""

from services.notify.handlers.codes import catcher_for as catcher_for
from services.notify.handlers.codes import forget_caught as forget_caught
from services.notify.handlers.codes import list_caught as list_caught
from services.notify.handlers.codes import send_code as send_code
from services.notify.handlers.people import member_checked_in as member_checked_in
from services.notify.handlers.people import member_checked_out as member_checked_out
from services.notify.handlers.people import role_granted as role_granted
from services.notify.handlers.people import role_revoked as role_revoked
from services.notify.handlers.reading import count_unread as count_unread
from services.notify.handlers.reading import list_messages as list_messages
from services.notify.handlers.reading import mark_read as mark_read
from services.notify.handlers.telling import order_collected as order_collected
from services.notify.handlers.telling import tell as tell
