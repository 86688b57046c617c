// A block of cells as a spreadsheet puts it on the clipboard, read as vocabulary/pasted.py reads it.
"use strict";

(() => {
  // The sign of a currency, or its short name, as Accounting puts it before or behind: ฿, US$, kr, Rs.
  const SIGN = "[A-Z]{0,2}[$¢-¥֏؋৲৳৻૱௹฿៛₠-⃀꠸﷼﹩＄￠￡￥￦]";
  const SHORT = "(?:kr|Rs|RM|Rp|Fr|KSh|[A-Z]{3})\\.?";
  const NUMBER = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\\.[0-9]+)?|\\.[0-9]+";
  // A dash with the room that Comma and Accounting give it.
  const ZERO = new RegExp(`^(?:\\s+-\\s*|-\\s+|\\s*${SIGN}\\s*-\\s*|\\s*-\\s*${SIGN}\\s*|\\s*${SHORT}(?:\\s+-\\s*|\\s*-\\s+)|\\s*-\\s+${SHORT}\\s*)$`);
  const DASH = /^[-‐‑‒–—―−]{1,3}$/;
  const IN_BRACKETS = new RegExp(`^(${SIGN})?\\s*\\(\\s*(${SIGN})?\\s*((?:${NUMBER})\\s?%?)\\s*\\)$`);

  // The text that a figure means, and what was read into it: "zero", "nothing", "negative" or "".
  function meant(cell) {
    const clean = cell.trim();
    const bracketed = IN_BRACKETS.exec(clean);
    if (ZERO.test(cell)) return ["0", "zero"];
    if (DASH.test(clean)) return ["–", "nothing"];
    return bracketed ? [`-${bracketed[1] ?? bracketed[2] ?? ""}${bracketed[3]}`, "negative"] : [clean, ""];
  }

  function quoted(text, at) {
    if (text[at] !== '"') return null;
    let end = at + 1;
    while ((end = text.indexOf('"', end)) >= 0 && text[end + 1] === '"') end += 2;
    const inside = text.slice(at + 1, end);
    if (end < 0 || (end + 1 < text.length && !"\t\n".includes(text[end + 1])) || !/[\t\n]|""/.test(inside)) return null;
    return [inside.replaceAll('""', '"'), end + 1];
  }
  function plain(text, at) {
    const length = text.slice(at).search(/[\t\n]/);
    const end = length < 0 ? text.length : at + length;
    return [text.slice(at, end), end];
  }
  function cells(given) {
    const text = given.replace(/\r\n?/g, "\n");
    const rows = [[]];
    for (let at = 0; at <= text.length; at += 1) {
      const [cell, end] = quoted(text, at) ?? plain(text, at);
      rows.at(-1).push(cell);
      if (text[end] === "\n") rows.push([]);
      at = end;
    }
    if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    return rows;
  }

  window.samritPasted = { cells, meant };
})();
