// Forms by fetch, leaving quickly, an ended session reopened in a sheet, and the page's one socket for "changed".
const page = document.documentElement;

export function csrf() {
  return document.querySelector("meta[name=csrf]").content;
}

export async function send(url, body) {
  body?.delete?.("csrfmiddlewaretoken");
  const headers = { "X-Lingkar": "fetch", "X-CSRFToken": csrf(), Accept: "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, credentials: "same-origin", redirect: "error" });
    const answer = await response.json();
    return { status: response.status, ...answer };
  } catch {
    return { status: 0, errors: { "": page.dataset.offline } };
  }
}

function showErrors(form, errors) {
  for (const old of form.querySelectorAll(".error")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  let first = null;
  for (const [name, text] of Object.entries(errors)) {
    const field = name && form.elements.namedItem(name);
    const line = document.createElement("p");
    line.className = "error";
    line.setAttribute("role", "alert");
    line.textContent = text;
    const near = field instanceof RadioNodeList ? form.querySelector(`[name="${name}"]`).closest("fieldset") : field;
    if (near) {
      (near.closest(".choice") || near).after(line);
      if (near.setAttribute) near.setAttribute("aria-invalid", "true");
      first ||= near;
    } else form.prepend(line);
  }
  first?.focus?.();
}

function proceed(answer) {
  if (answer.recovery) return showRecovery(answer);
  if (answer.link || answer.code) return showOnce(answer.link ? "link" : "code", answer.link || answer.code);
  if (answer.next) location.href = answer.next;
  if (answer.next && new URL(answer.next, location.href).pathname === location.pathname) location.reload();
}

function showRecovery(answer) {
  const dialog = document.getElementById("recovery");
  dialog.querySelector(".code").textContent = answer.recovery;
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  const form = dialog.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = form.elements.last.value.trim().toUpperCase();
    if (typed === answer.recovery.split("-").pop()) location.replace(answer.next);
    else showErrors(form, { last: form.dataset.wrong });
  });
  dialog.showModal();
}

function showOnce(kind, text) {
  const dialog = document.getElementById(kind);
  dialog.querySelector(".code").textContent = text;
  dialog.showModal();
}

export function reopen() {
  const dialog = document.getElementById("reopen");
  if (!dialog || dialog.open) return Promise.resolve(false);
  dialog.showModal();
  return new Promise((done) => {
    const form = dialog.querySelector("form");
    form.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await send(form.getAttribute("action"), new FormData(form));
      if (answer.errors) return showErrors(form, answer.errors);
      const fresh = await fetch(location.pathname, { credentials: "same-origin" });
      const token = (await fresh.text()).match(/name="csrf" content="([^"]+)"/);
      if (token) document.querySelector("meta[name=csrf]").content = token[1];
      const who = form.elements.namedItem("login").value;
      form.reset();
      dialog.close();
      done(who);
    };
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-fetch]")) return;
  event.preventDefault();
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const button = event.submitter;
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  if (button) { button.disabled = true; button.setAttribute("aria-busy", "true"); }
  const answer = await send(form.getAttribute("action"), body);
  if (button) { button.disabled = false; button.removeAttribute("aria-busy"); }
  if (answer.status === 401 && (await reopen())) return form.requestSubmit(button);
  if (answer.nudge) {
    form.querySelector("[data-insist]").hidden = false;
    form.dispatchEvent(new CustomEvent("nudged", { detail: answer.nudge }));
  }
  if (answer.errors) return showErrors(form, answer.errors);
  if (answer.praise && form.dataset.praise !== undefined) {
    const line = document.createElement("p");
    line.className = "praise";
    line.setAttribute("role", "status");
    line.textContent = answer.praise;
    button?.before(line);
    button.textContent = form.dataset.praise;
    button.type = "button";
    button.onclick = () => { location.href = answer.next; if (location.pathname === answer.next) location.reload(); };
    button.focus();
    return;
  }
  proceed(answer);
});

for (const button of document.querySelectorAll("[data-leave]")) {
  button.addEventListener("click", () => {
    document.body.replaceChildren();
    navigator.sendBeacon?.(button.dataset.leave, new URLSearchParams({ csrfmiddlewaretoken: csrf() }));
    location.replace("https://www.google.com/search?q=cuaca");
  });
}

// A page in the background shows nothing to whoever looks at the list of open windows; one that nobody touches locks,
// unless another window of the same person is in use.
const veil = (on) => page.classList.toggle("veiled", on);
let touched = Date.now(), locked = false;
if (page.dataset.idle) {
  const others = "BroadcastChannel" in window ? new BroadcastChannel("lk-touched") : null;
  const dialog = document.getElementById("reopen");
  const isLeft = () => !locked && Date.now() - touched > page.dataset.idle * 1000 && !document.querySelector("[data-room]");
  const here = () => { if (Date.now() - touched > 5000) others?.postMessage(0); touched = Date.now(); };
  const lock = async () => {
    locked = true;
    veil(true);
    await send(document.querySelector("[data-leave]").dataset.leave, new URLSearchParams());
    const mine = dialog.querySelector("[name=login]").defaultValue;
    let who = "";
    while (!(who = await reopen())) await new Promise((done) => { setTimeout(done, 500); });
    if (who.trim().toLowerCase() !== mine.toLowerCase()) return location.replace("/");
    locked = false;
    touched = Date.now();
    veil(document.hidden);
  };
  dialog?.addEventListener("cancel", (event) => { if (locked) event.preventDefault(); });
  dialog?.addEventListener("close", () => { if (locked && page.classList.contains("veiled")) setTimeout(() => { if (locked && !dialog.open) dialog.showModal(); }, 300); });
  document.addEventListener("visibilitychange", () => { veil(document.hidden || locked); if (!document.hidden && isLeft()) lock(); });
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { if (!locked) here(); });
  if (others) others.onmessage = () => { touched = Date.now(); };
  setInterval(() => { if (document.querySelector("[data-room]") && !document.hidden) others?.postMessage(0); if (isLeft()) lock(); }, 15000);
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

if (page.dataset.staff && !document.querySelector("[data-room]")) {
  let wait = 500;
  const open = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/kawat`);
    socket.onopen = () => { wait = 500; };
    socket.onmessage = (event) => { if (JSON.parse(event.data).t === "changed") document.getElementById("changed").hidden = false; };
    socket.onclose = (event) => { if (event.code < 4400) setTimeout(open, (wait = Math.min(wait * 2, 15000))); };
  };
  open();
}

if ("serviceWorker" in navigator) {
  const policy = window.trustedTypes?.createPolicy("lk", { createScriptURL: () => page.dataset.worker });
  navigator.serviceWorker.register(policy ? policy.createScriptURL("") : page.dataset.worker).catch(() => {});
}
