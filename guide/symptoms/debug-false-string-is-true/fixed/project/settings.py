DEBUG = os.environ.get("DEBUG", "").strip().lower() in {"1", "true", "yes", "on"}
