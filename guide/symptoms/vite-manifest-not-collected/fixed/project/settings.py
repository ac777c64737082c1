DJANGO_VITE = {"default": {"manifest_path": STATIC_ROOT / "manifest.json"}}
