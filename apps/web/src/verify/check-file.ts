import { browserPort } from "@lontar/pades/browser";
import { Unreadable, validate, type Report } from "@lontar/pades/validate";
import type { ResultOf } from "../kernel/api.ts";
import { now } from "../kernel/clock.ts";
import { call } from "../kernel/server.ts";

/** What the register says of a file's hash. */
export type Registered = ResultOf<"open.byHash">;

/** What was found of one file. `registered` and `trusted` are undefined when the server could not be reached. */
export type FileCheck = { readonly name: string; readonly sha256: string; readonly report: Report | undefined; readonly registered: Registered | undefined; readonly hasRoots: boolean; readonly isDevelopment: boolean };

const derOf = (pem: string): Uint8Array => Uint8Array.from(atob(pem.replaceAll(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0));

/** Judges a PDF in this browser. The file stays here; only its SHA-256 is asked for, and a lost network leaves the signature judged all the same. */
export const checkFile = async (file: File): Promise<FileCheck> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const roots = await call("open.trust").then((answer) => answer.certificates, () => undefined /* offline: identity stays open */);
  const registered = await call("open.byHash", { sha256 }).catch(() => undefined /* offline: authority stays open */);
  const report = await validate(bytes, { trust: roots?.map((root) => derOf(root.pem)) ?? [], at: now(), port: browserPort }).catch((error: unknown) => {
    if (error instanceof Unreadable) return undefined;
    throw error;
  });
  return { name: file.name, sha256, report, registered, hasRoots: roots !== undefined, isDevelopment: roots?.some((root) => root.development) === true };
};
