/** The reference has no way to read or to know something that a day needs. The message says what, in words. */
export class NotVerifiable extends Error {
  override readonly name = "NotVerifiable";
}
