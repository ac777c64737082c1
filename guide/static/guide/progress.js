// Which chapters were read, kept in this browser and nowhere else. Without this file nothing is missing but the ticks.
const KEY = "guide:read";

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set(); // storage is refused, or holds something else
  }
}

function keep(slugs) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...slugs]));
  } catch {
    // a browser that keeps nothing: reading works all the same
  }
}

const chapter = document.querySelector("[data-chapter]");
const end = document.querySelector("[data-end]");
const progress = document.querySelector("[data-progress]");

if (chapter && end) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    keep(read().add(chapter.dataset.chapter));
    observer.disconnect();
  }).observe(end);
}

function show() {
  const slugs = read();
  const entries = [...document.querySelectorAll("[data-chapter-entry]")];
  let count = 0;
  for (const entry of entries) {
    const done = slugs.has(entry.dataset.chapterEntry);
    entry.querySelector("[data-read]").hidden = !done;
    count += done;
  }
  progress.hidden = count === 0;
  progress.querySelector("progress").value = count;
  progress.querySelector("[data-progress-words]").textContent = `${count} of ${entries.length} chapters read`;
}

if (progress) {
  show();
  progress.querySelector("[data-forget]").addEventListener("click", () => {
    keep([]);
    show();
  });
}
