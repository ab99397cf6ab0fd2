"""`script/prove weeks`: eight weeks of nine, and one session of five in 40 minutes, against a server of their own.

Every figure of every wheel is counted again from what was sent; a figure one less must be noticed each time.
"""

import sys
import tempfile
from pathlib import Path

import django

django.setup()

from tests.conftest import Server, free_port  # noqa: E402


def main() -> int:
    failed = 0
    for arguments in (("--weeks",), ("--members", "5")):
        port = free_port()
        server = Server(f"http://127.0.0.1:{port}", Path(tempfile.mkdtemp()) / "data", port)
        server.start()
        try:
            played = server.rehearse("--code", server.code(), *arguments)
        finally:
            server.kill()
        print(" ".join(arguments), played.returncode, played.stdout.strip(), played.stderr.strip()[-500:])
        failed += played.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
