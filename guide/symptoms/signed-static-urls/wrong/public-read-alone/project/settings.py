AWS_DEFAULT_ACL = "public-read"
