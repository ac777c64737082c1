"""Every night: a list of what the archive holds."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Writes the names of all papers to inventory.txt, beside the papers."

    def handle(self, *args, **options):
        names = default_storage.listdir("papers")[1] if default_storage.exists("papers") else []
        default_storage.delete("inventory.txt")
        default_storage.save("inventory.txt", ContentFile("".join(f"{name}\n" for name in sorted(names)).encode()))
        self.stdout.write(f"{len(names)} papers")
