from django import forms
from django.template import engines
from django.templatetags.static import static


class Form(forms.Form):
    class Media:
        css = {"all": ["app.css"]}


def shown(text):
    template = engines["django"].from_string("{% load static %}" + text)
    return template.render({"path": "app.css", "form": Form()})


print("the tag:", shown('{% static "app.css" %}'))
print("the tag with as:", shown('{% static "app.css" as address %}{{ address }}'))
print("the tag with a variable:", shown("{% static path %}"))
print("the function:", static("app.css"))
print("a form's Media:", shown("{{ form.media }}").split('"')[1])
