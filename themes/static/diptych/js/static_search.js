/* Search of a copy of the journal without a server: Pagefind finds pages in the index of the
   language of the page. What it finds is written as text; of its markup, only marks are kept. */
(async () => {
  const results = document.querySelector("[data-search-index]");
  const field = document.getElementById("search-query");
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  if (!results || !field || !query) {
    return;
  }

  /* Results shown at a time. */
  const PART = 12;
  const status = results.querySelector("[role=status]");
  const list = results.querySelector("ol");
  const button = results.querySelector("button");
  const absolute = (address) => new URL(address, location.href).href;

  const say = (sentence, number = 0) => {
    status.textContent = sentence
      .replace("{number}", number.toLocaleString(document.documentElement.lang))
      .replace("{query}", () => query);
  };

  /* The text of an excerpt, with the words that were looked for marked. */
  const excerptOf = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    return [...parsed.childNodes].map((node) => {
      if (node.nodeName !== "MARK") {
        return node.textContent;
      }
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      return mark;
    });
  };

  const entryOf = ({ url, meta, excerpt }) => {
    const entry = document.createElement("li");
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    const text = document.createElement("p");
    entry.className = "listing__item";
    heading.className = "card__headline";
    heading.dir = "auto";
    text.className = "card__lead";
    link.href = url;
    link.textContent = meta.title;
    heading.append(link);
    text.append(...excerptOf(excerpt));
    entry.append(heading, text);
    return entry;
  };

  field.value = query;
  results.hidden = false;
  button.textContent = results.dataset.more;
  try {
    const pagefind = await import(absolute(results.dataset.searchIndex));
    await pagefind.options({ baseUrl: new URL(results.dataset.searchRoot, location.href).pathname });
    const found = (await pagefind.search(query)).results;
    say(found.length ? results.dataset.found : results.dataset.nothing, found.length);
    const show = async () => {
      const from = list.children.length;
      const part = found.slice(from, from + PART);
      list.append(...(await Promise.all(part.map((each) => each.data()))).map(entryOf));
      button.hidden = list.children.length >= found.length;
      if (from) {
        list.children[from]?.querySelector("a").focus();
      }
    };
    button.addEventListener("click", show);
    await show();
  } catch {
    say(results.dataset.failed);
  }
})();
