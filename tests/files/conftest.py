from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from tests.files.models import Upload


@pytest.fixture(scope="session")
def upload_table(django_db_setup, django_db_blocker):
    """The table of the model that exists for these tests only."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Upload)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Upload)


@pytest.fixture
def stored_files(settings):
    """Names of all files on the disk."""
    root = Path(settings.MEDIA_ROOT)
    return lambda: sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def english():
    with translation.override("en"):
        yield
