// Prints the page; where paper leaves Lingkar, the open ledger is told first.
import { send } from "./base.js";

const button = document.getElementById("print");
button?.addEventListener("click", async () => {
  if (button.dataset.note && (await send(button.dataset.note, new FormData())).errors) return;
  window.print();
});
