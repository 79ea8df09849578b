import type { UploadDeps } from "../kernel/files/take.ts";
import { command, file, query, upload, type Route } from "../kernel/http.ts";
import { close, direct, discard, openLetter, register } from "./commands.ts";
import { sendOriginal, sendPage, type FileDeps } from "./files.ts";
import { duplicates, list, show, trail } from "./queries.ts";
import { uploadScan } from "./upload.ts";
import type { LetterDispositions } from "./view.ts";

/** What the routes of received letters need; `dispositionsOf` comes from the module that comes later in the order. */
export type LetterDeps = FileDeps & UploadDeps & { readonly dispositionsOf: LetterDispositions };

/** Received letters, their files and their Jejak. */
export const letterRoutes = (deps: LetterDeps): readonly Route[] => [
  upload("received.upload", uploadScan(deps)),
  query("received.list", list),
  query("received.show", (tx, input, by) => show(tx, input.id, by, deps.dispositionsOf)),
  query("received.duplicates", duplicates),
  command("received.register", register),
  command("received.discard", discard),
  command("received.direct", direct),
  command("received.open", openLetter),
  command("received.close", close),
  file("received.file", sendOriginal(deps)),
  file("received.pageImage", sendPage(deps)),
  query("received.trail", (tx, input, by) => trail(tx, input.id, by, deps.dispositionsOf)),
];
