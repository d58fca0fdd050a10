// The gestures of the calendar: one menu for the mouse, the finger and the keyboard.
// The page is drawn by Reflex; this file only opens things and remembers which cell they are about.
(() => {
  "use strict";
  const LONG_PRESS_MS = 500;
  let cell = null; // the button of the day and service that the menu is about
  let pressTimer = 0;
  let pressedLong = false;

  const menu = () => document.getElementById("day-menu");
  const dialog = () => document.getElementById("absence-dialog");
  const cellOf = (node) => (node instanceof Element ? node.closest("[data-cell]") : null);

  // Read by the event handlers of the page: "service:2026-11-26".
  globalThis.portailCell = () => cell?.dataset.cell ?? "";

  function openMenu(target) {
    const box = menu();
    if (!box) return;
    cell = target;
    const { day, service, state, book, absence } = target.dataset;
    box.querySelector("[data-menu-title]").textContent = `${service}, ${day}`;
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

  function openAbsence() {
    const box = dialog();
    menu().hidePopover();
    box.querySelector("[data-absence-day]").textContent = `${cell.dataset.service}, ${cell.dataset.day}`;
    const form = box.querySelector("form");
    if (form.dataset.about !== cell.dataset.cell) {
      form.reset();
      form.dataset.about = cell.dataset.cell;
      forgetFile(form);
    }
    form.elements.cell.value = cell.dataset.cell;
    showCertificate(form);
    box.showModal();
  }

  function forgetFile(form) {
    form.elements.certificate.value = "";
    fileMessage(form, "", false);
  }

  function fileMessage(form, text, isError) {
    const [error, done] = ["[data-file-error]", "[data-file-done]"].map((name) => form.querySelector(name));
    error.textContent = isError ? text : "";
    done.textContent = isError ? "" : text;
    form.querySelector("input[type=file]").setAttribute("aria-invalid", String(isError));
  }

  function showCertificate(form) {
    form.querySelector("[data-certificate]").hidden = form.elements.reason.value !== "medical";
  }

  async function sendFile(input) {
    const form = input.form;
    forgetFile(form);
    const [file] = input.files;
    if (!file) return;
    const body = new FormData();
    body.append("child", form.elements.child.value);
    body.append("file", file);
    fileMessage(form, "Envoi du fichier…", false);
    form.querySelector("[type=submit]").disabled = true;
    try {
      const answer = await fetch("/pieces", { method: "POST", body, headers: { Accept: "application/json" } });
      const result = await answer.json();
      if (!answer.ok) throw new Error(result.message);
      form.elements.certificate.value = String(result.id);
      fileMessage(form, `Fichier reçu : ${result.name}`, false);
    } catch (problem) {
      const known = problem instanceof TypeError || problem instanceof SyntaxError ? "" : problem.message;
      fileMessage(form, known || "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion puis choisissez-le à nouveau.", true);
    } finally {
      form.querySelector("[type=submit]").disabled = false;
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

  function onGridKey(event, target) {
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) openMenu(target);
    else if (event.key in STEPS || event.key === "Home" || event.key === "End") moveFocus(target, event.key, event.ctrlKey);
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
    if (!target) return;
    event.preventDefault();
    if (!menu().matches(":popover-open")) openMenu(target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target instanceof Element && event.target.closest("#day-menu")) return onMenuKey(event);
    const target = cellOf(event.target);
    if (target?.closest("[role=grid]")) onGridKey(event, target);
  });

  document.addEventListener("pointerdown", (event) => {
    const target = cellOf(event.target);
    clearTimeout(pressTimer);
    pressedLong = false;
    if (!target || event.pointerType === "mouse") return;
    pressTimer = setTimeout(() => {
      pressedLong = true;
      openMenu(target);
    }, LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove"]) {
    document.addEventListener(name, (event) => {
      if (name !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 6) clearTimeout(pressTimer);
    });
  }

  // Capture: a choice that is not open must stop before Reflex hears the click.
  document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element)) return;
      const choice = event.target.closest("[data-choice]");
      if (choice) return onChoice(event, choice);
      const target = cellOf(event.target);
      if (target && !pressedLong) {
        roveTo(target, false);
        openMenu(target);
      }
      if (event.target.closest("[data-close-dialog]")) dialog()?.close();
    },
    true,
  );

  function onChoice(event, choice) {
    if (choice.getAttribute("aria-disabled") === "true") {
      event.stopPropagation();
    } else if (choice.dataset.choice === "absence") {
      openAbsence();
    } else {
      closeMenu();
    }
  }

  document.addEventListener("focusin", (event) => {
    const target = cellOf(event.target);
    if (target) roveTo(target, false);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.closest("#absence-dialog")) return;
    if (event.target.type === "file") sendFile(event.target);
    else if (event.target.name === "reason") showCertificate(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.closest?.("#absence-dialog")) form.querySelector("[type=submit]").setAttribute("aria-busy", "true");
  });

  // The server answers a declaration by changing data-answer: "ok:12" closes the dialog, "no:13" leaves it open.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.id !== "absence-dialog") continue;
      target.querySelector("[type=submit]").removeAttribute("aria-busy");
      if (!target.dataset.answer.startsWith("ok")) continue;
      target.querySelector("form").dataset.about = "";
      target.close();
      focusCell();
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-answer"] });
})();
