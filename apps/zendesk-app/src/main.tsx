import "../../web/style/base.css";
import "./style.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { Outside } from "./panels/outside.js";
import { speechOf } from "../../web/texts/language.js";
import { SpeechContext } from "../../web/texts/speech.js";
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
          <SpeechContext value={speechOf([navigator.language])}>
            <Outside />
          </SpeechContext>
        )}
      </main>
    </StrictMode>,
  );
}
