const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/add/", {
    method: "POST",
    body: new FormData(form),
  });
  location = answer.url;
});
