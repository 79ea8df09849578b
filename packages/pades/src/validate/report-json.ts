import { toBase64 } from "../bytes.ts";
import type { Report } from "./report.ts";

/**
 * A report as JSON text, for storing and for other programs: times in ISO 8601, bytes in base64, everything else as in
 * `Report`. `report.schema.json` of this package describes it; `version` grows when a reader would have to change. `beside`
 * is what a caller has to say of its own.
 */
export function reportJson(report: Report, beside: Readonly<Record<string, unknown>> = {}): string {
  // The value as it is in the object: Node's buffers have turned themselves into something else by the time they come here.
  return JSON.stringify({ version: 1, ...report, ...beside }, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
    const own = this[key];
    return own instanceof Uint8Array ? toBase64(own) : value;
  }, 2);
}
