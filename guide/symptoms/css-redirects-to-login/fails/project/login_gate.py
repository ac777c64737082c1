from django.shortcuts import redirect


def login_gate(get_response):
    def middleware(request):
        if not request.user.is_authenticated and request.path != "/login/":
            return redirect(f"/login/?next={request.path}")
        return get_response(request)

    return middleware
