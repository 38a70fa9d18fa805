import { useNavigate, useSearch } from "@tanstack/react-router";
import { SelectField, TextField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Filters } from "../../frame/filters.js";
import { Page } from "../../frame/page.js";
import { useTypedFilter } from "../../frame/typed-filter.js";
import { Aliases } from "./aliases.js";
import { Everything } from "./everything.js";
import { MATCHES, readSearchSearch, type SearchSearch } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 2: whatever a text names, or the account ids and aliases that match it in one way. */
export const SearchPage = () => {
  const say = useSay({ en, it });
  const { text = "", match } = useSearch({ from: "/search" });
  const navigate = useNavigate({ from: "/search" });
  const change = (changes: Partial<SearchSearch>): void => {
    void navigate({ search: (before) => readSearchSearch({ ...before, ...changes }), replace: true });
  };
  const [typed, setTyped] = useTypedFilter(text, (value) => {
    change({ text: value });
  });
  return (
    <Page title={say("title")}>
      <Filters label={say("filters")}>
        <TextField
          name="text"
          type="search"
          label={say("text")}
          hint={say("textHint")}
          value={typed}
          onChange={setTyped}
        />
        <SelectField
          name="match"
          label={say("match")}
          value={match ?? ""}
          none={say("everything")}
          choices={MATCHES.map((value) => ({ value, text: say(value) }))}
          onChange={(value) => {
            change(readSearchSearch({ text, match: value }));
          }}
        />
      </Filters>
      {text === "" ? (
        <Notice title={say("type")} />
      ) : match === undefined ? (
        <Everything text={text} />
      ) : (
        <Aliases text={text} match={match} />
      )}
    </Page>
  );
};
