import { createContext, useContext } from "react";
import { DATE_FORMATS, type DateFormat } from "../../../web/shown/date-format.js";

/** What a user chose for this browser. */
export interface Settings {
  /** `en-XA`: made strange, for tests. Null: the browser's. */
  readonly language: "en" | "it" | "en-XA" | null;
  readonly theme: "light" | "dark" | null;
  readonly dates: DateFormat;
  /** Whether single keys do something. */
  readonly keys: boolean;
}

const DEFAULT: Settings = { language: null, theme: null, dates: "language", keys: true };
const KEY = "tenure.settings";

const LANGUAGES: readonly unknown[] = ["en", "it", "en-XA"];

/** What is stored is somebody's: what does not fit is left out. */
export const readSettings = (storage: Pick<Storage, "getItem">): Settings => {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? "{}") as Partial<Settings>;
    return {
      language: LANGUAGES.includes(stored.language) ? (stored.language ?? null) : null,
      theme: stored.theme === "light" || stored.theme === "dark" ? stored.theme : null,
      dates: DATE_FORMATS.find((format) => format === stored.dates) ?? DEFAULT.dates,
      keys: stored.keys !== false,
    };
  } catch {
    return DEFAULT;
  }
};

export const storeSettings = (storage: Pick<Storage, "setItem">, settings: Settings): void => {
  storage.setItem(KEY, JSON.stringify(settings));
};

interface Held {
  readonly settings: Settings;
  readonly change: (changes: Partial<Settings>) => void;
}

export const SettingsContext = createContext<Held>({ settings: DEFAULT, change: () => undefined });

export const useSettings = (): Held => useContext(SettingsContext);
