def no_store_on_errors(get_response):
    """Let no cache keep an error: the next request may find the file."""

    def middleware(request):
        response = get_response(request)
        if response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
