import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { TableRefused, tableLimits } from "./table.ts";

// APPNOTE.TXT 6.3: local header (§4.3.7), central directory (§4.3.12), end of central directory (§4.3.16).
const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;

/** The entries of a ZIP that are asked for. Every length in it is a claim of a stranger: nothing is inflated beyond the limit of all entries together. */
export const readZip = (bytes: Buffer, wanted: (name: string) => boolean): ReadonlyMap<string, Buffer> => {
  try {
    return readEntries(bytes, wanted);
  } catch (error) {
    if (error instanceof TableRefused) throw error;
    // A length that points outside the file, or a stream that is none.
    throw new TableRefused(error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? "too_large" : "broken");
  }
};

const readEntries = (bytes: Buffer, wanted: (name: string) => boolean): ReadonlyMap<string, Buffer> => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== endSignature) throw new TableRefused("broken");
  const count = bytes.readUInt16LE(end + 10);
  if (count > tableLimits.entries) throw new TableRefused("too_large");
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  let left: number = tableLimits.inflated;
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== centralSignature) throw new TableRefused("broken");
    const [flags, method, packed] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extraLength, noteLength, local] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + extraLength + noteLength;
    if (!wanted(name)) continue;
    if ((flags & 1) !== 0) throw new TableRefused("encrypted");
    if (bytes.readUInt32LE(local) !== localSignature || entries.has(name)) throw new TableRefused("broken");
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    if (data.length !== packed || (method !== 0 && method !== 8)) throw new TableRefused("broken");
    if (left <= 0) throw new TableRefused("too_large");
    const plain = method === 0 ? data : inflateRawSync(data, { maxOutputLength: left });
    left -= plain.length;
    entries.set(name, plain);
  }
  return entries;
};

/** A ZIP of the entries, in their order. The same entries give the same bytes: no clock is read. */
export const writeZip = (entries: ReadonlyMap<string, string>): Buffer => {
  const bodies: Buffer[] = [];
  const heads: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const plain = Buffer.from(text, "utf8");
    const packed = deflateRawSync(plain);
    const title = Buffer.from(name, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // needs 2.0
    common.writeUInt16LE(0x0800, 2); // names in UTF-8
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8); // 1 January 1980
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(localSignature);
    bodies.push(local, common, title, packed);
    const head = Buffer.alloc(6);
    head.writeUInt32LE(centralSignature);
    head.writeUInt16LE(20, 4);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    heads.push(head, common, tail, title);
    offset += local.length + common.length + title.length + packed.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature);
  end.writeUInt16LE(entries.size, 8);
  end.writeUInt16LE(entries.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
};
