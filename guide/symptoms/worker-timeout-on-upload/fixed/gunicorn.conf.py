timeout = 30
worker_class = "gthread"
threads = 8
