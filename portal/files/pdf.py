"""What is looked for inside a PDF before it is stored: that it opens, and that it is paper and nothing else."""

from portal.files.refusals import refuse_problems


def check_pdf(upload):
    """Raise ValidationError for a PDF that is locked, damaged, without pages, active, or carries other files.

    A PDF that only forbids printing or copying opens with the empty password and is accepted: many offices issue
    their documents so. What cannot be examined, for want of time or of a decoder, is refused.
    """
    refuse_problems(upload, check="check-pdf")
