"""The stand-in for S3 of exercise 20 judges policies as moto does, which knows IAM."""

import importlib.util
import json

import pytest

from workshop.exercise import EXERCISES

OURS, OTHER = "arn:aws:s3:::archive-scans", "arn:aws:s3:::salaries"
ASKED = [
    (action, resource)
    for action in ("s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:GetBucketPolicy", "s3:DeleteBucket")
    for resource in (OURS, f"{OURS}/scans/a.png", OTHER, f"{OTHER}/list.csv")
]
POLICIES = {
    "one statement that is no list": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{OURS}/*"},
    "two lists": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:ListBucket"], "Resource": [OURS, f"{OURS}/*"]}],
    "everything": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
    "nothing": [],
    "a Deny wins": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": ["s3:DeleteBucket", "s3:Put*"], "Resource": "*"},
    ],
    "all but these": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": f"{OURS}*"},
        {"Effect": "Deny", "NotAction": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"},
    ],
}


@pytest.fixture(scope="module")
def bucket():
    pytest.importorskip("storages.backends.s3")
    folder = next(EXERCISES.glob("20_*"))
    spec = importlib.util.spec_from_file_location("bucket_of_exercise_20", folder / "start/project/bucket.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", POLICIES)
def test_the_stand_in_allows_what_moto_allows(bucket, tmp_path, monkeypatch, name):
    moto = pytest.importorskip("moto.iam.access_control")
    policy = json.dumps({"Version": "2012-10-17", "Statement": POLICIES[name]})
    (tmp_path / "policy.json").write_text(policy)
    monkeypatch.setattr(bucket, "BASE_DIR", tmp_path)
    judged = moto.IAMPolicy(policy)
    for action, resource in ASKED:
        permitted = judged.is_action_permitted(action, resource) == moto.PermissionResult.PERMITTED
        assert bucket.allowed(action, resource) is permitted, (action, resource)
