from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from shop.models import Product


@receiver(pre_save, sender=Product)
def remember_the_old_picture(sender, instance, **kwargs):
    stored = sender.objects.filter(pk=instance.pk).values_list("picture", flat=True)
    instance.old_picture = stored.first() or ""


@receiver(post_save, sender=Product)
def delete_the_replaced_picture(sender, instance, **kwargs):
    if instance.old_picture != instance.picture.name:
        delete_when_unused(instance.old_picture)


@receiver(post_delete, sender=Product)
def delete_the_picture(sender, instance, **kwargs):
    delete_when_unused(instance.picture.name)


def delete_when_unused(name):
    """Delete the file after the transaction, unless a row still names it."""

    def delete():
        if not Product.objects.filter(picture=name).exists():
            Product.picture.field.storage.delete(name)

    if name:
        transaction.on_commit(delete, robust=True)
