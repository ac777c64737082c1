// Turning a knob shows the new result without a reload. Without this file the form's Run button does the same.
const form = document.querySelector("[data-playground]");
const result = document.querySelector("[data-result]");
const status = document.querySelector("[data-status]");
const before = form.querySelector("[data-before]");
const guess = form.elements.guess;
const predictFirst = document.getElementById("predict-first");
let running = null;

document.querySelector("[data-predict-first]").hidden = false;
offerCopy();

form.addEventListener("change", (event) => {
  markTurned();
  if (event.target === predictFirst) return;
  if (event.target === guess ? !guess.value : predictFirst.checked && !guess.value) {
    status.textContent = "What will happen? Choose a prediction, and it runs.";
    return;
  }
  run();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

async function run() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const url = address();
  result.setAttribute("aria-busy", "true");
  const starting = form.querySelector("option[data-starts-process]:checked");
  status.textContent = starting ? `Starting ${starting.value}…` : "Running…";
  const start = performance.now();
  try {
    const response = await fetch(url, { headers: { "X-Fragment": "1" }, signal });
    const html = await response.text();
    if (response.status === 400) throw new Error(html);
    if (!response.ok) throw new Error(response.status === 503 ? "busy" : `status ${response.status}`);
    result.innerHTML = html;
    history.replaceState(null, "", url);
    before.value = result.querySelector("[data-query]").dataset.query;
    if (predictFirst.checked) guess.value = "";
    const took = Math.round(performance.now() - start);
    status.textContent = `${result.querySelector("h2").textContent}. ${took} ms.`;
    offerCopy();
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent =
      error.message === "busy"
        ? "Too many experiments are running. Turn the knob again in a few seconds."
        : `That did not work: ${error.message}. Turn the knob back, or press Run to try again.`;
  }
  if (running?.signal === signal) result.setAttribute("aria-busy", "false");
}

function address() {
  const query = new URLSearchParams();
  for (const select of form.querySelectorAll("[data-knob] select")) {
    if (select.value !== select.dataset.default) query.set(select.name, select.value);
  }
  if (guess.value) query.set("guess", guess.value);
  query.set("before", before.value);
  return `${form.action}?${query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}

function markTurned() {
  for (const knob of form.querySelectorAll("[data-knob]")) {
    const select = knob.querySelector("select");
    knob.classList.toggle("turned", select.value !== select.dataset.default);
  }
}

function offerCopy() {
  const button = document.querySelector("[data-copy]");
  if (!navigator.clipboard) return; // only on HTTPS and on localhost
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    status.textContent = "Link copied: it opens the playground in this state.";
  });
}
