import { createHash } from "node:crypto";
import type { Instant } from "../kernel/ids.ts";
import type { FoundSigner, Reached, Validate } from "./ports.ts";

/** What a signed file must prove before any state word says "ditandatangani". */
export type Expected = { readonly frozen: { readonly sha256: string; readonly size: number }; /** Of the certificate that was asked for; `null` when this signature shall tell which it is. */ readonly serial: string | null; readonly at: Instant; readonly trust: readonly Uint8Array[] };

/** The gate's word: open for this signer, or the name of what is wrong. */
export type GateAnswer = { readonly passed: true; readonly signer: FoundSigner; /** How much of its own proof it carries; null where the validator does not tell. */ readonly reached: Reached | null } | { readonly passed: false; readonly reason: string };

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Reads a file that came back from a provider as hostile bytes. The frozen bytes must stand unchanged at its beginning, our own validator
 * must call the whole TOTAL-PASSED, and its only signature must be by the certificate that was asked for.
 */
export const passGate = async (signed: Uint8Array, expected: Expected, validate: Validate): Promise<GateAnswer> => {
  const { frozen } = expected;
  if (signed.length <= frozen.size || sha256(signed.subarray(0, frozen.size)) !== frozen.sha256) return { passed: false, reason: "the frozen bytes are not the beginning of the signed file" };
  const report = await validate(signed, { trust: expected.trust, at: expected.at });
  if (!report.passed) return { passed: false, reason: `validator says ${report.word}` };
  const [signature, ...more] = report.signers;
  if (signature === undefined || more.length > 0) return { passed: false, reason: `${report.signers.length} signatures instead of one` };
  if (expected.serial !== null && normalSerial(signature.serial) !== normalSerial(expected.serial)) return { passed: false, reason: "signed by another certificate" };
  return { passed: true, signer: signature, reached: report.reached };
};

const normalSerial = (serial: string): string => serial.toLowerCase().replaceAll(/[^0-9a-f]/g, "").replace(/^0+/, "");
