// Runs in a worker thread: every byte of the file is hostile, and the thread is killed when it takes too long or too much.
import { parentPort } from "node:worker_threads";
import type { Reply } from "../../kernel/files/confined.ts";
import { readCsv } from "./csv.ts";
import type { ReaderTasks } from "./reader.ts";
import { TableRefused } from "./table.ts";
import { readXlsx } from "./xlsx.ts";

const read = ({ bytes, name }: ReaderTasks["read"]["input"]): ReaderTasks["read"]["output"] => {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return { tables: readXlsx(buffer) };
    // Old Excel and locked workbooks are OLE files: they say how to go on better than "not a table" does.
    if (buffer.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return { fault: "encrypted" };
    return { tables: [{ name, rows: readCsv(bytes) }] };
  } catch (error) {
    if (error instanceof TableRefused) return { fault: error.fault };
    throw error;
  }
};

parentPort?.on("message", ({ id, input }: { readonly id: number; readonly input: ReaderTasks["read"]["input"] }) => {
  try {
    parentPort?.postMessage({ id, value: read(input) } satisfies Reply);
  } catch (error) {
    parentPort?.postMessage({ id, reason: error instanceof Error ? error.message : String(error) } satisfies Reply);
  }
});
