"""Stands where the network would begin: prints what boto3 is about to send, and answers as an S3 bucket would."""

import re

from botocore.awsrequest import AWSResponse

TELLING = ("x-amz-acl", "cache-control")
kept = set()


class Body:
    def stream(self, **_):
        return iter(())


def answer(request, **_):
    address = request.url.partition("?")[0]
    told = [f"{name}: {request.headers[name].decode()}" for name in TELLING if name in request.headers]
    print("sent:", request.method, re.sub(r"_\w{7}\.", "_RANDOM.", address), *told)
    there = request.method != "HEAD" or address in kept
    if request.method == "PUT":
        kept.add(address)
    return AWSResponse(request.url, 200 if there else 404, {}, Body())


def watch(storage):
    storage.connection.meta.client.meta.events.register("before-send.s3", answer)
