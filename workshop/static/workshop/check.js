// Checks without a reload, and when a file is saved. Without this file the button does the same with one.
const form = document.querySelector("[data-check]");
const result = document.querySelector("[data-result]");
const SAVED = `workshop: check ${form.dataset.exercise} when I save`;
const status = document.querySelector("[data-status]");
const button = form.querySelector("button");
const onSave = form.querySelector("#on-save");
const EACH = 1000; // milliseconds between two looks at the folder
let checking = false;

form.querySelector("[data-on-save]").hidden = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});

// Each part of the answer goes where the page has one of the same name.
function put(text) {
  const fresh = document.createElement("template");
  fresh.innerHTML = text;
  for (const part of fresh.content.querySelectorAll("[data-part]")) {
    document.querySelector(`[data-part="${part.dataset.part}"]`).replaceWith(part);
  }
  const word = document.querySelector("[data-state-word]").dataset.stateWord;
  document.querySelector("[data-standing]").textContent = word;
  const bead = document.querySelector(".bead[aria-current]");
  bead.className = `bead ${word}`;
  bead.querySelector(".unseen").textContent = `${bead.title}, ${word}`;
  const later = document.querySelector("[data-later]");
  if (later) later.hidden = word === "passed";
}

async function check() {
  if (checking) return;
  checking = true;
  button.setAttribute("aria-disabled", "true");
  result.setAttribute("aria-busy", "true");
  status.textContent = "Checking: servers start and get real requests…";
  const start = performance.now();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-Fragment": "1" },
      body: new FormData(form),
    });
    const text = await response.text();
    if (response.ok) {
      put(text);
      const took = ((performance.now() - start) / 1000).toFixed(1);
      status.textContent = `${document.querySelector("#came").textContent}. ${took} s.`;
    } else {
      const plain = response.headers.get("Content-Type")?.startsWith("text/plain");
      status.textContent = plain ? text : `That did not work: status ${response.status}. Load the page again.`;
    }
  } catch {
    status.textContent = "The site does not answer. Is it still running?";
  }
  result.removeAttribute("aria-busy");
  button.removeAttribute("aria-disabled");
  checking = false;
}

// A save is over when two looks see the same: an editor may write several files.
let known = null;
let last = null;

async function look() {
  if (!onSave.checked) return;
  try {
    const response = await fetch(form.dataset.state);
    if (response.ok) {
      const { state } = await response.json();
      if (state !== known && state === last && !checking) {
        known = state;
        await check();
      }
      last = state;
    }
  } catch {
    status.textContent = "The site does not answer. Is it still running?";
  }
  setTimeout(look, EACH);
}

onSave.addEventListener("change", watch);

async function watch() {
  remember();
  if (!onSave.checked) {
    status.textContent = "";
    return;
  }
  try {
    ({ state: known } = await (await fetch(form.dataset.state)).json());
  } catch {
    known = null;
  }
  last = known;
  status.textContent = "Waiting for you to save."; // not before it is known what there is: a save in between would be missed
  look();
}

// The page is loaded again for a hint; the wish stays, as long as the tab.
function remember() {
  try {
    sessionStorage.setItem(SAVED, onSave.checked ? "yes" : "no");
  } catch {} // a browser may forbid it
}

try {
  onSave.checked = sessionStorage.getItem(SAVED) === "yes";
} catch {}
if (onSave.checked) watch();
