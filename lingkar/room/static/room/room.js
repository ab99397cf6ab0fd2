// The room: what was kept, drawn as words and as a circle. Decides nothing; a post is shown when it was kept.
import { draw, dye, letters } from "../ui/circle.js";
import { reopen, send } from "../ui/base.js";

const box = document.querySelector("[data-room]");
const say = JSON.parse(document.getElementById("sentences").textContent);
const seats = new Map(JSON.parse(document.getElementById("seats").textContent).map((seat) => [seat.id, seat]));
const mine = box.dataset.mine, leads = box.dataset.counsellor === "yes";
const $ = (id) => document.getElementById(id);
const put = (sentence, value) => say[sentence].replace("%s", value);
const name = (id) => seats.get(id)?.name ?? "…";

const room = { last: { room: 0, counsellors: 0, author: 0 }, here: null, lobby: [], hands: new Set(), posts: new Map(), lines: [], speaking: "",
  admitted: new Set(JSON.parse($("inside").textContent)), cases: new Map(), staged: 0, minutes: 0, heard: Date.now(),
  stage: "", turn: "", order: [], round: null, paused: false, nameless: false, signals: new Map(), held: new Map(), unheard: [], unanswered: [], links: [], offered: false, newcomer: "", inside: false, state: box.dataset.state };
const LONGEST = Number(box.dataset.longest), STILL = 30 * 60 * 1000, SILENCE = 40 * 1000;
const waiting = new Map();
let socket = null, wait = 500, polling = 0, replyTo = "", asked = "";

const uuid = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const padded = (frame) => { const text = JSON.stringify(frame); return text + " ".repeat((256 - (new TextEncoder().encode(text).length % 256)) % 256); };

