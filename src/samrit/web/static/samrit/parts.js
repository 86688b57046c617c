// The rows for a share's numerators and denominators, made when somebody asks for them: most shares are typed as a percent.
"use strict";

(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const rowsOf = (key) => [...form.querySelectorAll(`[data-part-of="${CSS.escape(key)}"]`)];

  // A row like that of the line itself, with an empty box wherever the line has one.
  function row(line, kind) {
    const made = line.querySelector("tr").cloneNode(true);
    const head = made.querySelector("th");
    made.className = "part";
    made.dataset.partOf = line.id;
    head.id = `${line.id}-${kind}`;
    head.textContent = kind === "n" ? form.dataset.numerator : form.dataset.denominator;
    for (const place of made.querySelectorAll("td")) place.replaceChildren(...place.querySelectorAll("input.cell"));
    for (const cell of made.querySelectorAll("input.cell")) {
      cell.id = cell.id.replace(/^a/, kind);
      cell.name = cell.name.replace(/^a/, kind);
      cell.defaultValue = cell.value = cell.placeholder = "";
      delete cell.dataset.main;
      cell.setAttribute("aria-labelledby", `${head.id} ${cell.getAttribute("aria-labelledby").replace(/ planned .*/, "")}`);
    }
    return made;
  }
  function open(key) {
    const line = document.getElementById(key ?? "");
    const button = line?.querySelector("[data-parts]");
    if (!button || rowsOf(key).length) return;
    line.querySelector("tr").after(row(line, "n"), row(line, "d"));
    button.setAttribute("aria-expanded", "true");
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-parts]");
    if (!button) return;
    const made = rowsOf(button.dataset.parts);
    if (made.length) made.forEach((part) => { part.hidden = !part.hidden; });
    else open(button.dataset.parts);
    const parts = rowsOf(button.dataset.parts);
    button.setAttribute("aria-expanded", String(!parts[0].hidden));
    if (!parts[0].hidden) parts[0].querySelector("[data-now]")?.focus();
  });

  // Parts of a share take the place of a percent that nobody typed.
  form.addEventListener("input", (event) => {
    const [, kind] = /^([nd]):/.exec(event.target.name ?? "") ?? [];
    if (!kind) return;
    const actual = form.elements.namedItem(`a${event.target.name.slice(1)}`);
    if (actual && actual.value && actual.value === actual.defaultValue) actual.value = "";
  });

  window.samritParts = { open };
})();
