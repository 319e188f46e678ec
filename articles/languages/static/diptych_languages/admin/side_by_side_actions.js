/*
 * The actions of the buttons in the translating view.
 *
 * Blocks are added, moved and deleted through Wagtail's own stream, as if by hand: no typed text
 * is lost, and autosave keeps it.
 */

const FIELDS =
  '[contenteditable="true"], .diptych-words-in-view, input:not([type="hidden"]), textarea, [data-add]';
const TABLE = "[id$='-handsontable-container']";
let form = null;
let store = null;
let notice = null;
const pending = new Set();
let sent = [];
let lastJump = null;

const fromTemplate = (id) =>
  document.getElementById(id).content.firstElementChild.cloneNode(true);
const streamOf = (column) => document.getElementById(`${column}-root`).rootBlock;
const panelOf = (row) => row.querySelector(":scope > .diptych-place");
const arrange = () => document.dispatchEvent(new CustomEvent("diptych:arrange"));

/* Following the source */

async function fetchCopy(place, withText) {
  const query = new URLSearchParams({ key: place, text: withText ? "1" : "" });
  const answer = await fetch(`${store.dataset.copyUrl}?${query}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function addBlock(element, withText) {
  const { place, column, block } = element.dataset;
  const stream = streamOf(column);
  const copy = await fetchCopy(place, withText);
  if (stream.children.some(({ id }) => id === block)) return;
  let before = element.previousElementSibling;
  while (before && !before.matches("[data-streamfield-child]")) before = before.previousElementSibling;
  const index = stream.children.findIndex((child) => child.element === before) + 1;
  stream.insert(copy, index, { focus: true });
  arrange();
}

async function copyBlock(panel) {
  const { place, column, block } = panel.dataset;
  const stream = streamOf(column);
  const copy = await fetchCopy(place, true);
  const index = stream.children.findIndex(({ id }) => id === block);
  if (index < 0) return;
  const kept = stream.children[index].getState();
  replaceBlock(stream, index, copy);
  tellCopied(place, () => {
    const now = stream.children.findIndex(({ id }) => id === block);
    if (now >= 0) replaceBlock(stream, now, kept);
  });
}

function replaceBlock(stream, index, state) {
  stream.insert(state, index);
  stream.deleteBlock(index + 1);
  arrange();
}

async function copyField(panel) {
  const { place, column, field } = panel.dataset;
  const { value } = await fetchCopy(place, true);
  const input = form.elements.namedItem(field ?? column);
  if (input.draftailEditor) {
    const kept = input.draftailEditor.getEditorState();
    const show = (state) => input.draftailEditor.onChange(state);
    show(window.Draftail.createEditorStateFromRaw(JSON.parse(value)));
    tellCopied(place, () => show(kept));
    return;
  }
  const kept = input.value;
  const write = (text) => {
    input.value = text;
    ["input", "keyup", "change"].forEach((name) => {
      input.dispatchEvent(new Event(name, { bubbles: true }));
    });
  };
  write(value);
  tellCopied(place, () => write(kept));
}

/* For side_by_side_undo.js, which offers to take the copy back. */
function tellCopied(place, undo) {
  document.dispatchEvent(new CustomEvent("diptych:copied", { detail: { place, undo } }));
}

function removeBlock({ dataset: { column, block } }) {
  const stream = streamOf(column);
  const index = stream.children.findIndex(({ id }) => id === block);
  if (index >= 0) stream.deleteBlock(index, { animate: true });
  arrange();
}

/* Bring the blocks into the order of the source; those of the translation alone stand last. */
function followOrder(column) {
  const stream = streamOf(column);
  const order = [...document.querySelectorAll("#diptych-live template[data-place]")]
    .filter(({ dataset }) => dataset.column === column && dataset.version)
    .map(({ dataset }) => dataset.block);
  let position = 0;
  order.forEach((block) => {
    const index = stream.children.findIndex(({ id }) => id === block);
    if (index < 0) return;
    stream.moveBlock(index, position);
    position += 1;
  });
  arrange();
}

/* "Still valid" is saved by the same request as the typed texts. */

function mark(button) {
  pending.add(entryOf(button));
  button.disabled = true;
  const controllers = form.dataset.controller.split(" ");
  if (controllers.includes("w-autosave") && form.dataset.wAutosaveActiveValue !== "false") {
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  } else {
    form.requestSubmit();
  }
}

const entryOf = ({ dataset, value }) => `${dataset.mark}=${value}`;

function addPending({ formData }) {
  pending.forEach((entry) => {
    const [name, ...key] = entry.split("=");
    formData.append(name, key.join("="));
  });
}

function fail(button) {
  button.parentElement.querySelector(".diptych-place__failure")?.remove();
  button.parentElement.append(fromTemplate("diptych-failed"));
}

/* The next unfinished place, or the next empty field of the one in which somebody writes */

function unfinished() {
  return [...form.querySelectorAll(".diptych-place[data-due]")].filter(
    (panel) => !panel.closest('[aria-hidden="true"], [data-inline-panel-child].deleted'),
  );
}

const fieldsBeside = (panel) =>
  [...panel.parentElement.querySelectorAll(`${FIELDS}, ${TABLE}`)].filter(
    (each) => !panel.contains(each) && !each.parentElement.closest(TABLE),
  );

/* Those of several fields that are empty beside a source with words. */
function emptyFields(panel) {
  const pieces = [...panel.querySelectorAll(".diptych-source__piece")];
  const names = pieces.map(({ dataset }) => dataset.name);
  return fieldsBeside(panel).filter((each) => {
    const isNamed = names.includes(each.closest("[data-contentpath]")?.dataset.contentpath);
    return isNamed && (each.matches(TABLE) || !(each.value ?? each.textContent).trim());
  });
}

const follows = (one, other) =>
  one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;

/* The focus goes to the first of the fields, and of a table to its first empty cell, if there is one. */
function enter(fields) {
  return fields.filter((each) => each.getClientRects().length).some((each) => {
    if (each.matches(TABLE)) return !each.dispatchEvent(new CustomEvent("diptych:reach", { cancelable: true }));
    each.focus({ preventScroll: true });
    return true;
  });
}

function nextFieldOf(panel) {
  if (!panel || !("due" in panel.dataset)) return false;
  const focused = document.activeElement;
  const left = emptyFields(panel).filter((each) => follows(focused, each) && !each.contains(focused));
  const isReached = !panel.contains(focused) && enter(left);
  if (isReached) document.activeElement.scrollIntoView({ block: "nearest" });
  return isReached;
}

function next() {
  const due = unfinished();
  if (!due.length) return;
  const focused = document.activeElement?.closest(".diptych-row");
  const here = focused ? panelOf(focused) : lastJump;
  if (focused && nextFieldOf(here)) return;
  const target = (here?.isConnected && due.find((panel) => follows(here, panel))) || due[0];
  lastJump = target;
  open(target);
  const row = target.parentElement;
  row.scrollIntoView({ block: row.offsetHeight < window.innerHeight / 2 ? "center" : "start" });
  const [field] = fieldsBeside(target).filter((each) => each.matches(FIELDS));
  if (enter(emptyFields(target))) return;
  /* Never a button: whoever types on must not press it. */
  if (!field) target.tabIndex = -1;
  (field ?? target).focus({ preventScroll: true });
}

function open(element) {
  for (let each = element; each && each !== form; each = each.parentElement) {
    if (each.matches(".w-panel__content[hidden]")) {
      document.querySelector(`[aria-controls="${each.id}"]`)?.click();
    }
  }
}

class SideBySideActionsController extends window.StimulusModule.Controller {
  static targets = ["next"];

  connect() {
    form = this.element.querySelector("[data-edit-form]");
    store = document.getElementById("diptych-sources");
    notice = document.getElementById("diptych-session-notice");
  }

  /* Buttons */

  add({ currentTarget: button }) {
    const element = button.closest(".diptych-missing-block");
    return this.run(button, () => addBlock(element, button.dataset.add === "text"));
  }

  copy({ currentTarget: button }) {
    const panel = button.closest(".diptych-place");
    return this.run(button, () => (panel.dataset.block ? copyBlock(panel) : copyField(panel)));
  }

  remove({ currentTarget: button }) {
    return this.run(button, () => removeBlock(button.closest(".diptych-place")));
  }

  order({ currentTarget: button }) {
    const { column } = button.closest(".diptych-place").dataset;
    return this.run(button, () => followOrder(column));
  }

  /* The button of what is marked stays disabled. */
  mark({ currentTarget: button }) {
    try {
      mark(button);
    } catch {
      fail(button);
    }
  }

  next() {
    next();
  }

  async run(button, act) {
    button.disabled = true;
    try {
      await act();
    } catch {
      fail(button);
    }
    button.disabled = false;
  }

  /* Saving; on the window, where it is known whether the form is held back. */

  saving({ target, defaultPrevented, detail }) {
    if (target !== form || defaultPrevented) return;
    addPending(detail);
    sent = [...pending];
  }

  submitting({ target, defaultPrevented }) {
    if (target === form && !defaultPrevented) form.addEventListener("formdata", addPending, { once: true });
  }

  saved({ target }) {
    if (target === form) sent.forEach((entry) => pending.delete(entry));
  }

  failed({ target, detail }) {
    /* Not lost: it is sent after signing in again. */
    if (target !== form || detail.type in notice.dataset) return;
    if (pending.size) {
      document.querySelectorAll("[data-mark]:disabled").forEach((button) => {
        button.disabled = false;
        if (pending.has(entryOf(button))) fail(button);
      });
    }
    pending.clear();
  }

  /* Without an unfinished place in the form there is none to go to. */
  placed() {
    if (this.hasNextTarget) this.nextTarget.hidden = !unfinished().length;
  }

  arranged() {
    form.querySelectorAll(".w-panel__content[hidden] .diptych-place[data-due]").forEach(open);
  }
}

window.wagtail.app.register("diptych-side-by-side-actions", SideBySideActionsController);
