/* The worker of the journal, for reading without a connection. While the network answers, readers
   get what it answers. Where it does not, they get the copy of an article that they have read, or a
   page that lists these copies.

   What is stored is asked for without cookies, so it is what any visitor may read, and each page
   has a cache of its own with all its files: deleting that is all there is to taking it down.

   JOURNAL, which precedes this, has by language the address of the page for when there is no
   connection (`page`), the one by which readers choose the language (`choice`), and how dates are
   written (`dates`). */

const HOUR = 3_600_000;
/* A copy that could not be checked for so long is deleted, the pages for readers without a
   connection too: their menus name pages that may have been taken down. */
const LONGEST_UNCHECKED = 7 * 24 * HOUR;
const MOST_ARTICLES = 10;
/* The size of a picture or another file, in bytes, and how long an answer is waited for. */
const LARGEST_FILE = 1_000_000;
const LONGEST_WAIT = 30_000;
/* Answers that say nothing of the page. With the first, nothing else is asked for, either. */
const isUnavailable = ({ status }) => [429, 502, 503, 504].includes(status);
const isError = ({ status }) => status >= 500;
const isMissing = ({ status }) => status === 404 || status === 410;
const KIND_OF_FILE = /^(?:font\/|image\/|text\/css|text\/javascript|application\/javascript)/;

const SCOPE = new URL(registration.scope).pathname;
const PREFIX = `diptych-offline:${SCOPE}:`;
/* The key in the cache of a page for what is known of the copy. No page has this address. */
const ENTRY = `${SCOPE}offline-entry.json`;
const PAGES = Object.values(JOURNAL).map(({ page }) => page);
const CHOICES = Object.values(JOURNAL).map(({ choice }) => choice);

/* What is stored. An entry has the `address` of a page, a path; its `title` and `language`, for
   articles; its `etag`; and when it was `stored`, last `checked` and last `read`. */

const nameOf = (address) => PREFIX + address;
const forget = (address) => caches.delete(nameOf(address));

const ownNames = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

/* A time in the future is that of a clock that has been put right since. */
const isWithin = (duration, time) => Math.abs(Date.now() - time) <= duration;

/* The entry of a page, if there is a copy that may still be shown. */
const entryOf = async (address) => {
  const stored = await caches.match(ENTRY, { cacheName: nameOf(address) });
  const entry = await stored?.json();
  if (entry && !isWithin(LONGEST_UNCHECKED, entry.checked)) {
    await forget(address);
    return undefined;
  }
  return entry;
};

const writeEntry = async (entry) => {
  const cache = await caches.open(nameOf(entry.address));
  await cache.put(ENTRY, new Response(JSON.stringify(entry)));
};

const storedAddresses = async () => (await ownNames()).map((name) => name.slice(PREFIX.length));

/* The entries of all articles, the one that was read last first. */
const articles = async () => {
  const addresses = (await storedAddresses()).filter((address) => !PAGES.includes(address));
  const entries = await Promise.all(addresses.map(entryOf));
  return entries.filter(Boolean).sort((one, other) => other.read - one.read);
};

/* Changes are made one after the other, and none once the worker is uninstalled. Where the browser
   has no room or stores nothing, reading goes on without. */
let changes = Promise.resolve();
let isUninstalled = false;
const enqueue = (change) => {
  changes = changes.then(() => isUninstalled || change()).catch(() => {});
  return changes;
};

const uninstall = async () => {
  isUninstalled = true;
  await Promise.all((await ownNames()).map((name) => caches.delete(name)));
  await registration.unregister();
};

/* The answer as it is stored: its content is not compressed any more. */
const copyOf = (content, answer) => {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(content, { headers });
};

/* Files of a page */

const TAG = /<(?:link|script|img)\b[^>]*>/g;
const NEEDED_LINK = /\brel="(?:stylesheet|preload|icon)"/;

const isNeeded = (tag, withImages) =>
  tag.startsWith("<script") ||
  (tag.startsWith("<img") && withImages) ||
  (tag.startsWith("<link") && NEEDED_LINK.test(tag));

/* The files that the HTML of a page names. Of an article, a browser tells which pictures it has
   chosen among several sizes. */
const namedFiles = (html, withImages) =>
  (html.match(TAG) ?? [])
    .filter((tag) => isNeeded(tag, withImages))
    .map((tag) => tag.match(/\b(?:href|src)="([^"]+)"/)?.[1])
    .filter(Boolean);

const fetchFile = async (address) => {
  const answer = await fetch(address, {
    credentials: "omit",
    signal: AbortSignal.timeout(LONGEST_WAIT),
  });
  const isFile = answer.ok && !answer.redirected && answer.type === "basic";
  if (!isFile || !KIND_OF_FILE.test(answer.headers.get("Content-Type") ?? "")) {
    return null;
  }
  const content = await answer.blob();
  return content.size <= LARGEST_FILE ? copyOf(content, answer) : null;
};

