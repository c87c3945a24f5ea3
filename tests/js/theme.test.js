// theme.js on a page of paper: what a reader sets stays set, and keys turn the pages.
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

const CODE = readFileSync(join(__dirname, "../../theme/static/js/theme.js"), "utf8");

/** Runs theme.js in a window of its own; `elements` maps selectors to what the page has there. */
function open({ stored = {}, elements = {}, lang = "zh-Hans", dark = false, forbidden = false } = {}) {
  const handlers = {};
  const listen = (name, handler) => (handlers[name] = handler);
  const root = { lang, dataset: {} };
  const document = {
    documentElement: root,
    currentScript: { src: "https://a.example/theme/js/theme.js" },
    createElement: () => ({}),
    head: { append: (script) => added.push(script) },
    activeElement: null,
    querySelector: (selector) => elements[selector]?.[0] ?? null,
    querySelectorAll: (selector) => elements[selector] ?? [],
    addEventListener: listen,
  };
  const kept = { ...stored };
  const added = [];
  const window = {
    document,
    URL,
    addEventListener: listen,
    matchMedia: () => ({ matches: dark }),
    location: { replace: (url) => (window.went = url) },
    get localStorage() {
      if (forbidden) throw new Error("storage is forbidden");
      return { getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value) };
    },
  };
  vm.runInContext(CODE, vm.createContext(window));
  const press = (key, more = {}) => {
    const event = { key, target: { closest: () => null }, preventDefault: () => (event.taken = true), ...more };
    handlers.keydown(event);
    return event;
  };
  const toggle = (target) => handlers.toggle({ target });
  const click = (selector, element) => handlers.click({ target: { closest: (one) => (one === selector ? element : null) } });
  return { root, kept, window, added, press, toggle, click, ready: () => handlers.DOMContentLoaded() };
}

/** An element that notes whether it was clicked or focused. */
const noting = (more = {}) => {
  const element = { click: () => (element.clicked = true), focus: () => (element.focused = true), ...more };
  return element;
};

test("settings are in force before the page is drawn", () => {
  const { root } = open({ stored: { theme: "dark", size: "large", face: "sans", flow: "down" } });

  assert.deepEqual({ ...root.dataset }, { theme: "dark", size: "large", face: "sans", flow: "down", js: "" });
});

test("a setting nobody offers is ignored", () => {
  const { root } = open({ stored: { theme: "purple", size: "", flow: "up" } });

  assert.deepEqual({ ...root.dataset }, { js: "" });
});

test("a browser that forbids storage still shows the page", () => {
  const { root, press, ready } = open({ forbidden: true });
  ready();
  press("t");

  assert.equal(root.dataset.theme, "dark");
});

test("the colours change from what is shown, and back to the system's own choice", () => {
  const { otherTheme } = open().window.newsarchiveTheme;

  assert.equal(otherTheme("light", "light"), "dark");
  assert.equal(otherTheme("dark", "light"), "");
  assert.equal(otherTheme("dark", "dark"), "light");
  assert.equal(otherTheme("light", "dark"), "");
});

test("a choice in the panel is kept, shown and can be taken back", () => {
  const parentNode = { dataset: { set: "size" } };
  const [large, medium] = [{ value: "large", parentNode }, { value: "", parentNode }];
  const page = open({ elements: { "[data-set] button": [large, medium] } });

  page.click("[data-set] button", large);
  assert.equal(page.root.dataset.size, "large");
  assert.equal(page.kept.size, "large");
  assert.deepEqual([large.ariaPressed, medium.ariaPressed], [true, false]);

  page.click("[data-set] button", medium);
  assert.equal("size" in page.root.dataset, false);
  assert.deepEqual([large.ariaPressed, medium.ariaPressed], [false, true]);
});

test("arrows turn to the neighbours, s to the other script", () => {
  for (const [key, selector] of [["ArrowLeft", "a[rel=prev]"], ["ArrowRight", "a[rel=next]"], ["s", ".tools a"]]) {
    const link = noting();
    const event = open({ elements: { [selector]: [link] } }).press(key);

    assert.ok(link.clicked, key);
    assert.ok(event.taken, key);
  }
});

test("j and k walk through the list and stop at its ends", () => {
  const links = [noting(), noting()];
  const { press, window } = open({ elements: { ".list h3 a": links } });

  const walked = ["j", "j", "j", "k", "k"].map((key) => {
    links.forEach((link) => (link.focused = false));
    press(key);
    const place = links.findIndex((link) => link.focused);
    if (place >= 0) window.document.activeElement = links[place];
    return place;
  });

  assert.deepEqual(walked, [0, 1, -1, 0, 0]);
});

test("the slash goes to the search field, or to the search page where there is none", () => {
  const [field, link] = [noting(), noting()];
  open({ elements: { "[type=search]": [field] } }).press("/");
  open({ elements: { "a[href*='search/']": [link] } }).press("/");

  assert.ok(field.focused);
  assert.ok(link.clicked);
});

test("keys typed into a field, with Ctrl held, or switched off do nothing", () => {
  const link = noting();
  const elements = { ".tools a": [link] };
  open({ elements }).press("s", { target: { closest: () => ({}) } });
  open({ elements }).press("s", { ctrlKey: true });
  open({ elements, stored: { keys: "off" } }).press("s");

  assert.equal(link.clicked, undefined);
});

test("an unknown key, even one every object has, is left to the browser", () => {
  for (const key of ["x", "toString", "Tab"]) assert.equal(open().press(key).taken, undefined);
});

test("only the front page follows the script chosen last", () => {
  const stored = { edition: "zh-Hant" };
  const link = { '.tools a[lang="zh-Hant"]': [{ href: "zh-hant/" }] };
  const front = open({ stored, elements: { ...link, ".front": [{}] } });
  const article = open({ stored, elements: link });
  front.ready();
  article.ready();

  assert.equal(front.window.went, "zh-hant/");
  assert.equal(article.window.went, undefined);
});

test("what few readers want is fetched when the story is upright or a fold is opened, and not before", () => {
  const elements = { "#story": [{}], "header>a": [{ href: "https://a.example/zh-hant/" }] };
  const wanted = ({ added }) => added.map(({ src, async }) => `${src} ${async}`);
  const [plain, upright] = [open({ elements }), open({ elements, stored: { flow: "down" } })];
  plain.ready();
  upright.ready();

  assert.deepEqual(wanted(plain), []);
  assert.deepEqual(wanted(upright), ["https://a.example/zh-hant/words.js false", "https://a.example/theme/js/reader.js false"]);
  plain.toggle({ matches: () => true });
  assert.deepEqual(wanted(plain), wanted(upright));
});

test("short runs of digits stand upright, and no character is lost", () => {
  require("../../theme/static/js/reader.js");
  const { uprights } = globalThis.newsarchiveReader;
  const told = (text) => uprights(text).filter(([, part]) => part).map(([kind, part]) => (kind ? `${kind}:${part}` : part));

  assert.deepEqual(told("2019年11月5日"), ["four:2019", "年", "one:11", "月", "one:5", "日"]);
  assert.deepEqual(told("5G增長23.4%、50%"), ["one:5G", "增長", "23.4%", "、", "one:50%"]);
  assert.deepEqual(told("iPhone 12:30，10000"), ["iPhone", " ", "12:30", "，", "10000"]);
  for (const text of ["", "...", "1...", "A.B-C 2020/1/2 %5 _x_ 3,000元"])
    assert.equal(uprights(text).map(([, part]) => part).join(""), text);
});
