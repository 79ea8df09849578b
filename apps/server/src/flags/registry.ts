import type { Flag } from "./flag.ts";
import { approvedWithinSeconds } from "./kinds/approved-within-seconds.ts";
import { backdatedLetter } from "./kinds/backdated-letter.ts";
import { chainOfPlh } from "./kinds/chain-of-plh.ts";
import { closedWithOpenBranch } from "./kinds/closed-with-open-branch.ts";
import { dispositionRecalledAgain } from "./kinds/disposition-recalled-again.ts";
import { editedAfterApproval } from "./kinds/edited-after-approval.ts";
import { factorResetBeforeSignature } from "./kinds/factor-reset-before-signature.ts";
import { issuedLetterRecalled } from "./kinds/issued-letter-recalled.ts";
import { massExport } from "./kinds/mass-export.ts";
import { massReading } from "./kinds/mass-reading.ts";
import { nightAndHoliday } from "./kinds/night-and-holiday.ts";
import { numberLeftOpen } from "./kinds/number-left-open.ts";
import { numbersVoidedInARow } from "./kinds/numbers-voided-in-a-row.ts";
import { readNeverActedOn } from "./kinds/read-never-acted-on.ts";
import { registeredLate } from "./kinds/registered-late.ts";
import { reportWithoutContent } from "./kinds/report-without-content.ts";
import { roleBeforeLetter } from "./kinds/role-before-letter.ts";
import { sameDevice } from "./kinds/same-device.ts";
import { secretOpenedInEmergency } from "./kinds/secret-opened-in-emergency.ts";
import { signedBeyondAuthority } from "./kinds/signed-beyond-authority.ts";
import { signedOtherVersion } from "./kinds/signed-other-version.ts";
import { timeRunsBackwards } from "./kinds/time-runs-backwards.ts";

/** Every kind of red flag, in the order of its code. A new one is a file in `kinds/` and a line here. */
export const flags: readonly Flag[] = [
  numberLeftOpen, numbersVoidedInARow, registeredLate, backdatedLetter, timeRunsBackwards,
  signedBeyondAuthority, chainOfPlh, roleBeforeLetter, factorResetBeforeSignature,
  signedOtherVersion, editedAfterApproval, approvedWithinSeconds, issuedLetterRecalled,
  closedWithOpenBranch, reportWithoutContent, readNeverActedOn, dispositionRecalledAgain,
  massReading, nightAndHoliday, sameDevice, secretOpenedInEmergency, massExport,
];

/** The kind with this code. */
export const flagOf = (code: string): Flag | undefined => flags.find((flag) => flag.code === code);
