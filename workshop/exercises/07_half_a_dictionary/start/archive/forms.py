"""What people bring to the desk."""

from django import forms


class PaperForm(forms.Form):
    paper = forms.FileField(label="A letter, a photograph, a deed", max_length=80)
