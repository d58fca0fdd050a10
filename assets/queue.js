// The keyboard of the queue: arrows from one request to the next, A to accept, R to refuse; one box ticks them all.
(() => {
  "use strict";
  const items = () => [...document.querySelectorAll(".queue-item")];

  function step(from, by) {
    const all = items();
    const next = all[(all.indexOf(from) + by + all.length) % all.length];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function press(item, key) {
    const target = item.querySelector(`[data-key="${key}"]`);
    target?.click();
    if (key === "r") item.querySelector("details[open] textarea")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector(".queue") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof Element) || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const item = event.target.closest(".queue-item");
    const key = event.key.toLowerCase();
    if (key === "arrowdown" || key === "arrowup") {
      if (item) step(item, key === "arrowdown" ? 1 : -1);
      else items().at(0)?.focus();
    } else if (item && (key === "a" || key === "r")) press(item, key);
    else return;
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.dataset?.chooseAll;
    if (!form) return;
    for (const box of document.querySelectorAll(`input[type=checkbox][form="${form}"]`)) box.checked = event.target.checked;
  });

  // The form of the batch is the agent's to untick: whatever was sent is no longer chosen.
  document.addEventListener("submit", (event) => {
    const all = event.target.querySelector?.("[data-choose-all]");
    if (all) all.checked = false;
  });
})();
