import type { Flag } from "./flag.ts";
import { approvedWithinSeconds } from "./kinds/approved-within-seconds.ts";
import { backdatedLetter } from "./kinds/backdated-letter.ts";
import { numbersVoidedInARow } from "./kinds/numbers-voided-in-a-row.ts";

/** Every kind of red flag, in the order of its code. A new one is a file in `kinds/` and a line here. */
export const flags: readonly Flag[] = [numbersVoidedInARow, backdatedLetter, approvedWithinSeconds];

/** The kind with this code. */
export const flagOf = (code: string): Flag | undefined => flags.find((flag) => flag.code === code);
