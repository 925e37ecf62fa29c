"""What leaves the portal as mail: the stored words, as plain text and as HTML made of the same words."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def compose(message):
    mail = EmailMultiAlternatives(message.subject, message.body, to=[message.recipient], headers=headers(message))
    mail.attach_alternative(as_html(message), "text/html")
    return mail


def headers(message):
    return {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answer from a machine
        "Content-Language": message.language,
    }


def as_html(message):
    with translation.override(message.language):
        return render_to_string("notices/letter.html", {"message": message})
