"""What browsers and the CDN are told about keeping our answers."""


class CacheHeaders:
    """Whatever is kept, an error as well, is not used without asking.

    Static files never come by here: WhiteNoise, above, answers them, and lets those with a hash be kept for years.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
