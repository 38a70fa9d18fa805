import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { dayOf, dayTyped, patternShown } from "../shown/date-format.js";
import { amountOf, amountTyped } from "../shown/amount-typed.js";
import { useDates } from "../shown/shown.js";
import { timeOf } from "../shown/time-in-zone.js";
import { useSay, useSpeech } from "../texts/speech.js";
import { useFieldError } from "./field-errors.js";
import { Field, type FieldProps } from "./field.js";
import style from "./field.module.css";
import own from "./fields.module.css";
import { fieldTexts } from "./field-texts.js";

interface Text extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "email" | "tel" | "search" | "password";
  readonly autoComplete?: string;
  readonly placeholder?: string;
  /** What may be typed; other text may be, too. */
  readonly suggestions?: readonly string[];
}

/** A line of text. */
export const TextField = ({ value, onChange, type = "text", autoComplete = "off", placeholder, ...given }: Text) => {
  const { suggestions, ...field } = given;
  const list = useId();
  return (
    <Field {...field}>
      {(wired) => (
        <>
          <input
            {...wired}
            type={type}
            value={value}
            autoComplete={autoComplete}
            placeholder={placeholder}
            list={suggestions && list}
            onChange={(event) => {
              onChange(event.target.value);
            }}
          />
          {suggestions && (
            <datalist id={list}>
              {suggestions.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
};

interface Group {
  /** Left out: the fields speak for themselves. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** Fields that belong together, side by side where there is room. */
export const FieldGroup = ({ title, children }: Group) => (
  <fieldset className={own.group}>
    {title !== undefined && <legend className={own.legend}>{title}</legend>}
    {children}
  </fieldset>
);

interface Reason extends Omit<FieldProps, "name"> {
  readonly name?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Why something is done: some lines of text, which are recorded with it. */
export const ReasonField = ({ name = "reason", value, onChange, ...field }: Reason) => (
  <Field name={name} {...field}>
    {({ className, ...wired }) => (
      <textarea
        {...wired}
        className={className}
        rows={2}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    )}
  </Field>
);

interface Typed extends FieldProps {
  /** As the API has it; null: nothing is typed, or nothing that it takes. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

interface Reading extends Typed {
  readonly shown: (value: string) => string;
  readonly read: (typed: string) => string | null;
  readonly sentence: string;
  readonly input: InputHTMLAttributes<HTMLInputElement>;
  readonly beside?: ReactNode;
}

/** Text that stands for a value: it says what is wrong once the field is left. */
const ReadField = ({ value, onChange, shown, read, sentence, input, beside, ...field }: Reading) => {
  const say = useSay(fieldTexts);
  const [typed, setTyped] = useState(value === null ? "" : shown(value));
  const [isLeft, setLeft] = useState(true);
  // A value from elsewhere, e.g. a drawing, takes the place of what is typed.
  const last = useRef(value);
  useEffect(() => {
    if (value === last.current) return;
    last.current = value;
    setTyped(value === null ? "" : shown(value));
  }, [value, shown]);
  const [isTouched, setTouched] = useState(false);
  const isEmpty = typed.trim() === "";
  const isWrong = isLeft && !isEmpty && read(typed) === null;
  const isMissing = isTouched && isLeft && isEmpty && field.isRequired === true;
  return (
    <Field {...field} wrong={isWrong ? sentence : isMissing ? say("missing") : null}>
      {(wired) => (
        <span className={own.amount}>
          <input
            {...wired}
            {...input}
            autoComplete="off"
            value={typed}
            onFocus={() => {
              setLeft(false);
            }}
            onBlur={() => {
              setLeft(true);
              const read_ = read(typed);
              if (read_ !== null) setTyped(shown(read_));
            }}
            onChange={(event) => {
              setTouched(true);
              setTyped(event.target.value);
              last.current = read(event.target.value);
              onChange(last.current);
            }}
          />
          {beside}
        </span>
      )}
    </Field>
  );
};

/**
 * A business day, typed as the user has dates, as ISO or with the month as a word; or picked from the browser's
 * calendar, by its button or by Alt+Down. Its value is an ISO date.
 */
export const DateField = (field: Typed) => {
  const say = useSay(fieldTexts);
  const { day: shown, pattern } = useDates();
  const picker = useRef<HTMLInputElement>(null);
  const open = (): void => {
    if (!field.isDisabled) picker.current?.showPicker();
  };
  const letters = { year: say("year").repeat(4), month: say("month").repeat(2), day: say("day").repeat(2) };
  const example = patternShown(pattern, letters);
  return (
    <ReadField
      {...field}
      hint={field.hint === undefined ? example : `${example} · ${field.hint}`}
      shown={(day) => dayTyped(day, pattern)}
      read={(typed) => dayOf(typed, pattern)}
      sentence={say("dateWrong", { pattern: example, example: shown("2027-08-01") })}
      input={{
        "aria-keyshortcuts": "Alt+ArrowDown",
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown" || !event.altKey) return;
          event.preventDefault();
          open();
        },
      }}
      beside={
        <span className={own.picker}>
          {/* Tab goes from field to field: by keys it opens from the field itself. */}
          <button type="button" tabIndex={-1} className={own.pick} disabled={field.isDisabled} onClick={open}>
            <span className="unseen">{say("pickDay", { field: field.label })}</span>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.5v3M10.5 1.5v3" fill="none" stroke="currentColor" />
            </svg>
          </button>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            className={own.calendar}
            value={field.value ?? ""}
            onChange={(event) => {
              field.onChange(event.target.value === "" ? null : event.target.value);
            }}
          />
        </span>
      }
    />
  );
};

/** A time of day, typed as `14:05`, with seconds if need be. */
export const TimeField = (field: Typed) => {
  const say = useSay(fieldTexts);
  return (
    <ReadField
      {...field}
      hint={say("timePattern")}
      shown={(time) => time}
      read={timeOf}
      sentence={say("timeWrong")}
      input={{}}
    />
  );
};

interface Money extends Typed {
  /** Left out: any. */
  readonly currency?: string;
}

/** An amount, typed as the user's language writes it. Its value is decimal text. */
export const MoneyField = ({ currency, ...field }: Money) => {
  const say = useSay(fieldTexts);
  const { locale } = useSpeech();
  return (
    <ReadField
      {...field}
      shown={(amount) => amountTyped(amount, locale)}
      read={(typed) => amountOf(typed, locale)}
      sentence={say("amountWrong", { example: amountTyped("1234.50", locale) })}
      input={{ inputMode: "decimal" }}
      beside={currency !== undefined && <span className={style.hint}>{currency}</span>}
    />
  );
};

interface Numbered extends FieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A whole number. */
export const NumberField = ({ value, onChange, ...field }: Numbered) => {
  const say = useSay(fieldTexts);
  return (
    <ReadField
      {...field}
      value={value === null ? null : String(value)}
      onChange={(text) => {
        onChange(text === null ? null : Number.parseInt(text, 10));
      }}
      shown={(text) => text}
      read={(typed) => (/^-?\d{1,9}$/.test(typed.trim()) ? typed.trim() : null)}
      sentence={say("numberWrong")}
      input={{ inputMode: "numeric" }}
    />
  );
};

/** One of a few. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

interface Select extends FieldProps {
  /** Empty: none is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly Choice[];
  /** What stands for none; left out: one has to be chosen. */
  readonly none?: string;
}

/** A choice among a few: the browser's own list, which works by keys and on phones. */
export const SelectField = ({ value, onChange, choices, none, ...field }: Select) => {
  const say = useSay(fieldTexts);
  const isOpen = none !== undefined || value === "";
  return (
    <Field {...field}>
      {(wired) => (
        <select
          {...wired}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {isOpen && <option value="">{none ?? say("choose")}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

interface Checkbox extends FieldProps {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Yes or no. */
export const CheckboxField = ({ name, label, hint, value, onChange, isDisabled = false }: Checkbox) => {
  const id = useId();
  const error = useFieldError(name);
  const note = error ?? hint;
  return (
    <div className={style.field}>
      <label className={own.check}>
        <input
          type="checkbox"
          name={name}
          checked={value}
          disabled={isDisabled}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={note === undefined ? undefined : id}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
        {label}
      </label>
      {note !== undefined && (
        <span id={id} className={error === null ? style.hint : style.error}>
          {note}
        </span>
      )}
    </div>
  );
};
