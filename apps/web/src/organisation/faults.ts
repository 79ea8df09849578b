import { Refused } from "../kernel/api.ts";

/** A field of a form of the organisation. */
export type FieldName = "code" | "name" | "shortName" | "kind" | "parent" | "since" | "until" | "decree" | "person" | "title" | "shortTitle" | "superior" | "unit" | "role" | "order" | "reason" | "letterhead" | "nip" | "nik" | "email" | "rank" | "grade";

// Which field a refusal speaks of; the others speak of the whole act.
const fieldOfCode: Readonly<Record<string, FieldName>> = {
  code_taken: "code",
  parent_missing: "parent",
  organisation_loop: "parent",
  history_closed: "since",
  in_the_past: "since",
  end_before_start: "until",
  mandate_needs_decree: "decree",
  holding_overlap: "since",
  reason_needed: "reason",
  nip_taken: "nip",
  nik_taken: "nik",
};

const fieldOfPath: Readonly<Record<string, FieldName>> = { parentId: "parent", superiorId: "superior", unitId: "unit", personId: "person", at: "since" };

const nameOfPath = (path: string): string => {
  const parts = path.split(".");
  const name = parts[0] === "facts" ? (parts[1] ?? "") : (parts[0] ?? "");
  return fieldOfPath[name] ?? name;
};

/** What the server says of one field: its own sentence for a malformed one, or the refusal that names it. */
export const faultAt = (error: Error | null, field: FieldName): string | undefined => {
  if (!(error instanceof Refused)) return undefined;
  const said = error.fields.find((each) => nameOfPath(each.path) === field);
  if (said !== undefined) return said.message;
  return error.fields.length === 0 && fieldOfCode[error.code] === field ? error.message : undefined;
};

/** What is left to say under the form, after its fields have said theirs. */
export const restOf = (error: Error | null, shown: readonly FieldName[]): Error | null => (error === null || shown.some((field) => faultAt(error, field) !== undefined) ? null : error);
