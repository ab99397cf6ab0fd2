// Keeps the crisis card and its look, and nothing else: no page of a signed-in person is ever stored.
const NAME = "lingkar-help-1";
const CARD = "{% url 'crisis_card' %}";
const KEPT = [CARD, "{% static 'ui/look.css' %}", "{% static 'ui/mark.svg' %}"];
addEventListener("install", (event) => event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT.map((url) => new Request(url, { credentials: "omit" }))))));
addEventListener("activate", (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))))));
addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !KEPT.includes(path)) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(path)));
});
