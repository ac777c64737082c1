from django import forms


class Form(forms.Form):
    class Media:
        js = [forms.Script("form.js", type="module")]


print(Form().media)
