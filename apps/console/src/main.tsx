import "../../web/style/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Console } from "./console.js";
import { arrive } from "./session/arrival.js";

// First of all: what the address holds is nobody else's.
const arrival = arrive();
// An address with another token was opened in this window.
addEventListener("hashchange", () => {
  location.reload();
});
const root = document.getElementById("console");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Console arrival={arrival} />
    </StrictMode>,
  );
}
