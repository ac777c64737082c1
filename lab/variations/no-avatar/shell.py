from django.db import models
from django.template import Context, Template


class Profile(models.Model):
    avatar = models.ImageField(blank=True)

    class Meta:
        app_label = "app1"


print(Template('<img src="{{ p.avatar.url }}">').render(Context({"p": Profile()})))
