// Saves what is typed as one goes: a pause or leaving a field sends it, a lost connection keeps it on this device
// until it can be sent, and a figure that somebody else changed meanwhile is shown beside one's own.
"use strict";

(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const KEY = `samrit:draft:${form.dataset.draft}`;
  const REVISION = { c: "r", l: "lr", w: "wr" };
  const PAUSE = 1500, AT_ONCE = 60, LONGEST = 15000;
  const blocked = new Map(); // cell -> what was refused or clashed; not sent again until it changes
  let pending = read();
  let timer = 0, flight = null, again = false, failures = 0, leaving = false, resent = null;

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
  }
  // A page on its way out leaves the store alone: the next one may have been asked for before an answer came to this one.
  let isLeft = false;
  addEventListener("beforeunload", () => { isLeft = true; });
  function keep() {
    if (isLeft) return;
    try {
      if (Object.keys(pending).length) localStorage.setItem(KEY, JSON.stringify(pending));
      else localStorage.removeItem(KEY);
    } catch { /* a full or forbidden store: what is typed still stands on the page */ }
  }
  // What is saved together is a cell: the fields of one month (c), of one level (l), of the words on one work (w).
  const PARTS = { c: ["a", "n", "d", "x", "o", "lv"], l: ["l", "lt"], w: form.dataset.words.split(" ") };
  const CELL = Object.fromEntries(Object.entries(PARTS).flatMap(([cell, kinds]) => kinds.map((kind) => [kind, cell])));
  const cellOf = (field) => {
    const [kind] = (field.name ?? "").split(":", 1);
    return Object.hasOwn(CELL, kind) ? CELL[kind] + field.name.slice(kind.length) : "";
  };
  const fieldsOf = (cell) => PARTS[cell[0]].map((kind) => form.elements.namedItem(kind + cell.slice(1))).filter(Boolean);
  const everyField = () => [...form.elements].filter(cellOf);
  const about = (cell) => cell.slice(cell.indexOf(":") + 1);
  const revisionName = (cell) => `${REVISION[cell[0]]}:${about(cell)}`;
  const revisionOf = (cell) => form.elements.namedItem(revisionName(cell));
  function setRevision(cell, revision) {
    const field = revisionOf(cell);
    if (field) field.value = revision;
    else if (fieldsOf(cell).length) form.append(hidden(revisionName(cell), revision));
  }
  function hidden(name, value) {
    return Object.assign(document.createElement("input"), { type: "hidden", name, value });
  }
  // A line of the table tells the revisions of its months in one field; here each month has its own.
  for (const line of form.querySelectorAll('input[name^="rs:"]')) {
    const pairs = line.value.split(" ").map((pair) => pair.split("="));
    line.replaceWith(...pairs.map(([place, revision]) => hidden(`r:${about(line.name)}:${place}`, revision)));
  }
  const isHalf = (values) => {
    const part = (kind) => Object.entries(values).find(([name]) => name.startsWith(`${kind}:`))?.[1].trim() ?? "";
    return !part("n") !== !part("d");
  };

  function show(kind, text) {
    const state = document.getElementById("save-state");
    if (!state) return;
    state.className = `save-state is-${kind}`;
    const words = text || form.dataset[kind];
    if (state.textContent !== words) state.textContent = words;
  }

  // Notes down what stands in a cell's fields, or forgets it when that is what is saved already.
  function note(cell) {
    const fields = fieldsOf(cell);
    if (!fields.length) return;
    blocked.delete(cell);
    boxOf(cell)?.querySelectorAll(`[data-for="${CSS.escape(cell)}"]`).forEach((old) => old.remove());
    fields.forEach((field) => field.removeAttribute("aria-invalid"));
    if (fields.every((field) => field.value === field.defaultValue)) delete pending[cell];
    else pending[cell] = { values: Object.fromEntries(fields.map((f) => [f.name, f.value])), revision: revisionOf(cell)?.value ?? "0" };
    keep();
  }

  const waiting = () => Object.keys(pending).filter((cell) => !blocked.has(cell) && !isHalf(pending[cell].values));

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  async function save(options = {}) {
    clearTimeout(timer);
    if (flight) { again = true; return flight; }
    const cells = waiting();
    if (!cells.length) { settle(); return undefined; }
    flight = send(cells, options).finally(() => { flight = null; });
    await flight;
    if (again && !failures) { again = false; return save(); }
    again = false;
    return undefined;
  }

  async function send(cells, options) {
    const sent = structuredClone(Object.fromEntries(cells.map((cell) => [cell, pending[cell]])));
    const body = new URLSearchParams();
    for (const [cell, { values, revision }] of Object.entries(sent)) {
      for (const [name, value] of Object.entries(values)) body.set(name, value);
      body.set(revisionName(cell), revision);
    }
    show("saving");
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST", body, signal: AbortSignal.timeout(LONGEST), keepalive: Boolean(options.keepalive), redirect: "manual",
        headers: { "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken").value, "X-Requested-With": "fetch" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return out();
      if (answer.status >= 500) throw new Error(String(answer.status));
      failures = 0;
      window.samrit?.back?.();
      const result = await answer.json().catch(() => ({ message: "" }));
      if (answer.ok) settleWith(sent, result);
      else show("refused", result.message || form.dataset.refused);
    } catch {
      failures += 1;
      show("waiting");
      window.samrit?.lost?.();
      schedule(Math.min(60000, 3000 * 2 ** Math.min(failures - 1, 5)));
    }
    return undefined;
  }

  function out() {
    failures += 1;
    show("unsaved");
    window.samrit?.say?.(document.getElementById("connection")?.dataset.signedOut);
  }

  function settleWith(sent, result) {
    for (const [cell, revision] of Object.entries(result.saved)) {
      setRevision(cell, revision);
      for (const input of fieldsOf(cell)) if (input.name in (sent[cell]?.values ?? {})) input.defaultValue = sent[cell].values[input.name];
      if (fieldsOf(cell).length) note(cell); else delete pending[cell];
      // A level counts once it is kept.
      if (cell.startsWith("l:")) fieldsOf(cell)[0]?.dispatchEvent(new CustomEvent("samrit:filled", { bubbles: true }));
    }
    for (const [cell, text] of Object.entries(result.refused)) { blocked.set(cell, text); tell(cell, sent[cell], text); }
    for (const [cell, clash] of Object.entries(result.clashes)) { blocked.set(cell, clash); collide(cell, clash); }
    keep();
    const undo = document.getElementById("undo");
    if (undo && result.undo !== undefined) undo.innerHTML = result.undo;
    settle(result.at);
    if (Object.keys(result.saved).length && !leaving) document.body.dispatchEvent(new CustomEvent("samrit:saved"));
  }

  function settle(at) {
    const kinds = Object.keys(pending).map((cell) => {
      const why = blocked.get(cell);
      return why === undefined ? (isHalf(pending[cell].values) ? "half" : "unsaved") : typeof why === "string" ? "refused" : "clash";
    });
    const worst = ["clash", "refused", "half", "unsaved"].find((kind) => kinds.includes(kind));
    if (worst) show(worst);
    else if (at) show("saved", `${form.dataset.saved} ${at}`);
  }

  const boxOf = (cell) => fieldsOf(cell)[0]?.closest(".line, .words")?.querySelector("[data-clashes]");

  // Says beside its line why something was not taken; for a line that is not on the page, above the form.
  function tell(cell, sent, text) {
    const box = boxOf(cell) || document.getElementById("draft-notice");
    const line = document.createElement("p");
    line.className = "fault";
    line.dataset.for = cell;
    line.textContent = text;
    if (box.id === "draft-notice") {
      const values = Object.values(sent?.values ?? {}).filter(Boolean).join(" · ");
      line.textContent = `${form.dataset.left} ${about(cell)} = ${values} — ${text}`;
      box.hidden = false;
      delete pending[cell];
    }
    fieldsOf(cell).forEach((field) => field.setAttribute("aria-invalid", "true"));
    box.append(line);
  }

  function collide(cell, clash) {
    const box = boxOf(cell) || document.getElementById("draft-notice");
    box.hidden = false;
    const holder = document.createElement("div");
    holder.dataset.for = cell;
    holder.innerHTML = clash.html; // written by our own template, everything in it escaped
    holder.addEventListener("click", (event) => {
      const choice = event.target.dataset.take;
      if (!choice) return;
      if (choice === "mine") {
        setRevision(cell, clash.revision);
        if (pending[cell]) pending[cell].revision = String(clash.revision);
        blocked.delete(cell);
        holder.remove();
        keep();
        save();
      } else {
        delete pending[cell];
        keep();
        location.reload();
      }
    });
    box.append(holder);
  }

  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    isLeft = false; // it was only a download
    note(cell);
    if (pending[cell]) { show(isHalf(pending[cell].values) ? "half" : "unsaved"); schedule(PAUSE); } else settle();
  });
  form.addEventListener("change", (event) => {
    const cell = cellOf(event.target);
    if (cell && pending[cell]) schedule(AT_ONCE);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && waiting().length) save({ keepalive: true }); });
  addEventListener("online", () => { failures = 0; save(); });

  // The button that was pressed, or the one that took its place while the form was waiting.
  function standing(button, owner) {
    if (!button || button.form === owner) return button;
    const same = `button[name="${CSS.escape(button.name)}"][value="${CSS.escape(button.value)}"]`;
    return [...document.querySelectorAll(same)].find((other) => other.form === owner) ?? null;
  }

  // A form is sent only once everything typed is saved; then it carries nothing but what its button says.
  async function first(event) {
    const sending = event.target;
    if (resent === sending || event.defaultPrevented) return;
    event.preventDefault();
    if (leaving) return; // a second tap while the first is on its way
    leaving = true;
    const { submitter } = event;
    await new Promise((resolve) => { setTimeout(resolve); }); // a form cannot be sent while its sending is announced
    if (flight) await flight;
    await save();
    if (Object.keys(pending).length) {
      leaving = false;
      settle();
      if (failures) show("waiting");
      const cell = Object.keys(pending)[0];
      (document.querySelector(`[data-for="${CSS.escape(cell)}"]`) || fieldsOf(cell)[0])?.scrollIntoView({ block: "center" });
      fieldsOf(cell)[0]?.focus();
      return;
    }
    for (const field of everyField()) field.disabled = true;
    resent = sending;
    sending.requestSubmit(standing(submitter, sending));
  }
  document.addEventListener("submit", (event) => { if (event.target.matches("#entry, #undo-form, .upload")) first(event); });
  addEventListener("pageshow", () => {
    leaving = false;
    resent = null;
    for (const field of everyField()) field.disabled = false;
  });

  // What an earlier visit could not send: back into its fields, over the revision that it was typed over.
  for (const [cell, { values, revision }] of Object.entries(pending)) {
    if (Object.keys(values).some((name) => /^[nd]:/.test(name) && !form.elements.namedItem(name))) {
      window.samritParts?.open(fieldsOf(cell)[0]?.closest(".line")?.id);
    }
    const fields = fieldsOf(cell);
    for (const field of fields) if (field.name in values) field.value = values[field.name];
    setRevision(cell, revision);
    if (fields.length) {
      note(cell);
      // htmx, which has it scored, listens only once the page is whole.
      addEventListener("load", () => fields[0].dispatchEvent(new CustomEvent("samrit:filled", { bubbles: true })));
    }
  }
  // What was typed before this script came is told as if it were typed now.
  for (const field of everyField()) {
    if (field.value !== field.defaultValue && !pending[cellOf(field)]) {
      addEventListener("load", () => field.dispatchEvent(new Event("input", { bubbles: true })));
    }
  }
  if (Object.keys(pending).length) { show("unsaved"); schedule(AT_ONCE); }

  window.samritDraft = { save, waiting };
})();
