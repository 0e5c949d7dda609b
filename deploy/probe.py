"""Asks the service in this container how it is: ``python -m deploy.probe readyz``; exit status 0 means well."""

import os
import sys
import urllib.error
import urllib.request

TIMEOUT_SECONDS = 4


def main(page: str) -> str | None:
    """Returns what is wrong, or None."""
    address = f"http://127.0.0.1:{os.environ['HTTP_PORT']}/{page}"
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS):
            return None
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()
    except OSError as failure:
        return str(failure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
