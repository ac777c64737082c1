from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def thanks(to, picture):
    html = render_to_string("shop/mail.html", {"picture": picture})
    message = EmailMultiAlternatives("Thank you", "Thank you.", to=[to])
    message.attach_alternative(html, "text/html")
    message.send()
    return html
