"use strict";
document.documentElement.classList.add("js");

// A map shows one term at a time: the one under the pointer, or the one that is searched.
for (const map of document.querySelectorAll(".map")) {
  const points = [...map.querySelectorAll("circle")];
  const rows = [...map.querySelectorAll("tbody tr")];
  const terms = rows.map(row => row.cells[0].textContent);
  const lower = terms.map(term => term.toLowerCase());
  const input = map.querySelector("input");
  const output = map.querySelector("output");
  let found = [], at = 0;

  const mark = (name, indices) => {
    for (const point of map.querySelectorAll("." + name)) point.classList.remove(name);
    for (const i of indices) if (i >= 0) points[i].classList.add(name);
  };

  const show = (i, before = "") => {
    const near = rows[i].cells[1].textContent;
    output.textContent = `${before}${terms[i]}: nearest are ${near}`;
    mark("near", near.split(" · ").map(term => terms.indexOf(term)));
    mark("found", [i]);
    points[i].parentNode.append(points[i]);
  };

  const step = by => {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    show(found[at], found.length > 1 ? `${at + 1} of ${found.length}. ` : "");
  };

  input.addEventListener("input", () => {
    const asked = input.value.trim().toLowerCase();
    found = asked === "" ? [] : [...lower.keys()].filter(i => lower[i].includes(asked));
    // The term itself first, then those that begin with what was typed.
    const rank = i => lower[i] === asked ? 0 : lower[i].startsWith(asked) ? 1 : 2;
    found.sort((a, b) => rank(a) - rank(b) || a - b);
    rows.forEach((row, i) => row.hidden = asked !== "" && !lower[i].includes(asked));
    at = 0;
    if (found.length > 0) return step(0);
    output.textContent = asked === "" ? "" : `No term has "${input.value.trim()}" in it.`;
    mark("near", []);
    mark("found", []);
  });

  input.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  });

  points.forEach((point, i) => point.addEventListener("pointerenter", () => show(i)));
}
