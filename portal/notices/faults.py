from smtplib import SMTPDataError, SMTPRecipientsRefused

from portal.text.legacy import legacy_encoding
from portal.text.normalise import normalise

LENGTH = 300


def describe(error):
    """Kind and words of an error in one short line that the gate lets through, whatever a foreign server said."""
    return one_line(f"{type(error).__name__}: {error}")


def one_line(words):
    """What a foreign server said, in one short line that the gate lets through."""
    line = " ".join(normalise(words).split())[:LENGTH]
    return ascii(line)[:LENGTH] if legacy_encoding(line) else line


def final_reply(error):
    """The mail server's last word about the recipient, as "550 5.1.1 no such user"; empty where patience may help.

    What is refused before the recipient was named, the sender or the password, says nothing about the recipient.
    """
    replies = []
    if isinstance(error, SMTPRecipientsRefused):
        replies = error.recipients.values()
    elif isinstance(error, SMTPDataError):
        replies = [(error.smtp_code, error.smtp_error)]
    return next((_in_words(*reply) for reply in replies if 500 <= reply[0] < 600), "")


def _in_words(code, said):
    return one_line(f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}")
