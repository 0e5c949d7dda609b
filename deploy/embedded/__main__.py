"""All of Sandan in one process, with a PostgreSQL of its own: ``python -m deploy.embedded`` (what ``make run`` does).

From the environment: PORT (8000), DATA (data), RESET=1 (start anew).
"""

# ruff: noqa: E402 - eventlet must patch the standard library before anything else is imported
import os
import warnings

# Its threads hash passwords, each in 19 MB that the allocator keeps; more of them than processors gain nothing.
os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "2")
warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

import eventlet

eventlet.monkey_patch()

from psycogreen.eventlet import patch_psycopg

patch_psycopg()

import sys

from deploy.embedded.run import main

status = main()
sys.stdout.flush()
sys.stderr.flush()
# Everything is settled; interpreter teardown under a patched standard library only risks hanging.
os._exit(status)
