"""What is looked for inside Office and OpenDocument files before they are stored: that they open."""

from portal.files.refusals import refuse_problems


def check_office(upload):
    """Raise ValidationError unless the main part of the archive is whole XML of its format."""
    refuse_problems(upload, check="check-office")
