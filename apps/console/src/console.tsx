import { type ReactNode, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { DateFormatContext } from "../../web/shown/shown.js";
import { speechOf } from "../../web/texts/language.js";
import { SpeechContext } from "../../web/texts/speech.js";
import { Pages } from "./router.js";
import { type Arrival } from "./session/arrival.js";
import { Session } from "./session/session.js";
import { readSettings, type Settings, SettingsContext, storeSettings } from "./session/settings.js";

/** The console: who looks at it and how he wants it, then its pages. */
export const Console = ({ arrival }: { readonly arrival: Arrival }) => (
  <Display>
    <Session arrival={arrival}>
      <Pages />
    </Session>
  </Display>
);

/** Language, colours and dates as the user chose them, else as his browser has them. */
const Display = ({ children }: { readonly children: ReactNode }) => {
  const [settings, setSettings] = useState(() => readSettings(localStorage));
  const speech = useMemo(() => {
    const { language } = settings;
    return language === null || language === "en-XA"
      ? speechOf(navigator.languages, language === "en-XA")
      : speechOf([...navigator.languages.filter((tag) => tag.split("-")[0] === language), language]);
  }, [settings]);
  useEffect(() => {
    document.documentElement.lang = speech.locale;
    const { dataset } = document.documentElement;
    if (settings.theme === null) delete dataset["colorScheme"];
    else dataset["colorScheme"] = settings.theme;
  }, [speech, settings]);
  const held = useMemo(
    () => ({
      settings,
      change: (changes: Partial<Settings>) => {
        const next = { ...settings, ...changes };
        storeSettings(localStorage, next);
        setSettings(next);
      },
    }),
    [settings],
  );
  return (
    <SettingsContext value={held}>
      <SpeechContext value={speech}>
        <DateFormatContext value={settings.dates}>
          <I18nProvider locale={speech.locale}>{children}</I18nProvider>
        </DateFormatContext>
      </SpeechContext>
    </SettingsContext>
  );
};
