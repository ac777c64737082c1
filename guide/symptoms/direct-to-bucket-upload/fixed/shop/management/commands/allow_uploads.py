from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

RULE = {
    "AllowedOrigins": ["https://example.com", "http://localhost:8000"],
    "AllowedMethods": ["POST", "PUT", "GET", "HEAD"],
    "AllowedHeaders": ["*"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 3600,
}


class Command(BaseCommand):
    help = "Let pages of this site send files straight to the bucket."

    def handle(self, **options):
        client = default_storage.connection.meta.client
        client.put_bucket_cors(Bucket=default_storage.bucket_name, CORSConfiguration={"CORSRules": [RULE]})
