import { useState } from "react";
import { Button } from "../../../web/components/button.js";
import { TextField } from "../../../web/components/fields.js";
import { useSay } from "../../../web/texts/speech.js";
import style from "./sign-in.module.css";
import { sessionTexts } from "./texts.js";

interface Choice {
  readonly id: string;
  readonly name: string;
}

interface Given {
  readonly providers: readonly Choice[];
  readonly choose: (id: string) => void;
}

/** More than these get a filter. */
const FEW = 8;

/** An operator with several providers picks the one that he works for now. */
export const ChooseProvider = ({ providers, choose }: Given) => {
  const say = useSay(sessionTexts);
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = providers.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <main className={style.outside}>
      <h1>{say("chooseProvider")}</h1>
      <p>{say("chooseProviderHint")}</p>
      {providers.length > FEW && (
        <TextField name="name" label={say("filterProviders")} type="search" value={typed} onChange={setTyped} />
      )}
      <ul className={style.providers}>
        {shown.map(({ id, name }) => (
          <li key={id}>
            <Button
              onPress={() => {
                choose(id);
              }}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p role="status">{say("noProviders")}</p>}
    </main>
  );
};
