"""What is open to everybody by design, each with its reason. A route or page that is public and not named here fails a test.

Keep one on a line: whoever opens another adds a line of their own.
"""

from __future__ import annotations

ROUTES = {
    "sign_in": "whoever signs in has no session yet",
    "send_code": "whoever signs in has no session yet",
    "sign_in_by_code": "whoever signs in has no session yet",
    "place_order": "residents order without an account, with a phone",
    "list_orders": "everybody sees how orders end; without a session only what is public, masked",
    "get_order": "everybody sees how orders end; without a session only what is public, masked",
    "follow_order": "the follow code is the key",
    "get_figures": "figures are published, and name nobody",
    "figures_over_time": "figures are published, and name nobody",
    "count_steps": "figures are published, and name nobody",
    "list_categories": "needed for ordering",
    "list_questions": "needed for ordering",
    "list_nodes": "needed for ordering: the tree of places",
    "get_node": "needed for ordering: the tree of places",
    "list_caught": "demonstrations and tests alone: the caught messages of invented people",
    "get_calendar": "promises are counted by it, so that residents can check them",
    "get_promised_times": "promises are public",
    "list_open": "the grab list that everybody sees, of orders that are public",
    "read_words": "suggests a category while an order is written; keeps nothing",
    "similar_to": "shows what is known already before an order is sent; tells nobody's words",
    "list_notices": "the public notice, masked",
    "keep_photo": "whoever orders without an account shows photos too; limited per address, and forgotten unless used",
    "get_photo": "followers by code see theirs; whose photo it is, intake says",
    "list_promises": "members' promises are made in public",
}
