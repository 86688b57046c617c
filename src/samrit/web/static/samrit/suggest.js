// A field whose list would be too long for the page: its choices are asked of the server as one types.
"use strict";

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let waiting;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const period = field.form.elements.period.value;
    const query = new URLSearchParams({ q: field.value, period });
    try {
      const answer = await fetch(`${field.dataset.suggest}?${query}`);
      if (!answer.ok || mine !== asked) return;
      const found = (await answer.json()).records;
      list.replaceChildren(...found.map(({ code, name }) => Object.assign(new Option(name, code), { label: `${code} ${name}` })));
    } catch { /* without the server the code can still be typed */ }
  };
  field.addEventListener("focus", ask, { once: true });
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 200); });
  if (field.value !== field.defaultValue) ask(); // typed before this script came
}
