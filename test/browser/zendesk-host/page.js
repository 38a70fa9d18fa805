// The page of Zendesk that shows an app in a frame, as far as the app can tell: Apps Framework v2. What is open is in
// `zendesk`, which specs change; what was said is in `heard` and `told`.
const frame = document.querySelector("iframe");
const appOrigin = new URL(frame.dataset.src).origin;

window.zendesk = JSON.parse(document.getElementById("open").textContent);
window.heard = [];
window.told = [];

const tell = (message) => {
  const text = JSON.stringify(message);
  window.told.push(text);
  frame.contentWindow.postMessage(text, appOrigin);
};

/** Something happened in Zendesk, e.g. `ticket.organization.changed`. */
window.happened = (event, message) => tell({ key: `zaf.${event}`, message });

/** Properties by path; one that the place does not have is an error of its own. */
const got = (paths) => {
  const result = { errors: {} };
  for (const path of paths) {
    if (path in window.zendesk.properties) result[path] = window.zendesk.properties[path];
    else result.errors[path] = { name: "Error", path, message: "No such Api" };
  }
  return result;
};

const invoked = (actions) => {
  const result = { errors: {} };
  for (const [action, [options]] of Object.entries(actions)) {
    if (action === "resize") frame.style.height = options.height;
    else result.errors[action] = { name: "Error", path: action, message: "No such Api" };
  }
  return result;
};

/** Zendesk's server sends it, and puts secure settings in; the answer comes back as jQuery tells it. */
const requested = async (key, options) => {
  const answer = await fetch("/proxy", { method: "POST", body: JSON.stringify(options) });
  const { status, statusText, responseText } = await answer.json();
  const isJson = responseText.startsWith("{");
  const told = { status, statusText, responseText, ...(isJson && { responseJSON: JSON.parse(responseText) }) };
  if (status >= 200 && status < 300) {
    tell({ key: `zaf.${key}.done`, message: { responseArgs: [told.responseJSON ?? responseText, "success", told] } });
  } else {
    tell({ key: `zaf.${key}.fail`, message: { responseArgs: [told, "error", statusText] } });
  }
};

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== appOrigin) return;
  window.heard.push(data);
  const { key, id, request, params, message, appGuid } = JSON.parse(data);
  if (appGuid !== window.zendesk.appGuid) return;
  const { metadata, context } = window.zendesk;
  if (key === "iframe.handshake") tell({ key: "zaf.app.registered", message: { metadata, context } });
  else if (request === "get") tell({ id, result: got(params) });
  else if (request === "invoke") tell({ id, result: invoked(params) });
  else if (id !== undefined) tell({ id, error: { name: "Error", message: `No such request: ${request}` } });
  else if (key.startsWith("request:")) void requested(key, message);
});

// Opened once it is listened to.
frame.src = frame.dataset.src;
