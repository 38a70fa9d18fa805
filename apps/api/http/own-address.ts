/** The names that this server goes by. */
export interface OwnAddress {
  /** Whether a request's header `host` names it. Whoever names another host came through a name of his own making (DNS rebinding). */
  isHost(host: string): boolean;
  /** The origin of its pages, as a request's header `origin` says it. @param host one that names it */
  origin(host: string): string;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** On loopback: by every name of this machine, and by any port, since tunnels and containers have other ones. */
export const loopbackAddress: OwnAddress = {
  isHost: (host) => LOOPBACK.test(host),
  origin: (host) => `http://${host.toLowerCase()}`,
};
