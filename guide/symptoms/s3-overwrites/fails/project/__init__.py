"""moto stands here for S3: it answers what boto3 sends, in memory."""

import boto3
from moto import mock_aws

mock_aws().start()
boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="shop-media")
