import { requestTimestamp } from "../src/tsp/token.ts";
import { nodePort } from "../src/node.ts";
import type { TimestampAuthority } from "../src/tsp/authority.ts";
import { forge, pdfOfText, samplePdf, streamBody, textOfPdf } from "./sample-pdf.ts";

// Long-term files put together by hand, independently of what the product makes.

/** A sample with an empty field for a signer, and invisible ones for document time-stamps: objects 10, 11, 12 … */
export function samplePdfForYears(): Uint8Array {
  return samplePdf({ form: "indirect", fields: ["Bupati", "Cap 1", "Cap 2", "Cap 3"].map((name) => ({ name, rect: "[0 0 0 0]" })) });
}

/** What a document security store holds. */
export type Store = { readonly certificates?: readonly Uint8Array[]; readonly crls?: readonly Uint8Array[]; readonly ocsps?: readonly Uint8Array[] };

/** Adds a document security store (EN 319 142-1 §5.4.2), whose objects are numbered from `first` on. */
export function withStore(pdf: Uint8Array, { certificates = [], crls = [], ocsps = [] }: Store, first = 80): Uint8Array {
  const streams = [...certificates, ...crls, ...ocsps];
  const refs = (from: number, count: number): string => Array.from({ length: count }, (_, k) => `${first + 1 + from + k} 0 R`).join(" ");
  const objects: Record<number, string> = {
    1: `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm 8 0 R /DSS ${first} 0 R >>`,
    [first]: `<< /Type /DSS /Certs [${refs(0, certificates.length)}] /CRLs [${refs(certificates.length, crls.length)}] /OCSPs [${refs(certificates.length + crls.length, ocsps.length)}] >>`,
  };
  streams.forEach((der, k) => (objects[first + 1 + k] = streamBody("", textOfPdf(der))));
  return forge(pdf, { objects });
}

/** Adds a document time-stamp (EN 319 142-1 §5.4.3) in field `number`. */
export async function withDocumentTimestamp(pdf: Uint8Array, number: number, authority: TimestampAuthority): Promise<Uint8Array> {
  const name = `Cap ${number - 10}`;
  const value = 60 + number;
  const stamped = forge(pdf, { objects: {
    [number]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /Rect [0 0 0 0] /F 132 /P 3 0 R /V ${value} 0 R >>`,
    [value]: `<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange [0 ${BLANK} ${BLANK} ${BLANK}] /Contents <${"0".repeat(RESERVE * 2)}> >>`,
  } });
  const text = textOfPdf(stamped);
  const before = text.lastIndexOf("/Contents <") + "/Contents ".length;
  const after = before + RESERVE * 2 + 2;
  const numbers = [before, after, text.length - after].map((each) => String(each).padEnd(BLANK.length));
  const ranged = text.replace(`${BLANK} ${BLANK} ${BLANK}`, numbers.join(" "));
  const bytes = pdfOfText(ranged);
  const imprint = await nodePort.digest("SHA-256", [bytes.subarray(0, before), bytes.subarray(after)]);
  const { token } = await requestTimestamp(authority, imprint, nodePort);
  const hex = Buffer.from(token).toString("hex").padEnd(RESERVE * 2, "0");
  return pdfOfText(`${ranged.slice(0, before + 1)}${hex}${ranged.slice(after - 1)}`);
}

const BLANK = "##########";
const RESERVE = 4_000;
