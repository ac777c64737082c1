"""What browsers and the CDN are told about keeping our answers."""


class CacheHeaders:
    """Ten minutes for everything: on a Saturday evening the CDN spares us most of the visitors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Cache-Control",
            "public, max-age=0, stale-while-revalidate=600" if response.status_code == 200 else "no-store",
        )
        return response
