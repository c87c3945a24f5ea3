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
      tier();
    }

    /** Upright columns run over into further tiers below; the story grows to hold them. */
    function tier() {
      const story = one("#story");
      if (!story) return;
      story.style.height = set.flow ? "24em" : "";
      if (set.flow) story.style.height = `${story.scrollHeight}px`;
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

    /** What few readers open is made when it is opened first: reader.js fills every fold that bears words. */
    const here = document.currentScript?.src;
    function fill({ target }) {
      if (!target.dataset.words || one("#reader")) return;
      const script = document.createElement("script");
      script.id = "reader";
      script.src = here.replace("theme.js", "reader.js");
      script.onload = show;
      document.head.append(script);
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
    global.addEventListener("resize", tier);
    document.addEventListener("toggle", fill, true);
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
