// Lists with boxes to tick: one box for all, and a button that says how many.
"use strict";

(() => {
  const form = document.getElementById("decide");
  if (!form) return;
  const button = form.querySelector("[data-count-of]");
  if (!button) return; // somebody who may look, not decide
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
  // Reasons given before are offered as buttons beside the field, where a finger finds them.
  const reasons = [...document.querySelectorAll("datalist#reasons option")].map((option) => option.value);
  form.addEventListener("toggle", (event) => {
    const place = event.target.matches(".give-back[open]") && event.target.querySelector(".reasons-before:empty");
    if (!place) return;
    for (const reason of reasons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = reason;
      button.addEventListener("click", () => {
        const field = event.target.querySelector("input[list=reasons]");
        field.value = reason;
        field.focus();
      });
      place.append(button);
    }
  }, true);
  addEventListener("pageshow", count);
})();
