// Turning a knob shows the new result without a reload. Without this file the form's Run button does the same.
const form = document.querySelector("[data-playground]");
const result = document.querySelector("[data-result]");
const status = document.querySelector("[data-status]");
const before = form.querySelector("[data-before]");
const guess = form.elements.guess;
const variation = form.querySelector("[data-variation]");
const predictFirst = document.getElementById("predict-first");
let running = null;

document.querySelector("[data-predict-first]").hidden = false;
if (matchMedia("(width < 40rem)").matches) {
  for (const group of form.querySelectorAll("details")) group.open = Boolean(group.querySelector(".turned"));
}
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

// A chip turns its knob back: its address is fetched like any other.
result.addEventListener("click", (event) => {
  const link = event.target.closest(".knob-chip");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  turnTo(new URL(link.href).searchParams);
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
  if (variation.value !== "none") query.set("variation", variation.value);
  if (guess.value) query.set("guess", guess.value);
  query.set("before", before.value);
  return `${form.action}?${query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}

function turnTo(query) {
  for (const select of form.querySelectorAll("[data-knob] select")) {
    select.value = query.get(select.name) ?? select.dataset.default;
  }
  variation.value = query.get("variation") ?? "none";
  markTurned();
}

function markTurned() {
  for (const knob of form.querySelectorAll("[data-knob]")) {
    const select = knob.querySelector("select");
    knob.classList.toggle("turned", select.value !== select.dataset.default);
  }
}

function offerCopy() {
  if (!navigator.clipboard) return; // only on HTTPS and on localhost
  const link = result.querySelector("[data-copy-link]");
  link.hidden = false;
  link.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    status.textContent = link.textContent = "Link copied";
  });
  const text = result.querySelector("[data-copy-text]");
  text.addEventListener("click", async (event) => {
    event.preventDefault();
    const comparing = new URL(text.href);
    const earlier = new URLSearchParams(location.search).get("before");
    if (earlier !== null) comparing.searchParams.set("before", earlier);
    await navigator.clipboard.writeText(await (await fetch(comparing)).text());
    status.textContent = text.textContent = "Copied as Markdown";
  });
}
