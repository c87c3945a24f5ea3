/* On the front page: leads to today's page of 那年今日 and brings some of its articles here. Without it the link leads
   to the calendar of all days. */
(() => {
  "use strict";
  const SHOWN = 4;
  const two = (number) => String(number).padStart(2, "0");

  /** A line of contents: the article and its year. */
  function line(link, base) {
    const item = document.createElement("li");
    const copy = document.createElement("a");
    const year = document.createElement("time");
    copy.href = new URL(link.getAttribute("href"), base);
    copy.textContent = link.textContent;
    year.textContent = link.closest("li").querySelector("time")?.textContent.slice(0, 4) ?? "";
    item.append(copy, " ", year);
    return item;
  }

  const here = document.querySelector("#today");
  const now = new Date();
  here.href = here.getAttribute("href").slice(0, -here.dataset.ix.length || undefined) + `${two(now.getMonth() + 1)}-${two(now.getDate())}/${here.dataset.ix}`;
  if (location.protocol === "file:") return; // browsers read no other file there
  fetch(here.href)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => {
      const links = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll(".list h3 a")].slice(0, SHOWN);
      const list = here.closest("h2").nextElementSibling;
      list.prepend(...links.map((link) => line(link, here.href)));
    })
    .catch(() => {}); // without a network the link remains
})();
