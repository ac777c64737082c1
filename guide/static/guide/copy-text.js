// Makes a link to a text copy that text, where the browser lets a script do so.
for (const link of document.querySelectorAll("[data-copy-text]")) {
  if (!navigator.clipboard) break;
  const label = link.textContent;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(await (await fetch(link.href)).text());
    link.textContent = "Copied";
    setTimeout(() => { link.textContent = label; }, 2000);
  });
}
