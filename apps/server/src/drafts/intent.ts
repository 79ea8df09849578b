import type { RefusalCode } from "@lontar/contract";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Official } from "./draft.ts";

/** Where a kept intent to sign stands. */
export type IntentState =
  /** The provider has been asked, and nothing has come back yet. */
  | "berjalan"
  /** The provider is not there, and nothing was signed. */
  | "menunggu_penyedia"
  /** The provider is back, and the signer's secret, which nobody keeps, is needed again. */
  | "menunggu_sandi"
  /** The provider may have signed: nobody asks again but the signer himself. */
  | "tidak_pasti"
  /** It can no longer be carried out; the reason says why. */
  | "gugur";

/** What a signer said once: who, in which post and by which right, of which bytes, and when. It outlives the provider's absence and ours. */
export type Intent = {
  readonly id: Id;
  readonly signer: Official;
  /** Of the frozen file that he saw. */
  readonly sha256: string;
  readonly at: Instant;
  readonly state: IntentState;
  /** Whether the provider asks for his secret at each signature; where it does not, the intent is carried out by itself. */
  readonly needsSecret: boolean;
  /** Why it lapsed. */
  readonly reason: RefusalCode | null;
};

/** The intent after the provider failed: some faults leave it waiting, all others end it. */
export const afterFault = (intent: Intent, code: string): Intent | undefined => {
  switch (code) {
    case "TEMPORARY":
    case "RATE":
      return { ...intent, state: "menunggu_penyedia" };
    case "OUTCOME_UNKNOWN":
      return { ...intent, state: "tidak_pasti" };
    default:
      return undefined;
  }
};

/** What the signer's desk says of a letter whose signature was meant and not yet made. */
export const intentDetail = ({ state, needsSecret, signer }: Intent): string => {
  switch (state) {
    case "berjalan":
      return "sedang ditandatangani";
    case "menunggu_penyedia":
      return needsSecret ? "menunggu penyedia tanda tangan; kata sandi akan diminta lagi" : "menunggu penyedia tanda tangan; lalu ditandatangani sendiri";
    case "menunggu_sandi":
      return "penyedia tanda tangan sudah kembali; masukkan kata sandi sekali lagi";
    case "tidak_pasti":
      return "jawaban penyedia tidak sampai; periksa, lalu tanda tangani lagi";
    case "gugur":
      return `niat ${signer.person} gugur; kembalikan, lalu bekukan lagi`;
    default:
      throw state satisfies never;
  }
};

const minuteMs = 60_000;

/** Nothing takes longer than this from the provider's door and back: whoever is still at it then has died. */
export const longestAskMs = 5 * minuteMs;

/** When the provider is looked for again: after a minute, then twice as long, at most a quarter of an hour. */
export const nextLook = (now: Instant, tries: number): Instant => new Date(Date.parse(now) + Math.min(minuteMs * 2 ** Math.min(tries, 6), 15 * minuteMs)).toISOString();
