from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from shop.models import Product


@receiver(pre_save, sender=Product)
def delete_the_replaced_picture(sender, instance, **kwargs):
    old = sender.objects.filter(pk=instance.pk).first()
    if old and old.picture and old.picture.name != instance.picture.name:
        old.picture.delete(save=False)


@receiver(post_delete, sender=Product)
def delete_the_picture(sender, instance, **kwargs):
    instance.picture.delete(save=False)
