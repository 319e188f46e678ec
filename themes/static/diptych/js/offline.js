/* Reading without a connection: brings in the worker that stores articles, tells it which one is
   read and with which files, and lists what is stored on the page for when there is no connection.
   Where the browser has no workers or stores nothing, pages are as they were. */
(() => {
  const { worker: address } = document.currentScript.dataset;
  const article = document.querySelector("[data-offline-title]");
  const list = document.querySelector("[data-offline-list]");
  /* What asks for files that are stored: no recordings, and nothing that scripts ask for. */
  const STORED = ["css", "img", "link", "script"];

  const tellReading = (worker) => {
    worker.postMessage({ kind: "read" });
    const tellFiles = (loaded) => {
      const files = loaded.getEntries().filter(({ initiatorType }) => STORED.includes(initiatorType));
      worker.postMessage({ kind: "loaded", files: files.map(({ name }) => name) });
    };
    new PerformanceObserver(tellFiles).observe({ type: "resource", buffered: true });
  };

  /* The headline comes as it is written in HTML. */
  const textOf = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  const itemOf = ({ address: href, title, date }) => {
    const item = list.querySelector("template").content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = href;
    link.textContent = textOf(title);
    const stored = item.querySelector("[data-offline-stored]");
    stored.textContent = stored.dataset.offlineStored.replace("{date}", date);
    return item;
  };

  const show = (articles) => {
    list.querySelector("ul").append(...articles.map(itemOf));
    list.hidden = !articles.length;
    document.querySelector("[data-offline-nothing]").hidden = articles.length > 0;
  };

  const askForList = (worker) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => show(data);
    worker.postMessage({ kind: "list", language: list.dataset.offlineLanguage }, [port2]);
  };

  const start = async () => {
    try {
      await navigator.serviceWorker.register(address);
      const { active } = await navigator.serviceWorker.ready;
      if (article) {
        tellReading(active);
      } else if (list) {
        askForList(active);
      }
    } catch {
      /* A private window, or no room. */
    }
  };

  if (navigator.serviceWorker) {
    addEventListener("load", start);
  }
})();
