/*
 * The Enter key in an input presses no button of a form whose data readers may see.
 *
 * Browsers press the first submit button of the form. That is one that does nothing: forms of ours
 * have it from the server, with the method "dialog", by which nothing is sent; those that Wagtail
 * renders get it now. Scripts that listen to a form are not to take it for a button that saves.
 */
(function () {
  const METHOD = "dialog";

  document.addEventListener(
    "click",
    (event) => {
      if (event.target.matches?.(`button[formmethod='${METHOD}']`)) event.preventDefault();
    },
    true,
  );

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-edit-form]").forEach((form) => {
      if ([...form.elements].some((each) => each.formMethod === METHOD)) return;
      const button = document.createElement("button");
      Object.assign(button, { formMethod: METHOD, hidden: true });
      form.prepend(button);
    });
  });
})();