/* Add what is missing of `files`; one that cannot be had is left out. */
const addFiles = async (cache, files) => {
  const add = async (file) => {
    const isOwn = new URL(file, location.href).origin === location.origin;
    if (isOwn && !(await cache.match(file, { ignoreVary: true }))) {
      const answer = await fetchFile(file);
      await (answer && cache.put(file, answer));
    }
  };
  await Promise.allSettled(files.map(add));
};

/* Delete the files of a copy that its page named before and does not name any more. */
const dropOldFiles = async (cache, address, html) => {
  const earlier = (await (await cache.match(address))?.text()) ?? "";
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  const isOld = (path) => path !== address && earlier.includes(path) && !html.includes(path);
  await Promise.all(paths.filter(isOld).map((path) => cache.delete(path)));
};

/* Asking for a page, and storing it */

/* The answer that a visitor without any cookie gets, not from a cache of the browser; `null`
   without a connection. */
const fetchPage = async (address, etag) => {
  try {
    return await fetch(address, {
      cache: "no-store",
      credentials: "omit",
      headers: etag ? { "If-None-Match": etag } : {},
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
  } catch {
    return null;
  }
};

/* Whether headers allow a copy; the page itself has to say that it may be stored, too. */
const isStorable = ({ headers, status, type }) =>
  status === 200 &&
  type === "basic" &&
  (headers.get("Content-Type") ?? "").startsWith("text/html") &&
  !/\b(?:private|no-store)\b/i.test(headers.get("Cache-Control") ?? "");

/* The value of an attribute of a page for this worker, escaped as it is in HTML. */
const attribute = (html, name) => html.match(new RegExp(`\\sdata-offline-${name}="([^"]*)"`))?.[1];

/* Store what has been answered, unless the page does not say that it may be stored. */
const store = async (address, answer, earlier) => {
  const html = await answer.text();
  const language = attribute(html, "language");
  if (!(language in JOURNAL)) {
    return forget(address);
  }
  const now = Date.now();
  const dates = { stored: now, checked: now, read: earlier?.read ?? now };
  const etag = answer.headers.get("ETag");
  const entry = { address, title: attribute(html, "title"), language, etag, ...dates };
  try {
    await write(entry, html, answer);
  } catch (failure) {
    await forget(address);
    throw failure;
  }
};

const write = async (entry, html, answer) => {
  const { address } = entry;
  const cache = await caches.open(nameOf(address));
  await dropOldFiles(cache, address, html);
  await cache.put(address, copyOf(html, answer));
  await addFiles(cache, namedFiles(html, PAGES.includes(address)));
  await writeEntry(entry);
};

/* Whether the site has no worker any more. While it has one, its address answers. */
const isWithoutWorker = async () => {
  const answer = await fetchPage(location.pathname);
  return answer !== null && isMissing(answer);
};

/* When an address last answered, for those of which nothing is stored. */
const answered = new Map();

/* Ask for a page, then store it, keep the copy or delete it. Whether to ask for others. */
const renew = async (address) => {
  const entry = await entryOf(address);
  const answer = await fetchPage(address, entry?.etag);
  if (answer === null || isUnavailable(answer)) {
    return false;
  }
  answered.set(address, Date.now());
  if (answer.status === 304 && entry) {
    await writeEntry({ ...entry, checked: Date.now() });
  } else if (isStorable(answer)) {
    await store(address, answer, entry);
  } else if (!isError(answer)) {
    await forget(address);
    if (PAGES.includes(address) && isMissing(answer) && (await isWithoutWorker())) {
      await uninstall();
    }
  }
  return !isUninstalled;
};

/* Ask for what has not been checked within the last hour. */
const renewDue = async () => {
  for (const address of new Set([...PAGES, ...(await storedAddresses())])) {
    const checked = (await entryOf(address))?.checked ?? answered.get(address) ?? 0;
    if (!isWithin(HOUR, checked) && !(await renew(address))) {
      return;
    }
  }
};

/* After the journal has answered at an address, perhaps to somebody who is signed in. */
const revalidate = async (address) => {
  if (!(await entryOf(address)) || (await renew(address))) {
    await renewDue();
  }
};

/* Delete what a worker before this one has stored in languages that the journal has no more. */
const dropOtherLanguages = async () => {
  for (const address of await storedAddresses()) {
    const entry = await entryOf(address);
    const isArticle = entry?.title && entry.language in JOURNAL;
    if (!isArticle && !PAGES.includes(address)) {
      await forget(address);
    }
  }
};

/* Reading */

const markAsRead = async (address) => {
  if (!(await entryOf(address))) {
    await renew(address);
  }
  const entry = await entryOf(address);
  if (entry) {
    await writeEntry({ ...entry, read: Date.now() });
    const others = (await articles()).slice(MOST_ARTICLES);
    await Promise.all(others.map((each) => forget(each.address)));
  }
};

const addLoadedFiles = async (address, files) => {
  if (await entryOf(address)) {
    await addFiles(await caches.open(nameOf(address)), files);
  }
};

/* A date in words, as the journal writes it. */
const inWords = (time, language) => {
  const date = new Date(time);
  const { first, other } = JOURNAL[language].dates;
  const words = (date.getDate() === 1 ? first : other)[date.getMonth()];
  return words.replace("{day}", date.getDate()).replace("{year}", date.getFullYear());
};

const articlesIn = async (wanted) =>
  (await articles())
    .filter(({ language }) => language === wanted)
    .map(({ address, title, stored }) => ({ address, title, date: inWords(stored, wanted) }));

/* Answering without a connection */

/* Show, above the text of a copy, that it is one, and of when. */
const withNotice = (html, { language, stored }) =>
  html.replace(
    /\shidden data-offline-notice="([^"]*)"([^>]*)>/,
    (_whole, notice, rest) => `${rest}>${notice.replace("{date}", inWords(stored, language))}`,
  );

