import type { Seal } from "../../kernel/seal.ts";
import type { SigningFault } from "../provider.ts";

/** The account in a handle; `undefined` where another provider sealed it, for whom this installation worked before. */
export const accountOf = (seal: Seal, label: string, handle: Uint8Array): string | undefined => {
  try {
    return seal.open(label, handle).toString("utf8");
  } catch {
    return undefined; // the seal names its provider: what does not open here is not ours
  }
};

/** Whoever was activated with another provider activates anew with this one. */
export const activatedElsewhere: SigningFault = { code: "NOT_REGISTERED", retry: "never", vendor: "activated with another provider" };
