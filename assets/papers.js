// Send one file to the portal: the certificate of an absence, now or later. A refusal is one French sentence.
(() => {
  "use strict";
  const LARGEST_BYTES = 5 * 1024 * 1024; // the server decides; this spares a phone the journey of a film
  const TOO_LARGE = "Ce fichier dépasse 5 Mo.";
  const NOT_SENT = "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion puis choisissez-le à nouveau.";

  // Return { id, name } once the file has arrived, or { error }: the sentence to show beside the field.
  globalThis.portailSend = async (file, child) => {
    if (file.size > LARGEST_BYTES) return { error: TOO_LARGE };
    const body = new FormData();
    body.append("child", child);
    body.append("file", file);
    try {
      const answer = await fetch("/pieces", { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 413) return { error: TOO_LARGE }; // from the front door, or from a proxy: not JSON
      const result = await answer.json();
      return answer.ok ? result : { error: result.message };
    } catch (problem) {
      if (!(problem instanceof TypeError || problem instanceof SyntaxError)) throw problem;
      return { error: NOT_SENT };
    }
  };
})();
