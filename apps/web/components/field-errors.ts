import { createContext, useContext, useEffect } from "react";

/** What a form knows of its fields. */
export interface FormFields {
  /** Sentences about fields, by the field of the input, e.g. `contact.name`. */
  readonly errors: Readonly<Record<string, string>>;
  /** A field says that it is there, so that what is said of it shows there. @returns how to take it back */
  readonly claim: (name: string) => () => void;
}

export const FormFieldsContext = createContext<FormFields>({ errors: {}, claim: () => () => undefined });

/** What the server says about a field of the form; null: nothing. @param name the field of the input */
export const useFieldError = (name: string): string | null => {
  const { errors, claim } = useContext(FormFieldsContext);
  useEffect(() => claim(name), [claim, name]);
  return errors[name] ?? null;
};
