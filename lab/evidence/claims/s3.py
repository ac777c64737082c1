"""Claims about the options of django-storages' S3 storage, each shown at its default and set.

The storage and boto3 are real; the bucket is not (lab/variations/s3): the claims look at what would be sent.
"""

from lab.evidence.claim import Claim, but
from lab.evidence.matchers import X, failure, said
from lab.observation import Observation

BY_DEFAULT = X(variation="s3")


def printed(seen: Observation) -> str:
    return said(seen, "shell").stdout


def sent(seen: Observation, method: str) -> list[str]:
    """The requests of that method, each as its address and the headers that were printed."""
    start = f"sent: {method} "
    return [line.removeprefix(start) for line in printed(seen).splitlines() if line.startswith(start)]


BUCKET_CLAIMS = (
    Claim(
        "s3-needs-a-bucket-name",
        "Without bucket_name the first file that is saved raises ValueError; with it files are sent to that bucket.",
        (X(variation="s3-no-bucket"), BY_DEFAULT),
        lambda none, named: (
            failure(said(none, "shell")).type == "ValueError"
            and sent(named, "PUT")[0] == "https://photos.s3.eu-central-1.amazonaws.com/ada.png"
        ),
        "One bucket for each alias, or one with a location for each.",
        foil=but(variation="s3", words="with bucket_name"),
    ),
    Claim(
        "s3-endpoint-is-where-files-go",
        "With endpoint_url files are sent to that service, and their addresses name it; by default both are Amazon’s.",
        (X(variation="s3-endpoint"), BY_DEFAULT),
        lambda spaces, amazon: (
            sent(spaces, "PUT")[0] == "https://fra1.digitaloceanspaces.com/photos/ada.png"
            and "address: https://fra1.digitaloceanspaces.com/photos/ada.png" in printed(spaces)
            and "address: https://photos.s3.amazonaws.com/ada.png" in printed(amazon)
        ),
        "The scheme belongs to it.",
        foil=but(variation="s3", words="without endpoint_url"),
    ),
    Claim(
        "s3-custom-domain-is-what-pages-name",
        "With custom_domain addresses name that host and carry no signature, while files are still sent to the bucket.",
        (X(variation="s3-custom-domain"), BY_DEFAULT),
        lambda cdn, plain: (
            "address: https://cdn.example.com/ada.png\nsigned: False" in printed(cdn)
            and sent(cdn, "PUT") == sent(plain, "PUT")
            and "signed: True" in printed(plain)
        ),
        "The host alone, without a scheme.",
        foil=but(variation="s3", words="without custom_domain"),
    ),
    Claim(
        "s3-signs-unless-told-not-to",
        "The address of a file is signed by default; with querystring_auth off it is not.",
        (X(variation="s3-unsigned"), BY_DEFAULT),
        lambda off, on: "signed: False" in printed(off) and "signed: True" in printed(on),
        "Off for static files.",
        foil=but(1, variation="s3-unsigned", words="with querystring_auth off"),
    ),
    Claim(
        "s3-overwrites-unless-told-not-to",
        "By default a second file of the same name replaces the first one; with file_overwrite off the storage first "
        "asks the bucket for the name, and the second file gets another.",
        (X(variation="s3-new-names"), BY_DEFAULT),
        lambda asks, overwrites: (
            "the same name: False" in printed(asks)
            and len(sent(asks, "HEAD")) == 3
            and "the same name: True" in printed(overwrites)
            and sent(overwrites, "HEAD") == []
        ),
        "Off for uploads.",
        foil=but(1, variation="s3-new-names", words="with file_overwrite off"),
    ),
    Claim(
        "s3-asks-for-no-acl-by-default",
        "With default_acl each file is sent with that access list; by default with none.",
        (X(variation="s3-acl"), BY_DEFAULT),
        lambda acl, plain: (
            all("x-amz-acl: public-read" in request for request in sent(acl, "PUT"))
            and not any("x-amz-acl" in request for request in sent(plain, "PUT"))
        ),
        "Leave it at None for a bucket that accepts none.",
        foil=but(variation="s3", words="without default_acl"),
    ),
    Claim(
        "s3-object-parameters-go-with-each-file",
        "What object_parameters names is sent with each file, such as its Cache-Control; by default there is none.",
        (X(variation="s3-parameters"), BY_DEFAULT),
        lambda cached, plain: (
            all("cache-control: max-age=86400" in request for request in sent(cached, "PUT"))
            and not any("cache-control" in request for request in sent(plain, "PUT"))
        ),
        'Names are boto3’s: "CacheControl".',
        foil=but(variation="s3", words="without object_parameters"),
    ),
)