function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/kawat`);
  socket.onopen = () => { wait = 500; clearInterval(polling); polling = 0; socket.send(padded({ t: "hello", room: box.dataset.room, after: room.last })); };
  socket.onmessage = (message) => heard(JSON.parse(message.data));
  socket.onclose = async (event) => {
    if (event.code === 4401) return (await reopen()) && connect();
    if (event.code === 4403) { $("posts").replaceChildren(); return gate(say.gone); }
    if (event.code === 4429) return gate(say["too-many"]);
    $("line").textContent = say.offline;
    if (wait > 4000 && !polling) polling = setInterval(poll, 3000);
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 15000);
  };
}

async function poll() {
  if ($("still").open) return;
  const response = await fetch(box.dataset.since.replace("/0/", `/${room.last.room}/`), { headers: { "X-Lingkar": "fetch" } }).catch(() => null);
  if (!response?.ok) return;
  const answer = await response.json();
  room.replaying = !room.last.room;
  for (const frame of answer.frames) heard(frame);
  room.replaying = false;
  room.inside = answer.inside;
  paint();
}

function heard(frame) {
  if (frame.t === "welcome") { room.replaying = true; room.inside = frame.inside; room.state = frame.state; for (const [a, n] of Object.entries(frame.first)) room.last[a] = Math.max(room.last[a], n); }
  if (frame.t === "event") return event(frame);
  if (frame.t === "presence") { room.replaying = false; room.here = box.dataset.practice ? null : new Set(frame.here); room.lobby = frame.lobby || []; }
  if (frame.t === "agree") return offer(frame.text, say["agreement-open"], box.dataset.agreement);
  if (frame.t === "admitted") return socket.close(4000);
  if (frame.t === "ack") return answered(frame);
  if (frame.t === "closed") room.state = "closed";
  if (frame.t === "cards") return offer(say["cards-new"], say["cards-open"], box.dataset.cards);
  if (frame.t === "changed") return void setTimeout(() => { if (!room.signals.size) document.getElementById("changed").hidden = false; }, 500);
  if (frame.t === "turn-keys") return void act("turn");
  if (frame.t === "error") return problem(frame.text);
  paint();
  if (frame.t === "welcome" && room.inside && box.dataset.plan) { offer(say["plan-due"], say["plan-go"], box.dataset.plan); delete box.dataset.plan; }
  if (frame.t === "welcome") resend();
}

function event({ a, n, e }) {
  if (n <= room.last[a]) return;
  if (n > room.last[a] + 1 && a === "room") return socket?.close(4001);
  room.last[a] = n;
  room.heard = Date.now();
  (kinds[e.kind] || (() => {}))(e, a);
  soon();
}

let painting = 0;
function soon() { painting ||= requestAnimationFrame(() => { painting = 0; paint(); }); }

const kinds = {
  Post(e) { if (leads) hintsSoon(); if (e.by === mine) room.newcomer = ""; addPost(e); room.speaking = e.by; if (e.reply_to && room.posts.has(e.reply_to)) line(e.by, room.posts.get(e.reply_to).by); room.hands.delete(e.by); },
  Nameless(e) { room.nameless = true; addPost(e.theme ? { ...e, text: put("as-theme", say[`theme-${e.theme}`]) } : e, { nameless: true }); },
  Whisper(e) { addPost(e, { label: say["to-counsellor"], private: true, widens: true }); },
  BowlNote(e) { addPost(e, { label: (e.theme ? `${say[`theme-${e.theme}`]}, ` : "") + (leads ? say["wrote-nameless"] : say["in-bowl"]), private: true }); },
  PrivateNote(e) { addPost(e, { label: say["private-note"], private: true }); },
  HeldPost(e) { room.held.set(e.id, e); addPost(e, { label: say["held-short"], private: true }); },
  HeldReleased(e) { room.held.delete(e.target); },
  Passed(e) { note(put("passed", name(e.by))); if (room.turn === e.by && leads && !room.replaying) nextTurn(); },
  HandRaised(e) { if (e.up) { room.hands.add(e.by); note(put("hand", name(e.by))); } else room.hands.delete(e.by); },
  PauseAsked(e) { note(put("pause-asked", name(e.by))); },
  PauseSet(e) { room.paused = e.on; note(e.on ? say.paused : say.resumed); },
  StageMoved(e) { room.stage = e.stage; room.staged = e.at * 1000; room.minutes = e.minutes; if (!e.again) note(put("stage", say[e.stage])); if (e.stage === "closing" && !leads) offer("", say["closing-go"], box.dataset.closing); },
  Admitted(e) { if (leads && room.posts.size) room.newcomer = e.member; room.admitted.add(e.member); seats.set(e.member, { ...seats.get(e.member), id: e.member, name: e.name, seat: e.seat }); note(put("admitted", e.name)); },
  Departed(e) { room.admitted.delete(e.member); if (seats.has(e.member)) note(put("departed", name(e.member))); room.hands.delete(e.member); },
  LimitsExplained(e) { const item = note(say.explained); if (!leads) button(item, say.affirm, (self) => { self.remove(); mark({ mark: "affirm" }); }); },
  LimitsAffirmed(e) { note(put("affirmed", name(e.by))); },
  Withdrawn(e) { gone(e.target); },
  WithdrawnInPrivate(e) { gone(e.target); },
  RoundStarted(e) { startRound(e); },
  RoundAnswered(e) { if (e.by === mine) doneAnswering(e.round); addPost(e, { label: leads ? say["answered-hidden"] : say["my-answer"], private: true }); },
  RoundPassed(e) { if (e.by === mine) doneAnswering(e.round); else note(put("passed", name(e.by))); },
  AnswerGiven(e) { if (room.round?.id === e.round) room.round.given += 1; if (leads && !room.replaying && room.round && room.round.given >= room.order.length) endRound(); },
  Thinking(e) { note(put("thinking", name(e.by))); },
  TurnMoved(e) { room.turn = e.turn; note(put("turn", name(e.turn))); },
  RoundEnded() { if (!room.round) return; if (way() === "answer") choose("named"); room.turn = ""; room.order = []; room.round = null; note(say["round-ended"]); $("posts").scrollTop = $("posts").scrollHeight; },
  Signal(e) { room.signals.set(e.about, e); },
  SignalSeen(e) { const signal = room.signals.get(e.target); if (signal) room.cases.set(signal.by, signal); room.signals.delete(e.target); },
  Insisted(e) { const item = note(put("insisted", name(e.by))); if (leads) wrong(item, e.about, "attack"); },
  FlagJudged() { note(say["flag-judged"]); },
  MeToo(e) { note(put("me-too-said", name(e.by))); if (room.posts.has(e.target)) line(e.by, room.posts.get(e.target).by); },
  MeTooCounted(e) { if (e.by === mine) note(say["me-too-kept"]); },
  MeTooShown(e) { for (const [target, count] of e.counts.map((x) => x.split("="))) if (room.posts.has(target)) note(say["me-too-count"].replace("%s", count).replace("%s", name(room.posts.get(target).by))); },
  DifferenceValued(e) { note(put("difference-said", name(e.by))); if (room.posts.has(e.target)) line(e.by, room.posts.get(e.target).by); },
  CardRound(e) { note(say["card-round"]); const to = Object.fromEntries(e.pairs.map((x) => x.split(">")))[mine]; if (to) offer(put("card-turn", name(to)), say["cards-open"], box.dataset.cards); },
  NormProposed(e) { offer(`${put("norm-proposed", name(e.by))} ${e.text}`, say["agreement-open"], box.dataset.agreement); },
  NormAnswered(e) { note(put(e.agrees ? "norm-agreed" : "norm-against", name(e.by)) + (e.objection ? ` ${e.objection}` : "")); },
  NormsAgreed() { offer(say["norms-new"], say["agreement-open"], box.dataset.agreement); },
  StrengthsShared(e) { note(put("strengths-shared", name(e.by)) + ` ${e.strengths.map((x) => say[`strength-${x}`]).join(", ")}`); },
  Readiness(e) { note(put(e.ready ? "ready-said" : "not-ready-said", name(e.by))); },
  PickingStarted(e) { room.picking = true; const item = note(leads ? say["picking-lead"] : say.picking); if (!leads) picking(item, e.themes); },
  ThreadsPicked(e) { if (e.by === mine) note(say.picked); },
  ThreadsShown(e) { room.picking = false; note(e.threads.length ? `${say.threads} ${e.threads.map((x) => x.split("=")).map(([theme, count]) => `${say[`theme-${theme}`]} (${put("thread-count", count)})`).join(", ")}` : say["threads-none"]); },
  CommitmentReviewed(e, a) { if (a === "counsellors") note(`${put("reviewed", name(e.by))}${say[`review-${e.result}`]}${e.happened ? `. ${e.happened}` : ""}`); },
  ReflectionShared(e, a) { if (a === "counsellors") note(put("note-shared", name(e.by))); },
  SessionClosed() { room.state = "closed"; offer(say.closed, say["after-go"], box.dataset.after); },
};

function startRound(e) {
  room.order = e.order;
  room.turn = e.together ? "" : e.order[0] || "";
  room.round = { id: e.id, question: e.question, why: e.why, together: e.together, given: 0, done: false };
  note(e.question || say.round);
  if (e.together) { if (!leads && !$("words").value) choose("answer"); } else note(put("turn", name(room.turn)));
}

function doneAnswering(round) {
  if (room.round?.id === round) room.round.done = true;
  if (way() === "answer") choose("named");
}

function choose(name) { document.querySelector(`input[name=way][value=${name}]`).checked = true; }

function line(from, to) {
  for (const other of room.lines) other.age += 1;
  const same = room.lines.find((other) => other.from === from && other.to === to);
  if (same) { same.count += 1; same.age = 0; } else room.lines.push({ from, to, count: 1, age: 0 });
}

function addPost(e, { nameless = false, label = "", private: hidden = false, widens = false } = {}) {
  if (room.posts.has(e.id)) {
    if (hidden) return;
    document.getElementById(`p-${e.id}`)?.remove();
  }
  room.posts.set(e.id, e);
  const item = $("post").content.firstElementChild.cloneNode(true);
  item.id = `p-${e.id}`;
  const seat = item.querySelector(".seat"), who = nameless ? say.nameless : name(e.by);
  seat.textContent = nameless ? "•" : letters(who, 2);
  seat.classList.add(nameless ? "nameless" : `dye${dye(seats.get(e.by)?.seat ?? 0)}`);
  const by = item.querySelector(".by");
  const bold = document.createElement("b");
  bold.textContent = who;
  const relation = nameless ? say["from-middle"] : label || (e.reply_to && room.posts.has(e.reply_to) ? put("replies", name(room.posts.get(e.reply_to).by) || say.nameless) : "");
  by.append(bold, " ", relation);
  item.querySelector(".words").textContent = e.text;
  item.classList.toggle("private", hidden);
  const acts = item.querySelector(".acts");
  if (!hidden && e.by !== mine) button(acts, say.reply, () => startReply(e.id, who));
  if (!hidden && !leads && !nameless && e.by !== mine) alike(acts, e.id);
  if (widens && e.by === mine) button(acts, say.widen, () => { choose("named"); $("words").value = [$("words").value.trim(), e.text].filter(Boolean).join("\n"); paint(); $("words").focus(); });
  if (e.by === mine) button(acts, say.withdraw, () => confirm(say["sure-withdraw"]) && mark({ mark: "withdraw", target: e.id }));
  append(item);
}

// "Me too" by name or only counted, or: with me it is different, and I value yours.
function alike(acts, target) {
  button(acts, say["me-too"], (self) => {
    const made = [["me-too-named", { mark: "me-too", target }], ["me-too-counted", { mark: "me-too", target, counted: true }], ["value-difference", { mark: "value-difference", target }]]
      .map(([sentence, fields]) => button(acts, say[sentence], () => { for (const one of made) one.remove(); mark(fields); }));
    self.remove();
    made[0].focus();
  });
}

function append(item) {
  const scroller = $("posts");
  const near = scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 120;
  scroller.append(item);
  if (near) scroller.scrollTop = scroller.scrollHeight;
}

function note(text) {
  const item = $("note").content.firstElementChild.cloneNode(true);
  item.textContent = text;
  append(item);
  return item;
}

function picking(item, themes) {
  const chosen = new Set();
  for (const theme of themes) button(item, say[`theme-${theme}`], (self) => {
    if (!chosen.delete(theme)) chosen.add(theme);
    self.setAttribute("aria-pressed", chosen.has(theme));
  }).classList.add("pick");
  button(item, say["pick-send"], (self) => { for (const made of item.querySelectorAll("button")) made.remove(); mark({ mark: "picks", themes: [...chosen] }); });
}

function wrong(item, target, check) {
  button(item, say["flag-wrong"], (self) => { self.remove(); mark({ mark: "flag-wrong", target, check }); });
}

function offer(text, link, address) {
  const item = note(text);
  const made = document.createElement("a");
  made.href = address;
  made.textContent = link;
  item.append(" ", made);
  item.classList.add("offer");
  $("posts").scrollTop = $("posts").scrollHeight;
}

function button(parent, text, does) {
  const made = $("act").content.firstElementChild.cloneNode(true);
  made.textContent = text;
  made.addEventListener("click", () => does(made));
  parent.append(" ", made);
  return made;
}

function gone(target) {
  const item = document.getElementById(`p-${target}`);
  if (!item) return;
  item.classList.add("gone");
  item.querySelector(".words").textContent = say.withdrawn;
  item.querySelector(".acts").replaceChildren();
}

function gate(text) { $("gate").textContent = text; $("gate").hidden = !text; $("composer").hidden = Boolean(text); }
function problem(text) { $("problem").textContent = text; $("problem").hidden = !text; }

function startReply(id, who) {
  replyTo = id;
  $("replying").querySelector("span").textContent = put("replying-to", who);
  $("replying").hidden = false;
  $("words").focus();
}

function stopReply() { replyTo = ""; $("replying").hidden = true; }
for (const made of document.querySelectorAll("[data-starter]")) made.addEventListener("click", () => { $("words").value = `${made.dataset.starter} ${$("words").value}`; $("words").focus(); });
$("asked-pass")?.addEventListener("click", () => mark(room.round?.together ? { mark: "answer-pass", round: room.round.id } : { mark: "pass" }));

async function push(frame) {
  waiting.set(frame.id, frame);
  if (socket?.readyState === WebSocket.OPEN) return socket.send(padded(frame));
  const answer = await send(box.dataset.say, new URLSearchParams({ frame: JSON.stringify(frame) }));
  if (answer.status === 401) { if (await reopen()) return push(frame); return; }
  if (answer.errors) return answer.status && problem(Object.values(answer.errors)[0]);
  heard(answer);
  poll();
}

function resend() { for (const frame of waiting.values()) if (socket.readyState === WebSocket.OPEN) socket.send(padded(frame)); }
function mark(fields) { push({ t: "mark", id: uuid(), ...fields }); }

function answered(frame) {
  const sent = waiting.get(frame.id);
  waiting.delete(frame.id);
  if (!sent) return;
  if (frame.state === "nudged") return nudge(sent, frame);
  if (frame.state === "refused") {
    if (frame.rule === "KEYS-TURNING" || frame.rule === "STALE-KEYS") return setTimeout(() => push(sent), 1500);
    return problem(frame.text);
  }
  if (sent.t === "say" && asked && !sent.insists) mark({ mark: "nudge", rule: asked, answer: "softened" });
  if (sent.t === "say") asked = "";
  if (sent.t === "say" && $("words").value.trim() === sent.text) { $("words").value = ""; stopReply(); }
  problem("");
  $("guide").hidden = true;
  if (frame.state === "held") note(say.held);
  if (frame.help) offer(say.offer, say["offer-go"], box.dataset.help);
  if (frame.offer && !room.offered) { room.offered = true; offer(say["quiet-offer"], say["offer-go"], box.dataset.help); }
}

function nudge(sent, frame) {
  const [start, end] = frame.span;
  asked = frame.rule;
  $("guide-text").textContent = `“${sent.text.slice(start, end)}”: ${frame.text}`;
  $("guide-gentle").textContent = frame.gentler;
  $("guide").hidden = false;
  $("guide-go").onclick = () => { $("guide").hidden = true; push({ ...sent, id: uuid(), insists: true }); };
  $("guide-edit").onclick = () => { $("guide").hidden = true; $("words").focus(); $("words").setSelectionRange(start, end); };
  $("guide-drop").onclick = () => { $("guide").hidden = true; $("words").value = ""; stopReply(); mark({ mark: "nudge", rule: frame.rule, answer: "withdrawn" }); asked = ""; $("words").focus(); };
  $("guide-edit").focus();
}

$("composer").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const text = $("words").value.trim();
  if (!text) { problem(say.empty); return $("words").focus(); }
  if ([...waiting.values()].some((frame) => frame.t === "say" && frame.text === text)) return;
  if ([...text].length > LONGEST) return problem(say["too-long"]);
  problem("");
  push({ t: "say", id: uuid(), way: way(), text, reply: replyTo, ...(way() === "answer" && room.round ? { round: room.round.id } : {}), ...(way() === "theme" ? { theme: $("theme").value } : {}) });
});
$("words").addEventListener("keydown", (key) => { if (key.key === "Enter" && !key.shiftKey && !key.isComposing) { key.preventDefault(); $("composer").requestSubmit(); } });
$("no-reply").addEventListener("click", stopReply);
const way = () => document.querySelector("input[name=way]:checked").value;
for (const radio of document.querySelectorAll("input[name=way]")) radio.addEventListener("change", paint);
for (const made of document.querySelectorAll("[data-mark]")) made.addEventListener("click", () => {
  const kind = made.dataset.mark;
  mark(kind === "hand" ? { mark: "hand", up: !room.hands.has(mine) } : kind === "pause-set" ? { mark: kind, on: !room.paused } : { mark: kind });
});

function paint() {
  const list = [...seats.values()];
  draw($("circle"), list, { me: mine, speaking: room.turn || room.speaking, here: room.here, hands: room.hands, lines: room.lines, names: leads, middle: room.nameless,
    waiting: new Set(room.unanswered.map((x) => x.member)), unheard: new Set(room.unheard.map((x) => x.member)), signals: new Set([...room.signals.values()].map((x) => x.by)) });
  $("stage").textContent = room.stage ? put("stage", say[room.stage]) : "";
  $("now").textContent = room.paused ? say.paused : room.turn ? put("turn", name(room.turn)) : room.speaking ? put("speaks", name(room.speaking)) : say.quiet;
  const newest = room.lines.find((x) => x.age === 0);
  $("line").textContent = newest ? `${name(newest.from)} ${put("answers", name(newest.to))}.` : "";
  $("list").replaceChildren(...list.sort((a, b) => a.seat - b.seat).map(describe));
  const others = [...room.admitted].filter((id) => id !== mine).length;
  $("who").textContent = way() === "named" && !others ? say["who-named-none"] : say[`who-${way()}`].replace("%s", others);
  $("hand")?.setAttribute("aria-pressed", room.hands.has(mine));
  gate(room.state === "closed" ? say.closed : room.inside ? "" : leads ? say["next-open"] : room.state === "open" ? say.lobby : say["not-open"]);
  paintRound();
  if (leads) paintCockpit();
}

// What is asked in the round stands above the words; an answer that waits for all has a way of its own.
function paintRound() {
  const round = room.round, hides = Boolean(round?.together && !round.done);
  $("asked").hidden = !round || (!round.question && !round.together) || room.state === "closed";
  if (round) {
    $("asked-question").textContent = round.question || say.round;
    $("asked-why").textContent = round.why ? put("why", round.why) : "";
    $("asked-count").textContent = round.together ? say["answered-count"].replace("%s", round.given).replace("%s", room.order.length) : "";
  }
  if (leads) return;
  $("theme-line").hidden = way() !== "theme";
  $("way-answer").hidden = !hides;
  $("asked-acts").hidden = !hides && room.turn !== mine;
}

function describe(seat) {
  const parts = [!room.here || room.here.has(seat.id) ? say.here : say.away];
  if (room.hands.has(seat.id)) parts.push(say.raised);
  for (const x of room.lines.filter((other) => other.from === seat.id)) parts.push(put("answers", name(x.to)));
  const item = document.createElement("li");
  item.textContent = `${seat.name}: ${parts.join(", ")}`;
  return item;
}

// What follows is the counsellor's.
async function act(kind, fields = {}) {
  const body = new URLSearchParams();
  for (const [key, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(key, value);
  const answer = await send(box.dataset.act.replace("ACT", kind), body);
  if (answer.status === 401) return (await reopen()) && act(kind, fields);
  if (answer.errors) problem(Object.values(answer.errors)[0]);
  return answer;
}

// What an old round did is drawn, and never done again.
function endRound() { mark({ mark: "round-end", round: room.round?.id }); }

function nextTurn() {
  const next = room.order[room.order.indexOf(room.turn) + 1];
  if (next) mark({ mark: "turn", turn: next }); else endRound();
}

function rows(id, items, text, does) {
  const made = items.map((item) => {
    const row = document.createElement("li");
    row.className = "person";
    const words = document.createElement("span");
    words.className = "grow";
    words.textContent = text(item);
    row.append(words);
    for (const [label, doing] of does?.(item) || []) button(row, label, doing);
    return row;
  });
  const target = $(id).matches("ul") ? $(id) : $(id).querySelector("ul");
  if (!made.length) { const none = document.createElement("li"); none.className = "quiet"; none.textContent = say.nobody; made.push(none); }
  target.replaceChildren(...made);
}

function paintCockpit() {
  const signals = [...room.signals.values()];
  $("signals").hidden = !signals.length;
  if (!signals.length && room.cases.size && !$("to-desk")) { const link = document.createElement("a"); link.id = "to-desk"; link.href = box.dataset.desk; link.textContent = say["case-open"]; $("next").after(link); }
  rows("signals", signals, (x) => `${put("signal", name(x.by))}: “${x.text}”`, (x) => [
    ...(room.held.has(x.about) ? [[say.release, () => mark({ mark: "release", target: x.about, author: x.by })]] : []),
    [say.seen, () => mark({ mark: "seen", target: x.about })],
    [say["flag-wrong"], () => { mark({ mark: "flag-wrong", target: x.about, check: "safety" }); mark({ mark: "seen", target: x.about }); }]]);
  $("alarm").hidden = !signals.length;
  $("alarm").firstElementChild.textContent = signals.length ? put("next-signal", name(signals[0].by)) : "";
  $("pause").querySelector("span").textContent = say[room.paused ? "pause-on" : "pause-off"];
  $("lobby").hidden = !room.lobby.length || room.state !== "open";
  rows("lobby", room.lobby, name, (id) => [[say.admit, () => act("admit", { membership: id })]]);
  rows("hands", [...room.hands], name);
  rows("links", room.links, (x) => say["link"].replace("%s", name(x.members[0])).replace("%s", name(x.members[1])).replace("%s", say[`theme-${x.theme}`].toLowerCase()));
  $("links").parentElement.hidden = !room.links.length;
  rows("unheard", room.unheard, (x) => name(x.member) + (x.passes ? `, ${put("passes", x.passes)}` : ""));
  rows("unanswered", room.unanswered, (x) => name(x.member), (x) => [[say.reply, () => startReply(x.post, name(x.member))]]);
  $("picking").setAttribute("aria-pressed", Boolean(room.picking));
  $("in-round").hidden = !room.round;
  $("turn").textContent = room.turn ? put("turn", name(room.turn)) : "";
  $("next-turn").hidden = !room.turn;
  const stages = [...document.querySelectorAll("[data-stage]")], at = stages.findIndex((x) => x.dataset.stage === room.stage);
  stages.forEach((x, i) => { x.classList.toggle("past", i < at); if (i === at) x.setAttribute("aria-current", "step"); else x.removeAttribute("aria-current"); });
  $("script").textContent = stages[Math.max(at, 0)].dataset.script;
  $("next").textContent = $("next-short").textContent = advice(signals, stages[at + 1]?.firstChild.textContent.trim());
  for (const made of [...stages, $("speak-script"), ...($("close") ? [$("close")] : [])]) made.hidden = room.state === "closed";
}

// The one thing next: safety first, then whoever waits, then the time.
function advice(signals, following) {
  if (signals.length) return put("next-signal", name(signals[0].by));
  if (room.state === "closed") return say["next-closed"];
  if (room.state === "planned") return say["next-open"];
  if (room.lobby.length) return put("next-lobby", room.lobby.map(name).join(", "));
  if (room.turn) return put("next-round", name(room.turn));
  if (room.round) return say["next-together"];
  if (room.cases.size) return put("next-case", name([...room.cases.keys()][0]));
  if (room.newcomer) return put("next-welcome", name(room.newcomer));
  if (room.hands.size) return put("next-hand", name([...room.hands][0]));
  if (room.unanswered.length) return put("next-unanswered", name(room.unanswered[0].member));
  if (following && Date.now() - room.staged > room.minutes * 60000) return put("next-stage", following);
  if (room.unheard.length && room.stage === "working") return put("next-unheard", name(room.unheard[0].member));
  if (following && Date.now() - room.heard > SILENCE) return put("next-silence", following);
  return say["next-nothing"];
}

async function hints() {
  if (!room.inside || room.state !== "open") return;
  const response = await fetch(box.dataset.hints, { headers: { "X-Lingkar": "fetch" } }).catch(() => null);
  if (response?.ok) { Object.assign(room, await response.json()); paint(); }
}

let hinting = 0;
function hintsSoon() { clearTimeout(hinting); hinting = setTimeout(hints, 700); }

if (leads) {
  for (const made of document.querySelectorAll("[data-stage]")) made.addEventListener("click", () => mark({ mark: "stage", stage: made.dataset.stage, minutes: Number(made.dataset.minutes) }));
  $("speak-script").addEventListener("click", () => { $("words").value = $("script").textContent.replace(/[“”]/g, ""); $("words").focus(); });
  $("admit-all").addEventListener("click", () => act("admit", { membership: room.lobby }));
  const cards = JSON.parse($("question-cards").textContent);
  const bySeat = (which) => [...seats.values()].filter((x) => room.admitted.has(x.id) && which(x)).sort((a, b) => a.seat - b.seat).map((x) => x.id);
  const admitted = () => bySeat(() => true);
  const inside = () => bySeat((x) => !room.here || room.here.has(x.id));
  $("round").addEventListener("click", () => inside().length ? $("round-sheet").showModal() : problem(say["round-empty"]));
  $("draw-card").addEventListener("click", () => {
    const left = cards.filter((card) => card.depth === Number($("depth").value) && card.text !== $("question").value);
    $("question").value = left[crypto.getRandomValues(new Uint32Array(1))[0] % left.length].text;
    $("question").focus();
  });
  $("depth").addEventListener("change", () => { $("depth-hint").hidden = $("depth").value !== "4"; });
  $("round-form").addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    const together = $("together").checked;
    mark({ mark: "round", order: together ? admitted() : inside(), question: $("question").value.trim(), why: $("why").value.trim(), together });
    $("round-sheet").close();
    $("round-form").reset();
  });
  $("round-cancel").addEventListener("click", () => $("round-sheet").close());
  $("next-turn").addEventListener("click", nextTurn);
  $("picking").addEventListener("click", () => mark(room.picking ? { mark: "picking-end" } : { mark: "picking", themes: JSON.parse(box.dataset.themes) }));
  $("end-round").addEventListener("click", endRound);
  $("open")?.addEventListener("click", async () => { const answer = await act("open"); if (answer?.next) location.reload(); });
  $("close")?.addEventListener("click", () => confirm(say["sure-close"]) && act("close"));
  setInterval(hints, 10000);
  hintsSoon();
}

// A visible tab counts as present; after half an hour without a touch it asks, and stops counting until answered.
let touched = Date.now();
const here = () => { if (socket?.readyState === WebSocket.OPEN) socket.send(padded({ t: "here" })); };
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { if (!$("still").open) touched = Date.now(); });
$("still").addEventListener("close", () => { touched = Date.now(); here(); });
setInterval(() => {
  if (document.visibilityState !== "visible" || $("still").open) return;
  if (Date.now() - touched < STILL) here(); else $("still").showModal();
}, 60000);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && socket?.readyState > 1) connect(); });
paint();
connect();

// Words that were not sent are not lost by a slip; leaving quickly empties the page first and asks nothing.
addEventListener("beforeunload", (event) => { if ($("words")?.value.trim()) event.preventDefault(); });
