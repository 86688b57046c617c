// Lists with boxes to tick: one box for all, and a button that says how many.
"use strict";

(() => {
  const form = document.getElementById("decide");
  if (!form) return;
  const button = form.querySelector("[data-count-of]");
  const boxes = () => [...form.querySelectorAll(`input[name="${button.dataset.countOf}"]`)];

  function count() {
    const chosen = boxes().filter((box) => box.checked).length;
    button.textContent = chosen === boxes().length ? button.dataset.all : `${button.dataset.some} (${chosen})`;
    button.disabled = !chosen;
    const all = form.querySelector("[data-choose-all]");
    if (all) { all.checked = chosen === boxes().length; all.indeterminate = chosen > 0 && !all.checked; }
  }
  form.addEventListener("change", (event) => {
    if (event.target.dataset.chooseAll) for (const box of boxes()) box.checked = event.target.checked;
    count();
  });
  // Enter in a reason returns that report; it never confirms the others.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type === "checkbox" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    event.target.closest(".give-back")?.querySelector("button[name=return]")?.focus();
  });
  addEventListener("pageshow", count);
})();
