// The plan's tree by keys: Alt+↑ and Alt+↓ on a record press its buttons. Without this script the buttons do all of it.
"use strict";

document.getElementById("tree")?.addEventListener("keydown", (event) => {
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const line = event.target.closest(".tree-line");
  if (!way || !event.altKey || !line) return;
  const button = line.querySelector(`button[value^="${way}:"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
