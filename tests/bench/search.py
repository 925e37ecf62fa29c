"""Measures the search: `python -m tests.bench.search 10000 100000`. The numbers are entries, two for each item.

Runs on a PostgreSQL that it starts for itself, or with `--sqlite` on a file. Milliseconds of one process; `plain` is
the plainest SQL that finds twenty rows of the same words, newest first, without ranking, counts or filters: what the
search adds is the ratio to it.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from tests.postgres import Server

SIZES = [10_000, 100_000, 1_000_000]
MEASURE = """
import sys, django
django.setup()
from tests.bench.measuring import Bench
Bench(int(sys.argv[1])).report()
"""
SERVER = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "1GB",
    "work_mem": "32MB",
    "max_wal_size": "16GB",
    "effective_cache_size": "8GB",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    for size in options.sizes:
        _on_sqlite(size) if options.sqlite else _on_postgresql(size)


def _on_postgresql(size):
    server = Server(SERVER)
    try:
        server.start()
        _measure(size, PORTAL_DATABASE=server.url)
    finally:
        server.stop()


def _on_sqlite(size):
    _measure(size, PORTAL_DATABASE="")


def _measure(size, **environment):
    with tempfile.TemporaryDirectory() as folder:
        environment |= {"PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        command = [sys.executable, "-c", MEASURE, str(size)]
        subprocess.run(command, env=os.environ | environment, check=True)


if __name__ == "__main__":
    main()
