/*
 * Nothing that is typed in a form of the admin is lost on its way to the server.
 *
 * Wagtail sends the data of a form and, when the answer comes, counts the data of that moment as
 * saved: edits made in between are sent as well. Edits made before Wagtail has recorded the initial
 * data of a form count as changes, too.
 *
 * A button waits for an automatic save under way, which may give the form another address: a new
 * page would be made twice, and a draft could arrive after the publication. Then it asks whether
 * the session lives. If not, the page stays, with a notice, and goes on with the new session's token.
 *
 * A script that will change the form when an answer comes dispatches `diptych:pending` on it, with a
 * promise as its detail. Buttons wait for that, too; the page stays where the promise says `true`:
 * there is something new to read on it.
 *
 * Listens to the events w-autosave:*, w-unsaved:* and w-swap:*; read in Wagtail 8.0.1.
 */
(() => {
  const FORM = "[data-edit-form]";
  const notice = document.getElementById("diptych-session-notice");
  const STEPS = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"]
    .map((name) => `input[type="hidden"][name="${name}"]`)
    .join();
  const WITHOUT_LINK = ["stillSaving", "toRead", "tooLarge"];
  const PATIENCE = 10_000;
  /* As long as Wagtail's own buttons count as pressed. */
  const LEAVING = 30_000;

  let form = null;
  let sent = null;
  let underWay = null;
  const pending = new Set();
  let endUnderWay = () => {};
  let isMissed = false;
  let isRefused = false;
  let isOvertaken = false;
  let isHeld = false;
  let isLetThrough = false;
  let pressed = [];
  let steps = [];
  let leaving = null;
  let isSecondTry = false;

  function changed() {
    isMissed = false;
    form.dispatchEvent(
      new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }),
    );
  }

  /* The first two seconds */

  let isWatched = false;
  let isTyped = false;

  function typed({ target, isTrusted }) {
    const isField = (target.name || target.isContentEditable) && target.closest(FORM);
    if (isTrusted && isField && !isWatched) isTyped = true;
  }

  /* Automatic saves */

  /* The data that users enter in a form, without the fields that the server's answers set. */
  function written(data, answer) {
    const own = new Set(["csrfmiddlewaretoken", "next", "overwrite_revision_id"]);
    Object.keys(answer?.field_updates ?? {}).forEach((name) => own.add(name));
    const entries = [...data].filter(([name]) => !own.has(name) && !name.startsWith("loaded_revision"));
    return JSON.stringify(entries.map(([name, value]) => [name, value.name ?? value]));
  }

  function ended() {
    sent = null;
    underWay = null;
    endUnderWay();
  }

  async function settled() {
    await underWay;
    let isChanged = false;
    while (pending.size) {
      isChanged = (await Promise.all(pending)).includes(true) || isChanged;
    }
    return isChanged ? "toRead" : null;
  }

  /* Changes by others are fetched every few seconds. An answer overtaken by this form's own save
     reports it as that of another window; the next answer does not. */
  const OTHERS = "w-editing-sessions";
  /* Data that the server would refuse are not sent: the page would be gone with the text in it.
     Counted as in admin/post_limits.py, and by Django, which counts two bytes beside each field.
     Data that the server has refused nevertheless are sent by no button before they have shrunk. */
  const limits = JSON.parse(notice.dataset.limits);
  const isAbove = (name, count) => count > (limits[name] ?? Infinity);
  const sum = (list, size) => list.reduce((total, each) => total + size(each), 0);
  const bytes = (text) => new TextEncoder().encode(text).length;

  function isTooLarge(data) {
    const fields = [...data]
      .filter(([, value]) => typeof value === "string")
      .map(([name, value]) => [name, value.replace(/\r\n?|\n/g, "\r\n")]);
    const claimed = fields.filter(([name]) => name.endsWith("-TOTAL_FORMS"));
    const lines = fields.flatMap(([, value]) => linesOf(value));
    return (
      isAbove("fields", fields.length) ||
      isAbove("characters", sum(fields, ([, value]) => value.length)) ||
      isAbove("bytes", sum(fields, ([name, value]) => bytes(name) + bytes(value) + 2)) ||
      isAbove("rows", sum(claimed, ([, value]) => Number(value) || 0)) ||
      isAbove("lines", lines.length) ||
      isAbove("pairs", sum(lines, pairsOf)) ||
      lines.some(({ depth }) => isAbove("depth", depth))
    );
  }

  /* The lines of a rich text, as Draft.js stores them. */
  function linesOf(value) {
    if (!value.trimStart().startsWith("{")) return [];
    try {
      const { blocks } = JSON.parse(value);
      return Array.isArray(blocks) ? blocks.filter((line) => line && typeof line === "object") : [];
    } catch {
      return [];
    }
  }

  function pairsOf({ inlineStyleRanges, entityRanges }) {
    const passages = (inlineStyleRanges?.length ?? 0) + (entityRanges?.length ?? 0);
    return passages > limits.fewPassages ? passages ** 2 : 0;
  }

  /* Buttons */

  /* The last button counts. The steps of a workflow leave their names in the form, where another
     button would obey them. */
  function obey(button) {
    steps.forEach((each) => each.remove());
    steps = [...form.querySelectorAll(STEPS)];
    pressed.push(button);
  }

  async function hold() {
    isHeld = true;
    const fault = (await Promise.race([settled(), tooLong()])) ?? tooLarge() ?? (await look());
    isHeld = false;
    const buttons = pressed;
    pressed = [];
    if (fault) {
      refuse(buttons, fault);
    } else {
      press(buttons.at(-1));
    }
  }

  const tooLarge = () => (isRefused || isTooLarge(new FormData(form)) ? "tooLarge" : null);

  /* To post the form now could cross the save. */
  const tooLong = () => new Promise((resolve) => setTimeout(resolve, LEAVING, "stillSaving"));

  /* A button that is at work is disabled, and one of a menu that has closed is not there: its
     name would not be sent, and what was to be published only saved. */
  function press(button) {
    const isThere = button?.isConnected;
    const standIn = document.createElement("input");
    const isDisabled = button?.disabled;
    if (isThere) {
      button.disabled = false;
    } else if (button?.name) {
      Object.assign(standIn, { type: "hidden", name: button.name, value: button.value });
      form.append(standIn);
    }
    isLetThrough = true;
    form.requestSubmit(isThere ? button : null);
    isLetThrough = false;
    standIn.remove();
    if (isThere) button.disabled = isDisabled;
    if (!leaving) stay();
  }

  function refuse(buttons, fault) {
    form.querySelectorAll(STEPS).forEach((each) => each.remove());
    buttons
      .filter((each) => each.matches("[data-controller~='w-progress']"))
      .forEach((each) => each.setAttribute("data-w-progress-loading-value", "false"));
    tell(fault);
    if (isMissed) changed();
  }

  function stay() {
    clearTimeout(leaving);
    leaving = null;
    if (isMissed) changed();
  }

  /* The session */

  let person = null;
  let shut = "";

  /* Why this person cannot save now, as a key of the notice's texts; "" where it is not known.
     Only the first answer tells whose form it is: the token of a form that may be anybody's stays,
     and Django refuses it where somebody else has signed in. */
  async function faultOfSession(isFirst) {
    try {
      const answer = await fetch(notice.dataset.url, {
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return "signedOut";
      if (!answer.ok) return "";
      const found = await answer.json();
      if (isFirst) person = found.person;
      if (person === null) return "";
      if (found.person !== person) return "somebodyElse";
      renew(found.token);
    } catch {
      return "";
    }
    return "";
  }

  function renew(token) {
    window.wagtailConfig.CSRF_TOKEN = token;
    document.querySelectorAll("input[name='csrfmiddlewaretoken']").forEach((field) => {
      field.value = token;
    });
  }

  async function look(isFirst = false) {
    const fault = await faultOfSession(isFirst);
    const before = shut;
    shut = fault;
    if (fault && fault !== before) tell(fault);
    if (!fault && before) goOn();
    return fault;
  }

  /* Once, as the token may have been an old one. */
  async function tryAgain() {
    const wasSecondTry = isSecondTry;
    isSecondTry = true;
    if (!(await look()) && !wasSecondTry) changed();
  }

  /* Wagtail's own message at the foot of the form, and its mark of automatic saving. */
  function tell(fault) {
    const messages = form.querySelector("[data-controller~='w-messages']");
    if (messages && notice.parentElement !== messages) messages.append(notice);
    const detail = { type: fault, text: notice.dataset[fault] };
    notice.dataset.type = fault;
    notice.content.querySelector("a").hidden = WITHOUT_LINK.includes(fault);
    form.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail }));
  }

  function goOn() {
    form.dispatchEvent(new CustomEvent("w-unsaved:clear", { bubbles: true }));
    const mark = document.getElementById("w-autosave-indicator");
    mark?.setAttribute("data-w-autosave-state-value", "idle");
    const { wUnsavedHasEditsValue, wUnsavedHasCommentsValue } = form.dataset;
    if (isMissed || [wUnsavedHasEditsValue, wUnsavedHasCommentsValue].includes("true")) changed();
  }

  class SavingController extends window.StimulusModule.Controller {
    /* What is typed before controllers are connected counts. Rich text sends an event before an
       input, and none afterwards. */
    static afterLoad() {
      document.addEventListener("beforeinput", typed, true);
      document.addEventListener("input", typed, true);
    }

    connect() {
      form = document.querySelector(FORM);
      if (!form) return;
      /* As automatic saves are sent: any other encoding takes up to three times the bytes. */
      form.enctype = "multipart/form-data";
      look(true);
    }

    disconnect() {
      clearTimeout(leaving);
    }

    watched({ target }) {
      if (target !== form) return;
      if (isTyped && !isWatched) {
        form.dataset.wUnsavedForceValue = "true";
        form.dataset.wUnsavedHasEditsValue = "true";
      }
      isWatched = true;
    }

    saving(event) {
      if (event.target !== form || event.defaultPrevented) return;
      if (isHeld || leaving || shut) {
        event.preventDefault();
        isMissed = true;
        if (shut) tell(shut);
        return;
      }
      if (isTooLarge(event.detail.formData)) {
        event.preventDefault();
        isMissed = true;
        tell("tooLarge");
        return;
      }
      isMissed = false;
      isRefused = false;
      isOvertaken = true;
      sent = event.detail.formData;
      underWay = new Promise((resolve) => {
        endUnderWay = resolve;
      });
    }

    saved({ target, detail }) {
      if (target !== form) return;
      const before = sent;
      isSecondTry = false;
      ended();
      if (isHeld || !before) return;
      if (written(before, detail.response) !== written(new FormData(form), detail.response)) changed();
    }

    failed({ target, detail }) {
      if (target !== form || detail.type in notice.dataset) return;
      ended();
      isRefused = detail.response?.error_code === "too_large";
      if (isRefused) {
        isMissed = true;
        /* After Wagtail's own message of this event. */
        queueMicrotask(() => tell("tooLarge"));
        return;
      }
      if (shut) tell(shut);
      if (detail.type === "server_error" && !isHeld) tryAgain();
    }

    waitFor({ target, detail }) {
      if (target !== form) return;
      const work = detail.catch(() => false).finally(() => pending.delete(work));
      pending.add(work);
    }

    askedAboutOthers({ target }) {
      if (target.id === OTHERS) isOvertaken = Boolean(underWay);
    }

    toldAboutOthers({ target }) {
      const wrong = target.id === OTHERS && isOvertaken ? target.querySelectorAll("template") : [];
      wrong.forEach((each) => each.remove());
    }

    submitted(event) {
      if (event.target !== form || isLetThrough) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.submitter) obey(event.submitter);
      if (!isHeld) hold();
    }

    leave({ target, defaultPrevented }) {
      if (target !== form || defaultPrevented) return;
      clearTimeout(leaving);
      leaving = setTimeout(stay, LEAVING);
    }

    stay() {
      stay();
    }

    /* Meanwhile nothing is sent, and the message stays. */
    holdBack(event) {
      if (event.target !== form || !shut) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      isMissed ||= event.type === "w-unsaved:add";
    }

    refused({ detail }) {
      if (form && !shut && [401, 403].includes(detail?.error?.status)) look();
    }

    lookAgain() {
      if (shut && document.visibilityState === "visible") look();
    }

    focused() {
      if (shut) look();
    }
  }

  window.wagtail.app.register("diptych-saving", SavingController);
})();
