from django.conf import settings
from django.core.management import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, **options):
        root = settings.MEDIA_ROOT.as_posix() + "/"
        for product in Product.objects.filter(picture__startswith=root):
            product.picture = product.picture.name.removeprefix(root)
            product.save(update_fields=["picture"])
            self.stdout.write(product.picture.name)
