/*
 * The Enter key in an input presses no button of a form whose data readers may see.
 *
 * Browsers press the first submit button of the form. That is one that does nothing: forms of ours
 * have it from the server, with the method "dialog", by which nothing is sent; those that Wagtail
 * renders get it now. Scripts that listen to a form are not to take it for a button that saves.
 */
(() => {
  const METHOD = "dialog";
  const lacksButton = (form) => ![...form.elements].some((each) => each.formMethod === METHOD);

  function addButton(form) {
    const button = document.createElement("button");
    Object.assign(button, { formMethod: METHOD, hidden: true });
    form.prepend(button);
    return button;
  }

  class DefaultButtonController extends window.StimulusModule.Controller {
    connect() {
      const forms = [...document.querySelectorAll("[data-edit-form]")];
      this.added = forms.filter(lacksButton).map(addButton);
    }

    disconnect() {
      this.added.forEach((each) => each.remove());
    }

    ignore(event) {
      if (event.target.matches?.(`button[formmethod='${METHOD}']`)) event.preventDefault();
    }
  }

  window.wagtail.app.register("diptych-default-button", DefaultButtonController);
})();
