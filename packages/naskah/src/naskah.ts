/** What a drafter writes: the parts of a letter before it has a number, a date or a signature. */
import { z } from "zod";
import { documentSchema, emptyDocument, plainLine } from "./document.ts";
import type { LetterType } from "./letter-type.ts";

// A draft is saved at every pause of its author, so a part may be empty; `checkNaskah` says what is missing.
const draftLine = (max: number) => z.union([plainLine(max), z.literal("")]);

/** The content of a draft, as stored and sent. */
export const naskahSchema = z.strictObject({
  hal: draftLine(400),
  sifat: draftLine(60).nullable(),
  lampiran: draftLine(80).nullable(),
  yth: z.array(draftLine(200)).max(200),
  tempat: draftLine(80).nullable(),
  body: documentSchema,
  /** Answers to the form of the letter type; checked by the type, stored as they are while incomplete. */
  fields: z.json(),
  tembusan: z.array(draftLine(200)).max(60),
});

/** The content of a draft. */
export type Naskah = z.infer<typeof naskahSchema>;

/** A new draft of a type. */
export function blankNaskah(type: LetterType): Naskah {
  return naskahSchema.parse({
    hal: "",
    sifat: type.parts.sifat === "none" ? null : "Biasa",
    lampiran: null,
    yth: [],
    tempat: null,
    body: emptyDocument,
    fields: type.blank,
    tembusan: [],
  });
}
