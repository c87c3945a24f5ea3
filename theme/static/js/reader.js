/* Fills the folds of an article's page when one is opened first: how it is set, and how to cite it. theme.js loads this
   behind the words of the edition (templates/words.js). */
((global) => {
  "use strict";

  /** Setting -> the values of its buttons. */
  const PANEL = { size: ["small", "", "large"], face: ["", "sans"], flow: ["", "down"], keys: ["", "off"] };

  /** Name of a style -> ending of its file, and the text made of what `read` found. */
  const STYLES = { BibTeX: ["bib", bibtex], RIS: ["ris", ris], "CSL-JSON": ["json", cslJson] };

  /** What the page says of its article to programs (see citation.py). */
  function read(document) {
    const all = (selector, value) => [...document.querySelectorAll(selector)].map(value);
    const content = (it) => it.content;
    return {
      title: all("[name=citation_title]", content).join(""),
      authors: all("[name=citation_author]", content),
      source: all("[name=citation_journal_title]", content).join(""),
      date: all("[property~='dc:date']", content).join(""),
      tags: all("a[rel=tag]", (it) => it.textContent),
      sha256: all("[property='dc:identifier']", (it) => it.textContent).join(""),
      url: all("[rel=canonical]", (it) => it.getAttribute("href")).join(""),
      lang: all("#story[lang]", (it) => it.lang)[0] ?? document.documentElement.lang,
      slug: all("#slug", (it) => it.textContent).join(""),
    };
  }

  /** A line end in a value would begin a line of its own, and so a field or the end of a record. */
  const oneLine = (text) => text.replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ");

  const SPECIAL = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

  /** *text* as TeX prints it; BibTeX counts braces even behind a backslash. */
  const tex = (text) => oneLine(text).replace(/[\\{}~^%#$&_]/g, (char) => SPECIAL[char] ?? "\\" + char);

  /** BibLaTeX @online; braces keep titles and Chinese names as they are. */
  function bibtex({ slug, title, authors, source, date, url, sha256 }) {
    const fields = {
      author: authors.map((name) => `{${tex(name)}}`).join(" and "),
      title: `{${tex(title)}}`,
      organization: tex(source),
      date,
      url, // read as it stands: a mark before _ or % would become part of it
      note: sha256 && `SHA-256 ${sha256}`,
      langid: "chinese",
    };
    const lines = Object.entries(fields).flatMap(([name, value]) => (value ? `  ${name} = {${value}},\n` : []));
    return `@online{${slug.replaceAll("/", "-")},\n${lines.join("")}}\n`;
  }

  /** RIS, type NEWS; lines end with CR LF as the format wants. */
  function ris({ slug, title, authors, source, date, tags, url, lang }) {
    const some = (name, values) => values.map((value) => [name, value]);
    const rows = [["TY", "NEWS"], ...some("AU", authors), ["TI", title], ["T2", source], ["DA", date.replaceAll("-", "/")]];
    rows.push(...some("KW", tags), ["UR", url], ["LA", lang], ["ID", slug]);
    const lines = rows.flatMap(([name, value]) => (value ? `${name}  - ${oneLine(value)}\r\n` : []));
    return lines.join("") + "ER  - \r\n";
  }

  /** CSL-JSON, type article-newspaper; one item in a list, as reference managers import it. */
  function cslJson({ slug, title, authors, source, date, url, lang }) {
    const item = {
      id: slug,
      type: "article-newspaper",
      title,
      "container-title": source || undefined,
      author: authors.length ? authors.map((literal) => ({ literal })) : undefined,
      issued: date ? { "date-parts": [date.split("-").map(Number)] } : undefined,
      language: lang,
      URL: url || undefined,
    };
    return JSON.stringify([item]);
  }

  /** What stands upright in an upright line, as newspapers set it: up to three digits or two letters in the place of
      one character, a year digit below digit. All else lies on its side. Kind -> the runs it is for. */
  const UPRIGHT = { one: /^(?:\d{1,3}%?|[A-Za-z\d]{1,2})$/, four: /^\d{4}$/ };

  /** *text* in parts [kind or "", part]. */
  const uprights = (text) =>
    text.split(/([A-Za-z\d](?:[\w.,:/%+-]*[\w%])?)/).map((part) => [Object.keys(UPRIGHT).find((kind) => UPRIGHT[kind].test(part)) ?? "", part]);

  function start(document) {
    const story = document.querySelector("#story");

    /** Runs of digits in spans of their own; what is copied stays the same. */
    function stand() {
      const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const parts = uprights(text.data);
        if (parts.some(([kind]) => kind))
          text.replaceWith(...parts.map(([kind, part]) => (kind ? made("span", { class: kind }, part) : part)));
      }
    }

    /** Upright columns run over into further tiers below; the story grows to hold them. */
    function tier() {
      const isUpright = document.documentElement.dataset.flow === "down";
      if (isUpright && !story.querySelector(".one,.four")) stand();
      story.style.height = isUpright ? "24em" : "";
      if (isUpright) story.style.height = `${story.scrollHeight}px`;
    }

    /** A new element: attributes, then what stands in it. */
    function made(name, attributes, ...inside) {
      const element = document.createElement(name);
      for (const key in attributes) element.setAttribute(key, attributes[key]);
      element.append(...inside);
      return element;
    }

    const words = global.newsarchiveWords;

    /** The words for a setting and for its values come one after the other. */
    function panel(fold) {
      const spoken = words.panel.values();
      const word = () => spoken.next().value;
      const rows = Object.entries(PANEL).map(([set, values]) =>
        made("p", { "data-set": set }, word(), ...values.map((value) => made("button", { value }, word()))),
      );
      fold.append(made("div", {}, ...rows));
    }

    function cite(fold) {
      const [copyWord, copiedWord, saveWord] = words.cite;
      const record = read(document);
      const styles = Object.entries(STYLES).map(([name, [ending, style]], place) => {
        const text = made("pre", { "data-file": `${record.slug.replaceAll("/", "-")}.${ending}` }, style(record));
        return made("details", { name: "cite", ...(place ? {} : { open: "" }) }, made("summary", {}, name), text);
      });
      const chosen = () => fold.querySelector("details[open] pre");
      const copy = made("button", {}, copyWord);
      const save = made("button", {}, saveWord);
      copy.onclick = () => {
        const done = () => (copy.textContent = copiedWord);
        const select = () => global.getSelection().selectAllChildren(chosen());
        if (chosen()) global.navigator.clipboard.writeText(chosen().textContent).then(done, select);
      };
      save.onclick = () => {
        if (!chosen()) return;
        const href = URL.createObjectURL(new Blob([chosen().textContent]));
        made("a", { href, download: chosen().dataset.file }).click();
      };
      fold.append(...styles, made("p", {}, copy, save));
    }

    document.querySelectorAll(".panel").forEach(panel);
    document.querySelectorAll(".cite").forEach(cite);
    global.addEventListener("resize", tier);
    global.newsarchiveReader.tier = tier;
  }

  global.newsarchiveReader = { STYLES, read, uprights };
  if (global.document) start(global.document);
})(globalThis);
