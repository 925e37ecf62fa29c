"""Runs the whole suite on each database named and adds the results up in its last line.

    python -m tests.suites sqlite postgresql -- -k name

What follows the dashes goes to pytest. A run that ends badly without a failed test counts as one failure.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

RESULTS = Path(os.environ.get("PORTAL_VAR", "var")).resolve()
PLUGINS = {"sqlite": [], "postgresql": ["-p", "tests.postgres"]}


def main(databases, extra):
    RESULTS.mkdir(parents=True, exist_ok=True)
    total = sum((_run(database, extra) for database in databases), Counter())
    summary = _summary(databases, total)
    (RESULTS / "summary").write_text(f"{summary}\n")
    print(summary)
    return 1 if total["failed"] else 0


def _run(database, extra):
    report = RESULTS / f"{database}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", *PLUGINS[database], f"--junit-xml={report}", *extra]
    print(f"\nThe suite on {database}", flush=True)
    status = _wait(subprocess.Popen(command))
    return judge(status, count(report))


def _wait(process):
    """The status of the process, which is left the time to clean up when the run is broken off."""
    received = []

    def remember(number, frame):
        received.append(number)
        if number == signal.SIGTERM:  # Ctrl-C reaches the process by itself
            process.send_signal(number)

    signal.signal(signal.SIGINT, remember)
    signal.signal(signal.SIGTERM, remember)
    status = process.wait()
    if received:
        sys.exit(128 + received[0])
    return status


def count(report):
    """Passed, failed and skipped tests in a junit report; none if there is no report."""
    total = Counter()
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            number = {key: int(suite.get(key)) for key in ["tests", "failures", "errors", "skipped"]}
            total["failed"] += number["failures"] + number["errors"]
            total["skipped"] += number["skipped"]
            total["passed"] += number["tests"] - number["failures"] - number["errors"] - number["skipped"]
    return total


def judge(status, total):
    """The counts of one run, with a failure if it ended badly or no test passed."""
    if not total["failed"] and (status or not total["passed"]):
        total["failed"] = 1
    return total


def _summary(databases, total):
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    return f"{'+'.join(databases)}: {total['passed']} passed, {total['failed']} failed{skipped}"


if __name__ == "__main__":
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    sys.exit(main(sys.argv[1:split], sys.argv[split + 1 :]))
