from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from shop.models import Product


@receiver(post_delete, sender=Product)
def delete_the_picture(sender, instance, **kwargs):
    transaction.on_commit(lambda: instance.picture.delete(save=False))
