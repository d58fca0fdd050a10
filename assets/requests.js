// Send the certificate of a request: upload it, then let the page's own hidden button join it to the request.
(() => {
  "use strict";
  let paper = 0;

  // Read by the event handler of the hidden button.
  globalThis.portailPaper = () => paper;

  async function send(input) {
    const number = CSS.escape(input.dataset.paper);
    const error = document.querySelector(`[data-paper-error="${number}"]`);
    const [file] = input.files;
    if (!file) return;
    error.textContent = "";
    input.disabled = true;
    const body = new FormData();
    body.append("child", input.dataset.child);
    body.append("file", file);
    try {
      const answer = await fetch("/pieces", { method: "POST", body, headers: { Accept: "application/json" } });
      const result = await answer.json();
      if (!answer.ok) {
        error.textContent = result.message;
        return;
      }
      paper = result.id;
      document.querySelector(`[data-paper-done="${number}"]`).click();
    } catch {
      error.textContent = "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion puis choisissez-le à nouveau.";
    } finally {
      input.disabled = false;
      input.value = "";
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.paper) send(event.target);
  });
})();
