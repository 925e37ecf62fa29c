import pytest
from django.db import connection

from tests.text.models import Note, TranslatedNote


@pytest.fixture(scope="session")
def note_tables(django_db_setup, django_db_blocker):
    """Tables of the models that exist for these tests only."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Note)
            editor.create_model(TranslatedNote)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(TranslatedNote)
            editor.delete_model(Note)
