import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mailKinds } from "#domain/messages/events.js";
import { mailVariables, type Variables } from "./variables.js";

const [, section = ""] = readFileSync("docs/mail.md", "utf8").split(/^## Variables$|^## Dates and times$/m);

it("docs/mail.md names every variable, and no other", () => {
  const all = mailKinds.flatMap((kind) => {
    const variables: Variables = mailVariables[kind];
    return Object.entries(variables).flatMap(([name, variable]) =>
      variable.type === "LIST" ? [name, ...Object.keys(variable.items)] : [name],
    );
  });
  const named = [...section.matchAll(/`([a-z][a-zA-Z.]+)`/g)].map(([, name]) => name);
  const beside = ["if", "mailVariables"];
  expect([...new Set(named)].filter((name) => !beside.includes(name ?? "")).sort()).toEqual([...new Set(all)].sort());
});
