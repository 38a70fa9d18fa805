import { NAME_KINDS, type NameKind } from "../schema/values.js";

/** A name has no id, because the command that should create it was refused. */
export class NotThere extends Error {
  override name = "NotThere";
}

/** The server's ids by the names of a file. */
export class Ids {
  private readonly ids: Map<string, string>;

  /** @param known ids that are there already */
  constructor(known?: Ids) {
    this.ids = new Map(known?.ids);
  }

  set(kind: NameKind, name: string, id: string): void {
    this.ids.set(key(kind, name), id);
  }

  /** @throws NotThere */
  get(kind: NameKind, name: string): string {
    const id = this.find(kind, name);
    if (id === undefined) throw new NotThere(`the ${NAME_KINDS[kind]} "${name}" does not exist`);
    return id;
  }

  find(kind: NameKind, name: string): string | undefined {
    return this.ids.get(key(kind, name));
  }

  /** The names of a kind by id. */
  names(kind: NameKind): Map<string, string> {
    const prefix = key(kind, "");
    const own = [...this.ids].filter(([text]) => text.startsWith(prefix));
    return new Map(own.map(([text, id]) => [id, text.slice(prefix.length)]));
  }
}

const key = (kind: NameKind, name: string): string => `${kind} ${name}`;
