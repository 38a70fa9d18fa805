/**
 * Binds fields to the members of a form that they are named after.
 *
 *   const of = bound(form, change);
 *   <TextField {...of("name")} label={say("name")} isRequired />
 *
 * @param within the input's field that the form is in, with a dot at its end
 */
export const bound =
  <Form extends object>(form: Form, change: (changes: Partial<Form>) => void, within = "") =>
  <Name extends keyof Form & string>(name: Name) => ({
    name: `${within}${name}`,
    value: form[name],
    onChange: (value: Form[Name]): void => {
      const changes: Partial<Form> = {};
      changes[name] = value;
      change(changes);
    },
  });
