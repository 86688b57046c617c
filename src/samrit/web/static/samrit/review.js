// Keys of the review: j and k step on and back, Enter confirms what is shown, e goes to the first value.
"use strict";

(() => {
  document.getElementById("it")?.scrollIntoView({ block: "center", inline: "center" });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, button, a, summary")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "e") {
      event.preventDefault();
      document.querySelector("#decide .control")?.select();
      return;
    }
    const asked = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!asked) return;
    event.preventDefault();
    asked.click();
  });
})();
