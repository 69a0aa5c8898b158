"use strict";
// What the page does besides the terminal: keys go to it from the start, and the program can be
// opened again after it ended.
document.getElementById("again").addEventListener("click", () => window.location.reload());

function focusTerminal() {
  const field = document.querySelector(".textual-terminal textarea");
  if (field !== null && !document.body.classList.contains("-closed")) {
    field.focus();
  }
}

new MutationObserver(() => {
  focusTerminal();
  if (document.body.classList.contains("-closed")) {
    document.getElementById("again").focus();
  }
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
window.addEventListener("focus", focusTerminal);
