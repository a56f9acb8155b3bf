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
