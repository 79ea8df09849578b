import { storyFormat, storySchema, type Story } from "@lontar/contract";
import { cosignatureScheme, ed25519Scheme, parsePolicy } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { checkStory, type ActRefusal, type CheckedStory } from "./audit/check-story.ts";

const words = {
  id: {
    broken: (why: string): string => `TIDAK TERBACA: salinan jejak ini rusak (${why})`, policy: "TIDAK TERBACA: berkas kebijakan tidak dapat dibaca",
    whole: (acts: number): string => `SAH: ${acts} catatan cocok dengan log yang diterbitkan`, lies: (refused: number, acts: number): string => `TIDAK SAH: ${refused} dari ${acts} catatan tidak dibuktikan`, nothing: "BELUM DAPAT DIPASTIKAN: belum satu pun catatan ada dalam log yang terbit",
    letter: "surat", taken: "salinan diambil", seen: "disaksikan", unseen: "tanpa saksi dari luar", waiting: "menunggu log terbit", closed: "ada dalam log; kata-katanya dihapus menurut hukum atau bukan untuk pemegang salinan ini",
    refused: {
      leaf: "bukti ini milik catatan lain", commitment: "kata-kata yang diakui bukan yang dikunci dalam log", words: "orang, jabatan, dasar, atau perbuatan yang ditulis berbeda dari yang dikunci dalam log", another_letter: "catatan ini milik surat lain",
      malformed_proof: "bukti rusak", malformed_checkpoint: "kepala log rusak", malformed_note: "kepala log rusak", bad_signature: "ada tanda tangan palsu pada kepala log", no_trusted_signature: "kepala log tidak ditandatangani siapa pun yang disebut kebijakan",
      unknown_log: "bukan log yang disebut kebijakan", no_quorum: "saksi kurang dari yang disyaratkan kebijakan", not_in_log: "catatan ini tidak ada dalam log",
    },
  },
  en: {
    broken: (why: string): string => `UNREADABLE: this copy of a story is damaged (${why})`, policy: "UNREADABLE: the policy file cannot be read",
    whole: (acts: number): string => `VALID: ${acts} acts agree with the published log`, lies: (refused: number, acts: number): string => `NOT VALID: ${refused} of ${acts} acts are not proved`, nothing: "CANNOT BE DECIDED: not one act is in the published log yet",
    letter: "letter", taken: "copy taken", seen: "witnessed by", unseen: "without a witness from outside", waiting: "waits for the log to be published", closed: "stands in the log; its words were erased by law or are not for the holder of this copy",
    refused: {
      leaf: "this proof is of another act", commitment: "the words shown are not those that the log commits to", words: "person, post, basis or act differ from what the log commits to", another_letter: "this act is of another letter",
      malformed_proof: "the proof is damaged", malformed_checkpoint: "the head of the log is damaged", malformed_note: "the head of the log is damaged", bad_signature: "a signature on the head of the log is forged", no_trusted_signature: "nobody named by the policy signed the head of the log",
      unknown_log: "not a log that the policy names", no_quorum: "fewer witnesses than the policy asks for", not_in_log: "this act is not in the log",
    },
  },
} as const satisfies Record<"id" | "en", { readonly refused: Record<ActRefusal, string> } & Record<string, unknown>>;

/** Are these bytes meant to be a copy of a story, whole or not? */
export const looksLikeStory = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 200)).toString("latin1").includes(storyFormat);

/** Checks a copy of a letter's story by a policy: exit code 0 every act that has a place in the log is proved, 1 one is not or none is, 2 unreadable. */
export const verifyStory = async (bytes: Uint8Array, policyText: string, given: { readonly json: boolean; readonly language: "id" | "en" }, say: (text: string) => void): Promise<number> => {
  const told = words[given.language];
  const story = storyIn(bytes);
  if ("broken" in story) return say(given.json ? JSON.stringify({ indication: "UNREADABLE", reason: story.broken }) : told.broken(story.broken)), 2;
  const policy = parsePolicy(policyText);
  if ("refused" in policy) return say(given.json ? JSON.stringify({ indication: "UNREADABLE", reason: policy.refused }) : told.policy), 2;
  const checked = await checkStory(story.value, { policy: policy.value, schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] });
  const refused = checked.acts.filter(({ state }) => state === "refused").length;
  const placed = checked.acts.filter(({ state }) => state !== "waiting").length;
  say(given.json ? JSON.stringify({ indication: refused > 0 ? "TOTAL-FAILED" : placed === 0 ? "INDETERMINATE" : "TOTAL-PASSED", ...checked }) : toText(story.value, checked, { refused, placed }, given.language));
  return refused > 0 || placed === 0 ? 1 : 0;
};

const storyIn = (bytes: Uint8Array): { readonly value: Story } | { readonly broken: string } => {
  try {
    const parsed = storySchema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    return parsed.success ? { value: parsed.data } : { broken: parsed.error.issues[0]?.path.join(".") ?? "" };
  } catch (error) {
    return { broken: error instanceof Error ? error.message : "JSON" };
  }
};

const toText = (story: Story, { acts, witnesses }: CheckedStory, { refused, placed }: { readonly refused: number; readonly placed: number }, language: "id" | "en"): string => {
  const told = words[language];
  return [
    refused > 0 ? told.lies(refused, acts.length) : placed === 0 ? told.nothing : told.whole(placed),
    `${told.letter}: ${[story.letter.number, story.letter.subject].filter((part) => part !== null && part !== "").join(", ")} (${story.office})`,
    `${told.taken}: ${story.taken.at}, ${story.taken.person}, ${story.taken.post}`,
    witnesses.length === 0 ? told.unseen : `${told.seen}: ${witnesses.join(", ")}`,
    "",
    ...acts.map((act, index) => {
      const entry = story.entries[index];
      const what = `${entry?.at ?? ""}  ${[entry?.person, entry?.post].filter((part) => part !== undefined && part !== "").join(", ")}: ${entry?.sentence ?? ""}`;
      return act.state === "refused" ? `  ✗ ${what}\n    ${told.refused[act.why]} (${act.why})` : `  ${act.state === "proved" ? "✓" : "·"} ${what}${act.state === "proved" ? "" : ` (${told[act.state]})`}`;
    }),
  ].join("\n");
};
