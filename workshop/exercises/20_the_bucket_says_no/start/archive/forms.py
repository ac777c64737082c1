"""The form that takes a scan."""

from django import forms


class ScanForm(forms.Form):
    scan = forms.ImageField()
