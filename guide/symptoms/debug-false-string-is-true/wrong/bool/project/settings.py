DEBUG = bool(os.environ.get("DEBUG", False))
