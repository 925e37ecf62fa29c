import pytest

from tests.notices.server import HOST, serving


@pytest.fixture
def server(settings):
    """The mail server that the portal sends through."""
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = HOST, server.port, 5
        yield server
