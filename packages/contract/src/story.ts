import { z } from "zod";

const hex = z.string().regex(/^([0-9a-f]{2})*$/);

/** Name and version of the shape of `storySchema`. */
export const storyFormat = "lontar/jejak/v1";

/** One act of a letter's story, and what proves it: the C2SP tlog-proof of its leaf, and what the leaf commits to with its salt (both empty where erased by law or not this reader's to know). */
const entry = z.object({
  eventId: z.uuid(), type: z.string(), at: z.iso.datetime(), person: z.string(), post: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]), basis: z.string().nullable(), sentence: z.string(), reason: z.string().nullable(),
  /** Null while the act waits for its place in the published log. */
  evidence: z.object({ leafIndex: z.int().min(0), proof: z.string(), committed: z.string(), salt: hex }).nullable(),
});

/** A letter's story as it is handed to a court or an auditor: every act, oldest first, with its proof. Checked offline by `lontar verify STORY.json --policy POLICY`. */
export const storySchema = z.object({
  format: z.literal(storyFormat),
  letter: z.object({ id: z.uuid(), number: z.string().nullable(), subject: z.string() }),
  office: z.string(),
  /** When, by whom and in which post the copy was taken. */
  taken: z.object({ at: z.iso.datetime(), person: z.string(), post: z.string() }),
  /** Where the log is published, and the key that signs it. */
  log: z.object({ url: z.url(), verifierKey: z.string(), size: z.int().min(0) }),
  entries: z.array(entry),
});

/** A letter's story with its proofs. */
export type Story = z.output<typeof storySchema>;
