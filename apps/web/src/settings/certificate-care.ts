import type { ResultOf } from "../kernel/api.ts";

type Official = ResultOf<"signing.health">["officials"][number];

/** From here on the end of a certificate is somebody's business. */
const soonDays = 60;

/** Does this official keep his admin busy: without a certificate, near its end, under another name, or with an account that cannot sign? */
export const needsCare = ({ certificate, checked }: Pick<Official, "certificate" | "checked">): boolean =>
  certificate === null || certificate.days <= soonDays || !certificate.nameAgrees || (checked !== null && ((checked.standing !== "ready" && checked.standing !== "unknown") || checked.status === "revoked"));
