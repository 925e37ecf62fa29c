from collections import Counter

import pytest

from tests import suites

REPORT = '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="1"/></testsuites>'


def test_a_report_is_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert suites.count(report) == Counter(passed=5, failed=3, skipped=1)


def test_a_missing_report_counts_nothing(tmp_path):
    assert suites.count(tmp_path / "report.xml") == Counter()


@pytest.mark.parametrize(
    ("status", "counted", "failed"),
    [
        (0, Counter(passed=5), 0),
        (1, Counter(passed=5, failed=2), 2),
        (3, Counter(passed=5), 1),
        (0, Counter(), 1),
        (5, Counter(), 1),
        (0, Counter(skipped=4), 1),
    ],
)
def test_a_run_that_ended_badly_or_ran_nothing_has_failed(status, counted, failed):
    assert suites.judge(status, counted)["failed"] == failed
