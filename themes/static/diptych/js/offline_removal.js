/* The journal keeps nothing for reading without a connection any more: this takes the place of its
   worker, deletes what that has stored, and leaves. */
const PREFIX = `diptych-offline:${new URL(registration.scope).pathname}:`;

const uninstall = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await registration.unregister();
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(uninstall()));
