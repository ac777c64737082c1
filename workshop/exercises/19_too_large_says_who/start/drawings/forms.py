"""The form that takes a drawing."""

from django import forms

MOST = 8_000_000  # bytes


class DrawingForm(forms.Form):
    drawing = forms.ImageField()

    def clean_drawing(self):
        drawing = self.cleaned_data["drawing"]
        if drawing.size > MOST:
            raise forms.ValidationError("A drawing has at most 8 MB.")
        return drawing
