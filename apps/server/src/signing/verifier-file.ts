import { createHash } from "node:crypto";
import { Refused } from "../kernel/refusal.ts";
import type { Source } from "../kernel/ids.ts";
import type { Sealing } from "./seal/sealing.ts";
import type { Signing } from "./sign.ts";

/** What the verifier is made of: the built page, and what this installation pins. */
export type VerifierParts = {
  readonly source: Source;
  /** The built page with its place for anchors; `undefined` when no pages were built. */
  readonly page: () => Promise<string | undefined>;
  readonly hosts: readonly string[];
  /** Roots of signers and of time-stamps. */
  readonly roots: Signing["roots"];
  readonly sealing: Pick<Sealing, "anchor" | "listed">;
  /** Certificates of signers whose key may have leaked, and since when. */
  readonly leaked: () => Promise<readonly { readonly serial: string; readonly since: string }[]>;
  /** For each government, the key of its log and who watches it (C2SP tlog-policy). */
  readonly policies: () => Promise<Readonly<Record<string, string>>>;
};

const place = "__ANCHORS__";

/** The verifier as a file, and its hash. On one day, with the same keys, it is the same bytes on every node. */
export const openVerifierFile = (parts: VerifierParts) => {
  const made = async (): Promise<Uint8Array> => {
    const page = await parts.page();
    if (page === undefined) throw new Refused("not_found");
    const { keys, withdrawn } = await parts.sealing.listed();
    const anchors = {
      hosts: parts.hosts, day: parts.source.now().slice(0, 10), roots: [...parts.roots],
      seals: { anchor: Buffer.from(parts.sealing.anchor).toString("base64"), keys: keys.map(({ certificate, revokedSince }) => ({ certificate: Buffer.from(certificate).toString("base64"), revokedSince })) },
      withdrawn: Buffer.from(withdrawn).toString("base64"),
      leaked: await parts.leaked(),
      policies: await parts.policies(),
    };
    // In a page "<" would end the data; as JSON it may be written so.
    return new TextEncoder().encode(page.replace(place, () => JSON.stringify(anchors).replaceAll("<", "\\u003c")));
  };
  return {
    file: made,
    hash: async (): Promise<{ readonly sha256: string; readonly size: number }> => {
      const bytes = await made();
      return { sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
    },
  };
};

/** The verifier, opened. */
export type VerifierFile = ReturnType<typeof openVerifierFile>;
