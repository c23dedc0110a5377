
"use strict";
(() => {
  const root = document.documentElement;

  // Light or dark: as the system says until the reader chooses.
  const theme = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const name = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  try {
    const kept = localStorage.getItem("convbias-lint-theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch { /* a page opened from a file may have no storage */ }
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("convbias-lint-theme", root.dataset.theme); } catch { /* see above */ }
    name();
  });
  system.addEventListener("change", name);
  name();

  // Rules to show.
  const chips = [...document.querySelectorAll(".chip")];
  const filter = () => {
    const wanted = new Set(chips.filter((c) => c.getAttribute("aria-pressed") === "true").map((c) => c.dataset.code));
    for (const file of document.querySelectorAll(".file")) {
      const cards = [...file.querySelectorAll(".finding")];
      for (const card of cards) card.hidden = !wanted.has(card.dataset.code);
      file.hidden = cards.length > 0 && cards.every((card) => card.hidden) && !file.querySelector(".unreadable");
    }
  };
  for (const nav of document.querySelectorAll(".chips")) nav.hidden = false;
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }

  // Columns to sort by.
  for (const table of document.querySelectorAll(".files")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = head.querySelector("button");
      if (!button) return;
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending" && column > 0 ||
          column === 0 && head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => {
          const cell = row.cells[column];
          return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
        };
        const order = (a, b) => (value(a) > value(b)) - (value(a) < value(b));
        const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
