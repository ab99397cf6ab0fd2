// A made passphrase while it is typed: how many of its words are known, and a button to see it. Fills in nothing:
// phone keyboards rewrite what a page changes under them.
const field = document.querySelector("[data-words]"), line = document.getElementById("known"), show = document.getElementById("show");
const hint = line.textContent;
let beginnings = null;

async function load() {
  const response = await fetch(field.dataset.words).catch(() => null);
  if (response?.ok) beginnings = new Map((await response.text()).split(/\s+/).map((word) => [word.slice(0, 4), word]));
  tell();
}

const known = (part) => beginnings.get(part.slice(0, 4))?.startsWith(part);

function tell() {
  const parts = field.value.toLowerCase().replaceAll("-", " ").split(/\s+/).filter(Boolean);
  const done = /\s$/.test(field.value) ? parts : parts.filter((part, at) => at < parts.length - 1 || part.length >= 4);
  if (!beginnings || !done.length || !known(done[0])) return void (line.textContent = hint);
  const odd = done.findIndex((part) => !known(part));
  line.textContent = odd < 0 ? line.dataset.some.replace("%s", done.length) : line.dataset.odd.replace("%s", odd + 1);
}

field.addEventListener("focus", load, { once: true });
if (document.activeElement === field) load();
field.addEventListener("input", tell);
show.addEventListener("click", () => {
  const seen = show.getAttribute("aria-pressed") === "true";
  show.setAttribute("aria-pressed", !seen);
  field.type = seen ? "password" : "text";
  field.focus();
});
