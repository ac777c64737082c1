"""`manage.py makebucket`: the buckets of the cloud settings, with the rules that they need."""

import json
from typing import Any, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from storages.backends.s3 import S3Storage

ALIASES = ("default", "private", "staticfiles")


class Command(BaseCommand):
    help = (
        "Makes the buckets that mysite.settings.cloud names where they are missing, lets everybody read the public "
        "folders in them and nobody list anything, and lets pages elsewhere use fonts from there. Changes no object."
    )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        public: dict[str, list[S3Storage]] = {}
        for storage in (storages[alias] for alias in ALIASES if alias in settings.STORAGES):
            if isinstance(storage, S3Storage):
                folders = public.setdefault(storage.bucket_name, [])
                if not storage.querystring_auth:
                    folders.append(storage)
        if not public:
            raise CommandError("No storage of these settings is a bucket; those of mysite.settings.cloud are.")
        default = cast(S3Storage, storages["default"])
        client = default.connection.meta.client
        for bucket, folders in public.items():
            try:
                made = make(client, bucket, default.region_name)
                if folders:
                    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy(bucket, folders)))
                    client.put_bucket_cors(Bucket=bucket, CORSConfiguration=CORS)
            except (BotoCoreError, ClientError) as error:
                raise CommandError(f"Bucket {bucket}: {error}") from error
            readable = ", ".join(f"{storage.location}/" for storage in folders) or "nothing"
            self.stdout.write(f"Bucket {bucket} {'made' if made else 'was there'}; public in it: {readable}.")


def make(client: Any, bucket: str, region: str) -> bool:
    """False where it was there already."""
    try:
        client.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
    else:
        return False
    # us-east-1 is Amazon's own default, which must not be named; services without regions use it, too.
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    client.create_bucket(Bucket=bucket, **place)
    return True


def policy(bucket: str, folders: list[S3Storage]) -> dict[str, Any]:
    """Everybody may get an object whose name they know; listing stays with the key."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "PublicFolders",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": [f"arn:aws:s3:::{bucket}/{storage.location}/*" for storage in folders],
            }
        ],
    }


CORS = {"CORSRules": [{"AllowedMethods": ["GET", "HEAD"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 86400}]}
