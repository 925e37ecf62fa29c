import os

from django.db import connection


def test_the_suite_runs_on_the_database_it_was_started_for(db):
    assert connection.vendor == os.environ.get("PORTAL_TEST_DATABASE", "sqlite")


def test_text_is_compared_by_code_point_whatever_the_machine_speaks(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'Z' < 'a', 'z' < 'đ', 'Đ' < 'đ', length('Đức Phổ')")
        assert cursor.fetchone() == (True, True, True, 7)
