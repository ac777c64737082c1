from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.templatetags.static import static


def absolute(address):
    """Return the address with scheme and host; one that has them already stays as it is."""
    return urljoin(settings.SITE_URL, address)


def thanks(to, picture):
    context = {"logo": absolute(static("shop/logo.png")), "picture": absolute(picture)}
    html = render_to_string("shop/mail.html", context)
    message = EmailMultiAlternatives("Thank you", "Thank you.", to=[to])
    message.attach_alternative(html, "text/html")
    message.send()
    return html
