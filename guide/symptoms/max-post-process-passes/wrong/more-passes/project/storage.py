from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class PatientStorage(ManifestStaticFilesStorage):
    max_post_process_passes = 50
