from django.db import models
from django.template import Context, Template


class Profile(models.Model):
    avatar = models.ImageField(blank=True)

    class Meta:
        app_label = "app1"


html = '{% if p.avatar %}<img src="{{ p.avatar.url }}">{% else %}nobody{% endif %}'
print(Template(html).render(Context({"p": Profile()})))
