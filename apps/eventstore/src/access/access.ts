import type { Metadata } from "@grpc/grpc-js";
import type { Users } from "../credentials/users.js";
import { describedStream, metadataStream } from "../log/retention.js";
import { rowFields } from "../log/row-fields.js";
import type { LogStore } from "../log/store.js";
import { accessDenied } from "../protocol/errors.js";
import { userOf } from "../services/user.js";
import { lastDurableEvent } from "../streams/visible-stream.js";
import {
  ADMINS,
  ALL_USERS,
  parseAccessList,
  parseDefaultLists,
  type AccessList,
  type DefaultLists,
  type Right,
} from "./access-list.js";

/** The whole log, whose access list is in the metadata of a stream of this name. */
export const ALL_EVENTS = Buffer.from("$all");
const SETTINGS = Buffer.from("$settings");
const NO_DEFAULTS: DefaultLists = { $userStreamAcl: {}, $systemStreamAcl: {} };

/**
 * Decides the rights on streams: by `$acl` in the stream's metadata, else by the newest event of `$settings`, else
 * every user has all rights. Members of $admins have all rights. Without a users file everything is allowed.
 */
export class Access {
  constructor(
    private readonly store: LogStore,
    private readonly users: Users | undefined,
  ) {}

  /**
   * `caller`: the metadata of a call that `authentication` has let through. Of a stream of metadata the rights are those
   * that the stream it describes gives for its metadata. Throws RequestError, and CorruptRow when a list cannot be read.
   */
  require(caller: Metadata, action: "read" | "write" | "delete", stream: Buffer): void {
    if (!this.may(caller, action, stream)) throw accessDenied(action, stream);
  }

  may(caller: Metadata, action: "read" | "write" | "delete", stream: Buffer): boolean {
    if (!this.users) return true;
    const user = userOf(caller);
    const groups = this.users.groupsOf(user);
    if (groups.includes(ADMINS)) return true;
    const described = describedStream(stream);
    const right: Right = described && action !== "delete" ? METADATA_RIGHTS[action] : action;
    const allowed = this.listOf(described ?? stream)[right] ?? [ALL_USERS];
    return allowed.some((role) => role === ALL_USERS || role === user || groups.includes(role));
  }

  private listOf(stream: Buffer): AccessList {
    const metadata = lastDurableEvent(this.store, metadataStream(stream));
    const own = metadata ? parseAccessList(rowFields(metadata).data) : {};
    const defaults = this.defaultLists();
    if (typeof own === "string") return defaults[own];
    const byName = stream.subarray(0, 1).toString() === "$" ? defaults.$systemStreamAcl : defaults.$userStreamAcl;
    return { ...byName, ...own };
  }

  private defaultLists(): DefaultLists {
    const settings = lastDurableEvent(this.store, SETTINGS);
    return settings ? parseDefaultLists(rowFields(settings).data) : NO_DEFAULTS;
  }
}

const METADATA_RIGHTS = { read: "metadataRead", write: "metadataWrite" } as const;
