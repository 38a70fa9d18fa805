import { type ReactNode, useId } from "react";
import { useSay } from "../texts/speech.js";
import { useFieldError } from "./field-errors.js";
import style from "./field.module.css";
import { componentTexts } from "./texts.js";

/** What all fields of forms take. */
export interface FieldProps {
  /** The field of the command's input that it fills, e.g. `contact.name`: what the server says of it shows here. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

/** What an input needs of its field. */
export interface Wired {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly autoFocus: boolean;
}

interface Given extends FieldProps {
  /** What the browser itself sees wrong in what is typed. */
  readonly wrong?: string | null;
  readonly children: (wired: Wired) => ReactNode;
}

/** A label, what belongs under it, and what is wrong with it, tied to the input for who listens. */
export const Field = ({ name, label, hint, wrong, children, ...rest }: Given) => {
  const say = useSay(componentTexts);
  const id = useId();
  const told = useFieldError(name);
  const error = wrong ?? told;
  const { isRequired = false, isDisabled = false, autoFocus = false } = rest;
  const described = [hint !== undefined && `${id}-hint`, error !== null && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={style.field}>
      <label className={style.label} htmlFor={id}>
        {label}
        {isRequired && <span className={style.hint}> ({say("required")})</span>}
      </label>
      {children({
        id,
        name,
        className: style.input ?? "",
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": error === null ? undefined : true,
        required: isRequired,
        disabled: isDisabled,
        autoFocus,
      })}
      {hint !== undefined && (
        <span id={`${id}-hint`} className={style.hint}>
          {hint}
        </span>
      )}
      {error !== null && (
        <span id={`${id}-error`} className={style.error}>
          {error}
        </span>
      )}
    </div>
  );
};
