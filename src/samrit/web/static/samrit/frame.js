// The frame of every page: menus that close, and a bar that says when the server can't be reached.
"use strict";

(() => {
  const bar = () => document.getElementById("connection");
  let hiding = 0;

  function say(text, isBack) {
    const shown = bar();
    if (!shown || !text) return;
    clearTimeout(hiding);
    shown.textContent = text;
    shown.classList.toggle("is-back", Boolean(isBack));
    shown.hidden = false;
    if (isBack) hiding = setTimeout(() => { shown.hidden = true; }, 4000);
  }

  function lost() { say(bar()?.dataset.offline); }

  function back() {
    const shown = bar();
    if (shown && !shown.hidden && !shown.classList.contains("is-back")) say(shown.dataset.online, true);
    document.dispatchEvent(new CustomEvent("samrit:online"));
  }

  addEventListener("offline", lost);
  addEventListener("online", back);
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if ((event.detail.successful || status === 409 || status === 422) && bar() && !bar().hidden) back();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 502 && status <= 504) lost();
    else if (status >= 500) say(bar()?.dataset.fault);
    else if (status === 401 || status === 403) say(bar()?.dataset.signedOut);
  });

  // Menus are <details>: one open at a time, closed by Escape or by looking elsewhere.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });

  // Forms that submit themselves when a choice changes; without scripts their button does it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form) form.requestSubmit();
  });
  // A dangerous button asks once more: <button data-ask="…">.
  document.addEventListener("submit", (event) => {
    const question = event.submitter && event.submitter.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // A table or chart wider than the screen begins at the month that the page is about, not at January.
  for (const seen of document.querySelectorAll("[data-look]")) {
    const frame = seen.closest(".table-frame, .chart-frame");
    const month = Number(seen.dataset.look); // of a chart, which has no columns
    const end = month ? (frame.scrollWidth * month) / 12 : seen.offsetLeft + seen.offsetWidth;
    frame.scrollLeft = end - frame.clientWidth + 12;
  }

  window.samrit = { say, lost, back };
})();
