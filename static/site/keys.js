// Keys, where nothing is being typed: "/" goes to the search, "[" and "]" to the page before and after. What they are for
// stands in the foot of each page; the pages before and after are links with rel="prev" and rel="next".
const NEIGHBOURS = { "[": "prev", "]": "next" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey) return;
  if (event.altKey && !event.getModifierState("AltGraph")) return; // some keyboards have the brackets there
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    const box = [...document.querySelectorAll("[data-search-on-enter]")].find((field) => field.checkVisibility());
    if (!box) return;
    event.preventDefault();
    box.focus();
  } else if (event.key in NEIGHBOURS) {
    document.querySelector(`main a[rel="${NEIGHBOURS[event.key]}"]`)?.click();
  }
});
