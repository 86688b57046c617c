// The grid behaves like a spreadsheet: arrows and Enter move, "=" takes the planned figure, blocks from Excel are pasted.
"use strict";

(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  let editing = false; // F2 or a double click: arrows move the caret, not the cell

  const isCell = (element) => element instanceof HTMLInputElement && element.classList.contains("cell");
  const rows = () => [...form.querySelectorAll("tr")].filter((row) => row.offsetParent !== null && row.querySelector("input.cell"));
  const monthOf = (cell) => Number(cell.id.slice(cell.id.lastIndexOf("-") + 1)); // a-L7-3
  const inRow = (row, month) => row.querySelector(`input.cell[id$="-${month}"]`);
  const plannedOf = (cell) => cell.dataset.planned ?? (cell.nextElementSibling?.matches(".ghost:not(.not-result)") ? cell.nextElementSibling.textContent : "");
  const submit = () => form.querySelector("button.submit");
  const nextPage = () => form.querySelector('.pages a[rel="next"]');

  function go(cell) {
    if (!cell) return false;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }
  function vertical(cell, step) {
    const all = rows();
    for (let at = all.indexOf(cell.closest("tr")) + step; at >= 0 && at < all.length; at += step) {
      const next = inRow(all[at], monthOf(cell));
      if (next) return next;
    }
    return null;
  }
  function horizontal(cell, step) {
    for (let month = monthOf(cell) + step; month >= 1 && month <= 12; month += step) {
      const next = inRow(cell.closest("tr"), month);
      if (next) return next;
    }
    return null;
  }
  function fill(cell, value, isLast = true) {
    if (cell.value === value) return;
    cell.value = value;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    if (isLast) cell.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("focusin", (event) => {
    if (!isCell(event.target)) return;
    editing = false;
    event.target.select();
  });
  form.addEventListener("mouseup", (event) => {
    // The click that brought the focus leaves everything selected.
    if (isCell(event.target) && !editing && event.target.selectionStart === event.target.selectionEnd) event.target.select();
  });
  // Why a month is locked stands once, at its head; under the pointer it is told at every cell.
  form.addEventListener("pointerover", (event) => {
    const shut = event.target.closest("td.shut:not([title])");
    const head = shut && form.querySelector("thead tr").cells[shut.cellIndex];
    if (head && head.title) shut.title = head.title;
  });
  form.addEventListener("dblclick", (event) => { if (isCell(event.target)) editing = true; });

  // From anywhere on the page: what came back to be sent again may have no blank that takes the focus.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !submit()) return;
    event.preventDefault();
    form.requestSubmit(submit());
  });

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!isCell(cell)) {
      // Enter in a one-line field must not press the first button of the form.
      if (event.key === "Enter" && cell instanceof HTMLInputElement && cell.type === "text") event.preventDefault();
      return;
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isGrid = Boolean(cell.closest("table.entry-grid"));
    const moves = {
      Enter: () => (isGrid ? go(vertical(cell, event.shiftKey ? -1 : 1)) || (!event.shiftKey && go(nextPage() ?? submit())) : onward()),
      ArrowDown: () => isGrid && go(vertical(cell, 1)),
      ArrowUp: () => isGrid && go(vertical(cell, -1)),
      ArrowLeft: () => isGrid && !editing && go(horizontal(cell, -1)),
      ArrowRight: () => isGrid && !editing && go(horizontal(cell, 1)),
      "=": () => { if (plannedOf(cell)) fill(cell, plannedOf(cell)); return true; },
      F2: () => { editing = true; cell.setSelectionRange(cell.value.length, cell.value.length); return true; },
      Escape: () => { fill(cell, cell.defaultValue); editing = false; cell.select(); return true; },
    };
    const move = moves[event.key];
    if (!move) return;
    const done = move();
    if (done || event.key === "Enter" || event.key.startsWith("Arrow" + (event.key.endsWith("Up") ? "Up" : "Down"))) event.preventDefault();
  });
  function onward() {
    const next = form.querySelector(".phone-buttons .btn-primary");
    if (next) form.requestSubmit(next);
    return true;
  }

  form.addEventListener("paste", (event) => {
    const start = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isCell(start) || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = window.samritPasted.cells(text);
    const all = start.closest("table.entry-grid") ? rows() : null; // elsewhere a cell stands alone
    const top = all?.indexOf(start.closest("tr"));
    const told = { skipped: 0, zero: 0, nothing: 0, negative: 0 };
    let last = null;
    block.forEach((line, down) => line.forEach((value, across) => {
      const cell = all ? all[top + down] && inRow(all[top + down], monthOf(start) + across) : down + across ? null : start;
      if (!cell) { if (value.trim()) told.skipped += 1; return; }
      const [figure, read] = window.samritPasted.meant(value);
      if (read) told[read] += 1;
      fill(cell, figure, false);
      last = cell;
    }));
    last?.dispatchEvent(new Event("change", { bubbles: true }));
    const said = Object.entries(told).filter(([, count]) => count).map(([what, count]) => form.dataset[what].replace("{count}", count));
    if (said.length && window.samrit?.say) window.samrit.say(said.join(" "), true);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.fill !== undefined) {
      const cell = document.getElementById(button.dataset.fillFor);
      if (cell) fill(cell, button.dataset.fill);
    } else if (button.dataset.today) {
      const day = button.parentElement.querySelector("input.day");
      if (day) fill(day, button.dataset.today);
    }
  });

  for (const cell of form.querySelectorAll("input.cell")) cell.inputMode = "decimal"; // a keyboard of figures, on a tablet

  // A button that only this script answers stands disabled until it is here: a tap on a slow line is not lost.
  form.querySelectorAll("button[type=button][disabled]").forEach((button) => { button.disabled = false; });

  // What is typed is scored together with everything of its work that is not saved or not scored yet, one request at a
  // time: an earlier answer never stands over a later one.  htmx would send the whole form along.
  const unscored = new Set(); // ids of lines typed into since the server last scored them
  let asking = [];
  const isTyped = (line) => unscored.has(line.id) || [...line.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
  const noteLine = (event) => { if (event.target.closest(".line")) unscored.add(event.target.closest(".line").id); };
  form.addEventListener("input", noteLine);
  form.addEventListener("samrit:filled", noteLine);
  document.addEventListener("htmx:configRequest", (event) => {
    const line = event.detail.elt.closest?.(".line");
    if (!line) return;
    const own = [...form.querySelectorAll(".line")].filter((other) => other.dataset.work === line.dataset.work);
    const lines = own.filter((other) => other === line || isTyped(other));
    const asked = new Set(lines.flatMap((other) => [...other.querySelectorAll("[name]")].map((field) => field.name)));
    for (const name of [...event.detail.formData.keys()]) if (!asked.has(name)) event.detail.formData.delete(name);
    asking = lines.map((other) => other.id);
    asking.forEach((id) => unscored.delete(id));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.elt.matches?.(".line")) return;
    if (!event.detail.successful) { asking.forEach((id) => unscored.add(id)); return; }
    const [left] = unscored; // of another work, whose own request was passed over
    if (left) document.getElementById(left)?.dispatchEvent(new CustomEvent("samrit:filled", { bubbles: true }));
  });

  // Words that a poor result asks for open by themselves.
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const swapped = document.getElementById(event.detail.target?.id); // the target itself has left the page
    if (swapped?.id.endsWith("-asks") && swapped.querySelector(".asks")) swapped.closest("details")?.setAttribute("open", "");
  });

  // An address that ends in a folded part opens it.
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) named.open = true;

  // The reported month stands in view, and the first blank of it has the focus.
  const now = form.querySelector("thead .now");
  const frame = form.querySelector(".entry-frame");
  if (now && frame) frame.scrollLeft = Math.max(0, now.offsetLeft - frame.clientWidth / 2);
  if (!location.hash && !document.querySelector("#faults")) {
    const blank = [...form.querySelectorAll("input[data-now][data-main]")].find((cell) => !cell.value);
    blank?.focus({ preventScroll: true });
  }
})();
