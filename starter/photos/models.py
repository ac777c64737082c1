from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver

FILES = ("image", "original")


def private_storage():
    """A function: a storage object would be written into the migration with this machine's folders."""
    return storages["private"]


class Photo(models.Model):
    title = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    # Rows hold the file's name, such as photos/2026/01/3f2a.webp. Its storage turns the name into an address.
    image = models.ImageField(upload_to="photos/%Y/%m/")
    # As it was uploaded, with the place where it was taken: for its owner alone.
    original = models.FileField(upload_to="originals/%Y/%m/", storage=private_storage, editable=False)

    def __str__(self):
        return self.title


# Django deletes no file with its row, and none that a new one replaces.
@receiver(post_delete, sender=Photo)
def delete_files(instance, **kwargs):
    for name in FILES:
        _delete_later(getattr(instance, name))


@receiver(pre_save, sender=Photo)
def delete_replaced_files(instance, **kwargs):
    before = Photo.objects.filter(pk=instance.pk).first()
    for name in FILES if before else ():
        if getattr(before, name) != getattr(instance, name):
            _delete_later(getattr(before, name))


def _delete_later(file):
    """After the transaction: when that is rolled back, the row still needs its file."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
