/*
 * Places each piece of a source beside the field or block that translates it.
 *
 * The server renders the state of every place (#diptych-live, again after each automatic save) and
 * the text of its source (#diptych-sources).
 */

let form = null;
let live = null;
let store = null;
const sources = new Map();
const missing = new Map();
const watched = new Map();
let isScheduled = false;

const templates = () => [...live.querySelectorAll("template[data-place]")];
const fromTemplate = (id) =>
  document.getElementById(id).content.firstElementChild.cloneNode(true);

/* Wagtail's stream for a column, with its blocks in `children`; undefined for other fields. */
const streamOf = (column) => document.getElementById(`${column}-root`)?.rootBlock;

function readSources(root) {
  root.querySelectorAll("template[data-source-of]").forEach((template) => {
    sources.set(template.dataset.sourceOf, template);
  });
}

async function refreshSources() {
  const changed = templates().filter(
    ({ dataset }) =>
      dataset.version && sources.get(dataset.place)?.dataset.version !== dataset.version,
  );
  if (!changed.length) return;
  const query = new URLSearchParams(changed.map(({ dataset }) => ["key", dataset.place]));
  const answer = await fetch(`${store.dataset.url}?${query}`);
  if (!answer.ok) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = await answer.text();
  readSources(fresh);
  schedule();
}

/* Arranging */

function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    arrange();
  });
}

function arrange() {
  const streams = new Map();
  const anchors = new Map();
  const seen = new Set();
  for (const template of templates()) {
    const { place, column, block } = template.dataset;
    if (!block) {
      const field = fieldOf(template.dataset);
      if (field) put(field.parentElement, template);
      continue;
    }
    const stream = streamOf(column);
    if (!stream) continue;
    if (!streams.has(stream)) streams.set(stream, new Map(stream.children.map((c) => [c.id, c])));
    const child = streams.get(stream).get(block);
    if (child) {
      streams.get(stream).delete(block);
      put(cellOf(child), template);
      anchors.set(stream, child.element.nextElementSibling);
      remove(place);
    } else if (template.dataset.version) {
      seen.add(place);
      anchors.set(stream, putMissing(stream, template, anchors.get(stream)));
    }
  }
  streams.forEach((rest, stream) => {
    rest.forEach((child) => putAlone(cellOf(child)));
    watch(stream);
  });
  [...missing.keys()].filter((place) => !seen.has(place)).forEach(remove);
  removeFromRows();
  document.dispatchEvent(new CustomEvent("diptych:placed"));
}

/* The field of a column; in a row below the page it goes by its own name. */
function fieldOf({ column, field }) {
  if (field === undefined) return form.querySelector(`.w-field[data-contentpath="${column}"]`);
  const name = CSS.escape(field);
  return field && form.querySelector(`[name="${name}"], [id="${name}-root"]`)?.closest(".w-field");
}

/* Removes the panels of deleted or emptied rows, in which nothing is left to translate. */
function removeFromRows() {
  const shown = new Set(templates().map(({ dataset: { place, field } }) => `${place} ${field}`));
  form.querySelectorAll(".diptych-place[data-field]").forEach((panel) => {
    const { place, field } = panel.dataset;
    if (shown.has(`${place} ${field}`)) return;
    panel.parentElement.classList.remove("diptych-row");
    panel.remove();
  });
}

const cellOf = (child) => child.element.querySelector(".w-panel__content");
const panelOf = (cell) => cell.querySelector(":scope > .diptych-place");

function put(cell, template) {
  const { place, signature: rendered } = template.dataset;
  const signature = `${place}/${rendered}/${sources.get(place)?.dataset.version}`;
  const present = panelOf(cell);
  if (present?.dataset.signature === signature) return;
  const panel = panelFor(template);
  panel.dataset.signature = signature;
  cell.classList.add("diptych-row");
  if (present) renew(present, panel);
  else cell.prepend(panel);
}

