from django.conf import settings
from django.core.management import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, **options):
        for path in sorted((settings.MEDIA_ROOT / "products").glob("*.png")):
            name = path.relative_to(settings.MEDIA_ROOT).as_posix()
            Product.objects.create(name=path.stem, picture=name)
