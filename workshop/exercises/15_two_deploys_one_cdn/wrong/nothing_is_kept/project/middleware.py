"""What browsers and the CDN are told about keeping our answers."""


class CacheHeaders:
    """Nothing is kept, so nothing can be old."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response
