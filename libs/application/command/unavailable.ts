/** Something that a command or query needs does not answer in time. Sending the same request again is safe. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
