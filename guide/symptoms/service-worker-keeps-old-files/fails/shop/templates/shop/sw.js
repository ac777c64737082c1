const CACHE = "shop";
const FILES = ["/static/shop/shop.css"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
});
