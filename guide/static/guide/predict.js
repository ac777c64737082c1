// A guess is answered without a reload: the page of its address is fetched, and its answers take their places here.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-predict]");
  if (!form) return;
  event.preventDefault();
  const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const asked of document.querySelectorAll("[data-predict]")) {
      const answered = page.getElementById(asked.id);
      if (answered) asked.replaceWith(answered);
    }
    for (const answer of document.querySelectorAll("details.answer")) answer.open = true;
    const score = page.querySelector("[data-score]");
    document.querySelector("[data-score]")?.remove();
    if (score) document.querySelector("[data-end]")?.before(score);
    history.replaceState(null, "", `${address}#${form.id}`);
    const verdict = document.querySelector(`#${CSS.escape(form.id)} [data-verdict]`);
    verdict?.focus({ preventScroll: true });
    verdict?.scrollIntoView({ block: "nearest" });
  } catch {
    location.assign(`${address}#${form.id}`); // as without this file
  }
});
