"""A Content-Security-Policy for each answer, without a package and on every Django."""


def send_policy(get_response):
    def middleware(request):
        response = get_response(request)
        response["Content-Security-Policy"] = "default-src 'self'"
        return response

    return middleware
