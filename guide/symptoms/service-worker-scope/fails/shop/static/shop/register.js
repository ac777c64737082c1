navigator.serviceWorker.register(document.documentElement.dataset.worker, { scope: "/" });
