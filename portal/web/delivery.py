from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control


class DeliveryMiddleware(GZipMiddleware):
    """Compresses text, and lets nobody show a page again without asking whether it still stands."""

    def process_response(self, request, response):
        kind = response.get("Content-Type", "")
        if not kind.startswith(("text/", "application/rss+xml", "application/xml", "application/json")):
            return response
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
        return super().process_response(request, response)
