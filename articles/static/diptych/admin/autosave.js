/*
 * Nothing typed while a page saves itself is taken for saved.
 *
 * Wagtail sends what a form holds and, when the answer comes, counts all that the form holds by
 * then as saved. What was written in between would stay in the window only: it is sent as well.
 * A button that is pressed in between waits for the answer, which may give the form another
 * address: a new page would be made twice, and a draft could arrive after the publication.
 */
(function () {
  const sent = new WeakMap();
  const pressed = new WeakMap();

  /* What somebody can write in a form; the server's own fields, set by its answers, are not. */
  function written(data, answer) {
    const own = new Set(["csrfmiddlewaretoken", "next", "overwrite_revision_id"]);
    Object.keys(answer?.field_updates ?? {}).forEach((name) => own.add(name));
    const entries = [...data].filter(([name]) => !own.has(name) && !name.startsWith("loaded_revision"));
    return JSON.stringify(entries.map(([name, value]) => [name, value.name ?? value]));
  }

  function ended(form) {
    sent.delete(form);
    if (!pressed.has(form)) return;
    const button = pressed.get(form);
    pressed.delete(form);
    form.requestSubmit(button?.isConnected ? button : null);
  }

  document.addEventListener("w-autosave:save", ({ target, detail, defaultPrevented }) => {
    if (!defaultPrevented) sent.set(target, detail.formData);
  });

  document.addEventListener("w-autosave:success", ({ target, detail }) => {
    const answer = detail.response;
    const before = sent.get(target);
    const waits = pressed.has(target);
    ended(target);
    if (waits || !before) return;
    if (written(before, answer) === written(new FormData(target), answer)) return;
    target.dispatchEvent(
      new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }),
    );
  });

  document.addEventListener("w-autosave:error", ({ target }) => ended(target));

  document.addEventListener(
    "submit",
    (event) => {
      if (!sent.has(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed.set(event.target, event.submitter);
    },
    true,
  );
})();
