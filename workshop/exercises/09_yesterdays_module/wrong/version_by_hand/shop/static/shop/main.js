import { prices } from "./prices.js?v=2";

for (const place of document.querySelectorAll("[data-price]")) {
    place.textContent = prices[place.dataset.price];
}
