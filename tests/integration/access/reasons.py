"""Why a stranger is let in where one is: each route with its reason. Everything else must turn strangers away."""

from __future__ import annotations

OWN = {
    "me": "one's own account",
    "change_password": "one's own password",
    "sign_out": "one's own session",
    "mark_all_read": "one's own messages",
    "count_unread": "one's own messages",
    "make_promise": "one's own promise",
    "make_feed": "the address of one's own calendar",
    "revoke_feed": "the address of one's own calendar",
    "set_preferences": "how one is told oneself",
    "offer_address": "where one is told oneself",
    "forget_address": "where one is told oneself",
    "make_wish": "one's own wish, wherever one lives",
    "leave_post": "one's own place at a post; who has none leaves none",
}
"""What a caller does to nobody but themselves."""

CITYWIDE = {
    "open_account": "operators open accounts wherever they are; what an account may do is granted place by place",
    "start_import": "whoever imports reaches the rows below their own nodes alone; the file is checked row by row",
    "list_services": "how the services are is counts alone",
}
"""What a role may do wherever it is granted."""
