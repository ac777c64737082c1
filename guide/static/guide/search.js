// A short question goes into the address, where it can be kept and shared; Enter sends it. Without this file every
// question is posted, and a button sends it.
const LONGEST = 2000; // characters of an address; gunicorn takes 4,000, nginx 8,000, granian and runserver 65,000

for (const form of document.querySelectorAll("[data-search]")) {
  form.addEventListener("submit", () => {
    const asked = new URLSearchParams(new FormData(form)).toString();
    form.method = asked.length <= LONGEST ? "get" : "post";
  });
}

for (const box of document.querySelectorAll("[data-search-on-enter]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}
