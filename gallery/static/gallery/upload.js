// The upload form with previews, drag and drop, and for every photo a request, a progress bar and an answer of its own,
// so that one that fails holds up no other. Without this file the form works all the same.
const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector("[data-drop]");
const previews = form.querySelector("[data-preview]");
const status = form.querySelector("[data-status]");
const results = form.querySelector("[data-results]");
const template = form.querySelector("[data-result]");
const button = form.querySelector("button");
const limit = Number(form.dataset.limit);
const MOST_PREVIEWS = 12;

form.querySelector("[data-drop-hint]").hidden = false;
form.querySelector("[data-batch-hint]").hidden = true; // here every photo travels alone

input.addEventListener("change", showChosen);
if (input.files.length > 0) showChosen(); // chosen before this script was here

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.toggleAttribute("data-over", name === "dragover");
  });
}

drop.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length > 0) {
    input.files = event.dataTransfer.files;
    showChosen();
  }
});

form.addEventListener("submit", (event) => {
  if (input.files.length === 0) return; // the server says that no file came
  event.preventDefault();
  sendAll([...input.files]);
});

function showChosen() {
  const files = [...input.files];
  previews.replaceChildren();
  for (const file of files.slice(0, MOST_PREVIEWS)) {
    const image = new Image();
    image.className = "preview";
    image.alt = files.length === 1 ? "The photo you chose" : `${file.name}, which you chose`;
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    image.addEventListener("error", () => image.remove()); // not a picture this browser shows; the server will say what it is
    previews.append(image);
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  status.textContent = files.length > 1 ? `${files.length} photos, ${megabytes(total)}` : files.map((file) => `${file.name}, ${megabytes(total)}`).join("");
}

async function sendAll(files) {
  button.disabled = true;
  form.querySelectorAll(".errorlist").forEach((list) => list.remove());
  results.replaceChildren();
  results.hidden = false;
  const rows = files.map(addRow);
  const failed = [];
  let kept;
  for (const [index, file] of files.entries()) {
    status.textContent = files.length > 1 ? `Photo ${index + 1} of ${files.length}: ${file.name}` : "Sending…";
    const answer = await send(file, rows[index]);
    show(answer, rows[index]);
    if (answer.url) kept = answer.url;
    else failed.push(file);
  }
  button.disabled = false;
  if (files.length === 1 && kept) {
    location.assign(kept);
    return;
  }
  keepChosen(failed);
  status.textContent =
    files.length === 1
      ? rows[0].querySelector("[data-message]").textContent
      : `${files.length - failed.length} of ${files.length} photos are kept.${failed.length > 0 ? " The others are still chosen: see below why, and try again." : ""}`;
  if (files.length === 1) results.hidden = true; // its one line is said already
}

function addRow(file) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-progress]").setAttribute("aria-label", `Sending ${file.name}`);
  results.append(row);
  return row;
}

function send(file, row) {
  if (file.size > limit) {
    return { message: `${file.name} has ${megabytes(file.size)}; at most ${megabytes(limit)} are taken. It was not sent.` };
  }
  const progress = row.querySelector("[data-progress]");
  const message = row.querySelector("[data-message]");
  const data = new FormData(form);
  data.set(input.name, file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch() does not tell how much has been sent
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      progress.value = (100 * event.loaded) / event.total;
      if (event.loaded === event.total) message.textContent = "Sent. The server is looking at it.";
    });
    request.addEventListener("load", () => resolve(understood(request)));
    request.addEventListener("error", () =>
      resolve({ message: "The server did not answer. Is it still running? Your file is still chosen: try again." }),
    );
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function understood(request) {
  try {
    const answer = JSON.parse(request.responseText);
    return answer.photos[0] ?? answer;
  } catch {
    return { message: `The server answered ${request.status} and did not say why. Reload the page and try again.` };
  }
}

function show(answer, row) {
  row.querySelector("[data-progress]").remove();
  row.toggleAttribute("data-kept", Boolean(answer.url));
  row.querySelector("[data-message]").textContent = answer.url ? "Kept." : answer.message;
  if (answer.url) {
    const link = document.createElement("a");
    link.href = answer.url;
    link.textContent = row.querySelector("[data-name]").textContent;
    row.querySelector("[data-name]").replaceChildren(link);
  }
}

function keepChosen(files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  previews.replaceChildren();
}

function megabytes(bytes) {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
