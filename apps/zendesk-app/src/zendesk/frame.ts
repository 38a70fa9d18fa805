import { type ZendeskClient } from "./sdk.js";

/** Keeps the frame as high as what is in it: Zendesk's page gives it no scroll bar of its own. */
export const fitHeight = (client: ZendeskClient): void => {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // A place that cannot be resized says so: the frame then scrolls.
    client.invoke("resize", { width: "100%", height: `${height}px` }).catch(() => undefined);
  });
  observer.observe(document.documentElement);
};

/** Follows Zendesk's light or dark theme; where it says none, the system's. */
export const followColorScheme = (client: ZendeskClient): void => {
  const follow = (scheme: unknown): void => {
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset["colorScheme"] = scheme;
  };
  follow(new URLSearchParams(location.search).get("colorScheme"));
  client.on("colorScheme.changed", follow);
};
