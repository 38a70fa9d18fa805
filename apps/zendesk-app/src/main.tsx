import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { Outside } from "./panels/notice.js";
import { languageOf } from "./texts/language.js";
import { SpokenLanguage } from "./texts/spoken.js";
import { followColorScheme, fitHeight } from "./zendesk/frame.js";
import { connect } from "./zendesk/sdk.js";

const client = connect();
if (client) {
  followColorScheme(client);
  fitHeight(client);
}
const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <main>
        {client ? (
          <App client={client} />
        ) : (
          <SpokenLanguage value={languageOf(navigator.language)}>
            <Outside />
          </SpokenLanguage>
        )}
      </main>
    </StrictMode>,
  );
}
