from weasyprint import HTML


def document(html):
    return HTML(string=html)
