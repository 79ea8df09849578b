import type { PdfValue } from "../pdf/value.ts";

/**
 * Whether two XMP packets say the same apart from when and with what tool the file was saved. Read as text, element by
 * element, and compared in order: a packet that was rewritten in another form counts as changed. Only unfiltered packets
 * are read, which is how PDF/A wants them (ISO 19005-2 §6.6.2.1).
 */
export function saysTheSame(one: PdfValue, other: PdfValue): boolean {
  const [was, is] = [plainText(one), plainText(other)];
  return was !== undefined && is !== undefined && was === is;
}

function plainText(value: PdfValue): string | undefined {
  if (value === null || typeof value !== "object" || value.type !== "stream" || value.dict.entries.has("Filter")) return undefined;
  if (value.data.length > MAX_PACKET) return undefined;
  let text = new TextDecoder().decode(value.data);
  for (const property of NOTES) {
    text = text.replaceAll(new RegExp(`<${property}>[^<]*</${property}>`, "g"), "").replaceAll(new RegExp(`\\s${property}=("[^"<]*"|'[^'<]*')`, "g"), "");
  }
  return text.replaceAll(/\s+/g, " ").replaceAll(/> </g, "><").trim();
}

const MAX_PACKET = 1 << 20;
/** What a save writes anew: XMP specification part 1 §8.3 (xmp:), part 2 §3.2 (xmpMM:), and the toolkit's own mark. */
const NOTES = ["xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer", "xmpMM:InstanceID", "x:xmptk"];
