// What every page needs beside Reflex: focus after a navigation, dialogs, passwords, the warning before a session ends.
// Everything is delegated to the document, so that it also holds for what React draws later.
(() => {
  "use strict";

  // -- focus: after a navigation inside the portal, the title of the new page (RGAA 12.8); not at the first load
  const titleNow = () => document.querySelector("h1[tabindex]");
  let path = location.pathname;
  let read = ""; // the title of the page that is left

  // The address changes before the page does: wait for another title.
  function followNavigation() {
    const title = titleNow();
    if (location.pathname === path) read = title?.textContent ?? read;
    else if (title && title.textContent !== read) {
      path = location.pathname;
      read = title.textContent;
      title.focus({ preventScroll: true });
    }
  }

  // -- dialogs: [data-open=id] opens, [data-close] closes, data-shown="true" is a handler that opens
  function show(dialog, wanted) {
    if (wanted && !dialog.open) dialog.showModal();
    else if (!wanted && dialog.open) dialog.close();
  }

  function followShown(node) {
    if (node instanceof HTMLDialogElement && node.dataset.shown) show(node, node.dataset.shown === "true");
  }

  new MutationObserver((changes) => {
    followNavigation();
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") followShown(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        followShown(node);
        node.querySelectorAll("dialog[data-shown=true]").forEach(followShown);
      }
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["data-shown"],
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const asked = event.target.closest("[data-open], [data-close], [data-reveal], [data-prolong], .menu a");
    if (!asked) return;
    const { open, reveal } = asked.dataset;
    if (open) show(document.getElementById(open), true);
    else if (reveal) toggleReveal(asked, document.getElementById(reveal));
    else if ("prolong" in asked.dataset) prolong();
    else if ("close" in asked.dataset) asked.closest("dialog").close();
    else asked.closest("[popover]")?.hidePopover(); // a link of a menu: the page changes, the menu must not stay
  });

  // -- passwords
  function toggleReveal(button, input) {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
    button.firstChild.textContent = hidden ? "Masquer" : "Afficher";
  }

  // The same criteria as rules/passwords.py, which decides; letters of any script count.
  const CRITERIA = {
    length: (text) => [...text].length >= 8,
    uppercase: (text) => /\p{Uppercase}/u.test(text),
    lowercase: (text) => /\p{Lowercase}/u.test(text),
    digit: (text) => /\p{Nd}/u.test(text),
    not_too_long: (text) => [...text].length <= 128,
  };

  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset?.criteria ?? "");
    if (!list) return;
    const text = event.target.value.normalize("NFC");
    for (const item of list.querySelectorAll("[data-criterion]")) {
      const met = CRITERIA[item.dataset.criterion](text);
      item.classList.toggle("is-met", met);
      item.querySelector("[data-state]").textContent = met ? " : rempli" : " : à compléter";
    }
  });

  // The secret of a reset link stands after « # »: it leaves for the portal only inside the form.
  document.addEventListener("submit", (event) => {
    const secret = event.target.querySelector("[data-from-address]");
    if (secret) secret.value = location.hash.slice(1);
  });

  // -- the end of the session: asked from the server, because other tabs and every act push it back
  const expiry = () => document.getElementById("fin-de-session");
  let timer = 0;

  async function ask(address, method) {
    const answer = await fetch(address, { method, headers: { Accept: "application/json" } });
    if (answer.status === 401) {
      location.reload(); // the gate leads to the sign-in, says why, and comes back here
      return null;
    }
    return answer.ok ? answer.json() : null;
  }

  async function watch(address = "/session", method = "GET") {
    clearTimeout(timer);
    if (!expiry()) return;
    let seconds = 60; // out of reach: try again in a minute
    try {
      const session = await ask(address, method);
      if (session) seconds = follow(session);
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
    }
    timer = setTimeout(watch, Math.max(1, seconds) * 1000);
  }

  // Return the seconds until the next question.
  function follow({ expires_in: left, warning, can_extend: canExtend }) {
    const dialog = expiry();
    if (left > warning) {
      show(dialog, false);
      return Math.min(left - warning, 3600);
    }
    const minutes = Math.ceil(left / 60);
    dialog.querySelector("[data-time-left]").textContent = minutes > 1 ? `dans ${minutes} minutes` : "dans moins d’une minute";
    const stay = dialog.querySelector("[data-prolong]");
    stay.hidden = canExtend === false;
    if (!dialog.open) {
      show(dialog, true);
      stay.focus(); // not « Fermer », which the browser would choose: Enter must keep the session
    }
    return Math.min(left + 1, 30);
  }

  function prolong() {
    show(expiry(), false);
    watch("/session/prolonger", "POST");
  }

  // A computer that wakes up has not counted the time.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && watch());
  addEventListener("load", () => setTimeout(watch, 3000));

  // -- no network: the browser knows before the connection does; what is done meanwhile leaves when it is back
  function showNetwork() {
    const note = document.querySelector("[data-offline-note]");
    if (!note) return;
    note.textContent = navigator.onLine ? "" : "Pas de réseau : ce que vous demandez partira dès son retour.";
  }
  for (const change of ["online", "offline", "load"]) addEventListener(change, showNetwork);
})();
