"""What a page brings along where its address is shared."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.templatetags.static import static


def sharing(request: HttpRequest) -> dict[str, str]:
    """Context processor: the whole address of the picture; nothing on the page that refuses a foreign host."""
    try:
        return {"share_picture": request.build_absolute_uri(static("site/card.png"))}
    except DisallowedHost:
        return {"share_picture": ""}
