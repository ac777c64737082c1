"""What visitors may type on the guide's pages."""

from django import forms

from guide import finder_race


class FinderForm(forms.Form):
    path = forms.CharField(
        label="Static path",
        strip=True,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Give a path such as app.css or admin/css/base.css."},
    )

    def clean_path(self) -> str:
        try:
            return finder_race.checked_path(self.cleaned_data["path"])
        except finder_race.PathRefused as error:
            raise forms.ValidationError(str(error)) from error
