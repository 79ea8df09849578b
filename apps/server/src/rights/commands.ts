import type { contract, Parsed } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { localDate, startOfDay, type Id, type Instant, type LocalDate } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { NotFound } from "../kernel/refusal.ts";
import { endOfDay } from "../letters/index.ts";
import { postById, unitName } from "../organisation/index.ts";
import { classRightMachine } from "../records/index.ts";
import { isClassification } from "./queries.ts";

type Contract = typeof contract;
type Done = { readonly id: Id; readonly status: string };

/** A right that begins today begins now; one of a later day begins with that day. */
const beginningOf = (day: LocalDate, by: Actor): Instant => (day === localDate(by.at, by.zone) ? by.at : startOfDay(day, by.zone));

/** The admin writes a row into the SKKAAD table. */
export const grantClassRight = async (tx: Tx, input: Parsed<Contract["rights.grant"]>, by: Actor): Promise<Done> => {
  const post = input.positionId === null ? undefined : await postById(tx, by.tenantId, input.positionId, by.at);
  if (input.positionId !== null && post === undefined) throw new NotFound("position");
  const unit = input.unitId === null ? undefined : await unitName(tx, by.tenantId, input.unitId, by.at);
  if (input.unitId !== null && unit === undefined) throw new NotFound("unit");
  const after = await perform(tx, classRightMachine, input.id, {
    type: "grant", isKnown: await isClassification(tx, input.prefix), prefix: input.prefix, securities: input.securities, level: input.level, positionId: input.positionId, positionTitle: post?.title ?? null,
    unitId: input.unitId, unitName: unit ?? null, basis: input.basis, since: beginningOf(input.since, by), until: input.until === null ? null : endOfDay(input.until, by.zone),
  }, by);
  return { id: input.id, status: after.status };
};

/** The admin ends a row; the days before stay as they were. */
export const endClassRight = async (tx: Tx, input: { readonly id: Id; readonly reason: string }, by: Actor): Promise<Done> => ({ id: input.id, status: (await perform(tx, classRightMachine, input.id, { type: "end", reason: input.reason }, by)).status });
