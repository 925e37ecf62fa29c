from django.http import HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request, exception=None):
    """Also the answer to a foreign host: no context processor runs, nothing is looked up."""
    return HttpResponseBadRequest(render_to_string("400.html"))
