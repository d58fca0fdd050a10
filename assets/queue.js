// The keyboard of the queue: arrows from one request to the next, A to accept, R to refuse; one box ticks them all.
(() => {
  "use strict";
  const items = () => [...document.querySelectorAll(".queue-item")];
  let here = null; // the request that holds the focus, and its place
  let place = 0;

  function step(from, by) {
    const all = items();
    goTo(all[(all.indexOf(from) + by + all.length) % all.length]);
  }

  function goTo(item) {
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
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
      else goTo(items().at(0));
    } else if (item && (key === "a" || key === "r")) press(item, key);
    else return;
    event.preventDefault();
  });

  // A request that is answered leaves the queue: the keyboard goes on with the one that takes its place.
  document.addEventListener("focusin", (event) => {
    here = event.target.closest(".queue-item");
    if (here) place = items().indexOf(here);
  });
  new MutationObserver(() => {
    if (!here || here.isConnected) return;
    here = null;
    const all = items();
    if (document.activeElement === document.body) all[Math.min(place, all.length - 1)]?.focus();
  }).observe(document, { subtree: true, childList: true });

  document.addEventListener("change", (event) => {
    const form = event.target.dataset?.chooseAll;
    if (!form) return;
    for (const box of document.querySelectorAll(`input[type=checkbox][form="${form}"]`)) box.checked = event.target.checked;
  });

  // Before many answers leave at once: how many, and how many of them still wait for their certificate.
  document.addEventListener("click", (event) => {
    const asked = event.target instanceof Element && event.target.closest("[data-confirm-batch], [data-batch-yes]");
    if (!asked) return;
    const dialog = asked.closest("dialog") ?? document.getElementById(asked.dataset.confirmBatch);
    if ("batchYes" in asked.dataset) {
      dialog.close();
      return;
    }
    const boxes = [...document.querySelectorAll(".queue-choice input:checked")];
    if (boxes.length === 0) {
      document.getElementById(boxForm()).requestSubmit();
      return;
    }
    dialog.querySelector("[data-batch-count]").textContent = sentence(boxes);
    dialog.showModal();
  });

  const boxForm = () => document.querySelector("[data-choose-all]").dataset.chooseAll;

  function sentence(boxes) {
    const awaited = boxes.filter((box) => box.dataset.awaited === "yes").length;
    const all = boxes.length === 1 ? "Vous avez coché 1 demande" : `Vous avez coché ${boxes.length} demandes`;
    return awaited ? `${all}, dont ${awaited} sans son certificat.` : `${all}.`;
  }

  // The form of the batch is the agent's to untick: whatever was sent is no longer chosen.
  document.addEventListener("submit", (event) => {
    const all = event.target.querySelector?.("[data-choose-all]");
    if (all) all.checked = false;
  });
})();
