/** The names that this server goes by. */
export interface OwnAddress {
  /**
   * Whether a request's header `host` names it. Whoever names another host came through a name of his own making (DNS
   * rebinding), or wants links that lead elsewhere.
   */
  isHost(host: string): boolean;
  /** The origin of its pages, as a request's header `origin` says it. @param host one that names it */
  origin(host: string): string;
  /** Whether browsers reach it by TLS. */
  readonly secure: boolean;
}

/** On loopback: by every name of this machine, and by any port, since tunnels and containers have other ones. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** @param publicUrl the one origin that it is reached by; null: this machine's names */
export const ownAddress = (publicUrl: string | null): OwnAddress => {
  if (publicUrl === null) {
    return {
      isHost: (host) => LOOPBACK.test(host),
      origin: (host) => `http://${host.toLowerCase()}`,
      secure: false,
    };
  }
  const { host: own, protocol, port } = new URL(publicUrl);
  const names = new Set(port === "" ? [own, `${own}:${protocol === "https:" ? 443 : 80}`] : [own]);
  return { isHost: (host) => names.has(host.toLowerCase()), origin: () => publicUrl, secure: protocol === "https:" };
};
