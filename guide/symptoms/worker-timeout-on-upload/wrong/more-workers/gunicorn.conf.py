timeout = 30
workers = 4
