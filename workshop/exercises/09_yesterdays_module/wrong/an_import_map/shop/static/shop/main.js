import { prices } from "prices";

for (const place of document.querySelectorAll("[data-price]")) {
    place.textContent = prices[place.dataset.price];
}
