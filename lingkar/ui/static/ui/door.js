// An invitation's secret stands in the fragment, which no server ever sees until this page sends it on purpose.
import { send } from "./base.js";

const waiting = document.querySelector("[data-knock]");
if (waiting) {
  const fragment = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const answer = fragment ? await send(waiting.dataset.knock, new URLSearchParams({ fragment })) : { errors: {} };
  if (answer.next) location.replace(answer.next);
  else {
    waiting.hidden = true;
    const problem = document.getElementById("problem");
    problem.hidden = false;
    const text = Object.values(answer.errors || {})[0];
    if (text) problem.querySelector(".error").textContent = text;
  }
}
