from django.conf import settings
from weasyprint import HTML


def document(html):
    return HTML(string=html, base_url=str(settings.BASE_DIR))
