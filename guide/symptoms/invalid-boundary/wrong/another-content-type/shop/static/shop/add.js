const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/add/", {
    method: "POST",
    body: new FormData(form),
    headers: {"Content-Type": "application/x-www-form-urlencoded"},
  });
  location = answer.url;
});
