import os

AWS_S3_FILE_OVERWRITE = os.environ.get("S3_OVERWRITE", "False")
