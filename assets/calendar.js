// The gestures of the calendar: one menu for the mouse, the finger and the keyboard.
// The page is drawn by Reflex; this file only opens things and remembers which cell they are about.
(() => {
  "use strict";
  const LONG_PRESS_MS = 500;
  let cell = null; // the button of the day and service that the menu is about
  let pressTimer = 0;
  let pressAt = [0, 0];
  let pressedLong = false;

  const menu = () => document.getElementById("day-menu");
  const cellOf = (node) => (node instanceof Element ? node.closest("[data-cell]") : null);

  // Read by the event handlers of the page: "service:2026-11-26".
  globalThis.portailCell = () => cell?.dataset.cell ?? "";

  function openMenu(target) {
    const box = menu();
    if (!box) return;
    cell = target;
    const { day, service, state, book, absence } = target.dataset;
    const child = document.querySelector(".child-tabs [aria-current=page] strong")?.textContent;
    box.querySelector("[data-menu-title]").textContent = [child, service, day].filter(Boolean).join(", ");
    box.querySelector("[data-menu-state]").textContent = state;
    const choices = { book, absence };
    for (const [name, limit] of Object.entries(choices)) {
      const choice = box.querySelector(`[data-choice=${name}]`);
      const open = limit.startsWith("+");
      choice.setAttribute("aria-disabled", String(!open));
      choice.querySelector("[data-limit]").textContent = limit.slice(1);
    }
    if (!box.matches(":popover-open")) box.showPopover();
    place(box, target);
    (box.querySelector('[data-choice][aria-disabled="false"]') ?? box.querySelector("[data-choice]")).focus();
  }

  function place(box, target) {
    if (matchMedia("(max-width: 639px)").matches) {
      box.style.left = box.style.top = "";
      return;
    }
    const at = target.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
    const below = at.bottom + 4;
    const top = below + size.height > innerHeight - 8 ? Math.max(8, at.top - size.height - 4) : below;
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
  }

  function closeMenu() {
    const box = menu();
    if (box?.matches(":popover-open")) box.hidePopover();
    focusCell();
  }

  // React may have replaced the button while the menu was open: find it again by its name.
  function focusCell() {
    if (!cell) return;
    const key = CSS.escape(cell.dataset.cell);
    for (const candidate of document.querySelectorAll(`[data-cell="${key}"]`)) {
      if (candidate.offsetParent) return candidate.focus();
    }
  }

  // -- arrow keys: one stop of the Tab key for the whole grid
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  function moveFocus(from, key, withControl) {
    const row = from.closest("[role=row]");
    const rows = [...row.parentElement.querySelectorAll(":scope > [role=row]")].filter((r) => r.querySelector("[data-cell]"));
    const cells = (r) => [...r.querySelectorAll("[data-cell]")];
    let y = rows.indexOf(row);
    let x = cells(row).indexOf(from);
    if (key === "Home") [y, x] = [withControl ? 0 : y, 0];
    else if (key === "End") [y, x] = [withControl ? rows.length - 1 : y, cells(row).length - 1];
    else [y, x] = [y + STEPS[key][0], x + STEPS[key][1]];
    const target = rows[y] && cells(rows[y])[x];
    if (target) roveTo(target, true);
  }

  function roveTo(target, focus) {
    const grid = target.closest("[role=grid]");
    if (!grid) return;
    for (const other of grid.querySelectorAll('[data-cell][tabindex="0"]')) other.tabIndex = -1;
    target.tabIndex = 0;
    if (focus) target.focus();
  }

  function onCellKey(event, target) {
    const isMenuKey = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    const isMove = event.key in STEPS || event.key === "Home" || event.key === "End";
    if (isMenuKey) openMenu(target);
    else if (isMove && target.closest("[role=grid]")) moveFocus(target, event.key, event.ctrlKey);
    else return;
    event.preventDefault();
  }

  function onMenuKey(event) {
    const choices = [...menu().querySelectorAll("[data-choice]")];
    const at = choices.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + choices.length, Home: 0, End: choices.length - 1 };
    if (event.key in steps) choices[steps[event.key] % choices.length].focus();
    else if (event.key === "Tab" || event.key === "Escape") closeMenu();
    else return;
    event.preventDefault();
  }

  document.addEventListener("contextmenu", (event) => {
    const target = cellOf(event.target);
    // On the menu itself: the key that opened it may ask again once it is released.
    if (!target && !event.target.closest("#day-menu")) return;
    event.preventDefault();
    if (target && !menu().matches(":popover-open")) openMenu(target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target instanceof Element && event.target.closest("#day-menu")) return onMenuKey(event);
    const target = cellOf(event.target);
    if (target) onCellKey(event, target);
  });

  // -- a finger that stays on a cell
  document.addEventListener("pointerdown", (event) => {
    const target = cellOf(event.target);
    clearTimeout(pressTimer);
    pressedLong = false;
    if (!target || event.pointerType === "mouse") return;
    pressAt = [event.clientX, event.clientY];
    pressTimer = setTimeout(() => {
      pressedLong = true;
      openMenu(target);
    }, LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove"]) {
    document.addEventListener(name, (event) => {
      const moved = Math.hypot(event.clientX - pressAt[0], event.clientY - pressAt[1]) > 10;
      if (name !== "pointermove" || moved) clearTimeout(pressTimer);
    });
  }

  // Lifting the finger is, to the browser, a touch beside the menu, which closes it: it must not count as one.
  document.addEventListener("touchend", (event) => {
    if (!pressedLong) return;
    pressedLong = false;
    if (event.cancelable) event.preventDefault();
    openMenu(cell);
  });

  // Capture: a choice that is not open must stop before Reflex hears the click.
  document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element)) return;
      const choice = event.target.closest("[data-choice]");
      if (choice) return onChoice(event, choice);
      const target = cellOf(event.target);
      // The second of a double click on an act of the menu falls on the day behind it.
      if (!target || event.detail > 1) return;
      roveTo(target, false);
      openMenu(target);
    },
    true,
  );

  function onChoice(event, choice) {
    if (choice.getAttribute("aria-disabled") === "true") {
      event.stopPropagation();
    } else if (choice.dataset.choice === "absence") {
      menu().hidePopover();
      document.dispatchEvent(new CustomEvent("portail:absence", { detail: cell }));
    } else {
      closeMenu();
    }
  }

  document.addEventListener("focusin", (event) => {
    const target = cellOf(event.target);
    if (target) roveTo(target, false);
  });

  // However the form of an absence was left, the keyboard is back on its day.
  document.addEventListener("close", (event) => event.target.id === "absence-dialog" && focusCell(), true);

  // Another month or another child may take away the cell that the Tab key stopped at.
  new MutationObserver(() => {
    const grid = document.querySelector("[role=grid]");
    if (!grid || grid.querySelector('[data-cell][tabindex="0"]')) return;
    const first = grid.querySelector("[data-cell]");
    if (first) first.tabIndex = 0;
  }).observe(document, { subtree: true, childList: true });
})();
