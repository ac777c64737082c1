"""A postcard: some words, and a picture for those who have one."""

from django.db import models


class Postcard(models.Model):
    words = models.CharField(max_length=80)
    picture = models.ImageField(upload_to="postcards", blank=True)

    def __str__(self):
        return self.words
