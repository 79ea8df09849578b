import type { Story } from "@lontar/contract";
import { checkLogProof, checkTold, decodeLeaf, parseLogProof, type LogProofRefusal, type LogTrust, type ToldRefusal } from "@lontar/ledger";

/** Why an act of a story proves nothing; `another_letter`: its leaf is of another letter. */
export type ActRefusal = LogProofRefusal | ToldRefusal | "another_letter";

/** What one act of a story came to. `closed`: it stands in the log, but its words are not in this copy; `waiting`: it had no place in the published log yet. */
export type CheckedAct = { readonly eventId: string; readonly state: "proved" | "closed" | "waiting" } | { readonly eventId: string; readonly state: "refused"; readonly why: ActRefusal };

/** A story act by act, and the witnesses behind every one that is proved. */
export type CheckedStory = { readonly acts: readonly CheckedAct[]; readonly witnesses: readonly string[] };

/** Checks a copy of a story by a policy; asks nobody. The order is that of the copy. */
export const checkStory = async (story: Story, trust: LogTrust): Promise<CheckedStory> => {
  const acts: CheckedAct[] = [];
  let witnesses: readonly string[] | undefined;
  for (const entry of story.entries) {
    const { eventId, evidence } = entry;
    const refuse = (why: ActRefusal): void => void acts.push({ eventId, state: "refused", why });
    if (evidence === null) {
      acts.push({ eventId, state: "waiting" });
      continue;
    }
    const parsed = parseLogProof(evidence.proof);
    const record = "value" in parsed ? parsed.value.extra : undefined;
    if (record === undefined) {
      refuse("malformed_proof");
      continue;
    }
    const told = checkTold(entry, record, evidence);
    const leaf = decodeLeaf(record);
    const proved = await checkLogProof(evidence.proof, record, trust);
    if ("refused" in told) refuse(told.refused);
    else if ("refused" in leaf || leaf.value.obj !== story.letter.id) refuse("another_letter");
    else if ("refused" in proved) refuse(proved.refused);
    else if (proved.value.index !== evidence.leafIndex) refuse("not_in_log");
    else {
      const seen = proved.value.witnesses.map(({ witness }) => witness);
      witnesses = witnesses === undefined ? seen : witnesses.filter((name) => seen.includes(name));
      acts.push({ eventId, state: told.value.isOpen ? "proved" : "closed" });
    }
  }
  return { acts, witnesses: witnesses ?? [] };
};
