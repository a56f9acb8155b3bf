// Our only script: links and forms stay in the session, the page says its language, the asked passage
// comes into view, and a new publication shows by itself. No text of any document reaches this file.
(() => {
  "use strict";
  const LANGUAGES = { zh: "zh-CN", en: "en" };
  const LOOK_EVERY = 10000;
  let view = null;
  let arrived = null;

  const go = (address) => {
    history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  document.addEventListener("click", (event) => {
    const skip = event.target.closest("a.gb-skip");
    if (skip) {
      event.preventDefault();
      const target = document.querySelector(skip.getAttribute("href"));
      if (target) {
        target.tabIndex = -1;
        target.focus();
        target.scrollIntoView({ block: "nearest" });
      }
      return;
    }
    const link = event.target.closest("a[data-go]");
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });

  // The folded menu closes like any menu: with Escape, and when the reader goes on elsewhere.
  const closeMenu = () => {
    for (const menu of document.querySelectorAll("details.gb-menu[open]")) menu.open = false;
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.gb-menu > summary")) closeMenu();
  });
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.gb-menu[open]");
    if (event.key !== "Escape" || !menu) return;
    closeMenu();
    menu.querySelector("summary").focus();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-go]");
    if (!form) return;
    event.preventDefault();
    const wanted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") wanted.append(name, value);
    const query = wanted.toString();
    go(form.getAttribute("action") + (query ? "?" + query : ""));
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-go]");
    if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });

  // Buttons that change something on the server: they post what they and the element around them say, tell
  // the answer, and the page is drawn anew. One element tells every answer, so that it is read aloud.
  const tell = (words) => {
    let told = document.getElementById("gb-told");
    if (!told) {
      told = document.createElement("div");
      told.id = "gb-told";
      told.setAttribute("role", "status");
      document.body.append(told);
    }
    told.textContent = words;
    clearTimeout(tell.later);
    tell.later = setTimeout(() => (told.textContent = ""), 8000);
  };

  const post = async (button) => {
    const { post: address, token, ...own } = {
      ...button.closest("[data-keep]")?.dataset,
      ...button.dataset,
    };
    const line = button.matches(".gb-keep-line") ? button.closest("li") : null;
    if (line && selected?.line === line) own.at = selected.at;
    button.disabled = true;
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "X-Govbrief-Token": token || "" },
        body: new URLSearchParams(own),
      });
      const said = await answer.text();
      tell(answer.headers.get("content-type")?.includes("json") ? JSON.parse(said).told : said.trim());
      if (answer.ok) window.dispatchEvent(new PopStateEvent("popstate"));
    } catch (problem) {
      tell(String(problem));
    } finally {
      button.disabled = false;
      button.focus({ preventScroll: true });
    }
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Without https there is no clipboard for scripts; the words are selected for the reader's own keys.
      const words = button.parentElement.querySelector("code");
      if (words) getSelection().selectAllChildren(words);
      return;
    }
    tell(button.dataset.told);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-post], button[data-copy]");
    if (!button || event.defaultPrevented) return;
    if (button.dataset.copy) copy(button);
    else post(button);
  });

  // Words selected within one paragraph of a text: their place goes to the button that waits for them. It is
  // counted in code points, as the server counts.
  let selected = null;
  const lettersOf = (words) => [...words].length;
  const choose = () => {
    const bar = document.querySelector(".gb-keep-bar");
    if (!bar) return;
    const marked = getSelection();
    const range = marked && marked.rangeCount && !marked.isCollapsed ? marked.getRangeAt(0) : null;
    const words = range?.commonAncestorContainer;
    const text = (words?.nodeType === Node.TEXT_NODE ? words.parentElement : words)?.closest?.(
      "[data-keep] > li > div",
    );
    if (!text) {
      if (!bar.contains(document.activeElement)) {
        bar.hidden = true;
        selected = null;
      }
      return;
    }
    const before = range.cloneRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = lettersOf(before.toString());
    const line = text.parentElement;
    selected = { line, at: `${start}-${start + lettersOf(range.toString())}` };
    const button = bar.querySelector("button");
    button.dataset.para = line.id.slice(1);
    button.dataset.at = selected.at;
    bar.hidden = false;
  };
  document.addEventListener("selectionchange", choose);
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".gb-keep-bar, .gb-keep-line")) event.preventDefault(); // it stays selected
  });

  const settle = () => {
    const anchor = document.getElementById("gb-main");
    if (!anchor) return;
    const language = LANGUAGES[anchor.dataset.lang] || "zh-CN";
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
    if (anchor.dataset.view !== view) {
      if (view !== null) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
      view = anchor.dataset.view;
      arrived = null;
    }
    for (const field of document.querySelectorAll("[data-testid=stDateInput]")) {
      const said = field.querySelector("label")?.textContent.trim();
      const input = field.querySelector("input");
      if (said && input && input.getAttribute("aria-label") !== said) input.setAttribute("aria-label", said);
    }
    const here = document.querySelector("[data-arrive]");
    if (here && arrived !== here.id) {
      arrived = here.id;
      here.scrollIntoView({ block: "center" });
      here.focus({ preventScroll: true });
    }
  };
  new MutationObserver(settle).observe(document.documentElement, { childList: true, subtree: true });

  const writing = () => document.activeElement?.matches?.("input, textarea, select") ?? false;
  setInterval(async () => {
    const anchor = document.getElementById("gb-main");
    if (!anchor || document.hidden || writing()) return;
    try {
      const answer = await (await fetch("/healthz", { cache: "no-store" })).json();
      if (answer.publication && answer.publication !== anchor.dataset.publication) {
        window.dispatchEvent(new PopStateEvent("popstate"));
      }
    } catch {
      // The server is away; Streamlit's own notice says so, and the next look tries again.
    }
  }, LOOK_EVERY);
})();
