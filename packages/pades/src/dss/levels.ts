import { concat } from "../bytes.ts";
import { joined, type PdfDocument } from "../pdf/source.ts";
import { documentTimestamp } from "../sign/document-timestamp.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { validationData, type ValidationDataOptions } from "./validation-data.ts";

/** What the long-term levels take: where revocation answers come from, and who stamps. */
export type LongTermOptions = ValidationDataOptions & { readonly timestamps: TimestampAuthority };

/**
 * The bytes to append to a signed document so that it is of level B-LTA (EN 319 142-1 §5.5): the validation data that it does
 * not have yet, and a document time-stamp over all of it. Done again before the newest time-stamp's certificate or algorithm
 * ends, this is the renewal: the previous time-stamp's own validation data come under the new one.
 */
export async function longTermTail(document: PdfDocument, options: LongTermOptions): Promise<Uint8Array> {
  const { timestamps, port, limits } = options;
  const data = await validationData(document, options);
  const stamped = data === undefined ? document : joined(document, data);
  const stamp = await documentTimestamp(stamped, { authority: timestamps, port, ...(limits === undefined ? {} : { limits }) });
  return data === undefined ? stamp : concat([data, stamp]);
}
