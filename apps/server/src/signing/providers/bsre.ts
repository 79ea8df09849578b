import { z } from "zod";
import type { Seal } from "../../kernel/seal.ts";
import { standingFault, type AccountProvider, type SigningAnswer, type SigningFault, type SigningRequest, type Standing } from "../provider.ts";
import { accountOf, activatedElsewhere } from "./account.ts";
import { ask, jsonOf, patience as usualPatience, type Patience, type Question, type Reply } from "./ask.ts";
import type { Anchors } from "./anchors.ts";

/** Where the agency's own Esign Client Service stands, and how we sign in there. */
export type BsreSettings = {
  readonly url: URL;
  readonly username: string;
  readonly password: string;
  readonly api: "v1" | "v2";
  readonly anchors: Anchors;
  readonly seal: Seal;
  readonly patience?: Patience;
};

const label = "signing/bsre";
const smallAnswer = 64 * 1024;
// An answer holds our file, a signature with chain, time-stamp and validation data, in base64: twice the file and a mebibyte are ample.
const answerBytes = (pdf: Uint8Array): number => pdf.length * 2 + 1_048_576;

const errorSchema = z.object({ status_code: z.number().optional(), error: z.unknown().optional() });
const statusSchema = z.object({ status: z.string() });
const fileSchema = z.object({ file: z.union([z.array(z.string()).length(1), z.string()]) });
const base64Schema = z.object({ base64_signed_file: z.string() });
const idSchema = z.object({ id_dokumen: z.string() });

/**
 * Balai Besar Sertifikasi Elektronik through the agency's Esign Client Service (v1 multipart, v2 JSON; domain §4.3). It takes the whole
 * PDF and the person's NIK and passphrase. What it returns is a stranger's bytes until our gate has read them. Wrong passphrases may lock
 * an account, so nothing with a passphrase in it is ever repeated once it may have arrived.
 */
export const openBsreProvider = ({ url, username, password, api, anchors, seal, patience = usualPatience }: BsreSettings): AccountProvider => {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const at = (path: string): URL => new URL(path, url.href.endsWith("/") ? url : `${url.href}/`);
  const question = (path: string, parts: Pick<Question, "method" | "isOnce" | "maxBytes"> & { readonly body?: string | FormData }): Question => ({
    url: at(path), ...parts, headers: { authorization, accept: "application/json, application/pdf", ...(typeof parts.body === "string" && { "content-type": "application/json" }) },
  });

  const standing = async (handle: Uint8Array): Promise<Standing> => {
    const nik = accountOf(seal, label, handle);
    if (nik === undefined) return "unregistered";
    const answer = await ask(
      api === "v2"
        ? question("api/v2/user/check/status", { method: "POST", isOnce: false, maxBytes: smallAnswer, body: JSON.stringify({ nik }) })
        : question(`api/user/status/${nik}`, { method: "GET", isOnce: false, maxBytes: smallAnswer }),
      patience,
    );
    if ("fault" in answer) return "unknown";
    const said = statusSchema.safeParse(jsonOf(answer.reply));
    return said.success ? (standings[said.data.status] ?? "unknown") : "unknown";
  };

  const download = async (id: string, request: SigningRequest): Promise<SigningAnswer> => {
    const answer = await ask(question(`api/sign/download/${encodeURIComponent(id)}`, { method: "GET", isOnce: true, maxBytes: answerBytes(request.pdf) }), patience);
    if ("fault" in answer) return answer;
    return answer.reply.status === 200 && !answer.reply.isCut && isPdf(answer.reply.bytes) ? { signed: answer.reply.bytes } : { fault: { code: "OUTCOME_UNKNOWN", retry: "reconcile" } };
  };

  /** A signature that is made and kept for one download under its number survives a broken line. */
  const readAnswer = async (reply: Reply, request: SigningRequest): Promise<SigningAnswer> => {
    const id = reply.headers.get("id_dokumen");
    if (reply.isCut) return api === "v1" && reply.status === 200 && id !== null ? download(id, request) : { fault: { code: "OUTCOME_UNKNOWN", retry: "reconcile" } };
    if (isPdf(reply.bytes)) return { signed: reply.bytes };
    const said = jsonOf(reply);
    const fault = faultOf(reply.status, said);
    if (fault !== undefined) return { fault };
    const file = fileSchema.safeParse(said);
    const encoded = file.success ? [file.data.file].flat()[0] : base64Schema.safeParse(said).data?.base64_signed_file;
    const bytes = encoded === undefined ? undefined : Buffer.from(encoded, "base64");
    if (bytes !== undefined && isPdf(bytes)) return { signed: bytes };
    const named = idSchema.safeParse(said);
    if (named.success) return download(named.data.id_dokumen, request);
    return { fault: { code: "OUTCOME_UNKNOWN", retry: "reconcile", vendor: "answer without a file" } };
  };

  return {
    name: "Balai Besar Sertifikasi Elektronik (BSrE)",
    development: false,
    needsSecret: true,
    ...anchors,
    enrolment: { account: "nik", handleOf: (nik) => seal.close(label, Buffer.from(nik, "utf8")), standing },
    sign: async (request) => {
      const nik = accountOf(seal, label, request.handle);
      if (nik === undefined) return { fault: activatedElsewhere };
      const answer = await ask(
        api === "v2"
          ? question("api/v2/sign/pdf", { method: "POST", isOnce: true, maxBytes: answerBytes(request.pdf), body: signBody(nik, request) })
          : question("api/sign/pdf", { method: "POST", isOnce: true, maxBytes: answerBytes(request.pdf), body: signForm(nik, request) }),
        patience,
      );
      if ("fault" in answer) return answer;
      const read = await readAnswer(answer.reply, request);
      if (!("fault" in read) || read.fault.code !== "PROTOCOL") return read;
      // A code that nobody has described yet: the account's own status may say it in a word that we know.
      const fault = standingFault[await standing(request.handle)];
      return { fault: fault === undefined ? read.fault : { code: fault, retry: "never", ...(read.fault.vendor !== undefined && { vendor: read.fault.vendor }) } };
    },
  };
};

