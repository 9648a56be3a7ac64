// Stands in for Tauri in a browser: commands go to the bridge, and its one event comes back.
(() => {
  const token = new URLSearchParams(location.search).get("token");
  const callbacks = new Map();
  const listeners = new Map();
  let next = 1;

  const call = async ({ name, args }) => {
    const answer = await fetch(`/call?token=${token}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name, args: args ?? {} }),
    });
    const body = await answer.json();
    if (!answer.ok) throw body;
    return body;
  };

  const commands = {
    call,
    "plugin:event|listen": async ({ event, handler }) => {
      listeners.set(next, { event, handler });
      return next++;
    },
    "plugin:event|unlisten": async ({ eventId }) => {
      listeners.delete(eventId);
    },
  };

  window.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: "main" }, currentWebview: { windowLabel: "main", label: "main" } },
    transformCallback(callback, once = false) {
      const id = next++;
      callbacks.set(id, (payload) => {
        if (once) callbacks.delete(id);
        callback?.(payload);
      });
      return id;
    },
    unregisterCallback(id) {
      callbacks.delete(id);
    },
    async invoke(command, args) {
      const run = commands[command];
      if (!run) throw `the page may not call ${command}`;
      return run(args);
    },
    convertFileSrc: (path) => path,
  };
  window.__TAURI_EVENT_PLUGIN_INTERNALS__ = {
    unregisterListener(_event, id) {
      listeners.delete(id);
    },
  };

  const changes = new EventSource(`/changed?token=${token}`);
  changes.onmessage = ({ data }) => {
    for (const [id, { event, handler }] of listeners) {
      if (event === "changed") callbacks.get(handler)?.({ event, id, payload: JSON.parse(data) });
    }
  };
})();
