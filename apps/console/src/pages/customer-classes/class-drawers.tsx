import { useState } from "react";
import { FieldGroup, NumberField, SelectField, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { useRevision } from "../../command/use-revision.js";
import { DATE_FORMATS, DAYS, type Form, formOf, inputOf, NEW, STEPS } from "./form.js";
import { CUSTOMER_CLASSES, type CustomerClass, defineClass, reviseClass } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly reload: () => void;
}

export const DefineClass = ({ reload }: Given) => {
  const say = useSay({ en, it });
  const [form, setForm] = useState(NEW);
  return (
    <CommandDrawer title={say("define")} {...defineClass} input={inputOf(form)} reload={reload}>
      <Fields form={form} change={setForm} />
    </CommandDrawer>
  );
};

export const ReviseClass = ({ customerClass, reload }: Given & { readonly customerClass: CustomerClass }) => {
  const say = useSay({ en, it });
  const { id } = customerClass;
  const revision = useRevision({
    shown: customerClass,
    formOf,
    read: async (client) => {
      const { data } = await client.query(CUSTOMER_CLASSES, {}).toPromise();
      return data?.customerClasses.edges.find(({ node }) => node.id === id)?.node ?? null;
    },
    told: [
      ...(["name", "remindAfterDays", "ownDate", "ownTime", ...DAYS, ...STEPS] as const).map((field) => ({
        ...{ field, name: say(field) },
      })),
      { field: "language", name: say("language"), text: ({ language }) => say(language) },
      { field: "rounding", name: say("rounding"), text: ({ rounding }) => say(rounding) },
      { field: "dateFormat", name: say("dateFormat"), text: ({ dateFormat }) => say(`date${dateFormat}`) },
    ],
  });
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: customerClass.name })}
      {...reviseClass}
      input={revision.ask({ customerClassId: id }, inputOf)}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <p>{say("reviseHint")}</p>
      <Fields form={revision.form} change={revision.setForm} />
    </CommandDrawer>
  );
};

type Days = "graceDays" | "warnBeforeSuspensionDays" | "suspendAfterDays" | "terminateAfterDays" | "warnBeforeEndDays";
type SelfCare = "selfPauseDaysPerYear" | "selfPauseLongestDays" | "selfPauseNoticeDays";

interface Filled {
  readonly form: Form;
  readonly change: (form: Form) => void;
}

const Fields = ({ form, change }: Filled) => {
  const say = useSay({ en, it });
  const days = (name: Days | SelfCare) => (
    <NumberField
      key={name}
      name={name}
      label={say(name)}
      hint={say(`${name}Hint`)}
      value={form[name]}
      onChange={(count) => {
        change({ ...form, [name]: count });
      }}
    />
  );
  return (
    <>
      <FieldGroup>
        <TextField
          name="name"
          label={say("name")}
          value={form.name}
          onChange={(name) => {
            change({ ...form, name });
          }}
          isRequired
        />
        <SelectField
          name="language"
          label={say("language")}
          value={form.language}
          choices={(["EN", "IT"] as const).map((value) => ({ value, text: say(value) }))}
          onChange={(language) => {
            change({ ...form, language: language as Form["language"] });
          }}
        />
        <SelectField
          name="rounding"
          label={say("rounding")}
          value={form.rounding}
          choices={(["HALF_UP", "HALF_EVEN", "UP"] as const).map((value) => ({ value, text: say(value) }))}
          onChange={(rounding) => {
            change({ ...form, rounding: rounding as Form["rounding"] });
          }}
        />
        <SelectField
          name="dateFormat"
          label={say("dateFormat")}
          value={form.dateFormat}
          choices={DATE_FORMATS.map((value) => ({ value, text: say(`date${value}`) }))}
          onChange={(dateFormat) => {
            change({ ...form, dateFormat: dateFormat as Form["dateFormat"] });
          }}
        />
        {form.dateFormat === "OWN" &&
          (["ownDate", "ownTime"] as const).map((name) => (
            <TextField
              key={name}
              name={name === "ownDate" ? "dateFormat.date" : "dateFormat.time"}
              label={say(name)}
              hint={say(`${name}Hint`)}
              value={form[name]}
              onChange={(pattern) => {
                change({ ...form, [name]: pattern });
              }}
              isRequired
            />
          ))}
      </FieldGroup>
      <FieldGroup title={say("payment")}>
        {days("graceDays")}
        <TextField
          name="remindAfterDays"
          label={say("remindAfterDays")}
          hint={say("remindAfterDaysHint")}
          value={form.remindAfterDays}
          onChange={(remindAfterDays) => {
            change({ ...form, remindAfterDays });
          }}
        />
        {(["warnBeforeSuspensionDays", "suspendAfterDays", "terminateAfterDays", "warnBeforeEndDays"] as const).map(
          days,
        )}
      </FieldGroup>
      <FieldGroup title={say("selfCare")}>
        {(["selfPauseDaysPerYear", "selfPauseLongestDays", "selfPauseNoticeDays"] as const).map(days)}
      </FieldGroup>
    </>
  );
};
