// The upload form with a preview, drag and drop and a progress bar. Without this file the form works all the same.
const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector("[data-drop]");
const preview = form.querySelector("[data-preview]");
const sending = form.querySelector("[data-sending]");
const progress = form.querySelector("[data-progress]");
const status = form.querySelector("[data-status]");
const limit = Number(form.dataset.limit);

form.querySelector("[data-drop-hint]").hidden = false;

input.addEventListener("change", showPreview);

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.toggleAttribute("data-over", name === "dragover");
  });
}

drop.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length > 0) {
    input.files = event.dataTransfer.files;
    showPreview();
  }
});

form.addEventListener("submit", (event) => {
  const file = input.files[0];
  if (!file) return; // the server says that no file came
  event.preventDefault();
  if (file.size > limit) {
    status.textContent = `${file.name} has ${megabytes(file.size)}; at most ${megabytes(limit)} are taken. Nothing was sent.`;
    return;
  }
  send(new FormData(form));
});

function showPreview() {
  const file = input.files[0];
  preview.replaceChildren();
  if (file) {
    const image = new Image();
    image.className = "preview";
    image.alt = "The photo you chose";
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    image.addEventListener("error", () => image.remove()); // not a picture this browser shows; the server will say what it is
    preview.append(image);
  }
  status.textContent = file ? `${file.name}, ${megabytes(file.size)}` : "";
}

function send(data) {
  const request = new XMLHttpRequest(); // fetch() does not tell how much has been sent
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    progress.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) status.textContent = "Sent. The server is looking at it.";
  });
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => finish("The server did not answer. Is it still running? Your file is still chosen: try again."));
  request.open("POST", form.action);
  request.responseType = "document";
  sending.hidden = false;
  status.textContent = "Sending…";
  request.send(data);
}

function answered(request) {
  if (request.responseURL !== form.action) {
    location.assign(request.responseURL); // the redirect after a good upload
    return;
  }
  const page = request.response;
  const refusal = (page?.querySelector(".errorlist li") ?? page?.querySelector(".lead"))?.textContent;
  form.querySelector(".errorlist")?.remove();
  finish(refusal ?? "The server refused the upload and did not say why.");
}

function finish(message) {
  sending.hidden = true;
  progress.value = 0;
  status.textContent = message;
}

function megabytes(bytes) {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
