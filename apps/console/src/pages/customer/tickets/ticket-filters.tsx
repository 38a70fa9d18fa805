import { type ReactNode } from "react";
import { DateField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { Filters } from "../../../frame/filters.js";
import { useTypedFilter } from "../../../frame/typed-filter.js";
import { PRIORITIES, readTicketsView, STATUSES, type TicketsView } from "./search.js";
import { statusText } from "./status-text.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly view: TicketsView;
  readonly onChange: (view: TicketsView) => void;
  readonly actions: ReactNode;
}

export const TicketFilters = ({ view, onChange, actions }: Given) => {
  const say = useSay({ en, it });
  const change = (changes: Readonly<Record<string, unknown>>): void => {
    onChange(readTicketsView({ ...view, ...changes }));
  };
  const [number, setNumber] = useTypedFilter(view.number ?? "", (text) => {
    change({ number: text });
  });
  const [subject, setSubject] = useTypedFilter(view.subject ?? "", (text) => {
    change({ subject: text });
  });
  const day = (name: "createdFrom" | "createdUntil" | "updatedFrom" | "updatedUntil") => (
    <DateField
      name={name}
      label={say(name)}
      value={view[name] ?? null}
      onChange={(on) => {
        change({ [name]: on });
      }}
    />
  );
  return (
    <Filters label={say("filters")} actions={actions}>
      <TextField name="subject" type="search" label={say("subjectFilter")} value={subject} onChange={setSubject} />
      <TextField name="number" type="search" label={say("number")} value={number} onChange={setNumber} />
      <SelectField
        name="priority"
        label={say("priority")}
        value={view.priority ?? ""}
        none={say("any")}
        choices={PRIORITIES.map((value) => ({ value, text: say(value) }))}
        onChange={(priority) => {
          change({ priority });
        }}
      />
      <SelectField
        name="status"
        label={say("status")}
        value={view.status ?? ""}
        none={say("any")}
        choices={[
          { value: "UNSOLVED", text: say("UNSOLVED") },
          ...STATUSES.map((value) => ({ value, text: say(statusText(value)) })),
        ]}
        onChange={(status) => {
          change({ status });
        }}
      />
      {day("createdFrom")}
      {day("createdUntil")}
      {day("updatedFrom")}
      {day("updatedUntil")}
    </Filters>
  );
};
