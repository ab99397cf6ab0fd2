// Cards: readiness by one tap, and the four qualities read while somebody writes. Keeps nothing.
import { send } from "../ui/base.js";

const readiness = document.getElementById("readiness");
const uuid = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

readiness?.querySelector("[data-ready]").addEventListener("click", async (event) => {
  const frame = { t: "mark", mark: "ready", id: uuid(), ready: event.currentTarget.dataset.ready === "yes" };
  const answer = await send(readiness.dataset.say, new URLSearchParams({ frame: JSON.stringify(frame) }));
  if (answer.state === "kept") return location.reload();
  const line = readiness.querySelector(".error");
  line.textContent = answer.text || Object.values(answer.errors || {})[0] || "";
  line.hidden = false;
});

const give = document.getElementById("give");
let waiting = 0;

async function read() {
  const answer = await send(give.dataset.read, new FormData(give));
  if (!answer.qualities) return;
  for (const item of document.querySelectorAll("[data-quality]")) item.classList.toggle("good", answer.qualities[item.dataset.quality]);
  document.getElementById("quality-reasons").replaceChildren(...answer.reasons.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  document.getElementById("quality-hint").textContent = answer.hints[0] || "";
}

give?.addEventListener("input", (event) => {
  if (event.target.tagName !== "TEXTAREA") return;
  clearTimeout(waiting);
  waiting = setTimeout(read, 600);
});

give?.addEventListener("nudged", (event) => { give.elements.asked.value = event.detail; });
