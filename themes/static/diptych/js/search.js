/* What a search may become, below the field while a reader types. Without scripts, and where the
   journal has no answer, the field is a plain one: what was typed can be sent as it is. */
(() => {
  const field = document.querySelector("[data-suggestions]");
  const list = document.getElementById("search-suggestions");
  const status = document.getElementById("search-suggestions-count");
  if (!field || !list || !status) {
    return;
  }

  /* Milliseconds without a key before the journal is asked. */
  const PAUSE = 150;
  let timer;
  let request;
  /* What the reader typed, which comes back when they leave the list by its ends. */
  let typed = field.value;
  let chosen = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("autocomplete", "off");

  const cancelRequest = () => {
    clearTimeout(timer);
    request?.abort();
  };

  const close = () => {
    cancelRequest();
    list.hidden = true;
    chosen = -1;
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const optionOf = (text, number) => {
    const option = document.createElement("li");
    option.id = `search-suggestion-${number}`;
    option.className = "search-form__suggestion";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dir = "auto";
    option.textContent = text;
    return option;
  };

  const show = ({ suggestions, count }) => {
    if (!suggestions.length || document.activeElement !== field) {
      close();
      return;
    }
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.replaceChildren(...suggestions.map(optionOf));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    status.textContent = count;
  };

  const ask = async () => {
    request = new AbortController();
    const { signal } = request;
    const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
    try {
      const response = await fetch(address, { signal });
      const answer = response.ok ? await response.json() : { suggestions: [] };
      if (!signal.aborted) {
        show(answer);
      }
    } catch {
      if (!signal.aborted) {
        close();
      }
    }
  };

  /* Mark a suggestion and put it into the field; none for a number beyond either end. */
  const choose = (number) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = number >= 0 && number < list.children.length ? number : -1;
    const option = list.children[chosen];
    field.value = option ? option.textContent : typed;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  field.addEventListener("input", (event) => {
    typed = field.value;
    cancelRequest();
    if (!event.isComposing && typed.trim().length > 1) {
      timer = setTimeout(ask, PAUSE);
    } else {
      close();
    }
  });

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown") {
      event.preventDefault();
      choose(chosen + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      choose(-1);
      close();
    }
  });

  /* The field keeps the focus while a suggestion is pressed. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      field.value = option.textContent;
      close();
      field.form.requestSubmit();
    }
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", cancelRequest);
})();
