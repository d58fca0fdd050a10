// French keeps « », : ; ! ? and the hours with their word: no line starts with them. Sentences are written with
// ordinary spaces everywhere, and set here once, when they are drawn. No look-behind: older iPhones cannot read it.
const BEFORE = / (?=[»:;!?](?:[\s».,)…]|$))/g;
const AFTER = /(^|[\s(])(«|n°) /g;
const HOURS = /(\d) h(?: (\d\d))?(?![\p{L}\d])/gu;

export const typeset = (words) =>
  typeof words === "string"
    ? words
        .replace(BEFORE, "\u00a0")
        .replace(AFTER, "$1$2\u00a0")
        .replace(HOURS, (_, hour, minutes) => hour + "\u00a0h" + (minutes ? "\u00a0" + minutes : ""))
    : words;
