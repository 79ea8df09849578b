import { writeHex } from "../bytes.ts";
import { limitsFor, type Limits } from "../limits.ts";
import { loadForm } from "../pdf/fields.ts";
import { openPdf } from "../pdf/file.ts";
import type { PdfDocument } from "../pdf/source.ts";
import type { Port } from "../port.ts";
import type { TimestampAuthority } from "../tsp/authority.ts";
import { requestTimestamp } from "../tsp/token.ts";
import { CannotSign } from "./cannot-sign.ts";
import { placeTimestamp } from "./placement.ts";
import { makeRoom } from "./room.ts";
import { timestampBytes } from "./timestamp-bytes.ts";

/** Who stamps a document, and with what the stamp is checked. */
export type DocumentTimestampOptions = { readonly authority: TimestampAuthority; readonly port: Port; readonly limits?: Limits };

/**
 * The increment with a document time-stamp over everything before it (EN 319 142-1 §5.4.3, ISO 32000-2 §12.8.5): an RFC 3161
 * token in an invisible field, without an appearance. It proves when all of the document existed, its validation data too
 * (level B-LTA). Throws `Unreadable`, `CannotSign` or `BadTimestamp`.
 */
export async function documentTimestamp(document: PdfDocument, { authority, port, limits = limitsFor(document) }: DocumentTimestampOptions): Promise<Uint8Array> {
  const view = await openPdf(document, port, limits);
  if (!view.file.hasCleanHeader) throw new CannotSign("misplaced_header", "bytes stand before %PDF-, so offsets would not mean the same to everyone");
  const contentsBytes = await timestampBytes(authority, port);
  const { signatureNumber: number, objects } = await placeTimestamp(view, await loadForm(view));
  const room = await makeRoom(document, view, { objects, number, opening: OPENING, contentsBytes, seed: 0 });
  const { token } = await requestTimestamp(authority, await room.digest("SHA-256"), port);
  if (token.length > contentsBytes) throw new CannotSign("signature_too_long", `the time-stamp takes ${token.length} bytes, ${contentsBytes} were reserved`);
  writeHex(room.tail, room.contentsStart, token);
  return room.tail;
}

const OPENING = "<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161";
