// The editor of drafts. What was typed is kept in this browser until the server says that it is on its disk;
// what others wrote meanwhile comes into the text around the caret. HTML arrives escaped by the server.
(() => {
  "use strict";
  const area = document.getElementById("gb-text");
  if (!area || area.dataset.closed !== undefined) return;
  document.body.classList.add("gb-with-script");
  const { draft, account, address } = area.dataset;
  let token = area.dataset.token;
  const say = (name, values = {}) => {
    const key = "say" + name.split("-").map((part) => part[0].toUpperCase() + part.slice(1)).join("");
    return area.dataset[key].replace(/\{(\w+)\}/g, (_, one) => values[one] ?? "");
  };
  const [path, query] = address.split("?");
  const at = (tail, more = "") => path + tail + (query || more ? "?" + [query, more].filter(Boolean).join("&") : "");

  const PAUSE = 1200; // ms after the last letter
  const LONGEST = 5000; // ms that typing without a pause stays unsent
  const LOOK = 4000; // ms between looks for what others wrote
  const KEEPALIVE = 60000; // bytes that a closing page may still send
  const session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  const shelf = `gb-draft:${account}:${draft}:`;
  const status = document.getElementById("gb-state");

  let base = Number(area.dataset.base);
  let acknowledged = area.value; // the text that the server has
  let sequence = 0;
  let sending = false;
  let wanted = ""; // a kind of save to send when the running one is answered
  let composing = false;
  let firstUnsent = 0;
  let timer = 0;
  let failures = 0;
  let stopped = false;

  const tell = (state, text) => {
    status.dataset.state = state;
    status.textContent = text;
  };
  const dirty = () => area.value !== acknowledged;

  // what is kept in this browser until the server has it

  const keepHere = () => {
    try {
      if (!dirty()) return localStorage.removeItem(shelf + session);
      const kept = { text: area.value, base, session, sequence: sequence + 1, at: Date.now() };
      localStorage.setItem(shelf + session, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing still sends; only the copy for a crash is missing.
    }
  };

  // saving

  const post = (tail, told, more = {}) =>
    fetch(at(tail), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Govbrief-Token": token },
      body: JSON.stringify(told),
      credentials: "same-origin",
      ...more,
    });

  const schedule = () => {
    if (stopped) return;
    const now = Date.now();
    firstUnsent = firstUnsent || now;
    clearTimeout(timer);
    timer = setTimeout(() => save("autosave"), Math.max(0, Math.min(PAUSE, firstUnsent + LONGEST - now)));
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save("autosave"), Math.min(30000, 1000 * 2 ** Math.min(failures, 5)));
  };

  const save = async (kind) => {
    clearTimeout(timer);
    if (sending) {
      wanted = kind === "save" ? "save" : wanted || kind;
      return;
    }
    if (kind === "autosave" && !dirty()) return;
    sending = true;
    firstUnsent = 0;
    const text = area.value;
    tell("unsaved", say("saving"));
    try {
      const answer = await post("/save", { text, base, kind, session, sequence: ++sequence });
      if (answer.ok) {
        failures = 0;
        saved(await answer.json(), text);
      } else {
        await notSaved(answer);
      }
    } catch {
      failures += 1;
      tell("failed", say("failed"));
      keepHere();
      later();
    }
    sending = false;
    const next = wanted;
    wanted = "";
    if (next === "save" && !stopped) save("save");
    else if (dirty() && !stopped && !failures) schedule();
  };

  const saved = (answer, sent) => {
    const head = answer.text ?? sent;
    if (area.value === sent && !composing) {
      put(head);
      base = answer.revision;
      acknowledged = head;
    } else {
      base = answer.sent; // letters came meanwhile: the next text is merged by the server
      acknowledged = sent;
    }
    keepHere();
    if (answer.conflicts) tell("unsaved", say("conflict", { at: answer.at }));
    else if (answer.outcome === "merged") tell("saved", say("merged", { at: answer.at, who: answer.others.join(", ") }));
    else if (dirty()) tell("unsaved", say("waiting"));
    else tell("saved", say("saved", { at: answer.at }));
    if (answer.outcome !== "same") look_at_panels();
  };

  // a server that was started anew, or a new sign-in in another tab, wants another token
  const renew = async () => {
    try {
      const answer = await fetch(at("/now", `revision=${base}&session=${session}`), { cache: "no-store" });
      if (answer.ok) token = (await answer.json()).token || token;
    } catch {
      // tried again with the next save
    }
  };

  const notSaved = async (answer) => {
    const told = await answer.json().catch(() => ({}));
    keepHere();
    if (answer.status === 401 || answer.status === 403) {
      failures += 1;
      await renew();
      tell("failed", say("signed-out"));
      later();
    } else if (answer.status >= 500) {
      failures += 1;
      tell("failed", say("failed"));
      later();
    } else {
      stopped = true;
      tell("failed", say("refused", { why: told.error || String(answer.status) }));
    }
  };

  // the text of others comes in line by line, so that the caret stays where it is

  const put = (text) => {
    if (text === area.value) return;
    const top = area.scrollTop;
    for (const [start, end, come] of changes(area.value, text).reverse()) {
      area.setRangeText(come, start, end, "preserve");
    }
    area.scrollTop = top;
    show();
  };

  const changes = (old, now) => {
    const was = old.split("\n"), is = now.split("\n");
    let first = 0, last = 0;
    const shorter = Math.min(was.length, is.length);
    while (first < shorter && was[first] === is[first]) first += 1;
    while (last < shorter - first && was[was.length - 1 - last] === is[is.length - 1 - last]) last += 1;
    const a = was.slice(first, was.length - last), b = is.slice(first, is.length - last);
    const starts = [0];
    for (const line of was) starts.push(starts[starts.length - 1] + line.length + 1);
    const found = [];
    for (const [i, i2, j, j2] of blocks(a, b)) found.push(range(was, is, starts, first + i, first + i2, first + j, first + j2));
    return found.map(([start, end, come]) => narrowed(old, start, end, come));
  };

  // lines i to i2 become lines j to j2; a range without lines stands at the end of the line before it
  const range = (was, is, starts, i, i2, j, j2) => {
    const come = is.slice(j, j2).join("\n");
    if (i < i2 && j < j2) return [starts[i], starts[i2] - 1, come];
    if (i < i2) return i2 < was.length ? [starts[i], starts[i2], ""] : [Math.max(0, starts[i] - 1), starts[i2] - 1, ""];
    return i < was.length ? [starts[i], starts[i], come + "\n"] : [starts[i] - 1, starts[i] - 1, "\n" + come];
  };

  const narrowed = (old, start, end, come) => {
    let left = 0, right = 0;
    const gone = old.slice(start, end);
    const most = Math.min(gone.length, come.length);
    while (left < most && gone[left] === come[left]) left += 1;
    while (right < most - left && gone[gone.length - 1 - right] === come[come.length - 1 - right]) right += 1;
    return [start + left, end - right, come.slice(left, come.length - right)];
  };

  const blocks = (a, b) => {
    if (!a.length && !b.length) return [];
    if (a.length * b.length > 1000000) return [[0, a.length, 0, b.length]];
    const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    const found = [];
    let i = 0, j = 0, from = null;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) {
        if (from) found.push([from[0], i, from[1], j]);
        from = null;
        i += 1;
        j += 1;
        continue;
      }
      from = from || [i, j];
      if (j >= b.length || (i < a.length && best[i + 1][j] >= best[i][j + 1])) i += 1;
      else j += 1;
    }
    if (from) found.push([from[0], i, from[1], j]);
    return found;
  };

  const look = async () => {
    if (document.hidden || stopped) return;
    try {
      const answer = await fetch(at("/now", `revision=${base}&session=${session}`), { cache: "no-store" });
      if (!answer.ok) return;
      const told = await answer.json();
      document.getElementById("gb-who").textContent = told.who;
      if (told.state !== "draft") {
        stopped = true;
        tell("failed", say("refused", { why: told.state }));
        return;
      }
      if (told.text === null || dirty() || sending || composing) return;
      put(told.text);
      base = told.revision;
      acknowledged = told.text;
      tell("saved", say("others"));
      look_at_panels();
    } catch {
      // The server is away; the next save says so.
    }
  };

  // preview and panels

  const fill = (name, html) => {
    const place = document.getElementById("gb-" + name);
    if (!place || html === undefined || place.contains(document.activeElement)) return;
    const typed = [...place.querySelectorAll("textarea")].some((one) => one.value);
    if (!typed) place.innerHTML = html;
  };
  const fillAll = async (answer) => {
    if (!answer.ok) return;
    for (const [name, html] of Object.entries(await answer.json())) fill(name, html);
  };

  let showing = 0;
  const show = () => {
    clearTimeout(showing);
    showing = setTimeout(() => post("/preview", { text: area.value }).then(fillAll).catch(() => {}), 700);
  };
  let looking = 0;
  const look_at_panels = () => {
    clearTimeout(looking);
    looking = setTimeout(() => fetch(at("/panels"), { cache: "no-store" }).then(fillAll).catch(() => {}), 2500);
  };

  const goTo = (start, end) => {
    area.focus();
    area.setSelectionRange(start, end);
    const lines = area.value.slice(0, start).split("\n").length;
    const all = area.value.split("\n").length;
    area.scrollTop = Math.max(0, (area.scrollHeight * lines) / all - area.clientHeight / 3);
  };
  const lineAt = (number) => {
    const lines = area.value.split("\n");
    return lines.slice(0, number).join("\n").length + (number ? 1 : 0);
  };
  const insert = (text) => {
    area.focus();
    if (!document.execCommand || !document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
    }
  };
  const paragraphAt = (caret) => {
    const start = area.value.lastIndexOf("\n", caret - 1) + 1;
    const end = area.value.indexOf("\n", caret);
    return area.value.slice(start, end < 0 ? undefined : end).trim();
  };

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-insert], button[data-line], button[data-find]");
    if (!one) return;
    event.preventDefault();
    if (one.dataset.insert !== undefined) return insert(one.dataset.insert);
    if (one.dataset.find !== undefined) {
      const start = area.value.indexOf(one.dataset.find);
      if (start >= 0) goTo(start, start + one.dataset.find.length);
      return;
    }
    const line = lineAt(Number(one.dataset.line));
    const words = one.dataset.words || "";
    const start = words ? area.value.indexOf(words, line) : -1;
    if (start >= 0) return goTo(start, start + words.length);
    const end = area.value.indexOf("\n", line);
    goTo(line, end < 0 ? area.value.length : end);
  });

  document.getElementById("gb-check-form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = document.getElementById("gb-findings");
    place.textContent = "…";
    post("/check", { text: area.value })
      .then(async (answer) => {
        const told = await answer.json();
        if (answer.ok) place.innerHTML = told.findings;
        else place.textContent = told.error || String(answer.status);
      })
      .catch(() => { place.textContent = say("failed"); });
  });

  document.getElementById("gb-text-form").addEventListener("submit", (event) => {
    const title = event.target.elements.title;
    if (title.value !== title.defaultValue) {
      // the title goes with the plain form; what it sends is written over the version that was answered last
      event.target.elements.base.value = base;
      try { localStorage.removeItem(shelf + session); } catch { /* nothing was kept */ }
      stopped = true;
      acknowledged = area.value;
      return;
    }
    event.preventDefault();
    save("save");
  });

  const menuOfParagraphs = () => {
    const menu = document.getElementById("gb-paragraph");
    if (!menu) return;
    const here = paragraphAt(area.selectionStart);
    const one = here && [...menu.options].find((option) => option.value.includes(here) || here.includes(option.value));
    if (one) menu.value = one.value;
    else if (here && !menu.querySelector("[data-here]")) {
      const made = new Option(here.slice(0, 60), here, true, true);
      made.dataset.here = "";
      menu.add(made, 0);
    }
  };
  area.addEventListener("blur", menuOfParagraphs);

  // what happens while typing

  area.addEventListener("input", () => {
    if (!composing) tell("unsaved", say("waiting"));
    keepHere();
    schedule();
    show();
  });
  area.addEventListener("compositionstart", () => { composing = true; });
  area.addEventListener("compositionend", () => { composing = false; keepHere(); schedule(); });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    save("save");
  });

  // a page that is closed sends what it has; the copy in this browser stays until the server answers

  const leave = () => {
    keepHere();
    if (!dirty() || stopped) return;
    const told = { text: area.value, base, kind: "autosave", session, sequence: ++sequence, leaving: true };
    const small = new Blob([told.text]).size < KEEPALIVE;
    post("/save", told, small ? { keepalive: true } : {}).catch(() => {});
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else look();
  });
  addEventListener("beforeunload", (event) => {
    if (dirty() && failures) event.preventDefault();
  });

  // a copy of a page that ended before the server answered is offered, never put in by itself

  const offer = () => {
    const place = document.getElementById("gb-offer");
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      if (!key.startsWith(shelf) || key === shelf + session) continue;
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* no copy of ours */ }
      if (!kept || typeof kept.text !== "string" || kept.text === area.value) {
        localStorage.removeItem(key);
        n -= 1;
        continue;
      }
      const line = document.createElement("p");
      line.append(say("offer", { at: new Date(kept.at).toLocaleString() }) + " ");
      line.append(button(say("put-back"), () => putBack(key, kept, line)));
      line.append(button(say("discard"), () => { localStorage.removeItem(key); line.remove(); place.hidden = !place.children.length; }));
      place.append(line);
      place.hidden = false;
    }
  };
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const putBack = async (key, kept, line) => {
    if (dirty()) await save("autosave");
    const told = { text: kept.text, base: kept.base, kind: "save", session: kept.session, sequence: kept.sequence };
    try {
      const answer = await post("/save", told);
      if (!answer.ok) return notSaved(answer);
      const head = await answer.json();
      put(head.text ?? kept.text);
      base = head.revision;
      acknowledged = area.value;
      localStorage.removeItem(key);
      line.remove();
      document.getElementById("gb-offer").hidden = !document.getElementById("gb-offer").children.length;
      tell("saved", say("saved", { at: head.at }));
    } catch {
      tell("failed", say("failed"));
    }
  };

  try { offer(); } catch { /* a browser that keeps nothing has nothing to offer */ }
  look();
  setInterval(look, LOOK);
})();
