// Draws a circle: seats never move, a line is a reply, the middle is the nameless (look/README.md, section 5).
const NS = "http://www.w3.org/2000/svg";

function make(parent, tag, attributes, text) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  parent.append(node);
  return node;
}

export function letters(name, count) {
  return [...name.trim()].slice(0, count).join("");
}

function shortened(name, count) {
  const all = [...name];
  return all.length > count ? `${all.slice(0, count - 1).join("").trim()}…` : name;
}

export function dye(seat) {
  return seat === 0 ? 0 : ((seat - 1) % 11) + 1;
}

// state: {me, speaking, here: Set|null, hands: Set, waiting: Set, unheard: Set, signals: Set, lines: [{from, to, count, age}], names: bool}
export function draw(svg, seats, state = {}) {
  const size = svg.viewBox.baseVal.width;
  const order = [...seats].sort((a, b) => a.seat - b.seat);
  const n = Math.max(order.length, 3);
  const pad = state.names && size >= 400 ? 82 : 0;
  const s = Math.sin(Math.PI / n);
  const r = Math.min(0.1 * size, 26, ((size / 2 - 4 - pad) * s - 2) / (1 + s));
  const R = size / 2 - r - 8 - pad;
  const c = size / 2;
  const at = new Map(order.map((seat, i) => {
    const angle = ((-90 + (360 * i) / n) * Math.PI) / 180;
    return [seat.id, { x: c + R * Math.cos(angle), y: c + R * Math.sin(angle), angle }];
  }));
  svg.replaceChildren();
  make(svg, "circle", { class: "mat", cx: c, cy: c, r: R });
  if (size >= 100) for (const part of [0.36, 0.6, 0.82]) make(svg, "circle", { class: "ring", cx: c, cy: c, r: R * part });
  if (state.middle) {
    make(svg, "circle", { class: "middle", cx: c, cy: c, r: r * 0.9 });
    make(svg, "circle", { class: "middle-dot", cx: c, cy: c, r: r * 0.25 });
  }
  for (const line of state.lines || []) reply(svg, at, line, { c, R, r, size });
  for (const seat of order) person(svg, seat, at.get(seat.id), state, { r, size, c, pad });
}

function reply(svg, at, line, { c, R, r, size }) {
  const from = at.get(line.from), to = at.get(line.to);
  if (!from || !to) return;
  const clear = r + (size >= 200 ? 6 : 3.5);
  const port = (p, other) => {
    const turn = Math.sign(Math.sin(other.angle - p.angle)) * 0.12;
    return { x: c + (R - clear) * Math.cos(p.angle + turn), y: c + (R - clear) * Math.sin(p.angle + turn) };
  };
  const a = port(from, to), b = port(to, from);
  const chord = Math.hypot(a.x - b.x, a.y - b.y) / (2 * R);
  const pull = 1.25 * Math.max(0.04, 0.34 - 0.42 * chord);
  const mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2;
  const qx = mx + (c - mx) * pull, qy = my + (c - my) * pull;
  const width = Math.min(2 + (line.count - 1) * 1.25, 4.5);
  const opacity = Math.max(0.3, 0.95 - line.age * 0.12);
  make(svg, "path", { class: line.age === 0 ? "reply new" : "reply", d: `M${a.x} ${a.y}Q${qx} ${qy} ${b.x} ${b.y}`, "stroke-width": width, opacity });
  make(svg, "circle", { class: "port", cx: b.x, cy: b.y, r: width, opacity });
}

function person(svg, seat, p, state, { r, size, c, pad }) {
  const away = state.here && !state.here.has(seat.id);
  if (state.speaking === seat.id) make(svg, "circle", { class: "glow", cx: p.x, cy: p.y, r: Math.min(r * 1.45, r + 10) });
  else make(svg, "circle", { class: "gap", cx: p.x, cy: p.y, r: r + 3 });
  make(svg, "circle", { class: away ? "away" : `dye${dye(seat.seat)}`, cx: p.x, cy: p.y, r });
  const count = size >= 200 ? 2 : 1;
  if (r >= 9 && size >= 100) make(svg, "text", { class: `ink${dye(seat.seat)}`, x: p.x, y: p.y, "font-size": r * (count === 2 ? 0.8 : 0.95) }, letters(seat.name, count));
  if (seat.counsellor) make(svg, "circle", { class: "lead", cx: p.x, cy: p.y, r: r - 2.5 });
  if (state.speaking === seat.id) {
    make(svg, "circle", { class: "speaking", cx: p.x, cy: p.y, r: r - 1 });
    make(svg, "circle", { class: "edge", cx: p.x, cy: p.y, r: r + 1.4 });
  } else if (state.me === seat.id) make(svg, "circle", { class: "me", cx: p.x, cy: p.y, r: r - 1 });
  if (state.waiting?.has(seat.id)) waitingArc(svg, p, r + 5, c);
  if (state.unheard?.has(seat.id)) make(svg, "circle", { class: "unheard", cx: p.x, cy: p.y, r: r + 4 });
  if (state.hands?.has(seat.id)) make(svg, "circle", { class: "hand", cx: p.x + r * 0.75, cy: p.y - r * 0.75, r: Math.max(4, r * 0.26) });
  if (state.signals?.has(seat.id)) make(svg, "circle", { class: "signal", cx: p.x - r * 0.75, cy: p.y - r * 0.75, r: Math.max(4, r * 0.28) });
  if (pad) {
    const out = r + 16, dx = Math.cos(p.angle), dy = Math.sin(p.angle);
    const anchor = Math.abs(dx) < 0.3 ? "middle" : dx > 0 ? "start" : "end";
    const label = make(svg, "text", { class: "name", x: p.x + dx * out, y: p.y + dy * out }, shortened(seat.name, 9));
    label.setAttribute("text-anchor", anchor);
  }
}

function waitingArc(svg, p, radius, c) {
  const toward = Math.atan2(c - p.y, c - p.x), open = 0.7;
  const a = toward + open, b = toward - open + 2 * Math.PI;
  const point = (angle) => `${p.x + radius * Math.cos(angle)} ${p.y + radius * Math.sin(angle)}`;
  make(svg, "path", { class: "waiting", d: `M${point(a)}A${radius} ${radius} 0 1 1 ${point(b)}` });
}

for (const svg of document.querySelectorAll("svg[data-circle]")) draw(svg, JSON.parse(svg.dataset.circle));
