/** A rectangle on a page image, in fractions of its width and height. */
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** One word on a page, where it stands, and how sure the reader is (0 to 1). Words with the same `line` stand on one line. */
export type Word = Box & { readonly text: string; readonly confidence: number; readonly line: number };

/** What was read of one page. `unread` pages lie beyond the limit, or could not be read. */
export type PageReading = {
  /** Size in pixels of the page image that was read; a text layer counts as one of 200 dpi. */
  readonly width: number;
  readonly height: number;
  readonly source: "text" | "ocr" | "unread";
  readonly words: readonly Word[];
};

/** The form fields that a reading can propose. The first ones have the names of the register form's fields. */
export const proposalFields = ["sender", "number", "date", "subject", "attachment", "urgency", "security", "due", "addressee", "eventDate", "eventTime", "eventPlace"] as const;

/** A field that a reading can propose. */
export type ProposalField = (typeof proposalFields)[number];

/** A value for a form field, the words it comes from, and where they stand. Pages count from 1. */
export type Proposal = { readonly field: ProposalField; readonly value: string; readonly raw: string; readonly page: number; readonly box: Box; readonly confidence: number };

/** Everything that was read in a file. A person confirms each proposal; nothing is taken over by itself. */
export type Reading = { readonly pages: readonly PageReading[]; readonly text: string; readonly proposals: readonly Proposal[] };
