// Gives every figure that asks for it a button that copies what is to be written or typed: no prompts, no output,
// no lines that go.
for (const figure of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const lines = [...figure.querySelectorAll(".ln:not(.out):not(.gone)")];
    await navigator.clipboard.writeText(lines.map((line) => line.textContent).join(""));
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  figure.append(button);
}
