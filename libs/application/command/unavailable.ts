/** A dependency of a command or query did not answer in time. Sending the same request again is safe. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
