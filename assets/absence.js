// « Déclarer une absence »: the dialog that the calendar's menu opens, its certificate, and the server's answer.
(() => {
  "use strict";
  const dialog = () => document.getElementById("absence-dialog");
  const submitOf = (form) => form.querySelector("[type=submit]");

  // Asked by calendar.js, with the cell that the absence is about.
  document.addEventListener("portail:absence", ({ detail: cell }) => {
    const box = dialog();
    box.querySelector("[data-absence-day]").textContent = document.querySelector("[data-menu-title]").textContent;
    const form = box.querySelector("form");
    if (form.dataset.about !== cell.dataset.cell) startAgain(form, cell.dataset.cell);
    form.elements.cell.value = cell.dataset.cell;
    showCertificate(form);
    box.showModal();
  });

  // What was typed stays as long as it is about the same day.
  function startAgain(form, about) {
    form.reset();
    form.dataset.about = about;
    forgetFile(form);
  }

  function showCertificate(form) {
    form.querySelector("[data-certificate]").hidden = form.elements.reason.value !== "medical";
  }

  // -- the certificate: sent as soon as it is chosen, so that the form only carries its number
  function forgetFile(form) {
    form.elements.certificate.value = "";
    say(form, "", false);
  }

  function say(form, text, isError) {
    form.querySelector("[data-file-error]").textContent = isError ? text : "";
    form.querySelector("[data-file-done]").textContent = isError ? "" : text;
    form.querySelector("input[type=file]").setAttribute("aria-invalid", String(isError));
  }

  async function sendFile(input) {
    const form = input.form;
    const [file] = input.files;
    forgetFile(form);
    if (!file) return;
    say(form, "Envoi du fichier…", false);
    submitOf(form).disabled = true;
    const sent = await globalThis.portailSend(file, form.elements.child.value);
    submitOf(form).disabled = false;
    if (input.files[0] !== file) return; // another was chosen, or another day, meanwhile
    if ("error" in sent) return say(form, sent.error, true);
    form.elements.certificate.value = String(sent.id);
    say(form, `Fichier reçu : ${sent.name}`, false);
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.closest("#absence-dialog")) return;
    if (event.target.type === "file") sendFile(event.target);
    else if (event.target.name === "reason") showCertificate(form);
  });

  // -- sending: the server answers by changing data-answer, "ok:12" closes the dialog, "no:13" leaves it open
  document.addEventListener("submit", (event) => {
    if (event.target.closest?.("#absence-dialog")) submitOf(event.target).setAttribute("aria-busy", "true");
  });

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close-dialog]")) dialog()?.close();
  });

  function follow(box) {
    const form = box.querySelector("form");
    submitOf(form).removeAttribute("aria-busy");
    if (box.dataset.answer.startsWith("ok")) {
      form.dataset.about = "";
      box.close();
    } else if (box.open) {
      // Once React has drawn the sentences: the keyboard goes to the field to correct.
      requestAnimationFrame(() => form.querySelector("[aria-invalid=true]")?.focus());
    }
  }

  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.id === "absence-dialog") follow(target);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-answer"] });
})();
