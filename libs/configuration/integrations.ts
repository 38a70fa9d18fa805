import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { type ZodType } from "zod";
import { ConfigurationError, type Environment, given, problemsOf } from "./environment.js";

/** The file that configures integrations of providers other than the default one. */
export const INTEGRATIONS_FILE = "TENURE_INTEGRATIONS_FILE";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What integrations of a provider are told, by the names of variables. */
export interface ProviderKeys {
  readonly provider: string;
  /** Where it stands, for sentences about it. */
  readonly place: string;
  readonly keys: Environment;
}

/**
 * What integrations are told. Variables of the environment configure the default provider, the YAML file that
 * `TENURE_INTEGRATIONS_FILE` names the others: provider id -> the same names, a secret also as `{file: PATH}`, which
 * counts from the file's own folder.
 * @param names all names that there are: others in the file are mistakes
 * @throws ConfigurationError
 */
export const readIntegrations = (
  environment: Environment,
  names: readonly string[],
  defaultProvider: string,
): ProviderKeys[] => {
  const told = given(environment);
  const own = Object.fromEntries(names.map((name) => [name, told[name]]));
  const isOwnGiven = names.some((name) => own[name] !== undefined);
  const ofDefault = isOwnGiven ? [{ provider: defaultProvider, place: "", keys: own }] : [];
  const file = told[INTEGRATIONS_FILE];
  if (file === undefined) return ofDefault;
  const others = readIntegrationsFile(resolve(file), names);
  if (isOwnGiven && others.some(({ provider }) => provider === defaultProvider)) {
    throw new ConfigurationError([
      `${INTEGRATIONS_FILE} configures the default provider, and so do variables of the environment: choose one.`,
    ]);
  }
  return [...ofDefault, ...others];
};

/** What a secret is shown as. */
export const MASK = "********";

/**
 * The configurations of one integration, by provider; one for which it is off has none.
 * @param isOn whether it is on for a provider, or what is wrong about that
 * @throws ConfigurationError with all mistakes
 */
export const configurationsOf = <Configuration>(
  integrations: readonly ProviderKeys[],
  settings: ZodType<Configuration>,
  isOn: (keys: Environment) => boolean | { readonly problem: string },
): ReadonlyMap<string, Configuration> => {
  const problems: string[] = [];
  const found = integrations.flatMap(({ provider, place, keys }) => {
    const on = isOn(keys);
    if (typeof on === "object") problems.push(`${place}${on.problem}`);
    if (on !== true) return [];
    const result = settings.safeParse(keys);
    problems.push(...problemsOf(result).map((problem) => `${place}${problem}`));
    return result.success ? [[provider, result.data] as const] : [];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return new Map(found);
};

const readIntegrationsFile = (file: string, names: readonly string[]): ProviderKeys[] => {
  const content = contentOf(file);
  if (content === null || content === undefined) return [];
  if (!isMapping(content)) throw mistake(file, "it must map ids of providers to their settings.");
  const problems: string[] = [];
  const found = Object.entries(content).map(([id, settings]): ProviderKeys => {
    const provider = id.toLowerCase();
    const place = `${INTEGRATIONS_FILE}, provider ${id}: `;
    if (!UUID.test(provider)) problems.push(`${place}that is not the id of a provider.`);
    if (!isMapping(settings)) {
      problems.push(`${place}its settings must be names with values.`);
      return { provider, place, keys: {} };
    }
    const keys = Object.entries(settings).map(([name, value]) => {
      if (!names.includes(name)) problems.push(`${place}there is no setting ${name}.`);
      return [name, valueOf(value, dirname(file), `${place}${name} `, problems)] as const;
    });
    return { provider, place, keys: given(Object.fromEntries(keys)) };
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return found;
};

const contentOf = (file: string): unknown => {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw mistake(file, `it cannot be read: ${reasonOf(error)}`);
  }
};

/** The text of a value, or of the file that it names. The value itself stays out of all sentences. */
const valueOf = (value: unknown, folder: string, place: string, problems: string[]): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  const path = isMapping(value) && Object.keys(value).length === 1 ? value["file"] : undefined;
  if (typeof path !== "string") {
    problems.push(`${place}must be a text or {file: PATH}.`);
    return undefined;
  }
  try {
    return readFileSync(resolve(folder, path), "utf8");
  } catch (error) {
    problems.push(`${place}cannot be read from its file: ${reasonOf(error)}`);
    return undefined;
  }
};

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mistake = (file: string, problem: string): ConfigurationError =>
  new ConfigurationError([`${INTEGRATIONS_FILE} is ${file}, but ${problem}`]);

/** The first line: what follows in messages of the parser repeats the text, which may hold secrets. */
const reasonOf = (error: unknown): string => {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `${line.replace(/[.:]$/, "")}.`;
};
