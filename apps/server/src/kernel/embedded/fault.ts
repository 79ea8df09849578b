/** The embedded database cannot be started, stopped or trusted; the sentence says what to do. */
export class EmbeddedDatabaseFault extends Error {
  override readonly name = "EmbeddedDatabaseFault";
}