// Invisible always: the signature block and its QR are content of the page, frozen before, so no box is ever added afterwards.
const signBody = (nik: string, { pdf, secret, reason, location }: SigningRequest): string =>
  JSON.stringify({ nik, passphrase: secret, signatureProperties: [{ tampilan: "INVISIBLE", location, reason }], file: [Buffer.from(pdf).toString("base64")] });

const signForm = (nik: string, { pdf, secret, reason, location }: SigningRequest): FormData => {
  const form = new FormData();
  form.set("file", new Blob([Buffer.from(pdf)], { type: "application/pdf" }), "naskah.pdf");
  for (const [name, value] of Object.entries({ nik, passphrase: secret, tampilan: "invisible", reason, location })) form.set(name, value);
  return form;
};

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-";

/** The service names its faults by number, with HTTP 400 or even 200 (domain §4.3); an unknown number keeps its number. */
const faultOf = (status: number, said: unknown): SigningFault | undefined => {
  const read = errorSchema.safeParse(said);
  const code = read.success ? read.data.status_code : undefined;
  if (status === 200 && (!read.success || read.data.error === undefined)) return undefined;
  const known = code === undefined ? undefined : faults[code];
  if (known !== undefined) return { code: known, retry: known === "WRONG_SECRET" ? "safe" : "never", vendor: String(code) };
  if (status === 401 || status === 403) return { code: "PROTOCOL", retry: "never", vendor: `HTTP ${status}` };
  return { code: "PROTOCOL", retry: "never", vendor: code === undefined ? `HTTP ${status}` : String(code) };
};

const faults: Readonly<Record<number, SigningFault["code"]>> = { 1110: "NOT_REGISTERED", 2011: "NOT_REGISTERED", 2031: "WRONG_SECRET" };

const standings: Readonly<Record<string, Standing>> = {
  ISSUE: "ready", EXPIRED: "expired", RENEW: "expired", WAITING_FOR_VERIFICATION: "pending", NEW: "pending", NO_CERTIFICATE: "unregistered", NOT_REGISTERED: "unregistered", SUSPEND: "suspended", REVOKE: "revoked",
};
