"""moto stands here for S3. What it does not do: refuse access lists, as a bucket does whose owner owns all objects."""

import io

import boto3
import botocore.handlers
from botocore.awsrequest import AWSResponse
from moto import mock_aws

REFUSAL = b"<Error><Code>AccessControlListNotSupported</Code><Message>The bucket does not allow ACLs</Message></Error>"


class Body(io.BytesIO):
    def stream(self, **kwargs):
        yield self.read()


def refuse_access_lists(request, **kwargs):
    if request.headers.get("x-amz-acl", b"bucket-owner-full-control") not in (
        b"bucket-owner-full-control",
        "bucket-owner-full-control",
    ):
        return AWSResponse(request.url, 400, {"Content-Type": "application/xml"}, Body(REFUSAL))
    return None


mock_aws().start()
botocore.handlers.BUILTIN_HANDLERS.insert(0, ("before-send", refuse_access_lists))
boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="shop-media")
