import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Button } from "../../../web/components/button.js";
import { CheckboxField, SelectField } from "../../../web/components/fields.js";
import { Popover } from "../../../web/components/popover.js";
import { DATE_FORMATS } from "../../../web/shown/date-format.js";
import { type Settings, useSettings } from "../session/settings.js";
import { useViewer } from "../session/viewer.js";
import { type FrameText, useFrameSay } from "../texts/frame.js";
import { GraphqlPageLink } from "./graphql-page-link.js";
import style from "./user-menu.module.css";

const DATES: Readonly<Record<Settings["dates"], FrameText>> = {
  language: "datesLanguage",
  iso: "datesIso",
  dotted: "datesDotted",
  us: "datesUs",
};

/** Who is signed in, how he wants the console, and the way out. */
export const UserMenu = () => {
  const say = useFrameSay();
  const { actor, name, hasChoice, chooseProvider, signOut } = useViewer();
  const who = name ?? actor;
  return (
    <DialogTrigger>
      <AriaButton className={style.open ?? ""} aria-label={`${say("signedInAs", { actor: who })} – ${say("settings")}`}>
        {who} <span aria-hidden="true">▾</span>
      </AriaButton>
      <Popover className={style.popover ?? ""}>
        <Dialog className={style.dialog ?? ""} aria-label={say("settings")}>
          <p className={style.actor}>{say("signedInAs", { actor: who })}</p>
          <Choices />
          <div className={style.ways}>
            <GraphqlPageLink />
            {hasChoice && <Button onPress={chooseProvider}>{say("changeProvider")}</Button>}
            <Button onPress={signOut}>{say("signOut")}</Button>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};

const Choices = () => {
  const say = useFrameSay();
  const { settings, change } = useSettings();
  return (
    <>
      <SelectField
        name="language"
        label={say("language")}
        value={settings.language ?? ""}
        none={say("languageBrowser")}
        choices={[
          { value: "en", text: say("english") },
          { value: "it", text: say("italian") },
        ]}
        onChange={(language) => {
          change({ language: language === "en" || language === "it" ? language : null });
        }}
      />
      <SelectField
        name="theme"
        label={say("theme")}
        value={settings.theme ?? ""}
        none={say("themeSystem")}
        choices={[
          { value: "light", text: say("light") },
          { value: "dark", text: say("dark") },
        ]}
        onChange={(theme) => {
          change({ theme: theme === "light" || theme === "dark" ? theme : null });
        }}
      />
      <SelectField
        name="dates"
        label={say("dates")}
        value={settings.dates}
        choices={DATE_FORMATS.map((value) => ({ value, text: say(DATES[value]) }))}
        onChange={(dates) => {
          change({ dates: dates as Settings["dates"] });
        }}
      />
      <CheckboxField
        name="keys"
        label={say("keys")}
        hint={say("keysHint")}
        value={settings.keys}
        onChange={(keys) => {
          change({ keys });
        }}
      />
    </>
  );
};
