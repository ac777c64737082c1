"""What browsers and the CDN are told about keeping our answers."""


class CacheHeaders:
    """A page may be kept by browsers alone, and not used without asking; an error may not be kept at all.

    Static files never come by here: WhiteNoise, above, answers them, and lets those with a hash be kept for years.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        keep = "no-store" if response.status_code >= 400 else "private, max-age=0, must-revalidate"
        response.headers.setdefault("Cache-Control", keep)
        return response