/* What stays in a panel is not moved: neither the focus nor what is typed there is lost. */
function renew(present, panel) {
  const focused = document.activeElement;
  const hadFocus = present.contains(focused);
  [...present.childNodes].filter((each) => !("stays" in (each.dataset ?? {}))).forEach((each) => each.remove());
  present.className = panel.className;
  delete present.dataset.due;
  Object.assign(present.dataset, panel.dataset);
  present.prepend(...panel.childNodes);
  if (!hadFocus || present.contains(focused)) return;
  const same = [...present.querySelectorAll("a, button:enabled, summary")].find((each) => each.textContent === focused.textContent);
  present.tabIndex = -1;
  (same ?? present).focus({ preventScroll: true });
}

function placeOf({ dataset: { place, column, block, field } }) {
  return field === undefined ? { place, column, block } : { place, column, block, field };
}

function panelFor(template) {
  const panel = template.content.firstElementChild.cloneNode(true);
  Object.assign(panel.dataset, placeOf(template));
  if ("due" in template.dataset) panel.dataset.due = "";
  const source = panel.querySelector("[data-source]");
  const html = sources.get(template.dataset.place);
  if (source && html) source.append(html.content.cloneNode(true));
  panel.querySelectorAll("a[href]").forEach((link) => {
    link.target = "_blank";
    link.rel = "noreferrer";
  });
  return panel;
}

function putAlone(cell) {
  if (cell.classList.contains("diptych-row")) {
    const stale = panelOf(cell);
    if (!stale?.dataset.place || live.querySelector(`[data-place="${CSS.escape(stale.dataset.place)}"]`)) return;
    stale.remove();
  }
  cell.classList.add("diptych-row");
  cell.prepend(fromTemplate("diptych-alone"));
}

/* A block of the source that the translation lacks, where it would stand. */
function putMissing(stream, template, anchor) {
  const { place, label, column, block } = template.dataset;
  let element = missing.get(place);
  if (!element) {
    element = fromTemplate("diptych-missing");
    element.querySelector("[data-label]").textContent = label;
    Object.assign(element.dataset, { place, column, block, contentpath: block });
    missing.set(place, element);
  }
  const row = element.querySelector(".diptych-row");
  const present = panelOf(row);
  if (present?.dataset.signature !== template.dataset.signature) {
    const panel = panelFor(template);
    panel.dataset.signature = template.dataset.signature;
    panel.dataset.due = "";
    panel.querySelector("[data-copy]")?.remove();
    if (present) renew(present, panel);
    else row.prepend(panel);
  }
  const container = stream.element.querySelector("[data-streamfield-stream-container]");
  const before = anchor || container.firstElementChild;
  if (before.nextElementSibling !== element) before.after(element);
  return element;
}

function remove(place) {
  missing.get(place)?.remove();
  missing.delete(place);
}

function watch(stream) {
  if (watched.has(stream)) return;
  const container = stream.element.querySelector("[data-streamfield-stream-container]");
  const added = new MutationObserver(schedule);
  const deleted = new MutationObserver(schedule);
  added.observe(container, { childList: true });
  deleted.observe(container, { subtree: true, attributeFilter: ["aria-hidden"] });
  watched.set(stream, [added, deleted]);
}

class SideBySideController extends window.StimulusModule.Controller {
  static targets = ["live", "sources"];

  connect() {
    form = this.element.querySelector("[data-edit-form]");
    live = this.liveTarget;
    store = this.sourcesTarget;
    readSources(store);
    this.observer = new MutationObserver(() => {
      schedule();
      refreshSources();
    });
    this.observer.observe(live, { childList: true });
    schedule();
  }

  disconnect() {
    [this.observer, ...[...watched.values()].flat()].forEach((each) => each.disconnect());
    watched.clear();
  }

  schedule() {
    schedule();
  }

  loaded() {
    arrange();
    document.dispatchEvent(new CustomEvent("diptych:arranged"));
  }
}

window.wagtail.app.register("diptych-side-by-side", SideBySideController);
