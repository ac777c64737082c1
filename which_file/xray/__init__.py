"""An x-ray of a page: every file that it loads, who answers for it, and what a browser does on the next visit."""
