// Keeps the figures fresh: every two seconds the living part of the page is asked for again and only what
// differs is changed, so that focus, scroll and open details stay as they are. The page works without it.
"use strict";

(() => {
  const EVERY = 2000;
  const SPOKEN_EVERY = 60000;
  const live = document.getElementById("live");
  const pulse = document.getElementById("pulse");
  const pauseButton = document.getElementById("pause");
  const filter = document.getElementById("filter");
  const said = document.getElementById("said");
  let paused = false;
  let timer = 0;
  let asked = 0;
  let spoken = Date.now();

  function show(state) {
    pulse.hidden = false;
    pulse.className = `pulse is-${state}`;
    if (pulse.textContent !== pulse.dataset[state]) pulse.textContent = pulse.dataset[state];
  }

  function fragmentAddress() {
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("lang", document.documentElement.lang);
    address.searchParams.set("fragment", "1");
    return address;
  }

  // A screen reader hears the headline at most once a minute, not every figure every two seconds.
  function speak() {
    const sentence = live.querySelector("[data-said]").dataset.said;
    if (sentence === said.textContent || Date.now() - spoken < SPOKEN_EVERY) return;
    said.textContent = sentence;
    spoken = Date.now();
  }

  async function refresh() {
    const mine = ++asked;
    clearTimeout(timer);
    try {
      const answer = await fetch(fragmentAddress(), { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine !== asked) return;
      const fresh = document.createElement("div");
      fresh.append(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
      morphChildren(live, fresh);
      speak();
      if (!paused) show("live");
    } catch {
      if (mine === asked && !paused) show("lost");
    }
    if (mine === asked) plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!paused && !document.hidden) timer = setTimeout(refresh, EVERY);
  }

  function same(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
  }

  function morphChildren(into, from) {
    let old = into.firstChild;
    for (const fresh of [...from.childNodes]) {
      let match = old;
      while (match && !same(match, fresh)) match = match.nextSibling;
      if (!match) {
        into.insertBefore(fresh, old);
        continue;
      }
      while (old !== match) {
        const gone = old;
        old = old.nextSibling;
        gone.remove();
      }
      morph(match, fresh);
      old = match.nextSibling;
    }
    while (old) {
      const gone = old;
      old = old.nextSibling;
      gone.remove();
    }
  }

  function morph(into, from) {
    if (into.nodeType !== Node.ELEMENT_NODE) {
      if (into.nodeValue !== from.nodeValue) into.nodeValue = from.nodeValue;
      return;
    }
    for (const { name, value } of [...from.attributes]) {
      if (into.getAttribute(name) !== value) into.setAttribute(name, value);
    }
    for (const { name } of [...into.attributes]) {
      // Whether details are open is the reader's to say.
      if (!from.hasAttribute(name) && name !== "open") into.removeAttribute(name);
    }
    morphChildren(into, from);
  }

  pauseButton.hidden = false;
  pauseButton.addEventListener("click", () => {
    paused = !paused;
    pauseButton.textContent = paused ? pauseButton.dataset.resume : pauseButton.dataset.pause;
    if (paused) {
      asked += 1;
      clearTimeout(timer);
      show("paused");
    } else {
      refresh();
    }
  });

  function choose(event) {
    event.preventDefault();
    const address = new URL(location.href);
    for (const [name, value] of new FormData(filter)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
    for (const link of document.querySelectorAll("[data-language]")) {
      const other = new URL(address);
      other.searchParams.set("lang", link.dataset.language);
      link.href = other.pathname + other.search;
    }
    refresh();
  }

  filter.addEventListener("change", choose);
  filter.addEventListener("submit", choose);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (!paused) refresh();
  });
  show("live");
  plan();
})();
