import time

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class SlowServer(EmailBackend):
    """Says by a file that it has a message in hand, and keeps it there until another file lets it go."""

    def send_messages(self, messages):
        (settings.VAR_DIR / "in-hand").touch()
        while not (settings.VAR_DIR / "go").exists():
            time.sleep(0.05)
        return super().send_messages(messages)
