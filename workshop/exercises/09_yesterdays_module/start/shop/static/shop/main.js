import { prices } from "./prices.js";

for (const place of document.querySelectorAll("[data-price]")) {
    place.textContent = prices[place.dataset.price];
}
