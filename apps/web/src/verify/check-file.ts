import { sha256 as hash } from "@lontar/ledger";
import { browserPort } from "@lontar/pades/browser";
import { examine, judge, levelOf, Unreadable, type JudgeOptions, type Reached, type Report, type UnreadableReason } from "@lontar/pades/validate";
import { contentOf, isWithdrawn } from "@lontar/seal";
import type { ResultOf } from "../kernel/api.ts";
import { now } from "../kernel/clock.ts";
import { deviceMemory, type Memory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";
import { checkProof } from "./check-proof.ts";
import type { ProofCheck } from "./judge-proof.ts";
import { sealKeys } from "./seal-check.ts";

/** What the register says of a file's hash. */
export type Registered = ResultOf<"open.byHash">;

/** What was found of one file. `registered` is undefined when the server could not be reached; `original` is the issued letter of which this file is a changed copy. */
export type FileCheck = {
  readonly name: string; readonly size: number; readonly sha256: string; readonly report: Report | undefined; readonly unreadable: UnreadableReason | undefined;
  readonly registered: Registered | undefined; readonly original: Registered | undefined; readonly hasRoots: boolean; readonly isDevelopment: boolean;
  /** What its pages hold, to be compared with what a seal says; undefined when something was put over them. */
  readonly content: string | undefined;
  /** How much of its own proof the file carries, by this browser's own check; undefined when it does not pass. */
  readonly reached: Reached | undefined;
  /** Where the register could not be asked: whether the list that is kept here has the file among the withdrawn, and when it was signed. */
  readonly kept: { readonly withdrawn: boolean; readonly issuedAt: number } | undefined;
  /** What the proof that came with the file establishes; undefined when none came. */
  readonly proof: ProofCheck | undefined;
};

/** The files that a person drops together: the letter, and perhaps the proof beside it and the policy to judge it by. */
export type Dropped = { readonly letter: File; readonly proof: File | undefined; readonly policy: File | undefined };

/** Tells dropped files apart by their names; undefined when there is no letter among them. */
export const sortDropped = (files: readonly File[]): Dropped | undefined => {
  const proof = files.find((file) => /\.tlog-proof$/i.test(file.name));
  const policy = files.find((file) => /(^|\.)policy(\.txt)?$/i.test(file.name));
  const letter = files.find((file) => file !== proof && file !== policy);
  return letter === undefined ? undefined : { letter, proof, policy };
};

// A proof has some fifty lines, a policy some hundred.
const textOf = async (file: File | undefined): Promise<string | undefined> => (file === undefined ? undefined : file.slice(0, 200_000).text());

/** The largest file a browser is asked to hold. */
export const maximumBytes = 100_000_000;

const hex = (bytes: Uint8Array): string => Array.from(hash(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const derOf = (pem: string): Uint8Array => Uint8Array.from(atob(pem.replaceAll(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0));
const ask = (sha256: string): Promise<Registered | undefined> => call("open.byHash", { sha256 }).catch(() => undefined /* offline: authority stays open */);

const rememberedRoots = "lontar.roots";

/** The roots of signers that this site trusts; what this browser remembers of them when there is no network. Nothing when it never saw any: identity stays open. */
export const trustedRoots = async (memory: Memory = deviceMemory): Promise<Roots | undefined> => {
  const asked = await call("open.trust").then((answer) => answer.certificates, () => undefined);
  if (asked !== undefined) memory.write(rememberedRoots, JSON.stringify(asked));
  return asked ?? knownRoots(memory.read(rememberedRoots));
};

type Roots = ResultOf<"open.trust">["certificates"];

const knownRoots = (text: string | null): Roots | undefined => {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  const isRoot = (root: unknown): root is Roots[number] => typeof root === "object" && root !== null && "name" in root && typeof root.name === "string" && "pem" in root && typeof root.pem === "string" && "development" in root && typeof root.development === "boolean";
  return Array.isArray(value) && value.every(isRoot) ? value : undefined;
};

/** Judges a PDF in this browser. The file stays here; only its SHA-256 is asked for, and a lost network leaves the signature judged all the same. */
export const checkFile = async ({ letter: file, proof, policy }: Dropped): Promise<FileCheck> => {
  const given = { name: file.name, size: file.size };
  if (file.size > maximumBytes) return { ...given, sha256: "", report: undefined, unreadable: "too_large", registered: undefined, original: undefined, hasRoots: true, isDevelopment: false, content: undefined, reached: undefined, kept: undefined, proof: undefined };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = hex(bytes);
  const roots = await trustedRoots();
  const registered = await ask(sha256);
  const judged = await judgeFile(bytes, { trust: roots?.map((root) => derOf(root.pem)) ?? [], at: now(), port: browserPort }).catch((error: unknown) => {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  });
  const report = typeof judged === "string" ? undefined : judged.report;
  return {
    ...given, sha256, report, unreadable: typeof judged === "string" ? judged : undefined, registered, original: report === undefined ? undefined : await originalOf(bytes, report),
    hasRoots: roots !== undefined, isDevelopment: roots?.some((root) => root.development) === true,
    content: typeof judged === "string" ? undefined : await contentOf(bytes, browserPort),
    reached: typeof judged === "string" ? undefined : judged.reached,
    kept: registered === undefined ? await keptWord(sha256) : undefined,
    proof: proof === undefined ? undefined : await checkProof((await textOf(proof)) ?? "", sha256, await textOf(policy)),
  };
};

const keptWord = async (sha256: string): Promise<FileCheck["kept"]> => {
  const list = await sealKeys();
  return list?.withdrawn === undefined ? undefined : { withdrawn: isWithdrawn(list.withdrawn, sha256), issuedAt: list.issuedAt };
};

const judgeFile = async (bytes: Uint8Array, options: JudgeOptions): Promise<{ readonly report: Report; readonly reached: Reached | undefined }> => {
  const facts = await examine(bytes, options);
  if ("indication" in facts) return { report: facts, reached: undefined };
  return { report: await judge(facts, options), reached: await levelOf(facts, options) };
};

// A letter has a signature and a handful of time-stamps; each beginning is one question to the register.
const mostBeginnings = 4;

/** A letter to which something was added still begins with the letter itself; the register may know that beginning. */
const originalOf = async (bytes: Uint8Array, report: Report): Promise<Registered | undefined> => {
  // Newest first: the file may have grown by time-stamps and proof before somebody added to it.
  const ends = report.signatures.flatMap(({ covers }) => (covers === undefined || covers.wholeFile ? [] : [covers.end])).toSorted((one, other) => other - one);
  for (const end of ends.slice(0, mostBeginnings)) {
    const found = await ask(hex(bytes.subarray(0, end)));
    if (found !== undefined && found.letter !== null) return found;
  }
  return undefined;
};
