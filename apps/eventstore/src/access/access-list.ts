/** The rights on a stream. */
export type Right = "read" | "write" | "delete" | "metadataRead" | "metadataWrite";

/** Names of users and groups, or ALL. For a right that is left out the default list applies. */
export type AccessList = Readonly<Partial<Record<Right, readonly string[]>>>;

/** A stream's metadata can name a default list instead of stating one. */
export type DefaultName = "$userStreamAcl" | "$systemStreamAcl";

export interface DefaultLists {
  readonly $userStreamAcl: AccessList;
  readonly $systemStreamAcl: AccessList;
}

/** Every user. */
export const ALL_USERS = "$all";
/** The group with all rights. */
export const ADMINS = "$admins";

const FIELDS: Readonly<Record<Right, string>> = {
  read: "$r",
  write: "$w",
  delete: "$d",
  metadataRead: "$mr",
  metadataWrite: "$mw",
};

const RIGHTS = Object.keys(FIELDS) as Right[];

/** The list used instead of an invalid one: administrators only. */
const NOBODY: AccessList = Object.fromEntries(RIGHTS.map((right) => [right, []]));

/** The access list `$acl` of a stream's metadata; empty when there is none. */
export const parseAccessList = (metadata: Uint8Array): AccessList | DefaultName => {
  const list = parseObject(metadata)?.["$acl"];
  if (list === undefined || list === null) return {};
  if (list === "$userStreamAcl" || list === "$systemStreamAcl") return list;
  return listOf(list) ?? NOBODY;
};

/** The default lists of an event of the stream `$settings`, for streams without a list of their own. */
export const parseDefaultLists = (data: Uint8Array): DefaultLists => {
  const settings = parseObject(data) ?? {};
  const list = (name: DefaultName): AccessList =>
    settings[name] === undefined || settings[name] === null ? {} : (listOf(settings[name]) ?? NOBODY);
  return { $userStreamAcl: list("$userStreamAcl"), $systemStreamAcl: list("$systemStreamAcl") };
};

const listOf = (value: unknown): AccessList | undefined => {
  if (!isObject(value)) return undefined;
  const list: Partial<Record<Right, readonly string[]>> = {};
  for (const right of RIGHTS) {
    const roles = value[FIELDS[right]];
    if (roles === undefined || roles === null) continue;
    const names: unknown[] = Array.isArray(roles) ? roles : [roles];
    if (!names.every((name) => typeof name === "string")) return undefined;
    list[right] = names;
  }
  return list;
};

const parseObject = (json: Uint8Array): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(json).toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
