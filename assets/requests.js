// Send the certificate of a request: upload it, then let the page's own hidden button join it to the request.
(() => {
  "use strict";
  let paper = 0;

  // Read by the event handler of the hidden button.
  globalThis.portailPaper = () => paper;

  async function send(input) {
    const number = CSS.escape(input.dataset.paper);
    const error = document.querySelector(`[data-paper-error="${number}"]`);
    const label = input.closest("label");
    const [file] = input.files;
    if (!file) return;
    error.textContent = "";
    label.classList.add("is-busy");
    const sent = await globalThis.portailSend(file, input.dataset.child);
    label.classList.remove("is-busy");
    input.value = ""; // the same file may be chosen again
    input.setAttribute("aria-invalid", String("error" in sent));
    if ("error" in sent) {
      error.textContent = sent.error;
      return;
    }
    paper = sent.id;
    document.querySelector(`[data-paper-done="${number}"]`).click();
  }

  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.paper) send(event.target);
  });
})();
