import { speech } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { keyOf, queryClient } from "../kernel/queries.ts";
import { upload } from "../kernel/server.ts";
import { createUploadQueue, isUnsent, type UploadQueue } from "./upload-queue.ts";

/** The one queue of this browser window; it goes on while the clerk registers what has already arrived. */
export const uploads: UploadQueue = createUploadQueue({
  send: (id, file) => upload("received.upload", id, file),
  newId: () => uuidv7(),
  arrived: () => {
    for (const name of ["received.list", "desk.list", "session.me"] as const) void queryClient.invalidateQueries({ queryKey: keyOf(name) });
  },
  otherwise: () => speech.get().messages.errors.unknown,
});

// A tab closed while files are on their way loses them: the browser asks whether to stay.
addEventListener("beforeunload", (event) => {
  if (uploads.jobs.get().some(isUnsent)) event.preventDefault();
});
