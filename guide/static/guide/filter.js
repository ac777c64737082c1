// Filters the rows of the table that a form's data-filter names, while one types. Without it the form reloads the page.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const table = document.getElementById(form.dataset.filter);
  const input = form.querySelector("input[type=search]");
  const count = form.querySelector("[data-filter-count]");
  if (!table || new URLSearchParams(location.search).get("q")) continue; // the server has left rows out already
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const body of table.tBodies) {
      let here = 0;
      for (const row of body.querySelectorAll("[data-row]")) {
        row.hidden = !words.every((word) => row.dataset.row.includes(word));
        here += row.hidden ? 0 : 1;
      }
      body.hidden = here === 0;
      shown += here;
    }
    count.textContent = words.length ? `${shown} shown.` : "";
  });
}