const storedPage = async (address) => {
  const entry = await entryOf(address);
  const stored = entry && (await caches.match(address, { cacheName: nameOf(address) }));
  return stored && copyOf(withNotice(await stored.text(), entry), stored);
};

/* The page for an address that is not stored, in its language; `undefined` outside the journal. At
   the root, where no address says one, it is that of the browser. */
const pageFor = (address) => {
  if (address === SCOPE && !PAGES.includes(`${SCOPE}offline.html`)) {
    return (JOURNAL[navigator.language.split("-")[0]] ?? Object.values(JOURNAL)[0]).page;
  }
  const homeOf = (page) => page.slice(0, -"offline.html".length);
  const above = PAGES.filter((page) => `${address}/`.startsWith(homeOf(page)));
  return above.sort((one, other) => other.length - one.length)[0];
};

/* Where the site sends readers who choose a language, of itself. */
const addressChosen = ({ pathname, searchParams }) => {
  const { page } = Object.values(JOURNAL).find(({ choice }) => choice === pathname);
  const next = new URL(searchParams.get("next") || page, location.href);
  return next.origin === location.origin ? next : new URL(page, location.href);
};

/* The windows that show a copy, whose files come from the store. */
const windowsOfCopies = new Set();

const answerWithout = async (url, windowId, failure) => {
  const { pathname } = url;
  if (CHOICES.includes(pathname)) {
    return Response.redirect(addressChosen(url));
  }
  for (const address of [pathname, `${pathname}/`, pageFor(pathname)]) {
    const answer = await storedPage(address);
    if (answer) {
      windowsOfCopies.add(windowId);
      return answer;
    }
  }
  throw failure;
};

const answerPage = async (event) => {
  const url = new URL(event.request.url);
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (failure) {
    return answerWithout(url, event.resultingClientId, failure);
  }
  event.waitUntil(enqueue(() => revalidate(url.pathname)));
  return answer;
};

const FIGURE = /<figure\b.*?<\/figure>/gs;

/* A stored size of a picture whose figure has the file that is wanted in another size. */
const otherSize = async (path) => {
  for (const { address } of await articles()) {
    const cache = await caches.open(nameOf(address));
    const html = await (await cache.match(address))?.text();
    const figure = html?.match(FIGURE)?.find((each) => each.includes(path));
    const stored = (await cache.keys()).find(({ url }) => figure?.includes(new URL(url).pathname));
    if (stored) {
      return cache.match(stored);
    }
  }
  return undefined;
};

const answerFile = async (request) => {
  for (const cacheName of await ownNames()) {
    const found = await caches.match(request, { cacheName, ignoreVary: true });
    if (found) {
      return found;
    }
  }
  const isPicture = request.destination === "image";
  return (isPicture && (await otherSize(new URL(request.url).pathname))) || fetch(request);
};

/* Without a connection every window shows a copy: a worker that was stopped has no list of them. */
const isOfCopy = ({ clientId }) => windowsOfCopies.has(clientId) || !navigator.onLine;

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) {
    return;
  }
  if (mode !== "navigate") {
    if (isOfCopy(event)) {
      event.respondWith(answerFile(event.request));
    }
  } else if (CHOICES.includes(pathname) || pageFor(pathname)) {
    event.respondWith(answerPage(event));
  }
});

/* Pages tell what is read on them, and ask for the list. */
const answerTo = {
  read: (address) => enqueue(() => markAsRead(address)),
  loaded: (address, { files }) => enqueue(() => addLoadedFiles(address, files)),
  list: async (_address, { language }, [port]) => port.postMessage(await articlesIn(language)),
};

addEventListener("message", (event) => {
  if (event.source) {
    const address = new URL(event.source.url).pathname;
    event.waitUntil(answerTo[event.data?.kind]?.(address, event.data, event.ports));
  }
});

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(enqueue(renewDue));
});

const begin = async () => {
  await enqueue(dropOtherLanguages);
  await clients.claim();
};

addEventListener("activate", (event) => event.waitUntil(begin()));
