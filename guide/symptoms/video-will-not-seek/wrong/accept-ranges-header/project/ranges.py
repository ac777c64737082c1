def accept_ranges(get_response):
    def middleware(request):
        response = get_response(request)
        response["Accept-Ranges"] = "bytes"
        return response

    return middleware
