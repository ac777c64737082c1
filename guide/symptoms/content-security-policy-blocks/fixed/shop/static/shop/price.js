document.querySelector("[data-price]").addEventListener("click", (event) => alert(event.target.dataset.price));
