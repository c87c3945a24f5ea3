/* What a reader sets stays set (colours, size, face, direction, script), and the keys that turn the pages.

   One file, loaded in <head> before the page is drawn, so that no wrong colour flashes. A classic script and
   not a module, because browsers refuse modules from file://. Every page reads and browses without it. */
(function (global) {
  "use strict";

  /** Setting -> the values that differ from the default. */
  const SETTINGS = { theme: ["light", "dark"], size: ["small", "large"], face: ["sans"], flow: ["down"], keys: ["off"] };

  /** Value to store so that colours change from what is shown; "" where the system's own choice does it. */
  const otherTheme = (shown, system) => (shown === "dark" ? "light" : "dark").replace(system, "");

  /** Place in a list of `length` after a step from `place`; -1 stands before the first. */
  const stepped = (place, step, length) => Math.min(Math.max(place + step, 0), length - 1);

  /** Whether a key press is ours: plain, and not typed into a field. */
  const isCommand = (event) =>
    !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey &&
    !event.target.closest?.("input, textarea, select, [contenteditable]");

  function start(document, store, system) {
    const root = document.documentElement;
    const one = (selector) => document.querySelector(selector);
    const all = (selector) => [...document.querySelectorAll(selector)];

    function apply(name, value) {
      if (SETTINGS[name].includes(value)) root.dataset[name] = value;
      else delete root.dataset[name];
    }

    function keep(name, value) {
      apply(name, value);
      if (value) store.setItem(name, value);
      else store.removeItem(name);
      show();
    }

    /** Address bar, panel and story after the settings. */
    function show() {
      const { theme } = root.dataset;
      all("meta[name=theme-color]").forEach((meta, dark) => {
        const scheme = dark ? "dark" : "light";
        meta.media = theme ? (theme === scheme ? "all" : "not all") : `(prefers-color-scheme:${scheme})`;
      });
      for (const button of all("[data-set] button"))
        button.setAttribute("aria-pressed", button.value === (root.dataset[button.parentNode.dataset.set] ?? ""));
      tier();
    }

    /** Upright text: columns run over into further tiers; make the story as high as all of them. */
    function tier() {
      const story = one("#story");
      if (!story) return;
      story.style.height = "";
      if (root.dataset.flow !== "down") return;
      story.style.height = "24em";
      story.style.height = `${story.scrollHeight}px`;
    }

    const toggle = () =>
      keep("theme", otherTheme(root.dataset.theme ?? system(), system()));

    function walk(step) {
      const links = all(".list h3 a");
      links[stepped(links.indexOf(document.activeElement), step, links.length)]?.focus();
    }

    const KEYS = {
      "/": () => (one("input[type=search]") ? one("input[type=search]").focus() : one(".head nav a[href*='search/']")?.click()),
      j: () => walk(1),
      k: () => walk(-1),
      ArrowLeft: () => one("a[rel=prev]")?.click(),
      ArrowRight: () => one("a[rel=next]")?.click(),
      t: toggle,
      s: () => one(".tools a")?.click(),
    };

    function press(event) {
      if (event.key === "Escape") one(".panel")?.removeAttribute("open");
      if (root.dataset.keys === "off" || !isCommand(event) || !Object.hasOwn(KEYS, event.key)) return;
      event.preventDefault();
      KEYS[event.key]();
    }

    function addButton(place, word, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word;
      button.addEventListener("click", () => act(button));
      place.append(button);
    }

    /** Copy and download below each citation. */
    function citations(box) {
      for (const text of box.querySelectorAll("pre")) {
        addButton(text.parentNode, box.dataset.copy, (button) =>
          global.navigator.clipboard.writeText(text.textContent).then(
            () => { button.textContent = box.dataset.copied; },
            () => global.getSelection().selectAllChildren(text),
          ));
        if (text.dataset.file)
          addButton(text.parentNode, box.dataset.save, () => {
            const link = document.createElement("a");
            link.href = URL.createObjectURL(new Blob([text.textContent], { type: "text/plain;charset=utf-8" }));
            link.download = text.dataset.file;
            link.click();
          });
      }
    }

    /** The front page follows the script chosen last; no other address ever leads elsewhere. */
    function lead() {
      const chosen = store.getItem("edition");
      const link = chosen && chosen !== root.lang && one(".front") && one(`.tools a[lang="${chosen}"]`);
      if (link) global.location.replace(link.href);
    }

    for (const name of Object.keys(SETTINGS)) apply(name, store.getItem(name));
    root.dataset.js = "";
    document.addEventListener("DOMContentLoaded", () => {
      lead();
      show();
      one("#theme").addEventListener("click", toggle);
      for (const button of all("[data-set] button"))
        button.addEventListener("click", () => keep(button.parentNode.dataset.set, button.value));
      for (const link of all(".tools a")) link.addEventListener("click", () => store.setItem("edition", link.lang));
      all(".cite").forEach(citations);
      document.addEventListener("keydown", press);
      global.addEventListener("resize", tier);
    });
  }

  /** localStorage, or what stands in for it where the browser forbids it. */
  function storage() {
    try {
      return global.localStorage;
    } catch {
      return { getItem: () => null, setItem() {}, removeItem() {} };
    }
  }

  global.newsarchiveTheme = { SETTINGS, otherTheme, stepped, isCommand };
  if (global.document)
    start(global.document, storage(), () => (global.matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light"));
})(globalThis);
