/* What a reader sets stays set, and keys turn the pages. Everything reads and browses without it.
   Loaded in <head>, so that no wrong colour flashes; not a module, because browsers refuse those from file://. */
((global) => {
  "use strict";

  /** Setting -> its values besides the default. */
  const SETTINGS = { theme: ["light", "dark"], size: ["small", "large"], face: ["sans"], flow: ["down"], keys: ["off"] };

  /** What to set so that the colours change; "" where that is the system's own choice. */
  const otherTheme = (shown, system) => (shown === "dark" ? "light" : "dark").replace(system, "");

  /** Whether a key press is meant for us: a plain key, not typed into a field. */
  const isCommand = (press) =>
    !(press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.target.closest("input,select,textarea"));

  function start(document, store, system) {
    const root = document.documentElement;
    const set = root.dataset;
    const one = (selector) => document.querySelector(selector);
    const all = (selector) => [...document.querySelectorAll(selector)];

    function apply(name, value) {
      if (SETTINGS[name].includes(value)) set[name] = value;
      else delete set[name];
    }

    function keep(name, value) {
      apply(name, value);
      store.setItem(name, value);
      show();
    }

    /** Makes the page agree with the settings where CSS cannot. */
    function show() {
      for (const button of all("[data-set] button"))
        button.ariaPressed = button.value === (set[button.parentNode.dataset.set] ?? "");
      if (set.flow) fill();
      global.newsarchiveReader?.tier();
    }

    const toggle = () => keep("theme", otherTheme(set.theme ?? system(), system()));

    function walk(step) {
      const links = all(".list h3 a");
      const place = links.indexOf(document.activeElement) + step;
      links[Math.max(0, place)]?.focus();
    }

    function find() {
      const field = one("[type=search]");
      if (field) field.focus();
      else one("a[href*='search/']").click();
    }

    const KEYS = {
      "/": find,
      j: () => walk(1),
      k: () => walk(-1),
      ArrowLeft: () => one("a[rel=prev]")?.click(),
      ArrowRight: () => one("a[rel=next]")?.click(),
      t: toggle,
      s: () => one(".tools a")?.click(),
    };

    /** What few readers want is made when it is wanted first, by reader.js; words.js of the edition has the words. */
    const here = document.currentScript?.src;
    function fill() {
      if (!one("#story") || one("#reader")) return;
      for (const src of [new URL("words.js", one("header>a").href), here.replace("theme.js", "reader.js")])
        document.head.append(Object.assign(document.createElement("script"), { id: "reader", src, async: false, onload: show }));
    }

    const CLICKS = {
      "#theme": toggle,
      "[data-set] button": (button) => keep(button.parentNode.dataset.set, button.value),
      ".tools a": (link) => store.setItem("edition", link.lang),
    };

    /** The front page follows the script chosen last; no other address ever leads elsewhere. */
    function follow() {
      const link = one(".front") && one(`.tools a[lang="${store.getItem("edition")}"]`);
      if (link) global.location.replace(link.href);
    }

    for (const name in SETTINGS) apply(name, store.getItem(name));
    set.js = "";
    document.addEventListener("DOMContentLoaded", () => (follow(), show()));
    document.addEventListener("toggle", (fold) => fold.target.matches(".panel,.cite") && fill(), true);
    document.addEventListener("click", (press) => {
      for (const selector in CLICKS) {
        const found = press.target.closest(selector);
        if (found) CLICKS[selector](found);
      }
    });
    document.addEventListener("keydown", (press) => {
      if (press.key === "Escape") one(".panel")?.removeAttribute("open");
      if (set.keys || !isCommand(press) || !Object.hasOwn(KEYS, press.key)) return;
      press.preventDefault();
      KEYS[press.key]();
    });
  }

  /** localStorage, or nothing kept where the browser forbids it. */
  function storage() {
    try {
      return global.localStorage;
    } catch {
      return { getItem() {}, setItem() {} };
    }
  }

  if (global.document) start(document, storage(), () => (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light"));
  global.newsarchiveTheme = { SETTINGS, otherTheme, isCommand, start };
})(globalThis);
