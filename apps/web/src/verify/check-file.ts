import { browserPort } from "@lontar/pades/browser";
import { validate, type Report } from "@lontar/pades/validate";
import { call } from "../kernel/server.ts";

type Verification = Awaited<ReturnType<typeof call<"open.byHash">>>;

/** What was found of one file: the judgement made in this browser, and what the register says of its hash; `undefined` when the register gave no answer. */
export type FileCheck = { readonly name: string; readonly report: Report; readonly registered: Verification | undefined };

/** Judges a PDF in this browser. The file stays here; only its SHA-256 is asked for. */
export const checkFile = async (file: File): Promise<FileCheck> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const [{ certificates }, registered] = await Promise.all([call("open.trust"), call("open.byHash", { sha256 }).catch(() => undefined /* the signature is judged all the same */)]);
  const trust = certificates.map(({ pem }) => Uint8Array.from(atob(pem.replaceAll(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0)));
  return { name: file.name, report: await validate(bytes, { trust, at: new Date(), port: browserPort }), registered };
};
