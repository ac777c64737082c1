// Filters the rows of the table that a form's data-filter names, while one types, and by a tick that leaves the rows
// with data-differs. Without it the form reloads the page.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const table = document.getElementById(form.dataset.filter);
  const input = form.querySelector("input[type=search]");
  const tick = form.querySelector("input[data-only-differs]");
  const count = form.querySelector("[data-filter-count]");
  const asked = new URLSearchParams(location.search);
  if (!table || asked.get("q") || asked.get("differs")) continue; // the server has left rows out already
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const body of table.tBodies) {
      let here = 0;
      for (const row of body.querySelectorAll("[data-row]")) {
        row.hidden = !words.every((word) => row.dataset.row.includes(word));
        row.hidden ||= Boolean(tick?.checked) && !("differs" in row.dataset);
        here += row.hidden ? 0 : 1;
      }
      body.hidden = here === 0;
      shown += here;
    }
    count.textContent = words.length || tick?.checked ? `${shown} shown.` : "";
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", filter);
  tick?.addEventListener("change", filter);
}
