// A page works without this script: it only shows the buttons that copy a command, and marks tables that are wider than the screen.
"use strict";
function copy(button) {
  const text = button.previousElementSibling;
  const done = () => { button.textContent = "Copied"; setTimeout(() => { button.textContent = "Copy"; }, 1500); };
  const select = () => {
    getSelection().selectAllChildren(text);
    if (document.execCommand("copy")) done();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, select);
  else select();
}
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
function mark() {
  for (const part of document.querySelectorAll(".scroll")) {
    const isWider = part.scrollWidth > part.clientWidth + 1;
    part.classList.toggle("wider", isWider);
    if (isWider) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  }
}
addEventListener("resize", mark);
for (const part of document.querySelectorAll("details")) part.addEventListener("toggle", mark);
mark();
